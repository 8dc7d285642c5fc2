//! Ready files for hosts: the headers that a page can't carry itself, how
//! long copies may be kept, the 404 page, redirects; and `security.txt`.

use crate::render::drawn::Picture;
use crate::render::links::encode_path;
use crate::render::metadata::CONTENT_POLICY;
use crate::site::Site;
use crate::site::address::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Headers,
    RedirectMap,
    Apache,
    Nginx,
    Security,
    /// Name, colours and icons for a phone's home screen (W3C App Manifest).
    Manifest,
}

impl File {
    pub const ALL: &[File] = &[
        File::Headers,
        File::RedirectMap,
        File::Apache,
        File::Nginx,
        File::Security,
        File::Manifest,
    ];

    pub fn path(self) -> &'static str {
        match self {
            File::Headers => "_headers",
            File::RedirectMap => "_redirects",
            File::Apache => ".htaccess",
            File::Nginx => "nginx.conf",
            File::Security => ".well-known/security.txt",
            File::Manifest => "site.webmanifest",
        }
    }

    pub fn text(self, site: &Site) -> String {
        match self {
            File::Headers => headers_file(site),
            File::RedirectMap => redirect_map(site),
            File::Apache => htaccess(site),
            File::Nginx => nginx(site),
            File::Security => security_txt(site),
            File::Manifest => manifest(site),
        }
    }
}

/// Headers of every answer. The policy stands in the pages too; here it also
/// keeps other sites from framing them.
fn headers() -> Vec<(&'static str, String)> {
    vec![
        (
            "Content-Security-Policy",
            format!("{CONTENT_POLICY}; frame-ancestors 'none'"),
        ),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".into()),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()".into(),
        ),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
    ]
}

/// Files named by their content never change; fonts hardly ever.
const NAMED_BY_CONTENT: &str = "public, max-age=31536000, immutable";
const FONTS: &str = "public, max-age=604800";

