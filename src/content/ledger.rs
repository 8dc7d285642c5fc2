//! The yearly tables of money and of complaints: budget lines, purchases,
//! complaint counts. One reader each, whether the row came from TOML, CSV or
//! XLSX.

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Written};
use crate::thai::{Baht, Date, Month};

use super::sheet::Column;

/// A line of the budget ordinance and what was spent of it, in satang.
#[derive(Clone, Debug)]
pub struct BudgetLine {
    pub area: Option<String>,
    pub plan_group: String,
    pub work: Option<String>,
    pub budget_type: Option<String>,
    pub item: String,
    pub unit: Option<String>,
    pub approved: Baht,
    /// Whether `approved` could be read; sums without it prove nothing.
    pub is_readable: bool,
    pub transfer: Option<Baht>,
    /// Paid in each fiscal quarter; `None` is not known yet, zero is none.
    pub quarters: [Option<Baht>; 4],
    pub source: Option<String>,
    pub fiscal_year: Option<u16>,
    pub note: Option<String>,
    pub place: Place,
}

impl BudgetLine {
    pub const COLUMNS: &'static [Column] = &[
        Column {
            key: "area",
            names: &["ด้าน"],
        },
        Column {
            key: "plan_group",
            names: &["แผนงาน"],
        },
        Column {
            key: "work",
            names: &["งาน"],
        },
        Column {
            key: "budget_type",
            names: &["งบ/หมวด", "งบ", "หมวด", "ประเภทงบ"],
        },
        Column {
            key: "item",
            names: &["รายการ", "รายการ/โครงการ", "โครงการ"],
        },
        Column {
            key: "unit",
            names: &["หน่วยงาน", "หน่วยงานรับผิดชอบ", "ส่วนราชการ"],
        },
        Column {
            key: "approved",
            names: &["งบประมาณอนุมัติ", "งบประมาณ", "งบประมาณที่ได้รับอนุมัติ"],
        },
        Column {
            key: "transfer",
            names: &["โอนเพิ่ม/ลด", "โอนเพิ่ม (ลด)", "โอน"],
        },
        Column {
            key: "q1",
            names: &["เบิกจ่ายไตรมาส 1", "ไตรมาส 1", "ไตรมาสที่ 1"],
        },
        Column {
            key: "q2",
            names: &["เบิกจ่ายไตรมาส 2", "ไตรมาส 2", "ไตรมาสที่ 2"],
        },
        Column {
            key: "q3",
            names: &["เบิกจ่ายไตรมาส 3", "ไตรมาส 3", "ไตรมาสที่ 3"],
        },
        Column {
            key: "q4",
            names: &["เบิกจ่ายไตรมาส 4", "ไตรมาส 4", "ไตรมาสที่ 4"],
        },
        Column {
            key: "source",
            names: &["แหล่งเงิน", "แหล่งที่มาของงบประมาณ", "แหล่งงบประมาณ"],
        },
        Column {
            key: "fiscal_year",
            names: &["ปีงบประมาณ"],
        },
        Column {
            key: "note",
            names: &["หมายเหตุ"],
        },
    ];

    pub fn read(f: Fields<'_>) -> BudgetLine {
        if !f.has("approved") {
            f.missing("approved");
        }
        let approved = f.baht("approved").map(|w| w.value);
        if approved.is_some_and(|b| b.0 < 0) {
            f.report(
                Diagnostic::error(
                    "negative",
                    Say::new(
                        "งบประมาณอนุมัติต้องไม่ติดลบ",
                        "an approved budget is not negative",
                    ),
                )
                .at(f.place_at("approved"))
                .hint(Say::new(
                    "ยอดที่โอนออกให้ใส่ในคอลัมน์ โอนเพิ่ม/ลด",
                    "what was transferred away goes into the column `transfer`",
                )),
            );
        }
        let line = BudgetLine {
            area: f.text("area"),
            plan_group: f.require_text("plan_group"),
            work: f.text("work"),
            budget_type: f.text("budget_type"),
            item: f.require_text("item"),
            unit: f.text("unit"),
            approved: approved.unwrap_or_default(),
            is_readable: approved.is_some(),
            transfer: f.baht("transfer").map(|w| w.value),
            quarters: [f.baht("q1"), f.baht("q2"), f.baht("q3"), f.baht("q4")]
                .map(|q| q.map(|w| w.value)),
            source: f.text("source"),
            fiscal_year: f.year("fiscal_year"),
            note: f.text("note"),
            place: f.place(),
        };
        f.finish();
        line
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Goods,
    Works,
    Services,
}

