//! People, units, channels, and what was withdrawn: tables of the site as a
//! whole.

use crate::content::agency::{Person, Purpose, Role, Side, Way, Words};
use crate::site::Site;
use crate::thai::Date;

use super::super::{Field, Kind, Set, Table, Value};
use super::{date_of_page, english, first_page, reference_url, set, url};

const PEOPLE: &[Field] = &[
    Field::new(
        "year_be",
        "รายชื่อของปี (ว่าง = ปัจจุบัน)",
        "List of the year (B.E.); empty: today's",
        Kind::Integer,
    ),
    Field::new("name", "ชื่อ-สกุล", "Name", Kind::Text),
    Field::new("name_en", "ชื่อ-สกุล (อังกฤษ)", "Name (English)", Kind::Text),
    Field::new("position", "ตำแหน่ง", "Position", Kind::Text)
        .required()
        .wide(34),
    Field::new(
        "position_en",
        "ตำแหน่ง (อังกฤษ)",
        "Position (English)",
        Kind::Text,
    ),
    Field::new(
        "side",
        "ฝ่าย",
        "Side",
        Kind::Choice(&["political", "permanent"]),
    ),
    Field::new(
        "role",
        "บทบาท",
        "Role",
        Kind::Choice(&[
            "head",
            "deputy",
            "adviser",
            "council",
            "unit-head",
            "officer",
        ]),
    )
    .required(),
    Field::new("unit", "สังกัด", "Unit", Kind::Text),
    Field::new("phone", "โทรศัพท์", "Telephone", Kind::Text),
    Field::new("email", "อีเมล", "E-mail", Kind::Text),
    Field::new("vacant", "ตำแหน่งว่าง", "Vacant", Kind::Flag).required(),
    Field::new("acting", "รักษาราชการแทน", "Acting", Kind::Text),
    Field::new("since", "ตั้งแต่", "Since", Kind::Date),
    Field::new("until", "ถึง", "Until", Kind::Date),
    Field::new("photo_url", "รูปถ่าย", "Photograph", Kind::Url),
    Field::new("note", "หมายเหตุ", "Note", Kind::Text),
];

const UNITS: &[Field] = &[
    Field::new("unit_id", "รหัส", "Unit id", Kind::Text)
        .required()
        .wide(16),
    Field::new("name", "ส่วนราชการ", "Unit", Kind::Text).required(),
    Field::new("name_en", "ส่วนราชการ (อังกฤษ)", "Unit (English)", Kind::Text),
    Field::new("parent_id", "สังกัด", "Part of", Kind::Text).wide(16),
    Field::new("head", "หัวหน้า", "Head", Kind::Text),
    Field::new("phone", "โทรศัพท์", "Telephone", Kind::Text),
    Field::new("email", "อีเมล", "E-mail", Kind::Text),
    Field::new("place", "ที่ตั้ง", "Place", Kind::Text),
    Field::new("duties", "หน้าที่", "Duties", Kind::Text).wide(50),
    Field::new("duties_en", "หน้าที่ (อังกฤษ)", "Duties (English)", Kind::Text).wide(50),
];

const PURPOSES: Kind = Kind::Choice(&[
    "contact",
    "question",
    "complaint",
    "corruption",
    "opinion",
    "service",
    "social",
]);
const WAYS: Kind = Kind::Choice(&[
    "web",
    "phone",
    "email",
    "line",
    "facebook",
    "youtube",
    "post",
    "in-person",
    "box",
    "other",
]);

const CHANNELS: &[Field] = &[
    Field::new("channel_id", "รหัส", "Channel id", Kind::Text)
        .required()
        .wide(18),
    Field::new("purpose", "ใช้เพื่อ", "Purpose", PURPOSES),
    Field::new("way", "ทาง", "Way", WAYS).required(),
    Field::new("name", "ช่องทาง", "Channel", Kind::Text)
        .required()
        .wide(34),
    Field::new("name_en", "ช่องทาง (อังกฤษ)", "Channel (English)", Kind::Text),
    Field::new("url", "ที่อยู่เว็บ", "Address on the web", Kind::Url),
    Field::new("phone", "โทรศัพท์", "Telephone", Kind::Text),
    Field::new("email", "อีเมล", "E-mail", Kind::Text),
    Field::new("account", "บัญชี", "Account", Kind::Text),
    Field::new("address", "ที่อยู่", "Address", Kind::Text),
    Field::new("hours", "เวลา", "Hours", Kind::Text),
    Field::new("reader", "ผู้รับเรื่อง", "Read by", Kind::Text),
    Field::new(
        "answer_within",
        "ตอบกลับภายใน",
        "Answered within",
        Kind::Text,
    ),
    Field::new("two_way", "โต้ตอบได้", "Two-way", Kind::Flag).required(),
    Field::new("note", "หมายเหตุ", "Note", Kind::Text),
];

