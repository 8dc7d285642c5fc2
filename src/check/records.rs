//! Which record keeps an element from being there: the person without a
//! photograph, the month without purchases. Told instead of the element, as
//! that is where it is mended.

use crate::catalogue::{Element, PeriodKind, TopicKind};
use crate::content::FOLDER;
use crate::content::agency::{Person, Role, Side};
use crate::content::ledger::{ComplaintCount, ComplaintKind, Purchase};
use crate::diagnostic::Place;
use crate::site::measures::MeasuresDocument;
use crate::site::people::{self, Photo};
use crate::site::prove::{purchase_tells, shows_purchases};
use crate::site::{Site, TopicPage};

use super::context::Context;
use super::finding::{Finding, finding};
use super::measures::name_of;

pub fn causes(
    context: &Context<'_>,
    year: u16,
    element: &Element,
    serving: &[&TopicPage],
) -> Vec<Finding> {
    let site = context.site;
    let record_year = Site::record_year(year, element.period_kind);
    serving
        .iter()
        .flat_map(|topic| match topic.kind {
            TopicKind::People => of_people(site, year, element),
            TopicKind::Prose if &*topic.topic == "structure" => sides(site, year, element),
            TopicKind::Procurement => purchases(site, record_year, element, topic),
            TopicKind::ComplaintStatistics => complaints(site, record_year, element),
            TopicKind::Measures => measures(site, year, element, false),
            TopicKind::MeasuresReport => measures(site, year, element, true),
            TopicKind::Budget => budget(site, record_year, element),
            _ => Vec::new(),
        })
        .collect()
}

fn asks(element: &Element, field: &str) -> bool {
    element.fields().any(|f| f == field)
}

fn of_people(site: &Site, year: u16, element: &Element) -> Vec<Finding> {
    let mut found = Vec::new();
    for person in people::leads(site, year) {
        let post = &person.position.th;
        let post_en = person.position.en.as_deref().unwrap_or(post);
        if asks(element, "photo") {
            found.extend(photo(site, year, person, post, post_en));
        }
        let contact = asks(element, "phone") || asks(element, "email");
        if contact && !people::has_contact(person) {
            found.push(
                finding(
                    "person-without-contact",
                    format!("{post} ไม่มีหมายเลขโทรศัพท์หรืออีเมล"),
                    format!("no phone or e-mail of {post_en}"),
                )
                .hint_typing(
                    "เพิ่มในข้อมูลของบุคคลนี้ (ใช้หมายเลขของสำนักงานได้):",
                    "add to this person (the office number will do):",
                    "phone = \"…\"",
                )
                .at(person.place.clone()),
            );
        }
        if asks(element, "name") && !people::has_name(person) {
            found.push(
                finding(
                    "person-without-name",
                    format!("{post} ไม่มีชื่อ"),
                    format!("no name of {post_en}"),
                )
                .hint_typing(
                    "เพิ่มในข้อมูลของบุคคลนี้ หรือ vacant = true ถ้าตำแหน่งว่าง:",
                    "add to this person, or vacant = true where the post is vacant:",
                    "name = \"…\"",
                )
                .at(person.place.clone()),
            );
        }
    }
    if asks(element, "head") || asks(element, "deputies") {
        found.extend(posts(site, year, element));
    }
    found.extend(sides(site, year, element));
    found
}

