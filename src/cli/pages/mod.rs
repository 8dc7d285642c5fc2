//! Pages that a command writes to be printed or sent: each is one file with
//! all that it needs.

use serde_json::{Value, json};
use tera::{Context, Tera};

const STYLE: &str = include_str!("paper.css");

/// Fills in `readiness.html`.
pub fn readiness(values: Value) -> Result<String, tera::Error> {
    fill("readiness.html", include_str!("readiness.html"), values)
}

/// Fills in `answers.html`.
pub fn answers(values: Value) -> Result<String, tera::Error> {
    fill("answers.html", include_str!("answers.html"), values)
}

fn fill(name: &str, template: &str, mut values: Value) -> Result<String, tera::Error> {
    // Texts are escaped, as the template's name ends so.
    let mut tera = Tera::default();
    tera.add_raw_template(name, template)?;
    if let Some(map) = values.as_object_mut() {
        map.insert("style".into(), json!(STYLE));
    }
    tera.render(name, &Context::from_serialize(&values)?)
}
