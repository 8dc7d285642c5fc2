//! `site.toml`, people, units, channels, redirects: what holds for every year.

use crate::diagnostic::{Diagnostic, Place, Say, Severity};
use crate::fields::{Fields, Written};
use crate::thai::Date;

use super::contact::{check_email, check_phone};
use super::sheet::Column;

/// A word in Thai with its English twin (`name`, `name_en`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub th: String,
    pub en: Option<String>,
}

impl Words {
    pub fn read(f: &Fields<'_>, key: &'static str, key_en: &'static str) -> Option<Words> {
        let en = f.text(key_en);
        f.text(key).map(|th| Words { th, en })
    }

    pub fn require(f: &Fields<'_>, key: &'static str, key_en: &'static str) -> Words {
        let en = f.text(key_en);
        Words {
            th: f.require_text(key),
            en,
        }
    }
}

/// A place that content points to, as written; the site room resolves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub raw: String,
    pub place: Place,
}

impl Reference {
    pub fn read(f: &Fields<'_>, key: &'static str) -> Option<Reference> {
        let place = f.place_at(key);
        f.text(key).map(|raw| Reference { raw, place })
    }

    pub fn require(f: &Fields<'_>, key: &'static str) -> Option<Reference> {
        let found = Reference::read(f, key);
        if found.is_none() {
            f.missing(key);
        }
        found
    }
}

/// The kinds of local government, by their names in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AgencyKind {
    SubdistrictMunicipality,
    TownMunicipality,
    CityMunicipality,
    SubdistrictOrganisation,
    ProvincialOrganisation,
    Pattaya,
    #[default]
    Other,
}

const AGENCY_KINDS: &[(AgencyKind, &[&str])] = &[
    (
        AgencyKind::SubdistrictMunicipality,
        &["เทศบาลตำบล", "ทต", "subdistrict-municipality"],
    ),
    (
        AgencyKind::TownMunicipality,
        &["เทศบาลเมือง", "ทม", "town-municipality"],
    ),
    (
        AgencyKind::CityMunicipality,
        &["เทศบาลนคร", "ทน", "city-municipality"],
    ),
    (
        AgencyKind::SubdistrictOrganisation,
        &[
            "องค์การบริหารส่วนตำบล",
            "อบต",
            "subdistrict-administrative-organisation",
        ],
    ),
    (
        AgencyKind::ProvincialOrganisation,
        &[
            "องค์การบริหารส่วนจังหวัด",
            "อบจ",
            "provincial-administrative-organisation",
        ],
    ),
    (AgencyKind::Pattaya, &["เมืองพัทยา", "pattaya"]),
    (AgencyKind::Other, &["หน่วยงานอื่น", "other"]),
];

impl AgencyKind {
    pub fn thai(self) -> &'static str {
        AGENCY_KINDS
            .iter()
            .find(|(kind, _)| *kind == self)
            .and_then(|(_, names)| names.first().copied())
            .unwrap_or("")
    }

    /// What this kind calls its yearly budget law.
    pub fn ordinance(self) -> &'static str {
        match self {
            AgencyKind::SubdistrictOrganisation | AgencyKind::ProvincialOrganisation => "ข้อบัญญัติ",
            _ => "เทศบัญญัติ",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Agency {
    pub name: Words,
    pub short_name: Option<Words>,
    pub kind: AgencyKind,
    pub district: Option<Words>,
    pub province: Words,
    pub ministry: Option<Words>,
    pub address: Words,
    pub postcode: Option<String>,
    pub phone: String,
    pub fax: Option<String>,
    pub email: Option<String>,
    pub map: Option<Reference>,
    pub hours: Option<Words>,
    pub logo: Option<Reference>,
    pub motto: Option<Words>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Digits {
    #[default]
    Arabic,
    Thai,
}

#[derive(Clone, Debug)]
pub struct MenuEntry {
    pub title: Words,
    pub to: Reference,
    pub about: Option<Words>,
}

#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub agency: Agency,
    pub base_url: String,
    pub base_url_place: Option<Place>,
    pub current_year: Option<u16>,
    pub current_year_place: Option<Place>,
    pub english: bool,
    pub digits: Digits,
    pub theme: String,
    pub licence: Option<Words>,
    pub licence_url: Option<String>,
    pub notice: Option<Words>,
    pub brand: Option<SiteColour>,
    pub accent: Option<SiteColour>,
    pub font: Font,
    /// Words and names that no line breaks inside.
    pub glossary: Vec<String>,
    pub menu: Vec<MenuEntry>,
    pub quick: Vec<MenuEntry>,
    pub open_data: OpenData,
    pub rules: Vec<RuleSetting>,
    pub allowed: Vec<Allowance>,
}

/// A colour of the agency, `#rrggbb`.
#[derive(Clone, Debug)]
pub struct SiteColour {
    pub hex: String,
    pub place: Place,
}

/// The letters of the pages: the theme's own, sent along, or those of the
/// reader's device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    #[default]
    Theme,
    None,
}