const WITHDRAWN: &[Field] = &[
    Field::new("date", "วันที่ถอน", "Withdrawn on", Kind::Date).required(),
    Field::new("title", "เรื่อง", "What", Kind::Text)
        .required()
        .wide(40),
    Field::new("title_en", "เรื่อง (อังกฤษ)", "What (English)", Kind::Text),
    Field::new("url", "ที่อยู่เดิม", "Former address", Kind::Url).required(),
    Field::new("reason", "เหตุผล", "Reason", Kind::Text)
        .required()
        .wide(50),
    Field::new("reason_en", "เหตุผล (อังกฤษ)", "Reason (English)", Kind::Text),
];

fn thai(words: &Option<Words>) -> Value {
    words.as_ref().map(|w| w.th.clone()).into()
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Head => "head",
        Role::Deputy => "deputy",
        Role::Adviser => "adviser",
        Role::Council => "council",
        Role::UnitHead => "unit-head",
        Role::Officer => "officer",
    }
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Contact => "contact",
        Purpose::Question => "question",
        Purpose::Complaint => "complaint",
        Purpose::Corruption => "corruption",
        Purpose::Opinion => "opinion",
        Purpose::Service => "service",
        Purpose::Social => "social",
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Web => "web",
        Way::Phone => "phone",
        Way::Email => "email",
        Way::Line => "line",
        Way::Facebook => "facebook",
        Way::Youtube => "youtube",
        Way::Post => "post",
        Way::InPerson => "in-person",
        Way::Box => "box",
        Way::Other => "other",
    }
}

pub fn all(site: &Site) -> Vec<Set> {
    let content = &site.content;
    let year = site.current_year;
    let mut sets = Vec::new();
    let of_years = content.years.iter().filter_map(|(y, folder)| {
        let list = folder.people.as_deref()?;
        Some((Some(*y), list))
    });
    let lists: Vec<(Option<u16>, &[Person])> = of_years
        .chain([(None, content.people.as_slice())])
        .collect();
    if lists.iter().any(|(_, list)| !list.is_empty()) {
        sets.push(people(site, &lists));
    }
    if !content.units.is_empty() {
        let page = first_page(
            site,
            &[format!("{year}/structure/#units"), "contact/#units".into()],
        );
        sets.push(Set {
            table: Table::of(
                UNITS,
                content
                    .units
                    .iter()
                    .map(|u| {
                        let parent = u.parent.as_ref().map(|p| {
                            site.unit(&p.raw)
                                .map_or_else(|| p.raw.clone(), |u| u.id.clone())
                        });
                        vec![
                            (&u.id).into(),
                            (&u.name.th).into(),
                            english(&u.name),
                            parent.into(),
                            u.head.clone().into(),
                            u.phone.clone().into(),
                            u.email.clone().into(),
                            thai(&u.location),
                            u.duties.join("\n").into(),
                            u.duties_en.join("\n").into(),
                        ]
                    })
                    .collect(),
            ),
            key: &["unit_id"],
            as_of: date_of_page(site, page.as_ref()),
            page,
            ..set(
                "units",
                None,
                ("ส่วนราชการภายใน", "Internal units"),
                (
                    "ส่วนราชการ หัวหน้า หน้าที่ และช่องทางติดต่อ",
                    "Units, their heads, duties and contacts",
                ),
            )
        });
    }
    if !content.channels.is_empty() {
        let page = first_page(
            site,
            &[format!("{year}/complaint-channels/"), "contact/".into()],
        );
        sets.push(Set {
            table: Table::of(
                CHANNELS,
                content
                    .channels
                    .iter()
                    .map(|c| {
                        vec![
                            (&c.id).into(),
                            c.purpose.map(purpose).into(),
                            way(c.way).into(),
                            (&c.name.th).into(),
                            english(&c.name),
                            c.url.as_ref().and_then(|u| reference_url(site, u)).into(),
                            c.phone.clone().into(),
                            c.email.clone().into(),
                            c.account.clone().into(),
                            thai(&c.address),
                            thai(&c.hours),
                            thai(&c.reader),
                            thai(&c.answer_within),
                            c.two_way.into(),
                            thai(&c.note),
                        ]
                    })
                    .collect(),
            ),
            key: &["channel_id"],
            as_of: date_of_page(site, page.as_ref()),
            page,
            ..set(
                "channels",
                None,
                ("ช่องทางติดต่อและร้องเรียน", "Ways to reach the agency"),
                (
                    "ช่องทางติดต่อ ถามตอบ ร้องเรียน แจ้งทุจริต และบริการออนไลน์",
                    "Contact, questions, complaints, reports of corruption, online services",
                ),
            )
        });
    }
    sets.extend(withdrawn(site));
    sets
}

