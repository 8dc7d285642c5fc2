//! What stands in a cell, and what a column means.

use std::borrow::Cow;

use crate::thai::{Baht, Date, Month, Percent, Score};

/// A cell. Empty is unknown; zero is zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Empty,
    Text(String),
    Integer(i64),
    /// In satang.
    Money(i64),
    /// A number as its plain digits: `86.90`, `-3`.
    Number(String),
    Date(Date),
    Month(Month),
    Flag(bool),
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// One of a few fixed words.
    Choice(&'static [&'static str]),
    Integer,
    /// Baht with two decimals.
    Money,
    Number,
    Date,
    /// `2024-10`, in the Christian era.
    Month,
    Flag,
    Url,
}

/// A column: its name for machines, its headings for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: Cow<'static, str>,
    pub th: Cow<'static, str>,
    pub en: Cow<'static, str>,
    pub kind: Kind,
    pub required: bool,
    /// In letters, as a spreadsheet shows it.
    pub width: u16,
}

impl Field {
    pub const fn new(name: &'static str, th: &'static str, en: &'static str, kind: Kind) -> Field {
        let width = match kind {
            Kind::Integer | Kind::Flag | Kind::Number => 11,
            Kind::Money | Kind::Date | Kind::Month | Kind::Choice(_) => 15,
            Kind::Text | Kind::Url => 26,
        };
        Field {
            name: Cow::Borrowed(name),
            th: Cow::Borrowed(th),
            en: Cow::Borrowed(en),
            kind,
            required: false,
            width,
        }
    }

    #[must_use]
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    #[must_use]
    pub const fn wide(mut self, width: u16) -> Field {
        self.width = width;
        self
    }
}

impl Value {
    pub fn is_empty(&self) -> bool {
        matches!(self, Value::Empty)
    }

    /// For CSV: numbers plain, days and months in ISO 8601.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Value::Empty => Cow::Borrowed(""),
            Value::Text(text) | Value::Number(text) => Cow::Borrowed(text),
            Value::Integer(n) => Cow::Owned(n.to_string()),
            Value::Money(satang) => Cow::Owned(Baht(*satang).plain()),
            Value::Date(date) => Cow::Owned(date.iso()),
            Value::Month(month) => Cow::Owned(iso_month(*month)),
            Value::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        }
    }

    /// For JSON: `null`, a number, a truth value or a string.
    pub fn json(&self) -> String {
        match self {
            Value::Empty => "null".into(),
            Value::Integer(_) | Value::Money(_) | Value::Number(_) | Value::Flag(_) => {
                self.plain().into_owned()
            }
            Value::Text(_) | Value::Date(_) | Value::Month(_) => super::json::string(&self.plain()),
        }
    }
}

/// `2024-10`.
pub fn iso_month(month: Month) -> String {
    let first = month.first_day();
    format!("{:04}-{:02}", first.year_ce(), first.month())
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        if text.is_empty() {
            Value::Empty
        } else {
            Value::Text(text.to_string())
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        if text.is_empty() {
            Value::Empty
        } else {
            Value::Text(text)
        }
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

impl From<u16> for Value {
    fn from(n: u16) -> Value {
        Value::Integer(n.into())
    }
}

impl From<u8> for Value {
    fn from(n: u8) -> Value {
        Value::Integer(n.into())
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Integer(n)
    }
}

impl From<usize> for Value {
    fn from(n: usize) -> Value {
        Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<Baht> for Value {
    fn from(amount: Baht) -> Value {
        Value::Money(amount.0)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl From<Month> for Value {
    fn from(month: Month) -> Value {
        Value::Month(month)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl From<Percent> for Value {
    fn from(percent: Percent) -> Value {
        Value::Number(percent.to_string())
    }
}

impl From<Score> for Value {
    fn from(score: Score) -> Value {
        Value::Number(score.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}
