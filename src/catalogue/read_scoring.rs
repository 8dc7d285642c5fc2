//! `[scoring]`: the rules, weights and levels of a year.

use super::types::{
    GroupRule, IndicatorRule, Instrument, InstrumentId, InstrumentRule, ItemRule, Level, LevelRule,
    Scoring, ScoringConfidence, TotalRule,
};
use super::value::{
    Placed, Target, cited, confidence, number, require_choice, require_slug, unique,
};
use super::words::Confidence;
use crate::diagnostic::{Diagnostic, Say};
use crate::fields::Fields;

/// `None`, after messages, when a number that a total needs can't be read:
/// points must not be added up by half a rule.
pub(super) fn read_scoring(
    f: Fields<'_>,
    refs: &mut Vec<(Target, Placed<String>)>,
) -> Option<Scoring> {
    let total_rule = require_choice(&f, "total_rule", TotalRule::ALL);
    let instrument_rule = require_choice(&f, "instrument_rule", InstrumentRule::ALL);
    let indicator_rule = require_choice(&f, "indicator_rule", IndicatorRule::ALL);
    let group_rule = require_choice(&f, "group_rule", GroupRule::ALL);
    let item_rule = require_choice(&f, "item_rule", ItemRule::ALL);
    let level_rule = require_choice(&f, "level_rule", LevelRule::ALL);
    let target_total = require_points(&f, "target_total");
    let note = f.text("note").unwrap_or_default();
    let sources = cited(&f, refs);
    let confidence = f.table("confidence").map_or(SURE, read_confidence);
    let instruments = read_instruments(&f);
    let levels = read_levels(&f);
    let scoring = (|| {
        Some(Scoring {
            total_rule: total_rule?,
            instrument_rule: instrument_rule?,
            indicator_rule: indicator_rule?,
            group_rule: group_rule?,
            item_rule: item_rule?,
            level_rule: level_rule?,
            target_total: target_total?,
            note,
            sources,
            confidence,
            instruments: instruments?,
            levels: levels?,
        })
    })();
    let sound = scoring.filter(|scoring| agrees(&f, scoring));
    f.finish();
    sound
}

const SURE: ScoringConfidence = ScoringConfidence {
    weights: Confidence::High,
    levels: Confidence::High,
    item_rule: Confidence::High,
    indicator_rule: Confidence::High,
    instrument_rule: Confidence::High,
};

fn read_confidence(f: Fields<'_>) -> ScoringConfidence {
    let read = ScoringConfidence {
        weights: confidence(&f, "weights"),
        levels: confidence(&f, "levels"),
        item_rule: confidence(&f, "item_rule"),
        indicator_rule: confidence(&f, "indicator_rule"),
        instrument_rule: confidence(&f, "instrument_rule"),
    };
    f.finish();
    read
}

fn require_points(f: &Fields<'_>, key: &'static str) -> Option<u8> {
    if !f.has(key) {
        f.missing(key);
    }
    points(f, key)
}

fn points(f: &Fields<'_>, key: &'static str) -> Option<u8> {
    number(f, key, 100).and_then(|n| u8::try_from(n).ok())
}

/// `None` when one of them can't be read.
fn read_instruments(f: &Fields<'_>) -> Option<Vec<Instrument>> {
    let tables = f.tables("instrument");
    let written = tables.len();
    let list: Vec<Instrument> = unique(f, tables, |i| {
        let id = require_choice(i, "id", InstrumentId::ALL);
        let title_th = i.require_text("title_th");
        let title_en = i.text("title_en").unwrap_or_else(|| title_th.clone());
        let weight = require_points(i, "weight");
        let instrument = Instrument {
            id: id?,
            title_th,
            title_en,
            weight: weight?,
        };
        Some((instrument.id.id().to_string(), instrument))
    })
    .into_iter()
    .map(|placed| placed.value)
    .collect();
    (list.len() == written).then_some(list)
}

/// `None` when one of them can't be read.
fn read_levels(f: &Fields<'_>) -> Option<Vec<Level>> {
    let tables = f.tables("level");
    let written = tables.len();
    let list: Vec<Level> = unique(f, tables, |l| {
        let id = require_slug(l, "id");
        let title_th = l.require_text("title_th");
        let title_en = l.text("title_en").unwrap_or_else(|| title_th.clone());
        let min_total = require_points(l, "min_total");
        let limited = l.has("min_each_instrument");
        let min_each_instrument = points(l, "min_each_instrument");
        let level = Level {
            id: id?,
            title_th,
            title_en,
            min_total: min_total?,
            min_each_instrument,
        };
        (limited == min_each_instrument.is_some()).then(|| (level.id.clone(), level))
    })
    .into_iter()
    .map(|placed| placed.value)
    .collect();
    (list.len() == written).then_some(list)
}

/// Whether weights and levels can be used together; says what can't.
fn agrees(f: &Fields<'_>, scoring: &Scoring) -> bool {
    let mut good = true;
    let mut check = |fine: bool, key: &str, th: &str, en: &str| {
        if !fine {
            good = false;
            f.report(Diagnostic::error("scoring", Say::new(th, en)).at(f.place_at(key)));
        }
    };
    let ids: Vec<InstrumentId> = scoring.instruments.iter().map(|i| i.id).collect();
    check(
        ids == [InstrumentId::Iit, InstrumentId::Eit, InstrumentId::Oit],
        "instrument",
        "ต้องมีเครื่องมือ IIT, EIT และ OIT อย่างละหนึ่ง ตามลำดับนี้",
        "there must be one instrument IIT, one EIT and one OIT, in this order",
    );
    let sum: u32 = scoring
        .instruments
        .iter()
        .map(|i| u32::from(i.weight))
        .sum();
    check(
        sum == 100,
        "instrument",
        &format!("น้ำหนักรวมกันได้ {sum} แทนที่จะเป็น 100"),
        &format!("the weights add up to {sum} instead of 100"),
    );
    let order: Vec<_> = scoring
        .levels
        .iter()
        .map(|l| (l.min_total, l.min_each_instrument))
        .collect();
    check(
        order.windows(2).all(|pair| pair[0] > pair[1]) && order.last() == Some(&(0, None)),
        "level",
        "ระดับต้องเรียงจากสูงลงต่ำโดยไม่ซ้ำกัน และระดับสุดท้ายต้องเริ่มที่ 0",
        "levels must fall from best to worst without repeating, and the last must begin at 0",
    );
    let limited = scoring
        .levels
        .iter()
        .any(|l| l.min_each_instrument.is_some());
    check(
        limited == (scoring.level_rule == LevelRule::TotalAndEachInstrument),
        "level_rule",
        "`level_rule` ไม่ตรงกับ `min_each_instrument` ของระดับ",
        "`level_rule` and `min_each_instrument` of the levels disagree",
    );
    check(
        order.iter().any(|(min, _)| *min == scoring.target_total),
        "target_total",
        "`target_total` ต้องเป็นคะแนนเริ่มต้นของระดับหนึ่ง",
        "`target_total` must be where one of the levels begins",
    );
    good
}
