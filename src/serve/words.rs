//! The fixed words of the preview's bar and panels.

use serde_json::{Map, Value};

use crate::diagnostic::Lang;

/// Key, Thai, English.
const WORDS: &[(&str, &str, &str)] = &[];

pub fn all(lang: Lang) -> Map<String, Value> {
    WORDS
        .iter()
        .map(|(key, th, en)| {
            let word = if lang == Lang::Th { th } else { en };
            ((*key).to_string(), Value::from(*word))
        })
        .collect()
}
