//! `year.toml`: what a clerk knows of one assessment year.

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Written};
use crate::thai::{Baht, Date, Month, Score};

use super::agency::{STAFF_SURVEY, Words, staff_survey};
use super::ledger::read_month;
use super::measures::{Scores, read_scores};

/// The survey of citizens (EIT): its address and when it is open.
#[derive(Clone, Debug)]
pub struct Eit {
    pub url: String,
    pub opens: Option<Written<Date>>,
    pub closes: Option<Written<Date>>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Deadline {
    pub title: Words,
    pub from: Option<Written<Date>>,
    pub to: Option<Written<Date>>,
    pub actor: &'static str,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct NoPurchases {
    pub place: Place,
    pub month: Option<Month>,
    pub text: String,
    pub date: Option<Written<Date>>,
}

#[derive(Clone, Debug, Default)]
pub struct YearRecord {
    pub eit: Option<Eit>,
    pub target: Option<Written<Score>>,
    pub deadlines: Vec<Deadline>,
    pub announced: Option<Written<Date>>,
    pub result: Option<Scores>,
    pub budget_as_of: Option<Written<Date>>,
    pub ordinance: Option<Words>,
    pub budget_total: Option<(Written<Baht>, Place)>,
    pub procurement_as_of: Option<Written<Date>>,
    pub no_purchases: Vec<NoPurchases>,
    pub complaints_as_of: Option<Written<Date>>,
    pub counted: Option<Words>,
}

const EIT_PREFIX: &str = "https://itas.nacc.go.th/go/eit/";

impl YearRecord {
    pub fn read(f: Fields<'_>, year: u16) -> YearRecord {
        let mut record = YearRecord {
            eit: f.table("eit").and_then(read_eit),
            target: f.score("target"),
            ..YearRecord::default()
        };
        record.deadlines = f
            .tables("deadline")
            .into_iter()
            .map(read_deadline)
            .collect();
        if let Some(result) = f.table("result") {
            record.announced = result.date("announced");
            record.result = Some(read_scores(&result));
            result.finish();
        }
        if let Some(budget) = f.table("budget") {
            record.budget_as_of = budget.date("as_of");
            record.ordinance = Words::read(&budget, "ordinance", "ordinance_en");
            let place = budget.place_at("total");
            record.budget_total = budget.baht("total").map(|total| (total, place));
            budget.finish();
        }
        if let Some(procurement) = f.table("procurement") {
            record.procurement_as_of = procurement.date("as_of");
            record.no_purchases = procurement
                .tables("none")
                .into_iter()
                .map(|n| {
                    if !n.has("month") {
                        n.missing("month");
                    }
                    let none = NoPurchases {
                        place: n.place_at("month"),
                        month: read_month(&n, year),
                        text: n.require_text("text"),
                        date: n.date("date"),
                    };
                    n.finish();
                    none
                })
                .collect();
            procurement.finish();
        }
        if let Some(complaints) = f.table("complaints") {
            record.complaints_as_of = complaints.date("as_of");
            record.counted = Words::read(&complaints, "counted", "counted_en");
            complaints.finish();
        }
        f.finish();
        record
    }
}

fn read_eit(f: Fields<'_>) -> Option<Eit> {
    let code = f.text("code");
    let url = f.text("url");
    let eit = match (code, url) {
        (Some(_), Some(_)) => {
            f.report(
                Diagnostic::error(
                    "eit-twice",
                    Say::new(
                        "ใส่ code หรือ url อย่างใดอย่างหนึ่ง",
                        "give either code or url, not both",
                    ),
                )
                .at(f.place_at("url")),
            );
            None
        }
        (Some(code), None) if code.chars().all(|c| c.is_ascii_alphanumeric()) => {
            Some(format!("{EIT_PREFIX}{code}"))
        }
        (Some(code), None) => {
            f.report(
                Diagnostic::error(
                    "bad-eit-code",
                    Say::new(
                        format!("รหัส EIT มีได้เฉพาะตัวอักษร a-z และตัวเลข แต่พบ “{code}”"),
                        format!("an EIT code holds only letters a-z and digits, not “{code}”"),
                    ),
                )
                .at(f.place_at("code"))
                .hint(Say::new(
                    format!("คัดลอกเฉพาะส่วนหลัง {EIT_PREFIX} หรือใช้ url = \"…\""),
                    format!("copy only what follows {EIT_PREFIX}, or use url = \"…\""),
                )),
            );
            None
        }
        (None, Some(url)) => {
            if url.contains(STAFF_SURVEY) {
                f.report(staff_survey(f.place_at("url")));
            }
            let web = url.starts_with("https://") || url.starts_with("http://");
            if !web {
                f.report(
                    Diagnostic::error(
                        "bad-address",
                        Say::new(
                            format!("ที่อยู่ “{url}” ต้องขึ้นต้นด้วย https://"),
                            format!("the address “{url}” must start with https://"),
                        ),
                    )
                    .at(f.place_at("url")),
                );
            }
            (web && !url.contains(STAFF_SURVEY)).then_some(url)
        }
        (None, None) => {
            f.missing("code");
            None
        }
    };
    let opens = f.date("opens");
    let closes = f.date("closes");
    if let (Some(a), Some(b)) = (&opens, &closes)
        && b.value < a.value
    {
        f.report(
            Diagnostic::error(
                "ends-before-start",
                Say::new("วันปิดมาก่อนวันเปิด", "it closes before it opens"),
            )
            .at(f.place_at("closes")),
        );
    }
    let place = f.place();
    f.finish();
    eit.map(|url| Eit {
        url,
        opens,
        closes,
        place,
    })
}

fn read_deadline(f: Fields<'_>) -> Deadline {
    if !f.has("to") {
        f.missing("to");
    }
    let deadline = Deadline {
        title: Words::require(&f, "title", "title_en"),
        from: f.date("from"),
        to: f.date("to"),
        actor: f
            .choice(
                "actor",
                &[
                    ("agency", &["agency", "หน่วยงาน"]),
                    ("assessors", &["assessors", "คณะผู้ประเมิน"]),
                    ("nacc", &["nacc", "ป.ป.ช."]),
                ],
            )
            .unwrap_or("agency"),
        place: f.place_at("to"),
    };
    f.finish();
    deadline
}