fn people(site: &Site, lists: &[(Option<u16>, &[Person])]) -> Set {
    let page = first_page(site, &["people/".to_string()]);
    let executives = first_page(site, &[format!("{}/executives/", site.current_year)]);
    let rows = lists
        .iter()
        .flat_map(|(year, list)| {
            list.iter().map(|p| {
                vec![
                    Value::from(*year),
                    thai(&p.name),
                    p.name.as_ref().map_or(Value::Empty, english),
                    (&p.position.th).into(),
                    english(&p.position),
                    p.side
                        .map(|s| match s {
                            Side::Political => "political",
                            Side::Permanent => "permanent",
                        })
                        .into(),
                    role(p.role).into(),
                    p.unit
                        .as_ref()
                        .map(|u| {
                            site.unit(&u.raw)
                                .map_or_else(|| u.raw.clone(), |u| u.name.th.clone())
                        })
                        .into(),
                    p.phone.clone().into(),
                    p.email.clone().into(),
                    p.vacant.into(),
                    thai(&p.acting),
                    p.since.as_ref().map(|d| d.value).into(),
                    p.until.as_ref().map(|d| d.value).into(),
                    p.photo.as_ref().and_then(|r| reference_url(site, r)).into(),
                    thai(&p.note),
                ]
            })
        })
        .collect();
    Set {
        table: Table::of(PEOPLE, rows),
        as_of: date_of_page(site, executives.as_ref()),
        page: page.or(executives),
        ..set(
            "people",
            None,
            ("ผู้บริหารและบุคลากร", "Executives and officials"),
            (
                "ผู้บริหาร สมาชิกสภา และเจ้าหน้าที่ ทั้งปัจจุบันและรายชื่อของปีก่อนที่ต่างจากปัจจุบัน",
                "Executives, council and officials: today's, and the lists of years that had others",
            ),
        )
    }
}

/// What is not published any more, and why. Nothing tells that but the
/// webmaster's statement: an output knows no former state.
fn withdrawn(site: &Site) -> Option<Set> {
    let all = &site.content.settings.open_data.withdrawn;
    if all.is_empty() {
        return None;
    }
    let date = |w: &crate::content::agency::Withdrawal| w.date.as_ref().map(|d| d.value);
    let newest: Option<Date> = all.iter().filter_map(date).max();
    Some(Set {
        table: Table::of(
            WITHDRAWN,
            all.iter()
                .map(|w| {
                    vec![
                        date(w).into(),
                        (&w.title.th).into(),
                        english(&w.title),
                        url(site, &w.path).into(),
                        (&w.reason.th).into(),
                        english(&w.reason),
                    ]
                })
                .collect(),
        ),
        as_of: newest,
        page: Some("data/#withdrawn".into()),
        ..set(
            "withdrawn",
            None,
            ("ข้อมูลที่ถอนออก", "Withdrawn data"),
            (
                "สิ่งที่เคยเผยแพร่แล้วถอนออก พร้อมวันที่และเหตุผล",
                "What was published and is no more, when it was withdrawn, and why",
            ),
        )
    })
}
