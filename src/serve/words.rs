//! The fixed words of the preview's bar and panels, in `words.json`: each with
//! Thai and English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::Lang;

type Words = BTreeMap<String, BTreeMap<String, String>>;

static WORDS: LazyLock<Words> =
    LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());

/// Every word by its key.
pub fn all(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    WORDS
        .iter()
        .filter_map(|(key, word)| Some((key.as_str(), word.get(lang.id())?.as_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        let (th, en) = (all(Lang::Th), all(Lang::En));
        assert!(th.len() > 20);
        assert!(th.keys().eq(en.keys()));
        assert!(th.values().chain(en.values()).all(|w| !w.trim().is_empty()));
    }
}
