//! What speaks against a place that the webmaster vouches for, in words: what
//! stands there instead, and what to type.

use crate::catalogue::{Element, Item, field as field_name};

use crate::content::markdown::shorten;
use crate::diagnostic::Place;
use crate::site::vouch::{Fault, Objection};

use super::context::Context;
use super::finding::{Finding, finding};
use super::places;

/// The finding for an objection; none for what is told where references are
/// judged.
pub fn told(
    context: &Context<'_>,
    item: &Item,
    element: &Element,
    objection: &Objection,
) -> Option<Finding> {
    let id = &element.id;
    let code = match objection.fault {
        Fault::NotThere => return None,
        Fault::NoValues { .. } | Fault::Dashes { .. } => "blank-cells",
        Fault::NoneButSome => "none-but-some",
        Fault::NoneOfOther(_) => "year-contradicts-folder",
        Fault::Period(_) => "element-missing",
        _ if objection.fault.is_doubt() => "doubtful-place",
        _ => "empty-place",
    };
    let (th, en) = message(&objection.fault);
    // One statement speaks of several elements, and is told once.
    let whole = matches!(
        objection.fault,
        Fault::NoStatement(_) | Fault::NoneButSome | Fault::NoneOfOther(_)
    );
    let (of_th, of_en) = if whole {
        (String::new(), String::new())
    } else {
        (format!(" {}", element.th), format!(" {}", element.en))
    };
    let one = finding(
        code,
        format!("{}{of_th}: {th}", item.id),
        format!("{}{of_en}: {en}", item.id),
    )
    .at(place(context, objection));
    Some(match advice(&objection.fault, id, element.allows_none()) {
        Some((th, en)) => one.hint(th, en),
        None => one,
    })
}

/// A row of a table in the head of a page is found in its file.
fn place(context: &Context<'_>, objection: &Objection) -> Place {
    if let Fault::Period(_) = objection.fault {
        return places::field(context.site, &objection.place.file, &["period"]);
    }
    match objection.row {
        Some((table, row)) => {
            let (table, row) = (table.to_string(), row.to_string());
            let names = ["table", &table, "rows", &row];
            places::field(context.site, &objection.place.file, &names)
        }
        None => objection.place.clone(),
    }
}