/// One purchase: the columns of the yearly 16-column form of the NACC and of
/// the monthly form สขร.1, once.
#[derive(Clone, Debug)]
pub struct Purchase {
    pub no: Option<String>,
    pub month: Option<Month>,
    pub item_name: String,
    pub category: Option<Category>,
    pub allocated_budget: Option<Written<Baht>>,
    pub purchase_budget: Option<Written<Baht>>,
    pub budget_source: Option<String>,
    pub status: Option<String>,
    pub method: String,
    pub reference_price: Option<Written<Baht>>,
    pub agreed_price: Option<Written<Baht>>,
    pub bidders: Option<String>,
    pub supplier: Option<String>,
    pub reason: Option<String>,
    pub contract_no: Option<String>,
    pub contract_date: Option<Written<Date>>,
    pub egp_project_no: Option<String>,
    pub unit: Option<String>,
    pub fiscal_year: Option<u16>,
    pub note: Option<String>,
    pub place: Place,
}

impl Purchase {
    pub const COLUMNS: &'static [Column] = &[
        Column {
            key: "no",
            names: &["ลำดับ", "ที่", "ลำดับที่"],
        },
        Column {
            key: "month",
            names: &["เดือน"],
        },
        Column {
            key: "item_name",
            names: &[
                "ชื่อรายการ",
                "งานที่จัดซื้อหรือจัดจ้าง",
                "รายการ",
                "ชื่อรายการของงานที่ซื้อหรือจ้าง",
            ],
        },
        Column {
            key: "category",
            names: &["ประเภท"],
        },
        Column {
            key: "allocated_budget",
            names: &["วงเงินงบประมาณที่ได้รับจัดสรร", "วงเงินที่ได้รับจัดสรร"],
        },
        Column {
            key: "purchase_budget",
            names: &["วงเงินที่จะซื้อหรือจ้าง", "วงเงิน"],
        },
        Column {
            key: "budget_source",
            names: &["แหล่งที่มาของงบประมาณ", "แหล่งเงิน"],
        },
        Column {
            key: "status",
            names: &["สถานะ", "สถานะการจัดซื้อจัดจ้าง"],
        },
        Column {
            key: "method",
            names: &["วิธีการจัดซื้อจัดจ้าง", "วิธีซื้อหรือจ้าง", "วิธีการ"],
        },
        Column {
            key: "reference_price",
            names: &["ราคากลาง"],
        },
        Column {
            key: "agreed_price",
            names: &["ราคาที่ตกลง", "ราคาที่ตกลงซื้อหรือจ้าง"],
        },
        Column {
            key: "bidders",
            names: &[
                "ผู้เสนอราคาและราคาที่เสนอ",
                "รายชื่อผู้เสนอราคาและราคาที่เสนอ",
                "ผู้เสนอราคา",
            ],
        },
        Column {
            key: "supplier",
            names: &["ผู้ประกอบการที่ได้รับการคัดเลือก", "ผู้ได้รับการคัดเลือก", "ผู้ได้รับคัดเลือก"],
        },
        Column {
            key: "reason",
            names: &["เหตุผลที่คัดเลือก", "เหตุผลที่คัดเลือกโดยสรุป"],
        },
        Column {
            key: "contract_no",
            names: &["เลขที่สัญญา", "เลขที่ของสัญญาหรือข้อตกลง"],
        },
        Column {
            key: "contract_date",
            names: &["วันที่สัญญา", "วันที่ของสัญญาหรือข้อตกลง", "วันที่ลงนาม"],
        },
        Column {
            key: "egp_project_no",
            names: &["เลขที่โครงการในระบบ e-GP", "เลขที่โครงการ e-GP", "เลขที่โครงการ"],
        },
        Column {
            key: "unit",
            names: &["หน่วยงาน", "ส่วนราชการ"],
        },
        Column {
            key: "fiscal_year",
            names: &["ปีงบประมาณ"],
        },
        Column {
            key: "note",
            names: &["หมายเหตุ"],
        },
    ];

    /// `fiscal_year` is the folder's; a bare month name stands within it.
    pub fn read(f: Fields<'_>, fiscal_year: u16) -> Purchase {
        let own_year = f.year("fiscal_year");
        let contract_date = f.date("contract_date");
        let month = read_month(&f, own_year.unwrap_or(fiscal_year))
            .or_else(|| contract_date.as_ref().map(|d| Month::of(d.value)));
        if month.is_none() && !f.has("month") && !f.has("contract_date") {
            f.missing("month");
        }
        let egp_project_no = f.text("egp_project_no");
        if let Some(number) = &egp_project_no {
            check_egp(&f, number);
        }
        if own_year.is_none() {
            within_year(&f, month, fiscal_year);
        }
        let purchase = Purchase {
            no: f.text("no"),
            month,
            item_name: f.require_text("item_name"),
            category: f.choice(
                "category",
                &[
                    (Category::Goods, &["สินค้า", "goods", "ซื้อ", "พัสดุ"]),
                    (Category::Works, &["งานก่อสร้าง", "works", "ก่อสร้าง"]),
                    (
                        Category::Services,
                        &["บริการ", "services", "จ้าง", "งานบริการ", "จ้างเหมาบริการ"],
                    ),
                ],
            ),
            allocated_budget: f.baht("allocated_budget"),
            purchase_budget: f.baht("purchase_budget"),
            budget_source: f.text("budget_source"),
            status: f.text("status"),
            method: f.require_text("method"),
            reference_price: f.baht("reference_price"),
            agreed_price: f.baht("agreed_price"),
            bidders: f.text("bidders"),
            supplier: f.text("supplier"),
            reason: f.text("reason"),
            contract_no: f.text("contract_no"),
            contract_date,
            egp_project_no,
            unit: f.text("unit"),
            fiscal_year: own_year,
            note: f.text("note"),
            place: f.place(),
        };
        f.finish();
        purchase
    }
}

