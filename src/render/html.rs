//! Writing HTML text: what must be escaped is escaped here and nowhere else.

/// Appends `text` with `& < > "` escaped; safe in text and in attributes in
/// double quotes.
pub fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let to = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(to);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape(&mut out, text);
    out
}

/// An address to be read: it may break after a slash, a dot or a dash.
pub fn url(address: &str) -> String {
    let mut out = String::with_capacity(address.len() * 2);
    for piece in address.split_inclusive(['/', '.', '-', '?', '&', '=']) {
        escape(&mut out, piece);
        if !piece.starts_with('/') || piece.len() > 1 {
            out.push_str("<wbr>");
        }
    }
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
