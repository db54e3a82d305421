//! The conditions of a search: as chips, each with the way out of it, and as fields of a form.

use gijiroku::Language;
use gijiroku::conditions::{Facet, Parameter};

use super::fields;
use crate::server::parameters::SearchParameters;
use crate::texts;

/// A condition of the search, and the address of the search without it.
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) without: String,
}

/// Returns the conditions of a search, each with the address of the search without it.
pub(super) fn chips(search: &SearchParameters, language: Language) -> Vec<Chip> {
    let of_condition = |(parameter, value): (Parameter, &str)| {
        let without = search.without(parameter, value).at("/search");
        let of_field = if parameter == Parameter::Field { fields::condition(value) } else { None };
        match of_field {
            Some((field, value)) => {
                Chip { label: fields::label(&field, language).to_owned(), value, without }
            }
            None => {
                Chip { label: language.label(parameter.label()).to_owned(), value: value.to_owned(), without }
            }
        }
    };
    let mut chips: Vec<Chip> = search.conditions.iter().map(of_condition).collect();
    let texts = texts::pages(language);
    let mut add = |value: String, without: SearchParameters| {
        chips.push(Chip { label: texts.manner(), value, without: without.at("/search") });
    };
    if search.others.exact {
        add(texts.exactly(), search.changed(|search| search.others.exact = false));
    }
    if search.others.matching.as_deref() == Some("any") {
        add(texts.any_word(), search.changed(|search| search.others.matching = None));
    }
    let of_tier = match search.others.tier.as_deref() {
        Some("first") => Some(texts.without_some()),
        Some("any") => Some(texts.with_some()),
        _ => None,
    };
    if let Some(of_tier) = of_tier {
        add(of_tier, search.changed(|search| search.others.tier = None));
    }
    if search.others.collapse {
        add(texts.one_of_alike(), search.changed(|search| search.others.collapse = false));
    }
    chips
}

/// Returns what the form has no field for, so that it is sent all the same. The form has fields for the facets with
/// a list, for the limits of the dates, for how to search, and, if `has_orders`, for the order and the groups.
pub(super) fn hidden(
    search: &SearchParameters,
    has_list: impl Fn(&Facet) -> bool,
    has_orders: bool,
) -> Vec<(&'static str, String)> {
    let has_field = |parameter: Parameter, value: &str| match parameter {
        Parameter::Facet(facet) => has_list(facet),
        Parameter::Field => fields::condition(value).is_some_and(|(field, _)| has_list(&field)),
        Parameter::From | Parameter::To => true,
        _ => false,
    };
    let conditions = search.conditions.iter().filter(|&(parameter, value)| !has_field(parameter, value));
    let mut hidden: Vec<_> =
        conditions.map(|(parameter, value)| (parameter.name(), value.to_owned())).collect();
    let others = &search.others;
    let mut add = |name, value: Option<String>| hidden.extend(value.map(|value| (name, value)));
    add("limit", others.limit.map(|limit| limit.to_string()));
    add("tier", others.tier.clone().filter(|tier| tier != "first"));
    add("match", others.matching.clone().filter(|matching| matching != "any"));
    if !has_orders {
        add("sort", others.sort.clone());
        add("group_by", others.group_by.clone());
    }
    hidden
}
