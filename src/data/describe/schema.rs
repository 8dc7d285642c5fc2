//! JSON Schema (2020-12) of the JSON of each table.

use super::super::json::{Object, array, string};
use super::super::sets::url;
use super::super::{Data, Field, Kind};

fn of_type(kind: Kind, required: bool) -> Object {
    let null = |name: &str| {
        if required {
            string(name)
        } else {
            format!("[{},\"null\"]", string(name))
        }
    };
    match kind {
        Kind::Text | Kind::Url => Object::new().raw("type", null("string")),
        Kind::Choice(words) => {
            let mut all: Vec<String> = words.iter().map(|w| string(w)).collect();
            if !required {
                all.push("null".into());
            }
            Object::new().raw("enum", format!("[{}]", all.join(",")))
        }
        Kind::Integer => Object::new().raw("type", null("integer")),
        Kind::Money | Kind::Number => Object::new().raw("type", null("number")),
        Kind::Date => Object::new()
            .raw("type", null("string"))
            .text("format", "date"),
        Kind::Month => Object::new()
            .raw("type", null("string"))
            .text("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"),
        Kind::Flag => Object::new().raw("type", null("boolean")),
    }
}

fn row(fields: &[Field]) -> Object {
    let mut properties = Object::new();
    for field in fields {
        let property = of_type(field.kind, field.required)
            .text("title", &field.th)
            .text("description", &field.en);
        properties = properties.object(&field.name, &property);
    }
    let names: Vec<&str> = fields.iter().map(|f| &*f.name).collect();
    Object::new()
        .text("type", "object")
        .texts("required", &names)
        .raw("additionalProperties", "false")
        .object("properties", &properties)
}

pub fn schema(data: &Data, slug: &str, path: &str) -> Vec<u8> {
    // Tables of pages have the columns that their pages give them.
    let of_pages = slug == "tables";
    let set = data.sets().iter().find(|s| {
        if of_pages {
            s.is_of_page()
        } else {
            s.slug == slug
        }
    });
    let rows = match set {
        Some(set) if !of_pages => row(&set.table.fields),
        _ => Object::new().text("type", "object").object(
            "additionalProperties",
            &Object::new().texts("type", &["string", "number", "null"]),
        ),
    };
    let words = || {
        Object::new()
            .text("type", "object")
            .texts("required", &["th"])
            .object(
                "properties",
                &Object::new()
                    .object("th", &Object::new().text("type", "string"))
                    .object("en", &Object::new().text("type", "string")),
            )
    };
    let text = || Object::new().text("type", "string");
    let list = |items: &Object| Object::new().text("type", "array").object("items", items);
    let field = Object::new()
        .text("type", "object")
        .texts("required", &["name", "type", "th", "en"]);
    let properties = Object::new()
        .object("$schema", &text())
        .object("name", &text())
        .object(
            "year_be",
            &Object::new().texts("type", &["integer", "null"]),
        )
        .object("title", &words())
        .object("about", &words())
        .object("publisher", &words())
        .object(
            "as_of",
            &Object::new()
                .texts("type", &["string", "null"])
                .text("format", "date"),
        )
        .object("licence", &Object::new().text("type", "object"))
        .object("page", &text())
        .object("fields", &list(&field))
        .object("rows", &list(&rows));
    let title = match set {
        Some(set) if !of_pages => set.title.en.clone().unwrap_or_else(|| set.title.th.clone()),
        _ => "A table of a page, in its own columns".to_string(),
    };
    let required = [
        "name",
        "year_be",
        "title",
        "publisher",
        "as_of",
        "fields",
        "rows",
    ];
    let required: Vec<String> = required.iter().map(|r| string(r)).collect();
    Object::new()
        .text("$schema", "https://json-schema.org/draft/2020-12/schema")
        .text("$id", &url(data.site(), path))
        .text("title", &title)
        .text("type", "object")
        .raw("required", array(&required))
        .raw("additionalProperties", "false")
        .object("properties", &properties)
        .file()
}
