//! Who is in office: assessors look for those of today.

use crate::content::agency::{Person, Role, Side};
use crate::site::{Site, people};
use crate::thai::fold_key;

use super::{Context, Found, field, finding};

pub fn check(context: &Context<'_>, found: &mut Found) {
    let site = context.site;
    let current = site.current_year;
    let today = site.options.today;
    let of_year = site
        .content
        .years
        .get(&current)
        .and_then(|y| y.people.as_ref())
        .filter(|_| context.years.contains(&current));
    for person in site
        .content
        .people
        .iter()
        .chain(of_year.into_iter().flatten())
    {
        let Some(until) = person.until.as_ref().filter(|d| d.value < today) else {
            continue;
        };
        if person.vacant {
            continue;
        }
        found.push(
            finding(
                "past-office-holder",
                format!(
                    "“{}” พ้นตำแหน่งเมื่อ {} แต่ยังอยู่ในรายชื่อปัจจุบัน",
                    person.position.th,
                    until.value.thai_long()
                ),
                format!(
                    "the holder of “{}” left on {} and is still listed as in office",
                    person.position.en.as_ref().unwrap_or(&person.position.th),
                    until.value.english_long()
                ),
            )
            .at(person.place.clone()),
        );
    }
    if context.years.contains(&current) {
        policy(site, current, found);
        two_heads(site, current, found);
        no_permanent_head(site, current, found);
    }
}

/// The permanent side has its head too: the clerk (ปลัด). A vacant post is one
/// that is listed.
fn no_permanent_head(site: &Site, year: u16, found: &mut Found) {
    let mut permanent = people::listed(site, year)
        .filter(|p| p.side == Some(Side::Permanent))
        .peekable();
    let Some(first) = permanent.peek().copied() else {
        return;
    };
    if permanent.any(|p| p.role == Role::Head) {
        return;
    }
    found.push(
        finding(
            "no-permanent-head",
            "ไม่มีหัวหน้าฝ่ายประจำ (ปลัด) ในรายชื่อ",
            "nobody is listed as the head of the permanent side (the municipal clerk)",
        )
        .hint(
            "แก้ role ของปลัดเป็น \"head\" และ side เป็น \"permanent\" ถ้าไม่มีในรายชื่อ ให้เพิ่มคนนั้นพร้อมชื่อ ตำแหน่ง รูปถ่าย และช่องทางติดต่อ ตำแหน่งที่ว่างให้บอกด้วย vacant แทน name",
            "let `role` of the clerk be \"head\" and `side` \"permanent\"; who is not listed is added with name, position, photograph and contact, a vacant post `vacant` in place of a name",
        )
        .at(first.place.clone()),
    );
}

/// Each side, the political and the permanent one, has one head at a time.
fn two_heads(site: &Site, year: u16, found: &mut Found) {
    for side in [Side::Political, Side::Permanent] {
        let of = |p: &&Person| p.role == Role::Head && p.side == Some(side);
        let heads: Vec<&Person> = people::leads(site, year).filter(of).collect();
        // The same post: who acts for the head has another, and so has one
        // whose side is wrong.
        let same = |a: &Person, b: &Person| fold_key(&a.position.th) == fold_key(&b.position.th);
        let pair = heads.iter().enumerate().find_map(|(at, first)| {
            let second = heads.iter().skip(at + 1).find(|p| same(p, first))?;
            Some((*first, *second))
        });
        let Some((first, second)) = pair else {
            continue;
        };
        let name = |person: &Person| {
            let name = person.name.as_ref().map(|n| n.th.as_str());
            name.unwrap_or(&person.position.th).to_string()
        };
        found.push(
            finding(
                "two-heads",
                format!(
                    "ทั้ง “{}” และ “{}” อยู่ในรายชื่อเป็นผู้บริหารสูงสุดพร้อมกัน",
                    name(first),
                    name(second)
                ),
                format!(
                    "both “{}” and “{}” are listed as the head",
                    name(first),
                    name(second)
                ),
            )
            .at(second.place.clone())
            .label(first.place.clone(), "อีกคนหนึ่ง", "the other"),
        );
    }
}

/// The No Gift Policy is the present head's own word.
fn policy(site: &Site, year: u16, found: &mut Found) {
    let head = site
        .people_of(year)
        .iter()
        .find(|p| p.role == Role::Head && !p.vacant);
    let page = site
        .topic_page(year, "no-gift-policy")
        .and_then(|topic| Some((topic, site.topic_text(year, topic)?)));
    let (Some(head), Some((topic, page))) = (head, page) else {
        return;
    };
    let signed = page.extras.signed_by.as_deref();
    let date = page.extras.date.as_ref();
    let before = date
        .zip(head.since.as_ref())
        .is_some_and(|(date, since)| date.value < since.value);
    let (key, th, en) = if signed.is_some_and(|s| names_another(s, head)) {
        (
            "signed_by",
            "ผู้ลงนามไม่ใช่ผู้บริหารสูงสุดคนปัจจุบัน",
            "is not signed by the present head",
        )
    } else if before {
        (
            "date",
            "ลงวันที่ก่อนผู้บริหารสูงสุดคนปัจจุบันเข้ารับตำแหน่ง",
            "is dated before the present head took office",
        )
    } else {
        return;
    };
    let one = finding(
        "policy-of-former-head",
        format!("ประกาศ No Gift Policy {th}"),
        format!("the No Gift Policy {en}"),
    )
    .at(field(site, &page.file, &[key]));
    found.push(match site.item(year, topic.item) {
        Some(item) => one.of_item(year, item.id.to_string()),
        None => one.of_year(year),
    });
}

/// Whether the words hold the name of a person other than the head; a
/// position alone names nobody.
fn names_another(signed: &str, head: &Person) -> bool {
    let Some(name) = &head.name else { return false };
    let signed = fold_key(signed);
    let name = fold_key(&name.th);
    let without_title = ["นางสาว", "นาย", "นาง"]
        .iter()
        .find_map(|title| name.strip_prefix(title))
        .unwrap_or(&name);
    is_name(&signed) && !signed.contains(without_title)
}

fn is_name(folded: &str) -> bool {
    // นายก is the head of an agency, and begins like the title of a man.
    let office = ["นายกเทศ", "นายกองค์", "นายกอบ", "นายกเมือง"];
    ["นางสาว", "นาย", "นาง", "ว่าที่"]
        .iter()
        .any(|title| folded.starts_with(title))
        && !office.iter().any(|o| folded.starts_with(o))
}