fn message(fault: &Fault) -> (String, String) {
    let (th, en): (String, String) = match fault {
        Fault::NoWords(words) if words.is_empty() => (
            "ใต้หัวข้อที่บอกไว้ไม่มีเนื้อหา".into(),
            "nothing stands below the heading that is named".into(),
        ),
        Fault::NoWords(words) => (
            format!("ใต้หัวข้อที่บอกไว้มีแต่ “{words}” ไม่มีเนื้อหา"),
            format!("below the heading that is named stands only “{words}”"),
        ),
        Fault::DeadLinks => (
            "ตำแหน่งที่บอกไว้มีแต่ลิงก์ไปไฟล์ที่ว่าง เสีย หรือไม่มี".into(),
            "the place that is named only links to files that are empty, damaged or not there".into(),
        ),
        Fault::NoRows => (
            "ตารางที่บอกไว้ไม่มีข้อมูลสักแถว".into(),
            "the table that is named has no rows".into(),
        ),
        Fault::NoValues { heading, blank } => (
            format!("คอลัมน์ “{heading}” ว่าง {blank} แถว"),
            format!("the column “{heading}” is blank in {blank} rows"),
        ),
        Fault::Dashes { heading, rows } => (
            format!("คอลัมน์ “{heading}” มีแต่ขีด {rows} แถว ผู้ประเมินไม่รู้ว่าไม่มีหรือยังไม่ใส่"),
            format!("the column “{heading}” has a mere mark in {rows} rows: none, or not filled in?"),
        ),
        Fault::DeadFile(path) => (
            format!("ไฟล์ที่บอกไว้ {path} ว่างเปล่าหรือเปิดไม่ได้"),
            format!("the file that is named, {path}, is empty or opens in no program"),
        ),
        Fault::Logo => (
            "ภาพที่บอกไว้คือตราของหน่วยงาน".into(),
            "the picture that is named is the agency's logo".into(),
        ),
        Fault::NotThere => (
            "ไม่มีตำแหน่งที่บอกไว้".into(),
            "the place that is named is not there".into(),
        ),
        Fault::NoStatement(words) => (
            format!("คำชี้แจงว่าไม่มี (none) มีแต่ “{words}” ซึ่งไม่ได้บอกว่าไม่มีอะไร"),
            format!("the statement that there is none says only “{words}”"),
        ),
        Fault::NoneOfOther(words) => (
            format!(
                "คำชี้แจงว่าไม่มี (none) “{}” พูดถึงแต่ปีอื่น ไม่ใช่ช่วงเวลาที่ข้อนี้ถาม",
                shorten(words, 60)
            ),
            format!(
                "the statement that there is none, “{}”, speaks of other years, not of the time that is asked for",
                shorten(words, 60)
            ),
        ),
        Fault::OnlyFiles => (
            "ตำแหน่งที่บอกไว้มีแต่ลิงก์ไปไฟล์ให้พิมพ์ ไม่มีช่องทางออนไลน์ให้กดเข้าใช้".into(),
            "the place that is named only links to files to print, and to no online channel".into(),
        ),
        Fault::WholeAct(sections) => (
            format!("ใต้หัวข้อที่บอกไว้มี {sections} บรรทัดที่ขึ้นต้นด้วยมาตรา เหมือนนำกฎหมายมาลงทั้งฉบับ"),
            format!("below the heading that is named, {sections} lines begin with a section of law, as if a whole act were pasted in"),
        ),
        Fault::Period(raw) => (
            format!("period ในส่วนหัวของหน้าบอกว่า “{raw}” ซึ่งไม่ใช่ช่วงเวลาที่ข้อนี้ถาม"),
            format!("the head of the page gives the period “{raw}”, which is not what is asked for"),
        ),
        Fault::NoLink => (
            "ตำแหน่งที่บอกไว้มีแต่ข้อความ ไม่มีลิงก์ให้กดเข้าใช้".into(),
            "the place that is named has words alone, and no link to open".into(),
        ),
        Fault::NoneButSome => (
            "ชี้แจงว่าไม่มี (none) แต่ในตารางข้อมูลมี".into(),
            "stated as none, but the records show some".into(),
        ),
        Fault::OneWord(words) => (
            format!("ตำแหน่งที่บอกไว้มีเพียงคำว่า “{words}”"),
            format!("the place that is named says no more than “{words}”"),
        ),
        Fault::Outside(host) => (
            format!("ตำแหน่งที่บอกไว้อยู่ในเว็บไซต์อื่น ({host})"),
            format!("the place that is named is in another website ({host})"),
        ),
        Fault::Login(service) => (
            format!("ตำแหน่งที่บอกไว้อยู่ใน {service} ซึ่งผู้ประเมินอาจเปิดไม่ได้"),
            format!("the place that is named is in {service}, which an assessor may not get into"),
        ),
        Fault::WholePage => (
            "บอกไว้แต่หน้า ไม่ได้บอกว่าอยู่ที่หัวข้อใด".into(),
            "a page is named, but not the heading on it".into(),
        ),
        Fault::OtherItem => (
            "ตำแหน่งที่บอกไว้อยู่ในหน้าของข้ออื่น ปีอื่น หรือหน้ารวม ผู้ประเมินให้คะแนนจากหน้าของข้อนี้".into(),
            "the place that is named is on a page of another item or year, or on an index; an assessor judges this item's own page".into(),
        ),
        Fault::OtherNews(_) => (
            "ข่าวที่บอกไว้ไม่ได้บอกว่าเป็นของหัวข้อนี้".into(),
            "the news that are named do not say that they are of this topic".into(),
        ),
        Fault::Picture => (
            "ตำแหน่งที่บอกไว้มีแต่ภาพ ไม่มีข้อความ".into(),
            "the place that is named holds a picture and no words".into(),
        ),
        Fault::Crowded { elements, room } => (
            format!("องค์ประกอบ {elements} อย่างชี้ไปตำแหน่งเดียวกัน ซึ่งแสดงได้ราว {room} อย่าง"),
            format!("{elements} elements are said to stand at one place, which has room for about {room}"),
        ),
        Fault::NoColumn(field) => (
            format!("ตารางที่บอกไว้ไม่มีคอลัมน์ “{}”", names(field).0),
            format!("the table that is named has no column “{}”", names(field).1),
        ),
    };
    (th, en)
}

/// What a column for this field is usually called, in both languages.
fn names(field: &str) -> (&str, &str) {
    field_name(field).map_or((field, field), |name| {
        let first = |names: &'static [&'static str]| names.first().copied();
        (
            first(name.th).unwrap_or(name.id),
            first(name.en).unwrap_or(name.id),
        )
    })
}