fn photo(site: &Site, year: u16, person: &Person, post: &str, post_en: &str) -> Option<Finding> {
    let shows_nobody = |th: String, en: String| {
        let place = person.photo.as_ref().map(|p| p.place.clone());
        finding(
            "photo-of-nobody",
            format!("ภาพถ่ายของ{post} {th}"),
            format!("the photograph of {post_en} {en}"),
        )
        .at(place.unwrap_or_else(|| person.place.clone()))
    };
    Some(match people::photo(site, year, person) {
        Photo::Good => return None,
        Photo::None => finding(
            "person-without-photo",
            format!("{post} ไม่มีภาพถ่าย"),
            format!("no photograph of {post_en}"),
        )
        .hint_typing(
            "ใส่ไฟล์ภาพในโฟลเดอร์ files แล้วเพิ่มในข้อมูลของบุคคลนี้:",
            "put the picture into a folder files, and add to this person:",
            "photo = \"…\"",
        )
        .at(person.place.clone()),
        Photo::NotThere => shows_nobody("ไม่มีไฟล์นี้".into(), "is a file that is not there".into())
            .hint(
                "ใส่ไฟล์ภาพของคนนี้ในโฟลเดอร์ files/people ด้วยชื่อนี้ หรือแก้ชื่อใน photo ให้ตรง อย่าใช้ภาพของคนอื่นแทน",
                "put this person's picture there under this name, or correct the name in `photo`; another person's picture will not do",
            ),
        Photo::Damaged => shows_nobody(
            "ว่างเปล่าหรือไม่ใช่ไฟล์ภาพ".into(),
            "is an empty file, or no picture".into(),
        ),
        Photo::Blank => shows_nobody(
            "มีสีเดียว ไม่เห็นใคร".into(),
            "has one colour and shows nobody".into(),
        ),
        Photo::Logo => shows_nobody("คือตราของหน่วยงาน".into(), "is the agency's logo".into()),
        Photo::Of(other) => shows_nobody(
            format!("เป็นภาพเดียวกับของ{other}"),
            format!("is the same as that of {other}"),
        ),
    })
}

/// Posts that nobody holds, though a vacant one would be listed as that.
fn posts(site: &Site, year: u16, element: &Element) -> Vec<Finding> {
    let Some(first) = site.people_of(year).first() else {
        return Vec::new();
    };
    let of = |p: &&Person, role| p.role == role && p.side == Some(Side::Political);
    let lacks = |role| !people::listed(site, year).any(|p| of(&p, role));
    let head = asks(element, "head") && lacks(Role::Head);
    let deputies = asks(element, "deputies") && lacks(Role::Deputy);
    let wanted = match (head, deputies) {
        (true, _) => ("ผู้บริหารสูงสุด", "the head", "head"),
        (_, true) => ("รองผู้บริหารสูงสุด", "a deputy of the head", "deputy"),
        _ => return Vec::new(),
    };
    let (th, en, role) = wanted;
    let all = site.people_of(year).iter();
    let left = all.filter(|p| people::has_left(site, year, p));
    let former = left.filter(|p| p.role == if head { Role::Head } else { Role::Deputy });
    let place = former
        .max_by_key(|p| p.until.as_ref().map(|d| d.value))
        .unwrap_or(first)
        .place
        .clone();
    vec![
        finding(
            "post-without-holder",
            format!("ไม่มี{th}ฝ่ายการเมืองที่ดำรงตำแหน่งอยู่"),
            format!("nobody on the political side is {en} now"),
        )
        .at(place)
        .hint(
            format!("เพิ่ม [[person]] ที่มี role = \"{role}\" และ side = \"political\" ถ้าตำแหน่งว่าง ให้ใส่ vacant = true แทน name"),
            format!("add a [[person]] with role = \"{role}\" and side = \"political\"; where the post is vacant, vacant = true in place of a name"),
        ),
    ]
}

fn sides(site: &Site, year: u16, element: &Element) -> Vec<Finding> {
    if !asks(element, "side") {
        return Vec::new();
    }
    let Some(first) = site.people_of(year).first() else {
        return Vec::new();
    };
    let has = |side| people::listed(site, year).any(|p| p.side == Some(side));
    [
        (Side::Political, "การเมือง", "political", "political"),
        (Side::Permanent, "ประจำ", "permanent", "permanent"),
    ]
    .into_iter()
    .filter(|(side, ..)| !has(*side))
    .map(|(_, th, en, _)| {
        finding(
            "one-side-only",
            format!("ไม่มีบุคลากรฝ่าย{th}"),
            format!("nobody of the {en} side"),
        )
        .at(first.place.clone())
    })
    .collect()
}

