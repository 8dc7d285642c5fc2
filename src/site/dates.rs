//! How current things are: from what the content says, never from the time of
//! a build or of a file.

use crate::catalogue::TopicKind;
use crate::content::page::Page;
use crate::thai::Date;

use super::address::Kind;
use super::link::page_of;
use super::{Site, TopicPage};

/// The day that the records of a topic's page speak of.
fn records_date(site: &Site, year: u16, topic: &TopicPage) -> Option<Date> {
    let item = site.item(year, topic.item)?;
    let of = Site::record_year(year, item.period_kind);
    match topic.kind {
        TopicKind::Budget => site.budgets.get(&of)?.as_of,
        TopicKind::Procurement => site.procurement.get(&of)?.as_of,
        TopicKind::ComplaintStatistics => site.complaints.get(&of)?.as_of,
        TopicKind::News => super::prove::news_of(site, of, &topic.topic)
            .map(|n| n.date)
            .max(),
        _ => None,
    }
}

/// The newest date that a topic's page or its records give.
pub fn topic_updated(site: &Site, year: u16, topic: &TopicPage) -> Option<Date> {
    let text = site
        .topic_text(year, topic)
        .and_then(|p| p.updated.as_ref())
        .map(|d| d.value);
    let records = topic
        .has_data
        .then(|| records_date(site, year, topic))
        .flatten();
    text.max(records)
}

/// The newest date on any page of an item.
pub fn item_updated(site: &Site, year: u16, item: usize) -> Option<Date> {
    let topics = &site.years.get(&year)?.topics;
    topics
        .iter()
        .filter(|t| t.item == item)
        .filter_map(|t| topic_updated(site, year, t))
        .max()
}

/// The words of the topic's page that shows the same records as a page made of
/// records alone, of the newest year that has one: they say which unit answers
/// for the records, and as of which day.
pub fn vouching<'s>(site: &'s Site, kind: &Kind) -> Option<&'s Page> {
    let shows = |year: u16, topic: &TopicPage| {
        let covered = topic.covers.iter().filter_map(|t| site.topic(t));
        let mut kinds = std::iter::once(topic.kind).chain(covered.map(|t| t.kind));
        match kind {
            Kind::People => {
                let own = site.content.years.get(&year).map(|y| y.people.is_some());
                own == Some(false) && kinds.any(|k| k == TopicKind::People)
            }
            Kind::Contact => kinds.any(|k| k == TopicKind::Contact),
            Kind::Procurement(fiscal) | Kind::ProcurementMonth(fiscal, _) => {
                let item = site.item(year, topic.item);
                let of = item.map(|i| Site::record_year(year, i.period_kind));
                of == Some(*fiscal) && topic.has_data && kinds.any(|k| k == TopicKind::Procurement)
            }
            Kind::Progress(of) => {
                year == *of && topic.kind == TopicKind::MeasuresReport && topic.is_published()
            }
            _ => false,
        }
    };
    let newest_first = site.years.iter().rev();
    newest_first
        .flat_map(|(year, of_year)| of_year.topics.iter().map(move |t| (*year, t)))
        .filter(|(year, topic)| shows(*year, topic))
        .find_map(|(year, topic)| site.topic_text(year, topic))
}

/// When what a page shows last changed.
pub fn page_updated(site: &Site, kind: &Kind) -> Option<Date> {
    let text = || {
        page_of(site, kind)
            .and_then(|p| p.updated.as_ref())
            .map(|d| d.value)
    };
    match kind {
        Kind::Topic(year, index) => {
            let topic = site.years.get(year)?.topics.get(*index)?;
            topic_updated(site, *year, topic)
        }
        Kind::Item(year, item) => item_updated(site, *year, *item),
        Kind::YearIndex(year) => {
            let all = site.years.get(year)?.disclosures.iter();
            all.filter_map(|d| item_updated(site, *year, d.item)).max()
        }
        Kind::News(index) => text().max(site.news_item(*index).map(|n| n.date)),
        Kind::NewsList => site.news.first().map(|n| n.date),
        Kind::Home => text().max(site.news.first().map(|n| n.date)),
        Kind::Procurement(fy) | Kind::ProcurementMonth(fy, _) => site.procurement.get(fy)?.as_of,
        Kind::Progress(year) => ["integrity-measures-report", "integrity-measures"]
            .into_iter()
            .find_map(|t| topic_updated(site, *year, site.topic_page(*year, t)?)),
        Kind::Data => {
            let records = site.procurement.values().filter_map(|p| p.as_of);
            let budgets = site.budgets.values().filter_map(|b| b.as_of);
            let complaints = site.complaints.values().filter_map(|c| c.as_of);
            records.chain(budgets).chain(complaints).max()
        }
        Kind::Contact | Kind::People => {
            let said = vouching(site, kind).and_then(|p| p.updated.as_ref());
            let people = site.content.people.iter().filter(|_| *kind == Kind::People);
            // Nobody comes into office after the day that a list speaks of.
            let since = people.filter_map(|p| p.since.as_ref()).map(|d| d.value);
            let since = since.filter(|d| *d <= site.options.today).max();
            said.map(|d| since.map_or(d.value, |s| s.max(d.value)))
        }
        _ => text(),
    }
}
