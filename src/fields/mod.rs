//! Named values with the place of each: the one way in which TOML, front
//! matter and rows of spreadsheets become records.
//!
//! A reader asks a [`Fields`] for each field it knows; what was never asked
//! for is reported as unknown, every one of them, with the nearest known name.

mod node;
mod read;
mod slips;
mod toml_text;

pub use node::{Entry, Node, Table, Value};
pub use read::{Fields, Findings, Header, Written, is_address};
pub use toml_text::{FrontMatter, HeadFault, parse_toml, split_front_matter};
