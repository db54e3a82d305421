//! The page for programmers: the description of the API, to read.

use askama::Template;
use serde_json::Value;

use super::{Asked, Frame, Page, render};
use crate::server::openapi;
use crate::texts;

#[derive(Template)]
#[template(path = "developers.html")]
struct DevelopersPage {
    frame: Frame,
    operations: Vec<Operation>,
}

/// An address of the API.
struct Operation {
    path: String,
    summary: String,
    /// An example that can be opened, for an address without a part to fill in.
    example: Option<String>,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    is_required: bool,
    description: String,
    /// The values that it takes: a choice, a kind, or bounds.
    values: String,
}

pub(super) async fn page(asked: Asked) -> Page {
    let document = openapi::document();
    let paths = document["paths"].as_object().into_iter().flatten();
    let title = texts::pages(asked.language).for_programs();
    render(&DevelopersPage {
        operations: paths.map(|(path, item)| operation(path, &item["get"])).collect(),
        frame: asked.frame(title, String::new()),
    })
}

fn operation(path: &str, described: &Value) -> Operation {
    let parameters: Vec<Parameter> =
        described["parameters"].as_array().into_iter().flatten().map(parameter).collect();
    let has_query = parameters.iter().any(|parameter| parameter.name == "q");
    let is_complete = parameters.iter().all(|parameter| !parameter.is_required || parameter.name == "q");
    // Percent-encoded, so that it can be copied into any program.
    let example = if has_query { format!("{path}?q=%E9%80%A3%E6%90%BA") } else { path.to_owned() };
    Operation {
        path: path.to_owned(),
        summary: text(&described["summary"]),
        example: is_complete.then_some(example),
        parameters,
    }
}

fn parameter(described: &Value) -> Parameter {
    Parameter {
        name: text(&described["name"]),
        is_required: described["required"] == true,
        description: text(&described["description"]),
        values: values(&described["schema"]),
    }
}

/// Tells which values a schema allows.
fn values(schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().map(text).collect::<Vec<_>>().join(", ");
    }
    let kind = match schema["type"].as_str() {
        Some("array") => return format!("{} …", values(&schema["items"])),
        Some("integer") => match (schema["minimum"].as_u64(), schema["maximum"].as_u64()) {
            (Some(least), Some(most)) => format!("{least}–{most}"),
            _ => "integer".to_owned(),
        },
        Some("boolean") => "true, false".to_owned(),
        kind => kind.unwrap_or_default().to_owned(),
    };
    match &schema["default"] {
        Value::Null => kind,
        default => format!("{kind} [{}]", text(default)),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_told_in_a_few_words() {
        for (schema, told) in [
            (json!({ "type": "string" }), "string"),
            (json!({ "type": "string", "enum": ["all", "any"] }), "all, any"),
            (json!({ "type": "array", "items": { "type": "string" } }), "string …"),
            (json!({ "type": "integer", "minimum": 0, "maximum": 9, "default": 3 }), "0–9 [3]"),
            (json!({ "type": "boolean", "default": false }), "true, false [false]"),
        ] {
            assert_eq!(values(&schema), told);
        }
    }
}
