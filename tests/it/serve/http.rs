//! Answers from memory, on this machine only; no socket.

use std::sync::Arc;

use prongsai::diagnostic::Severity;
use prongsai::files::DiskFiles;
use prongsai::serve::{Audience, Preview, Settings};

use super::{HOST, ask_with, check, get};
use crate::help::{OnDisk, base, options, text};

fn preview() -> Preview {
    let mut files = base();
    files.put(
        "content/files/แผนที่ 1.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    files.put("content/pages/maps/index.md", "+++\ntitle = \"แผนที่\"\nfiles = [{ path = \"/files/แผนที่ 1.svg\", title = \"แผนที่\" }]\n+++\n\nแผนที่\n");
    files.put("secret.txt", "SECRET");
    files.put("content/.env", "SECRET");
    let preview = Preview::load(Arc::new(files), Settings::new(options()));
    check(&preview);
    let found = preview.report().messages;
    assert_eq!(
        found.count(Severity::Error),
        0,
        "{:?}",
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    preview
}

#[test]
fn pages_and_files_are_answered_with_their_types() {
    let preview = preview();
    let style = get(&preview, "/web/").text();
    let style = style
        .split("assets/style-")
        .nth(1)
        .and_then(|s| s.split('"').next())
        .expect("a style");
    let style = format!("/web/assets/style-{style}");
    for (path, kind) in [
        ("/web/", "text/html; charset=utf-8"),
        ("/web/index.html", "text/html; charset=utf-8"),
        ("/web/2568/o18/", "text/html; charset=utf-8"),
        (
            "/web/2568/complaint-channels/?utm=1",
            "text/html; charset=utf-8",
        ),
        ("/web/files/logo.svg", "image/svg+xml"),
        (
            "/web/files/%E0%B9%81%E0%B8%9C%E0%B8%99%E0%B8%97%E0%B8%B5%E0%B9%88%201.svg",
            "image/svg+xml",
        ),
        ("/web/2568/files/no-gift.pdf", "application/pdf"),
        ("/web/2568/files/operations.csv", "text/csv; charset=utf-8"),
        ("/web/sitemap.xml", "application/xml"),
        ("/web/robots.txt", "text/plain; charset=utf-8"),
        ("/web/assets/fonts/sarabun-thai-400.woff2", "font/woff2"),
        (style.as_str(), "text/css; charset=utf-8"),
    ] {
        let reply = get(&preview, path);
        assert_eq!(
            (reply.status, reply.header("Content-Type")),
            (200, Some(kind)),
            "{path}"
        );
        assert_eq!(
            reply.header("X-Content-Type-Options"),
            Some("nosniff"),
            "{path}"
        );
        assert!(!reply.body.is_empty(), "{path}");
    }
    assert!(text(&String::from_utf8_lossy(&get(&preview, "/web/").body)).contains("ยินดีต้อนรับ"));
}

#[test]
fn a_folder_without_its_slash_is_sent_on_and_so_is_the_host_alone() {
    let preview = preview();
    for (path, to) in [
        ("/", "/web/"),
        ("/web", "/web/"),
        ("/web/2568", "/web/2568/"),
        ("/web/2568/o18", "/web/2568/o18/"),
        ("/web/maps?x=1", "/web/maps/"),
    ] {
        let reply = get(&preview, path);
        assert_eq!(
            (reply.status, reply.header("Location")),
            (308, Some(to)),
            "{path}"
        );
    }
}

#[test]
fn the_address_that_a_reader_is_sent_to_is_encoded() {
    let mut files = base();
    files.put(
        "content/redirects.toml",
        "[[redirect]]\nfrom = \"/ข่าว/เก่า/\"\nto = \"news\"\n",
    );
    let preview = Preview::load(Arc::new(files), Settings::new(options()));
    let reply = get(
        &preview,
        "/web/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B9%80%E0%B8%81%E0%B9%88%E0%B8%B2",
    );
    assert_eq!(reply.status, 308);
    let to = reply.header("Location").expect("a place");
    assert_eq!(
        to,
        "/web/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B9%80%E0%B8%81%E0%B9%88%E0%B8%B2/"
    );
    assert_eq!(get(&preview, to).status, 200);
    // No second host, no second header.
    for path in [
        "/web//evil.example",
        "/web//evil.example/..",
        "/web/x%0d%0aSet-Cookie:%20a=b",
        "//evil.example/",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            reply
                .headers
                .iter()
                .all(|(_, v)| !v.contains('\n') && !v.contains('\r'))
        );
    }
}

#[test]
fn what_is_not_there_is_answered_with_the_sites_own_404_page() {
    let preview = preview();
    for path in [
        "/web/nothing/",
        "/web/2568/nothing",
        "/web/a/b/c/d.html",
        "/other/",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        let words = text(&String::from_utf8_lossy(&reply.body));
        assert!(
            words.contains("ไม่พบหน้านี้") && words.contains("บ้านทดสอบ"),
            "{path}: {words}"
        );
    }
}