fn purchases(site: &Site, year: u16, element: &Element, topic: &TopicPage) -> Vec<Finding> {
    let Some(procurement) = site.procurement.get(&year) else {
        return Vec::new();
    };
    if !shows_purchases(&topic.topic) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if asks(element, "month") || element.only_none() {
        found.extend(empty_months(site, year, element.period_kind));
    }
    // The first row that lacks each asked field tells of them all.
    for field in element.fields() {
        let lacking: Vec<_> = procurement
            .rows
            .iter()
            .filter(|r| element.period_kind.asks_for(r.month))
            .filter(|r| purchase_tells(r, field) == Some(false))
            .collect();
        if let Some(first) = lacking.first() {
            let (th, en) = column(field);
            let count = lacking.len();
            let purchases = if count == 1 {
                "purchase lacks"
            } else {
                "purchases lack"
            };
            found.push(
                finding(
                    "purchase-without-field",
                    format!("{count} รายการไม่มี{th}"),
                    format!("{count} {purchases} the {en}"),
                )
                .at(first.place_of(field).clone()),
            );
        }
    }
    found
}

/// The name of a column of purchases, as the clerk knows it.
fn column(field: &str) -> (&str, String) {
    let th = match field {
        "reference_price" => "ราคากลาง",
        "agreed_price" => "ราคาที่ตกลงซื้อหรือจ้าง",
        "supplier" | "winner" => "ผู้ได้รับการคัดเลือก",
        "bidders" => "ผู้เสนอราคา",
        "reason" => "เหตุผลที่คัดเลือก",
        "contract" => "เลขที่และวันที่ของสัญญา",
        "egp_project_no" => "เลขที่โครงการ e-GP",
        "status" | "progress" => "สถานะการจัดซื้อจัดจ้าง",
        "budget_source" => "แหล่งที่มาของงบประมาณ",
        "allocated_budget" => "วงเงินงบประมาณที่ได้รับจัดสรร",
        "month" => "เดือน",
        other => other,
    };
    (th, field.replace('_', " "))
}

/// Months of a fiscal year, up to the day of the check, of which the purchases
/// say nothing. Told at the row after which those of the month would stand.
pub fn empty_months(site: &Site, fiscal_year: u16, period: PeriodKind) -> Vec<Finding> {
    // Without any row the whole file is missing, which is told as that.
    let purchases = site.procurement.get(&fiscal_year);
    let Some(procurement) = purchases.filter(|p| !p.rows.is_empty()) else {
        return Vec::new();
    };
    procurement
        .empty_months(period, site.options.today)
        .enumerate()
        .map(|(order, month)| {
            let before = |r: &&Purchase| r.month.is_some_and(|m| m < month.month);
            let row = procurement.rows.iter().rfind(before);
            let place = row.or(procurement.rows.first()).map_or_else(
                || Place::file(format!("{FOLDER}/{fiscal_year}/year.toml")),
                |row| row.place.clone(),
            );
            let one = finding(
                "month-without-purchases",
                format!(
                    "เดือน{} ไม่มีรายการจัดซื้อจัดจ้าง และไม่มีข้อความแจ้งว่าไม่มี",
                    month.month.thai_long()
                ),
                format!(
                    "{} has no purchases and no statement that there were none",
                    month.month.english_long()
                ),
            )
            .hint_typing(
                format!("เพิ่มรายการของเดือนนั้น หรือถ้าไม่มีจริง ให้เพิ่มท้ายไฟล์ {FOLDER}/{fiscal_year}/year.toml:"),
                format!("add its purchases; or, if there were none, add to the end of {FOLDER}/{fiscal_year}/year.toml:"),
                &format!(
                    "[[procurement.none]]\nmonth = \"{}\"\ntext = \"…\"\ndate = \"…\"",
                    month.month.thai_long()
                ),
            )
            .at(place);
            Finding { order, ..one }
        })
        .collect()
}

/// Budget lines without an amount that can be read.
fn budget(site: &Site, year: u16, element: &Element) -> Vec<Finding> {
    let budget = site.budgets.get(&year).filter(|_| asks(element, "budget"));
    let lines = budget.into_iter().flat_map(|b| &b.lines);
    let lacking: Vec<_> = lines.filter(|l| !l.is_readable).collect();
    let Some(first) = lacking.first() else {
        return Vec::new();
    };
    let rows = lacking.len();
    vec![
        finding(
            "blank-cells",
            format!("งบประมาณที่อนุมัติ (approved) ว่างหรืออ่านไม่ได้ {rows} แถว"),
            match rows {
                1 => "the approved amount is blank or can't be read in 1 row".to_string(),
                _ => format!("the approved amount is blank or can't be read in {rows} rows"),
            },
        )
        .at(first.place.clone()),
    ]
}

