//! Other hosts: which of them a reader may not get into.

use std::net::IpAddr;

/// The host of an address, in small letters, without port or user.
pub fn host(address: &str) -> Option<String> {
    let lower = address.trim().to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next()?,
        None => host.split(':').next()?,
    };
    let host = host.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_string())
}

/// What follows the host, in small letters.
pub fn path(address: &str) -> String {
    let lower = address.trim().to_ascii_lowercase();
    let rest = lower.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..]).to_string()
}

/// Names of one label mean a machine of the same network.
pub fn is_local(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return match address {
            IpAddr::V4(four) => {
                four.is_loopback()
                    || four.is_private()
                    || four.is_link_local()
                    || four.is_unspecified()
            }
            IpAddr::V6(six) => {
                six.is_loopback()
                    || six.is_unspecified()
                    || six.is_unique_local()
                    || six.is_unicast_link_local()
            }
        };
    }
    !host.contains('.')
        || [".local", ".localhost", ".lan", ".internal"]
            .iter()
            .any(|end| host.ends_with(end))
}

/// The service's name, where what it holds is opened only by whom its owner
/// lets in.
pub fn needs_login(host: &str, path: &str) -> Option<&'static str> {
    let is = |name: &str| {
        host == name
            || host
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    // Where a form is edited is for its owner alone.
    let edits = path
        .split(['?', '#'])
        .next()
        .is_some_and(|p| p.ends_with("/edit"));
    // Forms, and what was published to the web, open for everyone.
    let public = (path.starts_with("/forms/") && !edits) || path.contains("/d/e/");
    if is("drive.google.com") {
        Some("Google Drive")
    } else if is("docs.google.com") && !public {
        Some("Google Docs")
    } else if is("onedrive.live.com") || is("1drv.ms") {
        Some("OneDrive")
    } else if is("sharepoint.com") {
        Some("SharePoint")
    } else if is("dropbox.com") {
        Some("Dropbox")
    } else if is("icloud.com") {
        Some("iCloud")
    } else if is("mediafire.com") {
        Some("MediaFire")
    } else if is("mega.nz") {
        Some("MEGA")
    } else if is("facebook.com") && path.starts_with("/groups/") {
        Some("กลุ่ม Facebook (Facebook group)")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_the_office_are_local() {
        for host in [
            "localhost",
            "127.0.0.1",
            "192.168.1.10",
            "10.0.0.5",
            "172.20.1.1",
            "::1",
            "fileserver",
            "nas.local",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in ["example.go.th", "172.33.0.1", "8.8.8.8", "2001:db8::1"] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn a_share_needs_a_login_and_a_form_does_not() {
        assert!(needs_login("drive.google.com", "/file/d/x/view").is_some());
        assert!(needs_login("docs.google.com", "/spreadsheets/d/x/edit").is_some());
        assert!(needs_login("docs.google.com", "/forms/d/x/edit?usp=sharing").is_some());
        assert!(needs_login("tessaban-my.sharepoint.com", "/x").is_some());
        assert!(needs_login("www.facebook.com", "/groups/1/").is_some());
        assert!(needs_login("docs.google.com", "/forms/d/e/x/viewform").is_none());
        assert!(needs_login("docs.google.com", "/spreadsheets/d/e/x/pubhtml").is_none());
        assert!(needs_login("www.facebook.com", "/thansommut").is_none());
        assert!(needs_login("notdropbox.com", "/x").is_none());
    }
}