/// How tables are published as data.
#[derive(Clone, Debug, Default)]
pub struct OpenData {
    /// Given by the Open Contracting Partnership on registration: `ocds-213czf`.
    pub ocid_prefix: Option<String>,
    /// Counts of complaints from 1 to one below this are hidden; 0 hides none.
    pub small_cells: i64,
    pub withdrawn: Vec<Withdrawal>,
}

/// A file or table that was published and is not any more.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// Its address on the site: `2567/files/a.pdf`.
    pub path: String,
    pub title: Words,
    pub reason: Words,
    pub date: Option<Written<Date>>,
    pub place: Place,
}

/// How much a rule of the check matters here, and why.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    pub code: String,
    /// `None` turns it off.
    pub severity: Option<Severity>,
    pub reason: String,
    pub place: Place,
}

/// A finding that is let pass, and why.
#[derive(Clone, Debug)]
pub struct Allowance {
    pub code: String,
    /// The content file in which it is allowed; everywhere without one.
    pub file: Option<String>,
    /// The mark of the one thing that is allowed, as the finding tells it.
    pub fingerprint: Option<String>,
    pub reason: String,
    pub place: Place,
}

impl Settings {
    pub fn read(f: Fields<'_>) -> Settings {
        let mut settings = Settings {
            theme: "default".into(),
            english: true,
            ..Settings::default()
        };
        match f.table("agency") {
            Some(agency) => settings.agency = read_agency(agency),
            None => f.missing_table("agency"),
        }
        match f.table("site") {
            Some(site) => settings.read_site(site),
            None => f.missing_table("site"),
        }
        if let Some(colours) = f.table("colours") {
            settings.brand = read_colour(&colours, "brand");
            settings.accent = read_colour(&colours, "accent");
            colours.finish();
        }
        if let Some(open_data) = f.table("open_data") {
            settings.open_data = read_open_data(open_data);
        }
        settings.open_data.withdrawn = f
            .tables("withdrawn")
            .into_iter()
            .map(read_withdrawal)
            .collect();
        settings.menu = read_menu(&f, "menu");
        settings.quick = read_menu(&f, "quick");
        settings.rules = f.tables("rule").into_iter().map(read_rule).collect();
        settings.allowed = f.tables("allow").into_iter().map(read_allowance).collect();
        f.finish();
        settings
    }

