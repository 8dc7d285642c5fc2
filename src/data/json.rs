//! JSON written in an order that people can read, the same bytes each time.

use std::fmt::Write as _;

/// A string with its quotes.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An object whose members keep the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Object(Vec<(String, String)>);

impl Object {
    pub fn new() -> Object {
        Object::default()
    }

    /// A member whose value is JSON already.
    #[must_use]
    pub fn raw(mut self, key: &str, json: impl Into<String>) -> Object {
        self.0.push((key.to_string(), json.into()));
        self
    }

    #[must_use]
    pub fn text(self, key: &str, text: &str) -> Object {
        self.raw(key, string(text))
    }

    /// Left out where there is none.
    #[must_use]
    pub fn maybe(self, key: &str, text: Option<&str>) -> Object {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    #[must_use]
    pub fn object(self, key: &str, object: &Object) -> Object {
        self.raw(key, object.json())
    }

    #[must_use]
    pub fn list(self, key: &str, items: &[Object]) -> Object {
        let items: Vec<String> = items.iter().map(Object::json).collect();
        self.raw(key, array(&items))
    }

    #[must_use]
    pub fn texts<T: AsRef<str>>(self, key: &str, items: &[T]) -> Object {
        let items: Vec<String> = items.iter().map(|i| string(i.as_ref())).collect();
        self.raw(key, format!("[{}]", items.join(",")))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// On one line.
    pub fn json(&self) -> String {
        let members: Vec<String> = self
            .0
            .iter()
            .map(|(key, value)| format!("{}:{value}", string(key)))
            .collect();
        format!("{{{}}}", members.join(","))
    }

    /// A whole file: a line for each member.
    pub fn file(&self) -> Vec<u8> {
        let members: Vec<String> = self
            .0
            .iter()
            .map(|(key, value)| format!("{}: {value}", string(key)))
            .collect();
        format!("{{\n{}\n}}\n", members.join(",\n")).into_bytes()
    }
}

/// A line for each entry.
pub fn array(items: &[String]) -> String {
    if items.is_empty() {
        return "[]".into();
    }
    format!("[\n{}\n]", items.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let odd = "ก \"ข\" \\ \n\t\u{1}\u{7f}\u{2028}";
        let written = Object::new().text("ก\"", odd).raw("n", "1.50").list(
            "list",
            &[
                Object::new().maybe("none", None),
                Object::new().texts("t", &["a"]),
            ],
        );
        for json in [written.json().into_bytes(), written.file()] {
            let read: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
            assert_eq!(read["ก\""], odd);
            assert_eq!(read["n"], 1.5);
            assert_eq!(read["list"][1]["t"][0], "a");
        }
    }
}