/// Eleven digits, of which Excel has eaten none: the number starts with the
/// Buddhist year and month (`6712…`).
fn check_egp(f: &Fields<'_>, number: &str) {
    let digits = crate::thai::to_arabic(number);
    if digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let excel = digits.contains(['E', 'e']) || digits.contains('.');
    f.report(
        Diagnostic::warning(
            "bad-egp-number",
            Say::new(
                format!("เลขที่โครงการ e-GP ต้องเป็นตัวเลข 11 หลัก แต่พบ “{number}”"),
                format!("an e-GP project number has 11 digits, not “{number}”"),
            ),
        )
        .at(f.place_at("egp_project_no"))
        .hint(if excel {
            Say::new(
                "ใน Excel ให้จัดรูปแบบคอลัมน์นี้เป็น “ข้อความ” แล้วพิมพ์เลขใหม่",
                "in Excel, format this column as Text and type the number again",
            )
        } else {
            Say::new(
                "ดูเลขที่โครงการจากระบบ e-GP ขึ้นต้นด้วยปีและเดือน เช่น 67129012345",
                "look it up in e-GP; it starts with year and month, such as 67129012345",
            )
        }),
    );
}

/// Rows stand in the folder of their fiscal year; a month of another one is a
/// slip, or belongs elsewhere.
fn within_year(f: &Fields<'_>, month: Option<Month>, fiscal_year: u16) {
    let Some(month) = month.filter(|m| m.fiscal_year() != fiscal_year) else {
        return;
    };
    let key = if f.has("month") {
        "month"
    } else {
        "contract_date"
    };
    let of = month.fiscal_year();
    f.report(
        Diagnostic::error(
            "month-outside-year",
            Say::new(
                format!(
                    "{} อยู่ในปีงบประมาณ {of} ไม่ใช่ {fiscal_year}",
                    month.thai_long()
                ),
                format!(
                    "{} lies in fiscal year {of}, not {fiscal_year}",
                    month.english_long()
                ),
            ),
        )
        .at(f.place_at(key))
        .hint(Say::new(
            format!("แก้เดือนหรือปี หรือย้ายแถวนี้ไปไว้ในโฟลเดอร์ content/{of}"),
            format!("correct the month or year, or move the row to content/{of}"),
        )),
    );
}