fn complaints(site: &Site, year: u16, element: &Element) -> Vec<Finding> {
    let Some(complaints) = site.complaints.get(&year) else {
        return Vec::new();
    };
    type Count = fn(&ComplaintCount) -> Option<i64>;
    let counts: [(&str, Count, &str, &str); 3] = [
        (
            "total",
            |r| r.received,
            "เรื่องทั้งหมด (received)",
            "the total (received)",
        ),
        (
            "completed",
            |r| r.finished,
            "เรื่องที่เสร็จแล้ว (finished)",
            "those finished",
        ),
        (
            "in_progress",
            |r| r.in_progress,
            "เรื่องที่อยู่ระหว่างดำเนินการ (in_progress)",
            "those in progress (in_progress)",
        ),
    ];
    let mut found = Vec::new();
    for (field, count, th, en) in counts {
        if !asks(element, field) {
            continue;
        }
        let corruption = complaints.of_kind(ComplaintKind::Corruption);
        let lacking: Vec<_> = corruption.filter(|r| count(r).is_none()).collect();
        // The first row that lacks it tells of them all.
        let Some(first) = lacking.first() else {
            continue;
        };
        let (rows_th, rows_en) = match lacking.len() {
            1 => Default::default(),
            n => (format!(" {n} แถว"), format!(" in {n} rows")),
        };
        found.push(
            finding(
                "complaints-without-count",
                format!("ไม่มีจำนวน{th}{rows_th}"),
                format!("the number of {en} is missing{rows_en}"),
            )
            .hint(
                format!("เติมจำนวนในช่อง{th} ถ้าไม่มีให้ใส่ 0"),
                format!("fill in {en}; write 0 where there is none"),
            )
            .at(first.place.clone()),
        );
    }
    found
}

fn measures(site: &Site, year: u16, element: &Element, report: bool) -> Vec<Finding> {
    let document: Option<&MeasuresDocument> = site.years.get(&year).and_then(|y| {
        if report {
            y.report.as_ref()
        } else {
            y.measures.as_ref()
        }
    });
    let Some((document, file)) = document.and_then(|d| Some((d, d.file(site)?))) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for view in document.views(site) {
        let lacks = [
            (
                "responsible",
                !view.fills("responsible"),
                "ผู้รับผิดชอบ (responsible)",
                "who is responsible",
            ),
            ("steps", !view.fills("steps"), "ขั้นตอน (steps)", "its steps"),
            (
                "monitoring",
                !view.fills("monitoring"),
                "การกำกับติดตาม (monitoring)",
                "its supervision (monitoring)",
            ),
            (
                "schedule",
                !view.fills("schedule"),
                "ระยะเวลา (period)",
                "its period",
            ),
            (
                "result",
                !view.fills("result"),
                "สรุปผล (result)",
                "its result",
            ),
            (
                "outcome",
                !view.fills("outcome"),
                "ผลลัพธ์ (outcome)",
                "its outcome",
            ),
            (
                "status",
                !view.fills("status"),
                "สถานะ (status)",
                "its status",
            ),
        ];
        let title = name_of(file, view.own, view.measure);
        for (field, lacks, th, en) in lacks {
            if lacks && asks(element, field) {
                found.push(
                    finding(
                        "measure-without-field",
                        format!("มาตรการ “{title}” ไม่มี{th}"),
                        format!("the measure “{title}” lacks {en}"),
                    )
                    .hint_typing(
                        "เพิ่มในข้อมูลของมาตรการนี้:",
                        "add to this measure:",
                        &format!(
                            "{} = \"…\"",
                            if field == "schedule" { "period" } else { field }
                        ),
                    )
                    .at(view.own.place.clone()),
                );
            }
        }
    }
    found
}