#[test]
fn other_hosts_and_methods_are_turned_away() {
    let preview = preview();
    for host in [
        None,
        Some(""),
        Some("evil.example"),
        Some("127.0.0.1.evil.example"),
        Some("localhost.evil.example:1111"),
        Some("192.168.1.4:1111"),
    ] {
        let headers: Vec<_> = host.into_iter().map(|h| ("Host", h)).collect();
        let reply = ask_with(&preview, "GET", "/web/", &headers, true);
        let refused = if host.is_none() { 400 } else { 403 };
        assert_eq!(reply.status, refused, "{host:?}");
        assert!(!String::from_utf8_lossy(&reply.body).contains("ทดสอบ"));
    }
    for host in [
        "127.0.0.1",
        "127.0.0.1:1111",
        "localhost",
        "localhost:8080",
        "[::1]:1111",
    ] {
        assert_eq!(
            ask_with(&preview, "GET", "/web/", &[("Host", host)], true).status,
            200,
            "{host}"
        );
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
        let reply = ask_with(&preview, method, "/web/", &[("Host", HOST)], true);
        assert_eq!(
            (reply.status, reply.header("Allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    let head = ask_with(&preview, "HEAD", "/web/", &[("Host", HOST)], true);
    assert_eq!(head.status, 200);
    let two = [("Host", HOST), ("host", "evil.example")];
    assert_eq!(ask_with(&preview, "GET", "/web/", &two, true).status, 400);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let preview = preview();
    for path in [
        "/../x",
        "/web/../secret.txt",
        "/web/../../secret.txt",
        "/web/%2e%2e/secret.txt",
        "/web/%2e%2e%2fsecret.txt",
        "/web/..%5csecret.txt",
        "/web/a/%5c..%5c..%5csecret.txt",
        "/web/files/../../../secret.txt",
        "/web/files/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/web/%00",
        "/web/files/logo.svg%00.html",
        "/web/.env",
        "/web/files/../.env",
        "/web/site.toml",
        "/web/index.md",
        "/web/2568/year.toml",
        "/web/2568/../site.toml",
        "/web/./site.toml",
        "/web//site.toml",
        "/web/SITE.TOML",
        "/web//etc/passwd",
        "//etc/passwd",
        "/web/%2fetc%2fpasswd",
        "/web/C:%5cWindows%5cwin.ini",
        "/web/%",
        "/web/%zz",
        "/web/%ff%fe",
        "",
        "web/",
        "*",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        let body = String::from_utf8_lossy(&reply.body);
        assert!(
            !body.contains("SECRET") && !body.contains("[agency]") && !body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn a_page_is_not_sent_again_while_it_is_the_same() {
    let preview = preview();
    for path in ["/web/", "/web/files/logo.svg", "/web/sitemap.xml"] {
        let first = get(&preview, path);
        let tag = first.header("ETag").expect("a tag").to_string();
        let ask = |tag: &str| {
            let headers = [("Host", HOST), ("If-None-Match", tag)];
            ask_with(&preview, "GET", path, &headers, true)
        };
        let again = ask(&format!("\"other\", W/{tag}"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("ETag"), Some(tag.as_str()), "{path}");
        assert_eq!(ask("\"other\"").status, 200, "{path}");
    }
}

#[test]
fn parts_of_large_files_are_answered_by_the_rules_of_http() {
    let disk = OnDisk::base();
    let bytes: Vec<u8> = (0..4_000_000u32).map(|n| (n % 251) as u8).collect();
    disk.write("content/files/plan.pdf", &bytes);
    let files = DiskFiles::new(disk.dir.path(), &["content"]);
    let preview = Preview::load(Arc::new(files), Settings::new(options()));
    let whole = get(&preview, "/web/files/plan.pdf");
    assert_eq!(
        (whole.status, whole.header("Accept-Ranges")),
        (200, Some("bytes"))
    );
    assert_eq!(whole.body, bytes);
    let tag = whole.header("ETag").expect("a tag").to_string();
    let ask = |range: &str, more: &[(&str, &str)]| {
        let mut headers = vec![("Host", HOST), ("Range", range)];
        headers.extend(more);
        ask_with(&preview, "GET", "/web/files/plan.pdf", &headers, true)
    };
    let last = bytes.len() - 1;
    for (range, from, to) in [
        ("bytes=0-99", 0, 99),
        ("bytes=-100", last - 99, last),
        ("bytes=3999900-", 3_999_900, last),
        ("bytes=3999900-9999999", 3_999_900, last),
    ] {
        let part = ask(range, &[]);
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, bytes[from..=to], "{range}");
        let expected = format!("bytes {from}-{to}/{}", bytes.len());
        assert_eq!(part.header("Content-Range"), Some(expected.as_str()));
    }
    let beyond = ask("bytes=5000000-", &[]);
    assert_eq!(
        (beyond.status, beyond.header("Content-Range")),
        (416, Some("bytes */4000000"))
    );
    for ignored in ["bytes=5-2", "bytes=0-1,4-5", "pages=1-2"] {
        assert_eq!(ask(ignored, &[]).status, 200, "{ignored}");
    }
    // A file that changed meanwhile is sent whole, not pieced together.
    assert_eq!(ask("bytes=0-9", &[("If-Range", &tag)]).status, 206);
    assert_eq!(ask("bytes=0-9", &[("If-Range", "\"old\"")]).status, 200);
}

#[test]
fn the_network_is_answered_only_when_it_is_asked_for_and_only_by_number() {
    let settings = Settings {
        audience: Audience::Network,
        ..Settings::new(options())
    };
    let preview = Preview::load(Arc::new(base()), settings);
    let ask = |host| ask_with(&preview, "GET", "/web/", &[("Host", host)], false).status;
    assert_eq!(ask("192.168.1.4:1111"), 200);
    assert_eq!(ask("[fd00::1]:1111"), 200);
    assert_eq!(ask("rebound.example:1111"), 403);
}
