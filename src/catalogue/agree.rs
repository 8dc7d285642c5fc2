//! Whether a composed year agrees with itself.

use std::collections::HashMap;

use super::compose::{Ground, error};
use super::item::{Item, ItemId};
use super::read::{Draft, Head};
use super::topic::TopicId;
use super::types::{Catalogue, Group, Indicator, InstrumentId};
use super::value::{Placed, Target, did_you_mean};
use crate::diagnostic::{Diagnostic, Say, nearest};

impl Ground<'_> {
    pub(super) fn year_agrees(&self, draft: &Draft) {
        let Some(Head {
            year: Some(year), ..
        }) = &draft.head
        else {
            return;
        };
        let (said, is) = (year.value, self.year);
        if said != is {
            self.report(
                error(
                    "catalogue-year",
                    format!("ไฟล์ระบุปี {said} แต่อยู่ในโฟลเดอร์ของปี {is}"),
                    format!("the file says {said} and stands in the folder of {is}"),
                    &year.place,
                )
                .hint(Say::new(
                    format!("แก้เป็น fiscal_year = {is} หรือย้ายไฟล์ไปยังโฟลเดอร์ {said}"),
                    format!("write fiscal_year = {is}, or move the file to the folder {said}"),
                )),
            );
        }
    }

    pub(super) fn is_whole(&self, draft: &Draft) {
        let lacking: Vec<&str> = [
            ("[catalogue]", draft.head.is_none()),
            ("[scoring]", draft.scoring.is_none()),
            ("[[indicator]]", draft.indicators.is_empty()),
            ("[[group]]", draft.groups.is_empty()),
            ("[[item]]", draft.items.is_empty()),
        ]
        .iter()
        .filter_map(|(name, lacks)| lacks.then_some(*name))
        .collect();
        if !lacking.is_empty() {
            let names = lacking.join(", ");
            self.report(
                error(
                    "missing-section",
                    format!("รายการข้อของทั้งปีต้องมี {names} ที่อ่านได้ครบ"),
                    format!("a whole catalogue needs {names}, complete and readable"),
                    &draft.place,
                )
                .hint(Say::new(
                    "หากต้องการแก้เพียงบางข้อ ให้เริ่มไฟล์ด้วย  extends = 2569",
                    "to change only some items, begin the file with  extends = 2569",
                )),
            );
        }
    }

    pub(super) fn deadlines_in_year(&self, draft: &Draft) {
        for Placed { value, place } in &draft.deadlines {
            let start = value.start;
            if start.fiscal_year() != self.year {
                self.report(
                    Diagnostic::warning(
                        "deadline",
                        Say::new(
                            format!("วันที่ {} อยู่นอกปีงบประมาณ {}", start.thai_short(), self.year),
                            format!("{} lies outside the fiscal year {}", start.iso(), self.year),
                        ),
                    )
                    .at(place.clone()),
                );
            }
        }
    }

    pub(super) fn references_hold(
        &self,
        references: &[(Target, Placed<String>)],
        catalogue: &Catalogue,
    ) {
        for (target, Placed { value, place }) in references {
            let known: Vec<&str> = match target {
                Target::Group => catalogue.groups.iter().map(|g| g.id.as_str()).collect(),
                Target::Source => catalogue.sources.iter().map(|s| s.id.as_str()).collect(),
                Target::Indicator => catalogue
                    .indicators
                    .iter()
                    .filter(|i| i.instrument == InstrumentId::Oit)
                    .map(|i| i.id.as_str())
                    .collect(),
            };
            if known.contains(&value.as_str()) {
                continue;
            }
            let (code, th, en) = match target {
                Target::Group => ("unknown-group", "กลุ่ม", "group"),
                Target::Source => ("unknown-source", "แหล่งอ้างอิง", "source"),
                Target::Indicator => ("unknown-indicator", "ตัวชี้วัด OIT", "OIT indicator"),
            };
            let mut diagnostic = error(
                code,
                format!("ไม่มี{th} “{value}”"),
                format!("there is no {en} “{value}”"),
                place,
            );
            // Numbers are all near each other; the list helps more.
            if (1..=12).contains(&known.len()) {
                let names = known.join(", ");
                diagnostic = diagnostic.hint(Say::new(
                    format!("ที่มีคือ {names}"),
                    format!("it can be: {names}"),
                ));
            } else if let Some(near) = nearest(value, known) {
                diagnostic = diagnostic.hint(did_you_mean(near));
            }
            self.report(diagnostic);
        }
    }

    pub(super) fn topics_once(&self, given: &[Placed<Item>], items: &[Item]) {
        let mut first: HashMap<&TopicId, ItemId> = HashMap::new();
        for item in items {
            for topic in &item.topics {
                let Some(other) = first.get(topic).copied() else {
                    first.insert(topic, item.id);
                    continue;
                };
                let place_of = |id| given.iter().find(|g| g.value.id == id).map(|g| &g.place);
                let Some(place) = place_of(item.id).or_else(|| place_of(other)) else {
                    continue;
                };
                let id = item.id;
                self.report(
                    error(
                        "topic-twice",
                        format!("หัวข้อ `{topic}` อยู่ทั้งในข้อ {other} และข้อ {id}"),
                        format!("the topic `{topic}` is on both {other} and {id}"),
                        place,
                    )
                    .hint(Say::new(
                        "ในหนึ่งปีหัวข้อหนึ่งอยู่ได้ข้อเดียว ตัดออกจากข้อหนึ่ง หรือใช้ drop ตัดข้อเดิม",
                        "in one year a topic has one item: take it off one, or drop the older item",
                    )),
                );
            }
        }
    }

    pub(super) fn groups_used(&self, given: &[Placed<Group>], catalogue: &Catalogue) {
        for Placed { value, place } in given {
            if catalogue.items_of_group(&value.id).next().is_none() {
                self.report(
                    Diagnostic::warning(
                        "empty-group",
                        Say::new(
                            format!("กลุ่ม {} ไม่มีข้อใดอยู่", value.id),
                            format!("the group {} has no item", value.id),
                        ),
                    )
                    .at(place.clone()),
                );
            }
        }
    }

    pub(super) fn count_agrees(&self, said: Option<&Placed<usize>>, catalogue: &Catalogue) {
        let is = catalogue.item_count;
        if let Some(Placed { value, place }) = said.filter(|said| said.value != is) {
            self.report(error(
                "item-count",
                format!("`item_count` ระบุ {value} ข้อ แต่มี {is} ข้อ"),
                format!("`item_count` says {value}, and there are {is} items"),
                place,
            ));
        }
    }

    /// Counts what is under each indicator, and judges the counts that the
    /// file gives.
    pub(super) fn count_indicators(&self, given: &[Placed<Indicator>], catalogue: &mut Catalogue) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for item in &catalogue.items {
            if let Some(group) = catalogue.group(&item.group) {
                *counts.entry(group.indicator.clone()).or_default() += 1;
            }
        }
        for indicator in &mut catalogue.indicators {
            let count = counts.get(&indicator.id).copied().unwrap_or(0);
            let is = (indicator.instrument == InstrumentId::Oit).then_some(count);
            let said = given.iter().find(|g| g.value.id == indicator.id);
            if let Some(Placed { value, place }) = said
                && value.item_count.is_some_and(|n| n != is.unwrap_or(0))
            {
                let n = value.item_count.unwrap_or(0);
                let id = &indicator.id;
                self.report(error(
                    "item-count",
                    format!("ตัวชี้วัด {id} ระบุ {n} ข้อ แต่มี {count} ข้อ"),
                    format!("indicator {id} says {n} items and has {count}"),
                    place,
                ));
            }
            indicator.item_count = is;
        }
    }
}
