//! A year's deadlines as a calendar file (iCalendar, RFC 5545). The same
//! deadlines give the same bytes.

use crate::files::digest;
use crate::site::Site;
use crate::thai::Date;

use super::calendar::deadlines::{Due, of};

/// Octets of a line, without its end.
const LINE: usize = 75;

/// The calendar of these years; none where they have no deadline, as a
/// calendar without events is not one.
pub fn calendar(site: &Site, years: &[u16]) -> Option<String> {
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//prongsai//deadlines//TH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        put(&mut out, line);
    }
    let agency = site.content.settings.agency.name.th.as_str();
    put(
        &mut out,
        &format!("X-WR-CALNAME:{}", escaped(&format!("ITA {agency}"))),
    );
    let mut known: Vec<String> = Vec::new();
    for &year in years {
        for due in of(site, year) {
            let uid = uid(site, year, &due, &mut known);
            event(&mut out, year, &due, &uid);
        }
    }
    put(&mut out, "END:VCALENDAR");
    (!known.is_empty()).then_some(out)
}

/// The same for as long as the deadline keeps its name, whatever its day, so
/// that a calendar moves the entry instead of adding one.
fn uid(site: &Site, year: u16, due: &Due, known: &mut Vec<String>) -> String {
    let mark = digest(due.th.as_bytes()).to_string();
    let mark: String = mark.chars().take(16).collect();
    let host = site
        .base_url
        .split_once("://")
        .map_or(site.base_url.as_str(), |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    let base = format!("{year}-{}-{mark}", due.source);
    let times = known.iter().filter(|k| **k == base).count();
    known.push(base.clone());
    if times == 0 {
        format!("{base}@{host}")
    } else {
        format!("{base}-{}@{host}", times + 1)
    }
}

fn event(out: &mut String, year: u16, due: &Due, uid: &str) {
    let day = |date: Date| date.iso().replace('-', "");
    let after = due.to.add_days(1).unwrap_or(due.to);
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{uid}"));
    // Any moment serves that does not change from run to run.
    put(
        out,
        &format!("DTSTAMP:{}1001T000000Z", i32::from(year) - 544),
    );
    put(out, &format!("DTSTART;VALUE=DATE:{}", day(due.to)));
    put(out, &format!("DTEND;VALUE=DATE:{}", day(after)));
    let summary = format!("ITA {year}: {}", due.th);
    put(out, &format!("SUMMARY:{}", escaped(&summary)));
    put(
        out,
        &format!("DESCRIPTION:{}", escaped(&description(year, due))),
    );
    put(out, "TRANSP:TRANSPARENT");
    if due.ours {
        put(out, "BEGIN:VALARM");
        put(out, "ACTION:DISPLAY");
        put(out, "TRIGGER:-P7D");
        put(
            out,
            &format!(
                "DESCRIPTION:{}",
                escaped(&format!("อีก 7 วันครบกำหนด {summary}"))
            ),
        );
        put(out, "END:VALARM");
    }
    put(out, "END:VEVENT");
}

fn description(year: u16, due: &Due) -> String {
    let mut text = format!("การประเมิน ITA ปี {year}: {}", due.th);
    if let Some(from) = due.from.filter(|from| *from != due.to) {
        text.push_str(&format!(
            "\nตั้งแต่ {} ถึง {}",
            from.thai_long(),
            due.to.thai_long()
        ));
    } else {
        text.push_str(&format!("\nภายใน {}", due.to.thai_long()));
    }
    if let Some(en) = &due.en {
        text.push_str(&format!("\n{en}"));
    }
    text.replace('\u{a0}', " ")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\n', '\r'], "\\n")
}

/// Adds a line, folded after at most 75 octets and never within a letter.
fn put(out: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}
