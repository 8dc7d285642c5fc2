//! One page for a notice board, with a QR code, for pages that are to be
//! found from paper: the survey, the complaint channels, and those that ask
//! for one with `poster = true`.

use crate::catalogue::TopicKind;
use crate::site::Site;
use crate::site::address::{Kind, Route};

use super::{Linker, page_of};

impl Linker {
    pub(super) fn posters(&mut self, site: &mut Site) {
        let of: Vec<Route> = site
            .routes
            .iter()
            .filter(|r| has_poster(site, r))
            .cloned()
            .collect();
        for route in of {
            self.add(
                site,
                &format!("{}poster/", route.address),
                route.lang,
                Kind::Poster(route.address.clone()),
                None,
            );
        }
    }
}

fn has_poster(site: &Site, route: &Route) -> bool {
    match &route.kind {
        Kind::Redirect(_) | Kind::NotFound | Kind::Poster(_) => false,
        Kind::Eit(_) => true,
        Kind::Topic(year, index) => {
            let topic = site.years.get(year).and_then(|y| y.topics.get(*index));
            let channels =
                topic.is_some_and(|t| t.kind == TopicKind::ComplaintChannels && t.is_published());
            channels || asks(site, route)
        }
        _ => asks(site, route),
    }
}

fn asks(site: &Site, route: &Route) -> bool {
    page_of(site, &route.kind).is_some_and(|p| p.poster)
}
