//! The survey of citizens (EIT): when it is open, its address and QR code.

use crate::content::year::Eit;
use crate::fields::Written;
use crate::render::format::Page;
use crate::render::pictures::qr;
use crate::render::view::*;
use crate::thai::Date;

use super::parts::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Survey {
    Unknown,
    NotYet,
    Open,
    Closed,
}

/// The survey of a year.
pub fn of<'s>(page: &Page<'s>, year: u16) -> Option<&'s Eit> {
    page.site.content.years.get(&year)?.record.eit.as_ref()
}

/// How it stands on the day of the build.
pub fn state(page: &Page<'_>, eit: &Eit) -> Survey {
    let today = page.site.options.today;
    match (&eit.opens, &eit.closes) {
        (Some(opens), _) if today < opens.value => Survey::NotYet,
        (_, Some(closes)) if today > closes.value => Survey::Closed,
        (_, Some(_)) => Survey::Open,
        _ => Survey::Unknown,
    }
}

fn on(page: &Page<'_>, date: Option<&Written<Date>>) -> String {
    date.map(|d| page.written_day(d).text).unwrap_or_default()
}

/// Whether a year's survey takes answers no more.
pub fn is_closed(page: &Page<'_>, year: u16) -> bool {
    of(page, year).is_some_and(|eit| state(page, eit) == Survey::Closed)
}

/// On the home page, only while the survey is open.
pub fn eit_notice(page: &Page<'_>) -> Option<Section> {
    let year = page.site.current_year;
    let eit = of(page, year)?;
    if state(page, eit) != Survey::Open {
        return None;
    }
    let until = on(page, eit.closes.as_ref());
    Some(Section::Notice {
        title: Some(page.say(
            &format!("ประเมินความโปร่งใสของหน่วยงานได้ถึง {until}"),
            &format!("Assess our transparency until {until}"),
        )),
        html: format!(
            "<p>{} {}</p>",
            page.say(
                "ผู้ที่เคยติดต่อราชการกับหน่วยงานตอบแบบวัดการรับรู้ (EIT) ได้โดยไม่ต้องบอกชื่อ",
                "Anyone who has dealt with this office can answer the EIT survey without giving a name."
            ),
            page.page_html(&format!("{year}/eit/"), &page.say("ไปยังแบบวัด EIT", "Go to the EIT survey"))
        ),
        warn: false,
    })
}

pub fn eit(page: &Page<'_>, year: u16) -> PageView {
    let mut view = PageView {
        title: page.say(
            &format!(
                "แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก (EIT) ปี {}",
                page.digits(&year.to_string())
            ),
            &format!("Survey of citizens (EIT), {ce}", ce = page.year(year)),
        ),
        crumbs: vec![home_crumb(page), year_crumb(page, year)],
        report: true,
        ..PageView::default()
    };
    let Some(eit) = of(page, year) else {
        return view;
    };
    let state = state(page, eit);
    let (opens, closes) = (on(page, eit.opens.as_ref()), on(page, eit.closes.as_ref()));
    let (id, text) = match state {
        Survey::Open => (
            "open",
            page.say(
                &format!("เปิดรับคำตอบถึง {closes}"),
                &format!("Open until {closes}"),
            ),
        ),
        Survey::NotYet => (
            "not-yet",
            page.say(
                &format!("ยังไม่เปิดรับคำตอบ จะเปิดวันที่ {opens}"),
                &format!("Not open yet: it opens on {opens}"),
            ),
        ),
        Survey::Closed => (
            "closed",
            page.say(
                &format!("ปิดรับคำตอบแล้วเมื่อ {closes}"),
                &format!("Closed on {closes}"),
            ),
        ),
        Survey::Unknown => (
            "unknown",
            page.say("ดูช่วงเวลาที่เปิดรับคำตอบในแบบวัด", "See the survey for its dates"),
        ),
    };
    view.lead = Some(if state == Survey::Closed {
        page.say(
            "แบบวัดของปีนี้ปิดรับคำตอบแล้ว ขอบคุณทุกท่านที่ร่วมตอบ",
            "The survey of this year is closed. Thank you to all who answered.",
        )
    } else {
        page.say(
            "ท่านที่เคยติดต่อหรือรับบริการจากหน่วยงานนี้ในปีนี้ ตอบได้โดยไม่ต้องบอกชื่อ",
            "If you have dealt with this office this year, you can answer without giving your name.",
        )
    });
    let mut facts = Vec::new();
    if let Some(date) = &eit.opens {
        facts.push(page.fact("เปิดรับ", "Opens", page.written_time(date)));
    }
    if let Some(date) = &eit.closes {
        facts.push(page.fact("ปิดรับ", "Closes", page.written_time(date)));
    }
    facts.push(page.fact(
        "ใครตอบได้",
        "Who can answer",
        page.say(
            "ประชาชน ผู้ประกอบการ และหน่วยงานที่เคยติดต่อราชการกับหน่วยงานนี้",
            "People, businesses and offices that have dealt with this office",
        ),
    ));
    facts.push(page.fact(
        "ผู้จัดทำแบบวัด",
        "Run by",
        page.say(
            "สำนักงาน ป.ป.ช. หน่วยงานไม่เห็นคำตอบรายบุคคล",
            "The NACC; this office does not see single answers",
        ),
    ));
    // What is closed stays closed; until then a state holds as of its day.
    if state != Survey::Closed {
        let day = page.day(page.site.options.today);
        facts.push(page.fact("สถานะ ณ วันที่", "State as of", page.time(&day)));
    }
    let label = page.say(
        "คิวอาร์โค้ดของแบบวัดการรับรู้ ที่อยู่เดียวกับข้อความด้านล่าง",
        "QR code of the survey; its address stands below",
    );
    view.sections.push(Section::Eit {
        url: eit.url.clone(),
        // Nobody is sent to a survey that takes no answers.
        svg: qr(&eit.url, &label).filter(|_| state != Survey::Closed),
        state: id,
        state_text: text,
        facts,
    });
    view
}