    fn read_site(&mut self, f: Fields<'_>) {
        self.base_url = f.require_text("base_url");
        self.base_url_place = Some(f.place_at("base_url"));
        if !self.base_url.is_empty()
            && !self.base_url.starts_with("https://")
            && !self.base_url.starts_with("http://")
        {
            f.report(
                Diagnostic::error(
                    "bad-address",
                    Say::new(
                        "ที่อยู่เว็บไซต์ต้องขึ้นต้นด้วย https://",
                        "the address of the site starts with https://",
                    ),
                )
                .at(f.place_at("base_url"))
                .hint(Say::new(
                    format!(
                        "พิมพ์เป็น  base_url = \"https://{}\"",
                        self.base_url.trim_start_matches('/')
                    ),
                    format!(
                        "write  base_url = \"https://{}\"",
                        self.base_url.trim_start_matches('/')
                    ),
                )),
            );
        }
        self.current_year = f.year("current_year");
        self.current_year_place = f.has("current_year").then(|| f.place_at("current_year"));
        let languages = f.texts("languages");
        self.english = languages.is_empty() || languages.iter().any(|l| l == "en");
        if let Some(other) = languages.iter().find(|l| *l != "th" && *l != "en") {
            f.report(
                Diagnostic::error(
                    "unknown-value",
                    Say::new(
                        format!("ไม่รู้จักภาษา “{other}”"),
                        format!("the language “{other}” is not known"),
                    ),
                )
                .at(f.place_at("languages"))
                .hint(Say::new(
                    "ใช้ได้: \"th\", \"en\"",
                    "it can be: \"th\", \"en\"",
                )),
            );
        }
        self.digits = f
            .choice(
                "digits",
                &[
                    (Digits::Arabic, &["arabic", "อารบิก"]),
                    (Digits::Thai, &["thai", "ไทย"]),
                ],
            )
            .unwrap_or_default();
        if let Some(theme) = f.text("theme") {
            self.theme = theme;
        }
        self.font = f
            .choice(
                "font",
                &[
                    (Font::Theme, &["theme", "sarabun", "ธีม"]),
                    (Font::None, &["none", "ไม่ใช้"]),
                ],
            )
            .unwrap_or_default();
        self.glossary = f.texts("glossary");
        self.licence = Words::read(&f, "licence", "licence_en");
        self.licence_url = f.text("licence_url");
        self.notice = Words::read(&f, "notice", "notice_en");
        f.finish();
    }
}

fn read_open_data(f: Fields<'_>) -> OpenData {
    let ocid_prefix = f.text("ocid_prefix").filter(|prefix| {
        let code = prefix.strip_prefix("ocds-").unwrap_or("");
        let is_code = code.len() == 6 && code.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_code {
            f.report(
                Diagnostic::error(
                    "bad-ocid-prefix",
                    Say::new(
                        format!("รหัส OCDS ต้องเป็น ocds- ตามด้วยอักษรหรือตัวเลขหกตัว แต่พบ “{prefix}”"),
                        format!("an ocid prefix is ocds- and six letters or digits, not “{prefix}”"),
                    ),
                )
                .at(f.place_at("ocid_prefix"))
                .hint(Say::new(
                    "ใช้รหัสที่ได้รับจาก Open Contracting Partnership ถ้ายังไม่ได้ลงทะเบียนให้ลบบรรทัดนี้",
                    "write what the Open Contracting Partnership gave you; delete the line while you have none",
                )),
            );
        }
        is_code
    });
    let small_cells = f.count("small_cells").map_or(0, |n| n.value);
    if small_cells != 0 && !(2..=20).contains(&small_cells) {
        f.report(
            Diagnostic::error(
                "bad-number",
                Say::new(
                    format!("small_cells เป็นได้ 0 หรือ 2 ถึง 20 แต่พบ {small_cells}"),
                    format!("small_cells is 0, or 2 to 20, not {small_cells}"),
                ),
            )
            .at(f.place_at("small_cells"))
            .hint(Say::new(
                "small_cells = 3 ไม่แสดงจำนวน 1 และ 2 เรื่อง, 0 แสดงทุกจำนวน",
                "small_cells = 3 hides counts of 1 and 2; 0 shows every count",
            )),
        );
    }
    f.finish();
    OpenData {
        ocid_prefix,
        small_cells,
        withdrawn: Vec::new(),
    }
}

