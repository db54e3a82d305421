//! Extra fields on the page of a search: which have a list of their values, and how a condition on one is told.

use gijiroku::Language;
use gijiroku::conditions::{Condition, Facet, Filter, Parameter};

/// Maximum number of fields with a list, and of those whose lists are open; the others are folded.
pub(super) const MOST: usize = 8;
pub(super) const OPEN: usize = 3;

/// Returns the field and the value of a condition as it was sent: `会派=青空の会`.
pub(super) fn condition(sent: &str) -> Option<(Facet, String)> {
    match Filter::field(sent).ok()?.condition() {
        Condition::Value(field, value) => Some((field.clone(), value.clone())),
        _ => None,
    }
}

/// Returns the name of a facet for people. An extra field has the name of its column, but for those whose columns go by
/// several names.
pub(super) fn label(facet: &Facet, language: Language) -> &str {
    language.label(match facet.name() {
        "field:party" => Parameter::Party.label(),
        "field:role" => Parameter::Role.label(),
        _ => facet.label(),
    })
}

/// Returns the name of a facet as it stands inside a sentence.
pub(super) fn inside(label: &str, language: Language) -> String {
    match language {
        Language::Japanese => label.to_owned(),
        Language::English => label.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_on_a_field_has_its_name_and_its_value() {
        let told = |sent| {
            condition(sent).map(|(field, value)| format!("{} {value}", label(&field, Language::Japanese)))
        };
        assert_eq!(told("party=青空の会").as_deref(), Some("会派 青空の会"));
        assert_eq!(told("選挙区＝北区").as_deref(), Some("選挙区 北区"));
        assert_eq!(told("北区"), None);
        assert_eq!(label(&Facet::Speaker, Language::English), "Speaker");
    }
}
