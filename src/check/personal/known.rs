//! Contacts that the agency publishes as its own.

use std::collections::BTreeSet;

use crate::content::agency::Person;
use crate::site::Site;

use super::contact_numbers::{mobiles, private_emails};
use super::words::squeezed;

/// What may stand anywhere, since the agency gives it out.
#[derive(Default)]
pub struct Known {
    phones: BTreeSet<String>,
    emails: BTreeSet<String>,
    /// Squeezed names of the agency, its units and its people.
    names: BTreeSet<String>,
    /// Squeezed names of the agency alone.
    pub agency: Vec<String>,
}

/// Parts of names that no person has: offices, machines and programs.
const NO_PERSON: &[&str] = &[
    "เทศบาล",
    "องค์การบริหาร",
    "อบต",
    "อบจ",
    "กอง",
    "สำนัก",
    "งาน",
    "ฝ่าย",
    "admin",
    "user",
    "office",
    "microsoft",
    "windows",
    "canon",
    "ricoh",
    "xerox",
    "epson",
    "scanner",
    "asus",
    "acer",
    "lenovo",
    "dell",
    "openpyxl",
    "python",
    "typst",
    "word",
    "excel",
    "canva",
    "adobe",
    "anonymous",
    "unknown",
    "pc",
    "hp",
    "com",
    "municipality",
    "oit",
    "ita",
];

impl Known {
    pub fn of(site: &Site) -> Known {
        let content = &site.content;
        let agency = &content.settings.agency;
        let mut known = Known::default();
        known.contact(Some(&agency.phone));
        known.contact(agency.fax.as_deref());
        known.contact(agency.email.as_deref());
        for channel in &content.channels {
            for text in [&channel.phone, &channel.email, &channel.account] {
                known.contact(text.as_deref());
            }
            known.contact(channel.note.as_ref().map(|n| n.th.as_str()));
        }
        for unit in &content.units {
            known.contact(unit.phone.as_deref());
            known.contact(unit.email.as_deref());
            known.names.insert(squeezed(&unit.name.th));
        }
        let of_years = content.years.values().filter_map(|y| y.people.as_ref());
        for person in content.people.iter().chain(of_years.flatten()) {
            known.person(person);
        }
        for name in [
            Some(&agency.name.th),
            agency.short_name.as_ref().map(|n| &n.th),
        ]
        .into_iter()
        .flatten()
        {
            known.agency.push(squeezed(name));
        }
        known
    }

    fn person(&mut self, person: &Person) {
        self.contact(person.phone.as_deref());
        self.contact(person.email.as_deref());
        let names = person
            .name
            .iter()
            .flat_map(|n| [Some(&n.th), n.en.as_ref()]);
        self.names.extend(names.flatten().map(|n| squeezed(n)));
    }

    fn contact(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        self.phones
            .extend(mobiles(text).into_iter().map(|h| h.value));
        self.emails
            .extend(private_emails(text).into_iter().map(|h| h.value));
    }

    pub fn is_phone(&self, digits: &str) -> bool {
        self.phones.contains(digits)
    }

    pub fn is_email(&self, address: &str) -> bool {
        self.emails.contains(address)
    }

    /// Whether the author of a file needs no word: no person, or one whose
    /// name the site tells anyway.
    pub fn is_author(&self, name: &str) -> bool {
        let name = squeezed(name);
        let is_named = |known: &String| name.contains(known.as_str()) || known.contains(&name);
        // A short word may be a part of any name.
        let is_thing = |word: &str| match word.len() {
            ..=3 => name == word,
            _ => name.contains(word),
        };
        let has_word = name.chars().filter(|c| c.is_alphabetic()).count() > 2;
        !has_word
            || self.names.iter().any(is_named)
            || self.agency.iter().any(is_named)
            || NO_PERSON.iter().any(|w| is_thing(w))
    }
}