/// `_headers` of Netlify, Cloudflare Pages and others.
fn headers_file(site: &Site) -> String {
    let base = site.base_path();
    let mut out = format!("{base}*\n");
    for (name, value) in headers() {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    for (path, keep) in [
        ("assets/*.css", NAMED_BY_CONTENT),
        ("assets/pictures/*", NAMED_BY_CONTENT),
        ("assets/fonts/*", FONTS),
    ] {
        out.push_str(&format!("{base}{path}\n  Cache-Control: {keep}\n"));
    }
    out
}

/// For Apache 2.4, each part only where its module is there.
fn htaccess(site: &Site) -> String {
    let base = site.base_path();
    let mut out = format!(
        "AddDefaultCharset utf-8\nErrorDocument 404 {base}404.html\n<IfModule mod_headers.c>\n"
    );
    for (name, value) in headers() {
        out.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    out.push_str(&format!(
        "<FilesMatch \"(-[0-9a-f]{{10}}\\.css|^[0-9a-f]{{16}}-[0-9]+\\.(webp|jpg|png))$\">\nHeader set Cache-Control \"{NAMED_BY_CONTENT}\"\n</FilesMatch>\n<FilesMatch \"\\.woff2$\">\nHeader set Cache-Control \"{FONTS}\"\n</FilesMatch>\n</IfModule>\n"
    ));
    out.push_str("<IfModule mod_mime.c>\nAddType font/woff2 .woff2\nAddType application/manifest+json .webmanifest\nAddType image/webp .webp\n</IfModule>\n<IfModule mod_deflate.c>\nAddOutputFilterByType DEFLATE text/html text/css text/plain text/csv text/javascript application/json application/xml application/atom+xml image/svg+xml\n</IfModule>\n");
    let moved = quotable(redirects(site));
    if !moved.is_empty() {
        out.push_str("<IfModule mod_alias.c>\n");
        for (from, to) in moved {
            out.push_str(&format!(
                "RedirectMatch 301 \"^{}$\" \"{to}\"\n",
                pattern(&from)
            ));
        }
        out.push_str("</IfModule>\n");
    }
    out
}

/// To be included in nginx's `server { … }`.
fn nginx(site: &Site) -> String {
    let base = site.base_path();
    let mut out = String::from(
        "# In the server { … } of this site:  include /path/to/site/nginx.conf;\ncharset utf-8;\nindex index.html;\n",
    );
    out.push_str(&format!("error_page 404 {base}404.html;\n"));
    let mut all = String::new();
    for (name, value) in headers() {
        all.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    out.push_str(&all);
    // A location with headers of its own inherits none.
    for (path, keep) in [
        ("assets/[^/]+-[0-9a-f]{10}\\.css", NAMED_BY_CONTENT),
        ("assets/pictures/.+", NAMED_BY_CONTENT),
        ("assets/fonts/.+", FONTS),
    ] {
        out.push_str(&format!(
            "location ~ \"^{base}{path}$\" {{\n{all}add_header Cache-Control \"{keep}\";\n}}\n"
        ));
    }
    out.push_str(&format!("location = {base}nginx.conf {{ return 404; }}\n"));
    for (from, to) in quotable(redirects(site)) {
        out.push_str(&format!(
            "location = \"{from}\" {{ return 301 \"{to}\"; }}\n"
        ));
    }
    out
}

pub fn has_redirects(site: &Site) -> bool {
    site.routes
        .iter()
        .any(|r| matches!(r.kind, Kind::Redirect(_)))
}

/// Addresses that lead elsewhere: the path as it is asked for, and where it
/// leads, encoded.
fn redirects(site: &Site) -> Vec<(String, String)> {
    let base = site.base_path();
    site.routes
        .iter()
        .filter_map(|route| match &route.kind {
            Kind::Redirect(to) => {
                let to = if to.contains("://") {
                    to.clone()
                } else {
                    format!("{base}{}", encode_path(to).replace("%23", "#"))
                };
                Some((format!("{base}{}", route.address), to))
            }
            _ => None,
        })
        .collect()
}

/// `_redirects` of Netlify, Cloudflare Pages and others: `from to 301`, a
/// line each.
fn redirect_map(site: &Site) -> String {
    redirects(site)
        .iter()
        .map(|(from, to)| format!("{} {to} 301\n", encode_path(from)))
        .collect()
}

/// Those that can stand between quotes of a server's settings; the others
/// have their page that leads on.
fn quotable(mut moved: Vec<(String, String)>) -> Vec<(String, String)> {
    let fits =
        |text: &str| !text.contains(['"', '\\', '$', '%']) && !text.contains(char::is_control);
    moved.retain(|(from, to)| fits(from) && !to.contains(['"', '\\', '$']));
    moved
}

/// A path in a regular expression.
fn pattern(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if ".+*?()[]{}^$|\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// RFC 9116: where to tell of a weakness of the website. It ends with the
/// calendar year of the newest year's folder (a fiscal year ends in
/// September), not so long after the build: a site that nobody renews ends by
/// itself, and the same content gives the same file on any day.
fn security_txt(site: &Site) -> String {
    let newest = site
        .years
        .keys()
        .next_back()
        .copied()
        .unwrap_or(site.current_year);
    let contact = match &site.content.settings.agency.email {
        Some(email) => format!("mailto:{email}"),
        None => format!("{}/contact/", site.base_url),
    };
    let languages = if site.content.settings.english {
        "th, en"
    } else {
        "th"
    };
    format!(
        "Contact: {contact}\nExpires: {:04}-12-31T16:59:59Z\nPreferred-Languages: {languages}\nCanonical: {}/.well-known/security.txt\n",
        newest.saturating_sub(543),
        site.base_url
    )
}

fn manifest(site: &Site) -> String {
    let settings = &site.content.settings;
    let agency = &settings.agency;
    let short = agency.short_name.as_ref().unwrap_or(&agency.name);
    let icons: Vec<serde_json::Value> = [192, 512]
        .into_iter()
        .map(|size| {
            serde_json::json!({
                "src": Picture::Icon(size).path(),
                "sizes": format!("{size}x{size}"),
                "type": "image/png",
            })
        })
        .collect();
    let mut manifest = serde_json::json!({
        "name": agency.name.th,
        "short_name": short.th,
        "lang": "th",
        "start_url": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "icons": icons,
    });
    if let Some(colour) = &settings.accent {
        manifest["theme_color"] = colour.hex.as_str().into();
    }
    // Letters that could be taken for a tag wherever this file is shown.
    format!("{manifest}\n").replace('<', "\\u003c")
}
