//! Telephone numbers and addresses of e-mail, as people write them.

use crate::diagnostic::{Diagnostic, Say};
use crate::fields::Fields;
use crate::thai::{self, Substance};

/// Whether a text as a whole is an address of e-mail.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    !name.is_empty()
        && !name.contains(char::is_whitespace)
        && host.contains('.')
        && host.split('.').all(is_label)
}

/// The field `email`: one address, or several with words beside them.
pub fn check_email(f: &Fields<'_>, written: Option<&str>) {
    let Some(written) = written.filter(|t| !is_mark(t)) else {
        return;
    };
    let marks = |c: char| c.is_whitespace() || ",;()<>/|".contains(c);
    let parts = || written.split(marks).map(|p| p.trim_matches(['.', ':']));
    let is_broken = |part: &str| part.contains('@') && !is_email(part);
    if parts().any(is_email) && !parts().any(is_broken) {
        return;
    }
    let joined: String = written.split_whitespace().collect();
    f.report(
        Diagnostic::warning(
            "bad-email",
            Say::new(
                format!("“{written}” ไม่ใช่ที่อยู่อีเมล"),
                format!("“{written}” is no e-mail address"),
            ),
        )
        .at(f.place_at("email"))
        .hint(if is_email(&joined) {
            Say::new(
                format!("หมายถึง “{joined}” หรือไม่"),
                format!("did you mean “{joined}”?"),
            )
        } else {
            Say::new(
                "ที่อยู่อีเมลเขียนเป็น ชื่อ@โดเมน ไม่มีช่องว่าง เช่น saraban@example.go.th",
                "an address is name@domain without a space, such as saraban@example.go.th",
            )
        }),
    );
}

/// The field `phone`: a number that begins with 0 has nine digits or ten.
pub fn check_phone(f: &Fields<'_>, phone: Option<&str>) {
    let Some(phone) = phone else {
        return;
    };
    let arabic = thai::to_arabic(phone);
    let digits: String = arabic.chars().filter(char::is_ascii_digit).collect();
    let is_number = arabic
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–.()".contains(c));
    if is_number && digits.starts_with('0') && digits.len() < 9 {
        f.report(
            Diagnostic::warning(
                "short-phone",
                Say::new(
                    format!("หมายเลขโทรศัพท์ “{phone}” มีเพียง {} หลัก", digits.len()),
                    format!(
                        "the telephone number “{phone}” has only {} digits",
                        digits.len()
                    ),
                ),
            )
            .at(f.place_at("phone")),
        );
    }
}

fn is_mark(text: &str) -> bool {
    thai::substance(text) == Substance::Nothing
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn an_address_has_a_name_and_a_host_of_two_parts() {
        for good in ["a@b.go.th", "sara.ban+1@mail-x.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "a.b.go.th",
            "a@",
            "@b.th",
            "a@b",
            "a@b..th",
            "a b@c.th",
            "a@b@c.th",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
