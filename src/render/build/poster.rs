//! One A4 page for a notice board: what it is about, a QR code that a phone
//! reads from a metre away, the same address in large letters.

use crate::catalogue::TopicKind;
use crate::content::agency::Purpose;
use crate::diagnostic::Diagnostic;
use crate::render::format::Page;
use crate::render::html::{escaped, url};
use crate::render::links::encode_path;
use crate::render::pictures::qr;
use crate::render::view::*;
use crate::site::address::{Kind, Route};

use super::eit::{self, Survey};

/// The poster at `route`, which leads to the page at `of`.
pub fn poster(
    page: &Page<'_>,
    route: &Route,
    of: &Route,
    found: &mut Vec<Diagnostic>,
) -> PosterView {
    let target = format!("{}/{}", page.site.base_url, encode_path(&of.address));
    let channels = |year: &u16, index: &usize| {
        let topic = page.site.years.get(year).and_then(|y| y.topics.get(*index));
        topic.is_some_and(|t| t.kind == TopicKind::ComplaintChannels)
    };
    let mut poster = match &of.kind {
        Kind::Eit(year) => survey(page, *year),
        Kind::Topic(year, index) if channels(year, index) => complaints(page),
        _ => PosterView::default(),
    };
    if poster.title.is_empty() {
        let view = super::view(page, of, found);
        poster.title = view.title;
        poster.lead = Some(view.description).filter(|d| *d != poster.title);
        poster.call = page.say(
            "สแกนเพื่ออ่าน หรือพิมพ์ที่อยู่นี้",
            "Scan to read, or type this address",
        );
    }
    if poster.url.is_empty() {
        poster.url = target;
    }
    let label = page.say(
        "คิวอาร์โค้ด ที่อยู่เดียวกับข้อความด้านล่าง",
        "QR code; its address stands below",
    );
    if let Some(svg) = qr(&poster.url, &label) {
        poster.svg = svg;
    }
    poster.year = of.kind.year().map(|y| super::year_title(page, y));
    poster.shown = url(&poster.url);
    poster.back = page.linker.page(&of.address);
    poster.alternate = super::parts::alternate(page, route).filter(|other| other.same);
    poster
}

fn survey(page: &Page<'_>, year: u16) -> PosterView {
    let Some(survey) = eit::of(page, year) else {
        return PosterView::default();
    };
    let (opens, closes) = (survey.opens.as_ref(), survey.closes.as_ref());
    let dates = match (opens, closes) {
        (Some(from), Some(to)) => Some(format!(
            "{} – {}",
            page.written_day(from).text,
            page.written_day(to).text
        )),
        (None, Some(to)) => Some(page.say(
            &format!("ถึง {}", page.written_day(to).text),
            &format!("Until {}", page.written_day(to).text),
        )),
        (Some(from), None) => Some(page.say(
            &format!("ตั้งแต่ {}", page.written_day(from).text),
            &format!("From {}", page.written_day(from).text),
        )),
        (None, None) => None,
    };
    let label = page.year(year);
    PosterView {
        title: page.say(
            &format!("ร่วมประเมินความโปร่งใส ปี {label}"),
            &format!("Tell how open this office is, {label}"),
        ),
        lead: Some(page.say(
            "แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก (EIT) สำหรับผู้ที่เคยมาติดต่อหรือรับบริการ ตอบได้โดยไม่ต้องบอกชื่อ",
            "Survey for everyone who has dealt with this office (EIT). No name is asked for.",
        )),
        call: page.say(
            "สแกนเพื่อตอบ หรือพิมพ์ที่อยู่นี้",
            "Scan to answer, or type this address",
        ),
        url: survey.url.clone(),
        dates: dates.map(|d| page.say(&format!("เปิดรับคำตอบ {d}"), &format!("Open {d}"))),
        warning: (eit::state(page, survey) == Survey::Closed).then(|| {
            page.say(
                "แบบวัดนี้ปิดรับคำตอบแล้ว อย่าติดแผ่นนี้อีก",
                "This survey is closed: please take this notice down",
            )
        }),
        ..PosterView::default()
    }
}

fn complaints(page: &Page<'_>) -> PosterView {
    let phones: Vec<String> = page
        .site
        .content
        .channels
        .iter()
        .filter(|c| c.purpose == Some(Purpose::Corruption))
        .filter_map(|c| c.phone.as_ref())
        .map(|phone| escaped(phone))
        .collect();
    PosterView {
        title: page.say(
            "พบการทุจริต แจ้งได้โดยไม่ต้องบอกชื่อ",
            "Report corruption without giving your name",
        ),
        lead: Some(page.say(
            "ข้อมูลของผู้แจ้งเก็บเป็นความลับ แยกจากเรื่องร้องเรียนทั่วไป",
            "Who reports is kept secret, separately from general complaints",
        )),
        call: page.say(
            "สแกนเพื่อดูทุกช่องทาง หรือพิมพ์ที่อยู่นี้",
            "Scan for every channel, or type this address",
        ),
        dates: (!phones.is_empty())
            .then(|| format!("{} {}", page.say("สายตรง", "Telephone"), phones.join(", "))),
        ..PosterView::default()
    }
}