/// What to type; the rule's own advice where that says it.
fn advice(fault: &Fault, id: &str, allows_none: bool) -> Option<(String, String)> {
    let none_th = format!("none = {{ element = \"{id}\", text = \"…\", date = … }}");
    let none_en = none_th.clone();
    Some(match fault {
        Fault::OneWord(_) if allows_none => (
            format!("ถ้าไม่มีจริง ให้แจ้งในส่วนหัวของหน้า: {none_th}"),
            format!("where there truly is none, say so in the head of the page: {none_en}"),
        ),
        Fault::NoStatement(_) => (
            "เขียนเป็นประโยคที่บอกว่าไม่มีอะไร ในช่วงเวลาใด เช่น “ปีงบประมาณนี้ไม่มีเรื่องร้องเรียนการทุจริต”".into(),
            "write a sentence that tells what there was none of, and when: no complaints of corruption were received this year".into(),
        ),
        Fault::Period(_) => (
            "ถ้าพิมพ์ผิด ให้แก้ period เป็นช่วงเวลาจริงของเอกสาร ถ้าถูกแล้ว ให้แสดงเอกสารของช่วงที่ข้อนี้ถาม".into(),
            "correct `period` to the document's own time; where it is right, show the document of the time that is asked for".into(),
        ),
        Fault::NoneOfOther(_) => (
            "เขียนคำชี้แจงใหม่ของช่วงเวลาที่ข้อนี้ถาม และลงวันที่ที่ชี้แจง".into(),
            "state it anew for the time that is asked for, with the day of the statement".into(),
        ),
        Fault::WholeAct(_) => (
            "เขียนสรุปอำนาจหน้าที่ของหน่วยงานเองด้วยภาษาง่าย แล้วลิงก์ไปกฎหมายฉบับเต็ม".into(),
            "sum up the agency's own powers in plain words, and link to the act".into(),
        ),
        Fault::NoLink | Fault::OnlyFiles => (
            "ใส่ลิงก์ของช่องทางนั้น เช่น [แบบแจ้งออนไลน์](https://…) หรือเพิ่มช่องทางที่มี url ใน channels.toml".into(),
            "link to it, such as [online form](https://…), or add a channel with a url to channels.toml".into(),
        ),
        Fault::NoneButSome => (
            "ลบ none ของข้อนี้ออก เพราะตารางข้อมูลแสดงแล้ว หรือแก้จำนวนในตารางถ้าไม่มีจริง".into(),
            "delete this `none`, as the records show it already; or correct the counts where there truly was none".into(),
        ),
        Fault::OneWord(_) => (
            "เขียนเป็นประโยคที่ตอบได้ครบ เช่น ปีงบประมาณนี้ไม่มีปัญหาและอุปสรรค".into(),
            "write a sentence that answers by itself, such as: no problems were met this year"
                .into(),
        ),
        Fault::WholePage => (
            format!("ใส่ {{#{id}}} ท้ายหัวข้อที่แสดงในหน้านั้น แล้วพิมพ์ต่อท้ายชื่อหน้า เช่น \"#{id}\" สำหรับหน้านี้"),
            format!(
                "mark the heading on it with {{#{id}}} and name that place, such as \"#{id}\" on this page"
            ),
        ),
        Fault::OtherItem => (
            format!("เขียนหัวข้อในหน้านี้ที่สรุปและลิงก์ไปหน้านั้น ใส่ {{#{id}}} ท้ายหัวข้อ แล้วพิมพ์ \"#{id}\""),
            format!(
                "give this page a heading that sums it up and links there, mark it {{#{id}}}, and write \"#{id}\""
            ),
        ),
        Fault::OtherNews(topic) => (
            format!("ใส่ topics = [\"{topic}\"] ในส่วนหัวของข่าวนั้น"),
            format!("put topics = [\"{topic}\"] into the head of those news"),
        ),
        Fault::Outside(_) | Fault::Login(_) => (
            format!(
                "นำเอกสารมาไว้ในโฟลเดอร์ files ของปี แล้วพิมพ์ \"files/ชื่อไฟล์\" หรือเขียนในหน้านี้แล้วพิมพ์ \"#{id}\""
            ),
            format!(
                "keep the document in the year's files folder and write \"files/NAME\", or write it on this page and \"#{id}\""
            ),
        ),
        Fault::Picture | Fault::Logo => (
            format!("เขียนเป็นข้อความใต้หัวข้อในหน้านี้ ใส่ {{#{id}}} ท้ายหัวข้อ แล้วพิมพ์ \"#{id}\""),
            format!(
                "write it in words below a heading of this page, mark that {{#{id}}}, and write \"#{id}\""
            ),
        ),
        Fault::DeadFile(path) => (
            format!("เปิดไฟล์ต้นฉบับ ส่งออกใหม่ แล้ววางทับ content/{path}"),
            format!("export the document again and put it in the place of content/{path}"),
        ),
        Fault::Crowded { .. } => (
            format!("แยกเป็นหัวข้อของแต่ละอย่าง ใส่ {{#{id}}} ท้ายหัวข้อ แล้วพิมพ์ \"#{id}\""),
            format!("give each a heading of its own, mark this one {{#{id}}}, and write \"#{id}\""),
        ),
        Fault::NoColumn(field) => (
            format!(
                "เพิ่มคอลัมน์ “{}” แล้วเติมทุกแถว หรือชี้ไปตำแหน่งอื่นที่แสดง",
                names(field).0
            ),
            format!(
                "add a column “{}” and fill it in every row, or name another place",
                names(field).1
            ),
        ),
        _ => return None,
    })
}
