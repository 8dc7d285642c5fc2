//! What a local government discloses, whatever the year and item number.

use std::sync::Arc;

use super::words::words;

/// The id of a [`Topic`]: lower-case words joined by `-`, the same in every
/// year. Shared, as items and elements repeat it.
pub type TopicId = Arc<str>;

/// A disclosure topic. Pages are written for topics, so that they outlive the
/// yearly renumbering of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    pub title_th: String,
    pub title_en: String,
    pub kind: TopicKind,
    pub about_th: String,
    pub about_en: String,
}

words! {
    /// The sort of page or data that serves a topic best.
    pub enum TopicKind {
        Prose = "prose",
        People = "people",
        Contact = "contact",
        News = "news",
        Faq = "faq",
        Social = "social",
        Plan = "plan",
        Progress = "progress",
        Budget = "budget",
        Procurement = "procurement",
        Statistics = "statistics",
        Manuals = "manuals",
        EService = "e-service",
        ComplaintChannels = "complaint-channels",
        ComplaintStatistics = "complaint-statistics",
        Participation = "participation",
        Policy = "policy",
        Risk = "risk",
        Measures = "measures",
        MeasuresReport = "measures-report",
    }
}