fn read_withdrawal(f: Fields<'_>) -> Withdrawal {
    if !f.has("date") {
        f.missing("date");
    }
    let withdrawal = Withdrawal {
        place: f.place_at("path"),
        path: f.require_text("path").trim_start_matches('/').to_string(),
        title: Words::require(&f, "title", "title_en"),
        reason: Words::require(&f, "reason", "reason_en"),
        date: f.date("date"),
    };
    f.finish();
    withdrawal
}

fn read_rule(f: Fields<'_>) -> RuleSetting {
    let place = f.place_at("code");
    let rule = RuleSetting {
        code: f.require_text("code"),
        severity: {
            if !f.has("severity") {
                f.missing("severity");
            }
            f.choice(
                "severity",
                &[
                    (Some(Severity::Error), &["error", "ต้องแก้"]),
                    (Some(Severity::Warning), &["warning", "ควรแก้"]),
                    (Some(Severity::Advice), &["advice", "คำแนะนำ"]),
                    (None, &["off", "ปิด"]),
                ],
            )
            .unwrap_or(Some(Severity::Warning))
        },
        reason: f.require_text("reason"),
        place,
    };
    f.finish();
    rule
}

fn read_allowance(f: Fields<'_>) -> Allowance {
    let place = f.place_at("code");
    let allowance = Allowance {
        code: f.require_text("code"),
        file: f.text("file"),
        fingerprint: f.text("fingerprint"),
        reason: f.require_text("reason"),
        place,
    };
    f.finish();
    allowance
}

fn read_agency(f: Fields<'_>) -> Agency {
    let agency = Agency {
        name: Words::require(&f, "name", "name_en"),
        short_name: Words::read(&f, "short_name", "short_name_en"),
        kind: {
            if !f.has("kind") {
                f.missing("kind");
            }
            f.choice("kind", AGENCY_KINDS).unwrap_or_default()
        },
        district: Words::read(&f, "district", "district_en"),
        province: Words::require(&f, "province", "province_en"),
        ministry: Words::read(&f, "ministry", "ministry_en"),
        address: Words::require(&f, "address", "address_en"),
        postcode: f.text("postcode"),
        phone: f.require_text("phone"),
        fax: f.text("fax"),
        email: f.text("email"),
        map: Reference::read(&f, "map"),
        hours: Words::read(&f, "hours", "hours_en"),
        logo: Reference::read(&f, "logo"),
        motto: Words::read(&f, "motto", "motto_en"),
    };
    check_phone(&f, Some(&agency.phone));
    check_email(&f, agency.email.as_deref());
    f.finish();
    agency
}

/// `#rrggbb`, checked here so that no other text reaches the stylesheet.
fn read_colour(f: &Fields<'_>, key: &'static str) -> Option<SiteColour> {
    let text = f.text(key)?;
    let digits = text.strip_prefix('#').unwrap_or("");
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(SiteColour {
            hex: text.to_ascii_lowercase(),
            place: f.place_at(key),
        });
    }
    f.report(
        Diagnostic::error(
            "bad-colour",
            Say::new(
                format!("อ่านสี “{text}” ไม่ออก"),
                format!("“{text}” is not a colour"),
            ),
        )
        .at(f.place_at(key))
        .hint(Say::new(
            "เขียนเป็น # ตามด้วยเลขฐานสิบหกหกตัว เช่น \"#17498a\"",
            "write # and six hexadecimal digits, such as \"#17498a\"",
        )),
    );
    None
}

