//! Writing HTML text: what must be escaped is escaped here and nowhere else.

/// Appends `text` with `& < > "` escaped; safe in text and in attributes in
/// double quotes.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let mut chars = after.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape(&mut out, text);
    out
}

/// ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}
