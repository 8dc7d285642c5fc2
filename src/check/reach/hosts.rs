//! Links to hosts that a reader may not get into, or not safely.

use crate::check::finding::{Found, finding};

use crate::site::hosts::{host, is_local, needs_login, path};

use super::links::Link;

pub fn check(links: &[Link], found: &mut Found) {
    for link in links {
        let Some(host) = host(&link.to) else { continue };
        if is_local(&host) {
            found.push(
                finding(
                    "local-link",
                    format!("“{host}” อยู่ในเครื่องหรือในสำนักงาน ผู้อ่านภายนอกเปิดไม่ได้"),
                    format!("“{host}” is this machine or the office's own network; nobody outside can open it"),
                )
                .at(link.place.clone()),
            );
            continue;
        }
        if let Some(name) = needs_login(&host, &path(&link.to)) {
            found.push(
                finding(
                    "login-host",
                    format!("ลิงก์ไป {name} ซึ่งผู้อ่านอาจต้องเข้าสู่ระบบ หรือเปิดไม่ได้เมื่อเลิกแชร์"),
                    format!("a link to {name}, where readers may have to log in, or find it no longer shared"),
                )
                .at(link.place.clone()),
            );
        }
        if link
            .to
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("http://")
        {
            found.push(
                finding(
                    "insecure-link",
                    format!("ลิงก์ไป {host} ใช้ http:// ซึ่งไม่เข้ารหัส"),
                    format!("the link to {host} uses http://, which is not encrypted"),
                )
                .at(link.place.clone()),
            );
        }
    }
}
