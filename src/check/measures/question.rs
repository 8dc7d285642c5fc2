//! Measures that are questions of the surveys (IIT, EIT): they tell what was
//! measured, not what will be done.

use crate::site::Site;
use crate::site::measures::MeasuresDocument;
use crate::thai::normalise;

use super::{Found, finding, name_of};

/// How a question of the surveys ends.
const ENDS: &[&str] = &[
    "มากน้อยเพียงใด",
    "น้อยเพียงใด",
    "หรือไม่",
    "หรือไม่ อย่างไร",
    "อย่างไร",
];
/// Whom it asks.
const ASKED: &[&str] = &[
    "ท่านคิดว่า",
    "ท่านเชื่อมั่น",
    "หน่วยงานของท่าน",
    "หน่วยงานท่าน",
    "ที่ท่านติดต่อ",
];

pub fn questions(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    for view in document.views(site) {
        // A measure of the year's own document is told there.
        let title = view.own.title.as_deref();
        if !title.is_some_and(is_question) {
            continue;
        }
        let name = name_of(file, view.own, view.measure);
        found.push(
            finding(
                "measure-is-question",
                format!("“{name}” เป็นข้อคำถามของแบบวัด ไม่ใช่สิ่งที่จะทำ"),
                format!("“{name}” is a question of the survey, not what will be done"),
            )
            .at(view.own.place.clone())
            .of_year(document.year),
        );
    }
}

fn is_question(title: &str) -> bool {
    let title = normalise(title);
    let title = title.trim_end_matches([' ', '?', '.', '…']);
    ENDS.iter().any(|end| title.ends_with(end)) || ASKED.iter().any(|asked| title.contains(asked))
}

#[cfg(test)]
mod tests {
    use super::is_question;

    #[test]
    fn a_question_of_the_survey_is_told_from_a_measure() {
        for question in [
            "เจ้าหน้าที่ให้ข้อมูลชัดเจนมากน้อยเพียงใด",
            "เคยพบการเรียกรับสินบน หรือไม่?",
            "ท่านคิดว่าการป้องกันการทุจริตได้ผล",
            "หน่วยงานของท่านดูแลทรัพย์สินของราชการ",
        ] {
            assert!(is_question(question), "{question}");
        }
        for measure in [
            "จัดทำคู่มือบริการหนึ่งหน้า",
            "สำรวจว่าประชาชนรู้ช่องทางหรือไม่ทุกไตรมาส",
            "เชิญท่านนายกพบเจ้าหน้าที่ทุกเดือน",
        ] {
            assert!(!is_question(measure), "{measure}");
        }
    }
}