/// A month cell: with its year, or bare within the fiscal year.
pub fn read_month(f: &Fields<'_>, fiscal_year: u16) -> Option<Month> {
    let raw = f.text("month")?;
    match Month::parse_in_fiscal_year(&raw, fiscal_year) {
        Ok(month) => Some(month),
        Err(error) => {
            f.report(
                Diagnostic::error("bad-month", Say::new(error.th(), error.en()))
                    .at(f.place_at("month")),
            );
            None
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComplaintKind {
    Corruption,
    General,
}

#[derive(Clone, Debug)]
pub struct ComplaintCount {
    pub month: Option<Month>,
    pub kind: ComplaintKind,
    pub received: Option<i64>,
    pub finished: Option<i64>,
    pub in_progress: Option<i64>,
    pub note: Option<String>,
    pub place: Place,
}

impl ComplaintCount {
    pub const COLUMNS: &'static [Column] = &[
        Column {
            key: "month",
            names: &["เดือน"],
        },
        Column {
            key: "kind",
            names: &["ประเภท", "ประเภทเรื่องร้องเรียน"],
        },
        Column {
            key: "received",
            names: &[
                "รับ",
                "รับเรื่อง",
                "จำนวนที่รับ",
                "เรื่องร้องเรียนทั้งหมด",
                "จำนวนเรื่องทั้งหมด",
            ],
        },
        Column {
            key: "finished",
            names: &["ยุติ/แล้วเสร็จ", "แล้วเสร็จ", "ยุติ", "ดำเนินการแล้วเสร็จ"],
        },
        Column {
            key: "in_progress",
            names: &["อยู่ระหว่างดำเนินการ"],
        },
        Column {
            key: "note",
            names: &["หมายเหตุ"],
        },
    ];

    pub fn read(f: Fields<'_>, fiscal_year: u16) -> ComplaintCount {
        for key in ["month", "kind", "received", "finished", "in_progress"] {
            if !f.has(key) {
                f.missing(key);
            }
        }
        for key in ["received", "finished", "in_progress"] {
            if f.count(key).is_some_and(|c| c.value < 0) {
                f.report(
                    Diagnostic::error(
                        "negative",
                        Say::new("จำนวนเรื่องต้องไม่ติดลบ", "a count is not negative"),
                    )
                    .at(f.place_at(key))
                    .hint(Say::new("ไม่มีเรื่องให้ใส่ 0", "write 0 where there were none")),
                );
            }
        }
        let month = read_month(&f, fiscal_year);
        within_year(&f, month, fiscal_year);
        let count = ComplaintCount {
            month,
            kind: f
                .choice(
                    "kind",
                    &[
                        (
                            ComplaintKind::Corruption,
                            &["ทุจริต", "corruption", "ร้องเรียนการทุจริต", "การทุจริต"],
                        ),
                        (ComplaintKind::General, &["ทั่วไป", "general", "ร้องเรียนทั่วไป"]),
                    ],
                )
                .unwrap_or(ComplaintKind::General),
            received: f.count("received").map(|w| w.value),
            finished: f.count("finished").map(|w| w.value),
            in_progress: f.count("in_progress").map(|w| w.value),
            note: f.text("note"),
            place: f.place(),
        };
        f.finish();
        count
    }
}
