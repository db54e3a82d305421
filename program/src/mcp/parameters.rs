//! The arguments of the tools.

use std::borrow::Cow;

use gijiroku::conditions::{Conditions, Parameter};
use rmcp::schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

/// The arguments of a tool, with the conditions on opinions among them under their usual names.
///
/// Serde can't both flatten a type and reject unknown fields, so the conditions are taken out by name.
#[derive(Debug)]
pub(super) struct Filtered<T> {
    pub(super) conditions: Conditions,
    pub(super) others: T,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Filtered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let arguments = Map::<String, Value>::deserialize(deserializer)?;
        let is_condition = |name: &String| Parameter::named(name).is_some();
        let (conditions, others): (Map<String, Value>, Map<String, Value>) = arguments
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .partition(|(name, _)| is_condition(name));
        Ok(Self {
            conditions: serde_json::from_value(conditions.into()).map_err(D::Error::custom)?,
            others: serde_json::from_value(others.into()).map_err(D::Error::custom)?,
        })
    }
}

impl<T: JsonSchema> JsonSchema for Filtered<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Filtered{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        let Some(properties) = schema.ensure_object().get_mut("properties").and_then(Value::as_object_mut)
        else {
            return schema;
        };
        for parameter in Parameter::all() {
            let string = json!({ "type": "string" });
            let (kind, help) = (if parameter.is_list() { "array" } else { "string" }, parameter.help());
            let mut condition = json!({ "type": kind, "description": help });
            if parameter.is_list() {
                condition["items"] = string;
            }
            properties.insert(parameter.name().to_owned(), condition);
        }
        schema
    }

    fn inline_schema() -> bool {
        true
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct SearchParameters {
    /// What to search for, in Japanese: words (all must match), a sentence, "a phrase", words with OR or -
    pub(super) query: String,
    /// Maximum number of hits to return, at most 50 [default: 10]
    pub(super) limit: Option<usize>,
    /// Number of hits to skip first
    #[serde(default)]
    pub(super) offset: usize,
    /// "first" for only opinions with all words, "any" also for those with only some of them [default: any]
    pub(super) tier: Option<String>,
    /// Search the words exactly as typed: no synonyms, no other spellings
    #[serde(default)]
    pub(super) exact: bool,
    /// Maximum number of bytes of the answer, at most 100000 [default: 12000]
    pub(super) max_bytes: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct GetParameters {
    /// The id of an opinion, as returned by `search`
    pub(super) id: String,
    /// Number of characters of the text to skip first: `next_skip` of an answer that has a part of it
    #[serde(default)]
    pub(super) skip: usize,
    /// Maximum number of bytes of the answer, at most 100000 [default: 12000]
    pub(super) max_bytes: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct ContextParameters {
    /// The id of an opinion, as returned by `search`
    pub(super) id: String,
    /// Number of opinions to return before it and after it, at most 30 [default: 3]
    pub(super) neighbours: Option<u64>,
    /// Maximum number of bytes of the answer, at most 100000 [default: 12000]
    pub(super) max_bytes: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct CompareParameters {
    /// What to search for, in Japanese
    pub(super) query: String,
    /// Count by region, section, speaker, meeting, body, date, year, fiscal-year, month, or field:NAME for an
    /// extra field [default: region]
    pub(super) by: Option<String>,
    /// Maximum number of rows to return, at most 500 [default: as many as the bytes allow]
    pub(super) limit: Option<usize>,
    /// Number of rows to skip first
    #[serde(default)]
    pub(super) offset: usize,
    /// Maximum number of bytes of the answer, at most 100000 [default: 12000]
    pub(super) max_bytes: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_arguments_and_what_is_unknown_is_an_error() {
        let read = |arguments: Value| serde_json::from_value::<Filtered<SearchParameters>>(arguments);
        let given = read(
            json!({ "query": "連携", "region": "世田谷区", "year": ["2017", "2018"], "limit": 3, "to": null }),
        );
        let Filtered { conditions, others } = given.unwrap();
        assert_eq!(conditions.iter().count(), 3);
        assert_eq!((others.query.as_str(), others.limit), ("連携", Some(3)));
        for arguments in
            [json!({ "query": "連携", "regions": ["x"] }), json!({ "query": "連携", "region": 3 })]
        {
            assert!(read(arguments.clone()).is_err(), "{arguments}");
        }
    }

    #[test]
    fn the_schema_has_every_condition() {
        let schema = SchemaGenerator::default().into_root_schema_for::<Filtered<CompareParameters>>();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap();
        assert!(
            Parameter::all().all(|parameter| properties.contains_key(parameter.name())),
            "{properties:?}"
        );
        assert!(properties.contains_key("query") && properties.contains_key("by"));
        assert_eq!(schema.get("additionalProperties"), Some(&json!(false)));
    }
}
