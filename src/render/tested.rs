//! What the tests of the default theme have found (`tests/browser`), for the
//! accessibility statement.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Lang;
use crate::thai::Date;

use super::format::Page;
use super::html::escaped;
use super::view::{Part, Section};

/// The page that takes the results in: `content/pages/accessibility.md`.
pub const STATEMENT: &str = "pages/accessibility";

#[derive(Deserialize)]
struct Tested {
    /// The day of the tests, ISO 8601.
    day: String,
    browser: String,
    /// Pages of the example site.
    pages: usize,
    standard: String,
    kinds: Vec<String>,
    checks: Vec<String>,
    /// Scores of 100, by kind of page and category.
    lighthouse: BTreeMap<String, BTreeMap<String, u8>>,
    tools: BTreeMap<String, String>,
}

static TESTED: LazyLock<Option<Tested>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../themes/default/tested.json")).ok());

/// The part of the statement that nobody writes by hand. A site with a theme
/// of its own is told as that: its pages were not tested.
pub fn section(page: &Page<'_>) -> Option<Section> {
    let tested = TESTED.as_ref()?;
    let settings = &page.site.content.settings;
    let folder = format!("themes/{}", settings.theme);
    let own_theme = settings.theme != "default"
        || page
            .site
            .content
            .listing
            .entries
            .iter()
            .any(|e| e.path.strip_dir(&folder).is_some());
    let day = Date::parse(&tested.day).ok()?;
    let day = page.time(&page.day(day));
    let version = |name: &str| tested.tools.get(name).map_or("", String::as_str);
    let standard = escaped(&tested.standard);
    let kinds = page.count(tested.kinds.len());
    let pages = page.count(tested.pages);
    let checks = page.count(tested.checks.len());
    let judged = page.count(tested.lighthouse.len());
    let least = tested
        .lighthouse
        .values()
        .flat_map(|scores| scores.values())
        .min()
        .copied()
        .unwrap_or(0);
    let least = page.digits(&least.to_string());
    let browser = escaped(&tested.browser);
    let mut html = match page.lang {
        Lang::Th => format!(
            "<p>แบบของหน้าเว็บ (ธีมเริ่มต้นของโปรแกรม prongsai) ทดสอบตามมาตรฐาน {standard} เมื่อ {day} กับเว็บไซต์ตัวอย่าง {pages} หน้า ในเบราว์เซอร์ {browser} ผลการทดสอบคือ</p><ul>\
             <li>axe-core {} กับหน้า {kinds} แบบ ทั้งสีสว่าง สีมืด และจอกว้าง 320 จุด: ไม่พบข้อผิดพลาด</li>\
             <li>การตรวจ {checks} เรื่อง เช่น ใช้แป้นพิมพ์ได้ครบ เห็นตำแหน่งที่เลือกอยู่ ไม่ต้องเลื่อนไปด้านข้าง ขยายระยะตัวอักษรได้ อ่านได้เมื่อไม่ใช้สคริปต์ และพิมพ์ลงกระดาษได้: ไม่พบข้อผิดพลาด</li>\
             <li>html-validate {} และ Nu Html Checker {} กับทุกหน้า: ไม่พบข้อผิดพลาด</li>\
             <li>Lighthouse {} กับหน้า {judged} แบบ: ได้ {least} จาก 100 คะแนนเป็นอย่างน้อยในด้านการเข้าถึง แนวปฏิบัติที่ดี และการค้นหา</li></ul>\
             <p>โปรแกรมตรวจได้เพียงบางส่วนของมาตรฐาน ผลนี้ไม่รวมถ้อยคำ ภาพ และไฟล์แนบที่หน่วยงานใส่เอง และยังไม่ได้ทดสอบโดยผู้ใช้โปรแกรมอ่านหน้าจอ</p>",
            version("axe-core"),
            version("html-validate"),
            version("vnu-jar"),
            version("lighthouse"),
        ),
        Lang::En => format!(
            "<p>The design of the pages (the default theme of the program prongsai) was tested against {standard} on {day}, on an example site of {pages} pages in {browser}. The results:</p><ul>\
             <li>axe-core {}, on {kinds} kinds of pages, light, dark and on a screen 320 pixels wide: no error</li>\
             <li>{checks} checks, such as: all of it works with a keyboard, the focus is seen, nothing scrolls sideways, text can be spaced out, pages read without scripts and print on paper: no error</li>\
             <li>html-validate {} and the Nu Html Checker {}, on every page: no error</li>\
             <li>Lighthouse {}, on {judged} kinds of pages: at least {least} of 100 for accessibility, best practices and search engines</li></ul>\
             <p>Programs see only a part of the standard. These results say nothing of the words, pictures and attachments that this agency adds, and users of screen readers have not tested the pages yet.</p>",
            version("axe-core"),
            version("html-validate"),
            version("vnu-jar"),
            version("lighthouse"),
        ),
    };
    if own_theme {
        html.push_str(&format!(
            "<p>{}</p>",
            page.say(
                "เว็บไซต์นี้ใช้ธีมที่ปรับเอง จึงอาจต่างจากผลข้างต้น",
                "This site uses a theme of its own, to which these results may not apply."
            )
        ));
    }
    Some(Section::Prose {
        id: Some("tested".into()),
        title: Some(page.say("ผลการทดสอบ", "Test results")),
        parts: vec![Part::of(html)],
    })
}