fn read_menu(f: &Fields<'_>, key: &'static str) -> Vec<MenuEntry> {
    f.tables(key)
        .into_iter()
        .filter_map(|entry| {
            let title = Words::require(&entry, "title", "title_en");
            let to = Reference::require(&entry, "to");
            let about = Words::read(&entry, "about", "about_en");
            entry.finish();
            to.map(|to| MenuEntry { title, to, about })
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Political,
    Permanent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Head,
    Deputy,
    Adviser,
    Council,
    UnitHead,
    Officer,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: Option<Words>,
    pub position: Words,
    pub side: Option<Side>,
    pub role: Role,
    pub group: Option<Words>,
    pub unit: Option<Reference>,
    pub photo: Option<Reference>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub vacant: bool,
    pub acting: Option<Words>,
    pub since: Option<Written<Date>>,
    pub until: Option<Written<Date>>,
    pub note: Option<Words>,
    pub place: Place,
}

impl Person {
    pub const COLUMNS: &'static [Column] = &[
        Column {
            key: "name",
            names: &["ชื่อ-สกุล", "ชื่อ - นามสกุล", "ชื่อ-นามสกุล", "ชื่อ"],
        },
        Column {
            key: "name_en",
            names: &["ชื่อภาษาอังกฤษ"],
        },
        Column {
            key: "position",
            names: &["ตำแหน่ง"],
        },
        Column {
            key: "position_en",
            names: &["ตำแหน่งภาษาอังกฤษ"],
        },
        Column {
            key: "side",
            names: &["ฝ่าย"],
        },
        Column {
            key: "role",
            names: &["บทบาท"],
        },
        Column {
            key: "group",
            names: &["กลุ่ม", "หมวด"],
        },
        Column {
            key: "group_en",
            names: &["กลุ่มภาษาอังกฤษ"],
        },
        Column {
            key: "unit",
            names: &["สังกัด", "ส่วนราชการ", "หน่วยงาน"],
        },
        Column {
            key: "photo",
            names: &["รูปถ่าย", "รูป", "ภาพ"],
        },
        Column {
            key: "phone",
            names: &["โทรศัพท์", "เบอร์โทร", "หมายเลขโทรศัพท์", "โทร"],
        },
        Column {
            key: "email",
            names: &["อีเมล", "e-mail"],
        },
        Column {
            key: "vacant",
            names: &["ว่าง", "ตำแหน่งว่าง"],
        },
        Column {
            key: "acting",
            names: &["รักษาราชการแทน"],
        },
        Column {
            key: "acting_en",
            names: &["รักษาราชการแทนภาษาอังกฤษ"],
        },
        Column {
            key: "since",
            names: &["ตั้งแต่", "วันที่ดำรงตำแหน่ง"],
        },
        Column {
            key: "until",
            names: &["ถึง"],
        },
        Column {
            key: "note",
            names: &["หมายเหตุ"],
        },
        Column {
            key: "note_en",
            names: &["หมายเหตุภาษาอังกฤษ"],
        },
    ];

    pub fn read(f: Fields<'_>) -> Person {
        let vacant = f.boolean("vacant").unwrap_or(false);
        let name = Words::read(&f, "name", "name_en");
        if name.is_none() && !vacant {
            f.missing("name");
        }
        if !f.has("side") {
            f.missing("side");
        }
        let person = Person {
            name,
            vacant,
            position: Words::require(&f, "position", "position_en"),
            side: f.choice(
                "side",
                &[
                    (Side::Political, &["political", "ฝ่ายการเมือง", "การเมือง"]),
                    (
                        Side::Permanent,
                        &["permanent", "ฝ่ายประจำ", "ข้าราชการประจำ", "ประจำ"],
                    ),
                ],
            ),
            role: f
                .choice(
                    "role",
                    &[
                        (Role::Head, &["head", "ผู้บริหารสูงสุด"]),
                        (Role::Deputy, &["deputy", "รองผู้บริหารสูงสุด", "รองผู้บริหาร"]),
                        (
                            Role::Adviser,
                            &["adviser", "ที่ปรึกษา/เลขานุการ", "ที่ปรึกษา", "เลขานุการ"],
                        ),
                        (Role::Council, &["council", "สภา", "สมาชิกสภา"]),
                        (Role::UnitHead, &["unit-head", "หัวหน้าส่วนราชการ"]),
                        (Role::Officer, &["officer", "เจ้าหน้าที่"]),
                    ],
                )
                .unwrap_or(Role::Officer),
            group: Words::read(&f, "group", "group_en"),
            unit: Reference::read(&f, "unit"),
            photo: Reference::read(&f, "photo"),
            phone: f.text("phone"),
            email: f.text("email"),
            acting: Words::read(&f, "acting", "acting_en"),
            since: f.date("since"),
            until: f.date("until"),
            note: Words::read(&f, "note", "note_en"),
            place: f.place(),
        };
        if let Some(phone) = &person.phone {
            check_zero(&f, phone);
        }
        check_phone(&f, person.phone.as_deref());
        check_email(&f, person.email.as_deref());
        f.finish();
        person
    }
}

/// A spreadsheet that takes a number for a number eats its leading zero.
fn check_zero(f: &Fields<'_>, phone: &str) {
    let digits = crate::thai::to_arabic(phone);
    let eaten = matches!(digits.len(), 8 | 9)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if eaten {
        f.report(
            Diagnostic::warning(
                "phone-without-zero",
                Say::new(
                    format!("หมายเลขโทรศัพท์ “{phone}” ไม่มีเลข 0 นำหน้า"),
                    format!("the telephone number “{phone}” does not begin with 0"),
                ),
            )
            .at(f.place_at("phone"))
            .hint(Say::new(
                format!("พิมพ์ 0{phone} ใน Excel ให้จัดรูปแบบเซลล์เป็น “ข้อความ” ก่อน"),
                format!("write 0{phone}; in Excel, format the cell as Text first"),
            )),
        );
    }
}

#[derive(Clone, Debug)]
pub struct Unit {
    pub id: String,
    pub name: Words,
    pub also: Vec<String>,
    pub parent: Option<Reference>,
    pub head: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub duties: Vec<String>,
    pub duties_en: Vec<String>,
    pub location: Option<Words>,
    pub place: Place,
}

impl Unit {
    pub fn read(f: Fields<'_>) -> Unit {
        let unit = Unit {
            id: f.require_text("id"),
            name: Words::require(&f, "name", "name_en"),
            also: f.texts("also"),
            parent: Reference::read(&f, "parent"),
            head: f.text("head"),
            phone: f.text("phone"),
            email: f.text("email"),
            duties: f.texts("duties"),
            duties_en: f.texts("duties_en"),
            location: Words::read(&f, "place", "place_en"),
            place: f.place(),
        };
        check_phone(&f, unit.phone.as_deref());
        check_email(&f, unit.email.as_deref());
        f.finish();
        unit
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Contact,
    Question,
    Complaint,
    Corruption,
    Opinion,
    Service,
    Social,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Web,
    Phone,
    Email,
    Line,
    Facebook,
    Youtube,
    Post,
    InPerson,
    Box,
    Other,
}

impl Way {
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Way::Web => ("เว็บไซต์", "Web"),
            Way::Phone => ("โทรศัพท์", "Phone"),
            Way::Email => ("อีเมล", "E-mail"),
            Way::Line => ("LINE", "LINE"),
            Way::Facebook => ("Facebook", "Facebook"),
            Way::Youtube => ("YouTube", "YouTube"),
            Way::Post => ("ไปรษณีย์", "Post"),
            Way::InPerson => ("มาด้วยตนเอง", "In person"),
            Way::Box => ("ตู้รับเรื่อง", "Letter box"),
            Way::Other => ("ช่องทางอื่น", "Other"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Channel {
    pub id: String,
    pub purpose: Option<Purpose>,
    pub way: Way,
    pub name: Words,
    pub url: Option<Reference>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub account: Option<String>,
    pub address: Option<Words>,
    pub hours: Option<Words>,
    pub unit: Option<Reference>,
    pub reader: Option<Words>,
    pub answer_within: Option<Words>,
    pub protects: Option<Words>,
    pub two_way: bool,
    pub note: Option<Words>,
    pub place: Place,
}

impl Channel {
    pub fn read(f: Fields<'_>) -> Channel {
        for key in ["purpose", "way"] {
            if !f.has(key) {
                f.missing(key);
            }
        }
        let channel = Channel {
            id: f.require_text("id"),
            purpose: f.choice(
                "purpose",
                &[
                    (Purpose::Contact, &["contact", "ติดต่อ"]),
                    (Purpose::Question, &["question", "สอบถาม"]),
                    (Purpose::Complaint, &["complaint", "ร้องเรียนทั่วไป", "ร้องเรียน"]),
                    (Purpose::Corruption, &["corruption", "แจ้งทุจริต", "ทุจริต"]),
                    (Purpose::Opinion, &["opinion", "รับฟังความคิดเห็น"]),
                    (Purpose::Service, &["service", "บริการออนไลน์"]),
                    (Purpose::Social, &["social", "สื่อสังคม"]),
                ],
            ),
            way: f
                .choice(
                    "way",
                    &[
                        (Way::Web, &["web", "เว็บไซต์"]),
                        (Way::Phone, &["phone", "โทรศัพท์"]),
                        (Way::Email, &["email", "อีเมล"]),
                        (Way::Line, &["line", "ไลน์"]),
                        (Way::Facebook, &["facebook", "เฟซบุ๊ก"]),
                        (Way::Youtube, &["youtube", "ยูทูบ"]),
                        (Way::Post, &["post", "ไปรษณีย์"]),
                        (Way::InPerson, &["in-person", "มาด้วยตนเอง"]),
                        (Way::Box, &["box", "ตู้รับเรื่อง"]),
                        (Way::Other, &["other", "อื่น ๆ"]),
                    ],
                )
                .unwrap_or(Way::Other),
            name: Words::require(&f, "name", "name_en"),
            url: Reference::read(&f, "url"),
            phone: f.text("phone"),
            email: f.text("email"),
            account: f.text("account"),
            address: Words::read(&f, "address", "address_en"),
            hours: Words::read(&f, "hours", "hours_en"),
            unit: Reference::read(&f, "unit"),
            reader: Words::read(&f, "reader", "reader_en"),
            answer_within: Words::read(&f, "answer_within", "answer_within_en"),
            protects: Words::read(&f, "protects", "protects_en"),
            two_way: f.boolean("two_way").unwrap_or(false),
            note: Words::read(&f, "note", "note_en"),
            place: f.place(),
        };
        check_phone(&f, channel.phone.as_deref());
        check_email(&f, channel.email.as_deref());
        f.finish();
        channel
    }
}

/// What the address of the staff survey (IIT) holds.
pub const STAFF_SURVEY: &str = "/go/iit";

/// The survey of staff (IIT) has an address too; it is for staff alone and
/// publishing it lets strangers answer.
pub fn staff_survey(place: Place) -> Diagnostic {
    Diagnostic::error(
        "staff-survey-address",
        Say::new(
            "นี่คือที่อยู่แบบวัด IIT ของบุคลากรภายใน ห้ามเผยแพร่บนเว็บไซต์",
            "this is the address of the staff survey (IIT); it must not be published",
        ),
    )
    .at(place)
    .hint(Say::new(
        "ใช้ที่อยู่ EIT ซึ่งขึ้นต้นด้วย https://itas.nacc.go.th/go/eit/ แทน",
        "use the EIT address, which starts with https://itas.nacc.go.th/go/eit/",
    ))
}

#[derive(Clone, Debug)]
pub struct Redirect {
    pub from: String,
    pub to: Reference,
    pub place: Place,
}

impl Redirect {
    pub const COLUMNS: &'static [Column] = &[
        Column {
            key: "from",
            names: &["จาก", "ที่อยู่เดิม"],
        },
        Column {
            key: "to",
            names: &["ไป", "ที่อยู่ใหม่"],
        },
    ];

    pub fn read(f: Fields<'_>) -> Option<Redirect> {
        let from = f.require_text("from");
        let to = Reference::require(&f, "to");
        let place = f.place_at("from");
        f.finish();
        to.map(|to| Redirect { from, to, place })
    }
}
