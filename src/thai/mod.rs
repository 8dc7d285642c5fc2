//! Thai text as data: digits, dates, periods, money, what text is stored as,
//! and the order words stand in.
//!
//! Nothing here knows of files or pages. Readers take what officials write
//! (Thai or Arabic digits, Buddhist or Christian era, dots or none); whatever
//! can't be read comes back as an error that says, in both languages, what is
//! wrong and what to write.

mod blanks;
mod citizen;
mod date;
mod digits;
mod money;
mod normalise;
mod number_runs;
mod order;
mod period;
mod substance;
mod terms;
mod typography;
mod years;

#[cfg(test)]
mod testing;

pub use blanks::{Blank, blank_in};
pub use citizen::{
    CitizenNumber, Writing, citizen_numbers, is_barcode, is_citizen_number, mask_citizen_numbers,
};
pub use date::{Date, DateError, Month};
pub use digits::{be_year, group_digits, to_arabic, to_thai};
pub use money::{Baht, NumberError, Percent, Score, parse_count, percent};
pub use normalise::{fold_key, look, normalise};
pub use number_runs::{NumberRun, is_unseen, number_runs};
pub use order::{clusters, sort_key};
pub use period::{Period, PeriodProblem, Recurrence};
pub use substance::{Substance, is_placeholder, only_points, only_tells_state, substance};
pub use terms::{Term, fold, terms};
pub use typography::bind;
pub use years::{YearMention, year_mentions};
