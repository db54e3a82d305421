//! Resolution of the name of a region or a section to a value of the index.

use std::fmt;

use crate::analysis::NormalizedText;
use crate::conditions::Facet;
use crate::language::{Language, Localized};
use crate::minutes::Regions;

/// A region or a section that no opinion of the index has. It prints as one line that names the nearest
/// values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct UnknownFacetValue {
    /// The facet.
    pub facet: Facet,
    /// The requested value.
    pub value: String,
    /// The nearest values, best first; a municipality with its region in brackets.
    pub nearest: Vec<String>,
    /// The values that exist in the index.
    pub existing: Vec<String>,
}

/// Maximum numbers of nearest and of existing values in an error message.
const NEAREST: usize = 3;
const EXISTING: usize = 20;

/// Finds the requested values among those of the index. The name must match one exactly, except for the width and the case of its
/// characters and the brackets around a section. A municipality stands for its region. A part of a title stands for all sections
/// with it; a part of another name stands for none, because 東部 is neither 区東部 nor 区東北部.
pub(super) fn resolve(
    facet: &Facet,
    asked: &str,
    values: &[String],
    regions: &Regions,
) -> Result<Vec<String>, UnknownFacetValue> {
    let wanted = spelling(asked);
    let find = |wanted: &str| values.iter().find(|value| spelling(value) == wanted).cloned();
    let of_municipality = || match facet {
        Facet::Region => regions.of_municipality(&wanted).and_then(|region| find(&spelling(region))),
        _ => None,
    };
    if let Some(value) = find(&wanted).or_else(of_municipality) {
        return Ok(vec![value]);
    }
    let is_part = |value: &&String| *facet == Facet::Section && spelling(value).contains(&wanted);
    let containing: Vec<String> = values.iter().filter(is_part).cloned().collect();
    if !wanted.is_empty() && !containing.is_empty() {
        return Ok(containing);
    }
    Err(UnknownFacetValue {
        facet: facet.clone(),
        value: asked.to_owned(),
        nearest: nearest(facet, &wanted, values, regions),
        existing: values.to_vec(),
    })
}

/// Returns the values nearest to the requested one: first those that contain it or are contained in it, then
/// those with the smallest edit distance.
fn nearest(facet: &Facet, wanted: &str, values: &[String], regions: &Regions) -> Vec<String> {
    let municipalities = match facet {
        Facet::Region => regions
            .municipalities()
            .filter_map(|name| Some((name, regions.of_municipality(name)?)))
            .filter(|(_, region)| values.iter().any(|value| value == region))
            .map(|(name, region)| (name, format!("{name} ({region})")))
            .collect(),
        _ => Vec::new(),
    };
    let names = values.iter().map(|value| (value.as_str(), value.clone())).chain(municipalities);
    let mut scored: Vec<(f64, String)> = names
        .filter_map(|(name, shown)| {
            let name = spelling(name);
            let contained = name.contains(wanted) || wanted.contains(&name);
            let [own, own_wanted] = own_names([&name, wanted]);
            let likeness = strsim::normalized_damerau_levenshtein(own, own_wanted);
            // Of the two characters that most names have then, one in common says nothing: 昭島市 is not like 大島町.
            let likeness = if own.len() < name.len() && likeness <= 0.5 { 0.0 } else { likeness };
            let score = if contained { 1.0 + likeness } else { likeness };
            (score >= 0.5).then_some((score, shown))
        })
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0));
    scored.into_iter().take(NEAREST).map(|(_, shown)| shown).collect()
}

/// The names of two municipalities without their kinds, which many have in common: 大阪市 is not like 東大和市. Other names are whole.
fn own_names(names: [&str; 2]) -> [&str; 2] {
    let own = |name: &&str| name.ends_with(['市', '区', '町', '村']) && name.chars().nth(1).is_some();
    if names.iter().all(own) {
        names.map(|name| name.trim_end_matches(['市', '区', '町', '村']))
    } else {
        names
    }
}

/// Normalizes a name: ignores the width and the case of its characters and the brackets around it.
fn spelling(name: &str) -> String {
    let name = name.trim().trim_start_matches('【').trim_end_matches('】');
    NormalizedText::new(name).as_str().to_owned()
}

impl fmt::Display for UnknownFacetValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { facet, value, nearest, existing } = self;
        let facet = match facet {
            Facet::Extra(field) => field.name(),
            known => known.name(),
        };
        write!(formatter, "no opinion has the {facet} {value}")?;
        if !nearest.is_empty() {
            return write!(formatter, "; did you mean {}?", nearest.join(", "));
        }
        if existing.is_empty() {
            return write!(formatter, "; no opinion of this index has a {facet}");
        }
        let more = if existing.len() > EXISTING { ", …" } else { "" };
        let named: Vec<&str> = existing.iter().take(EXISTING).map(String::as_str).collect();
        write!(formatter, "; this index has {}{more}", named.join(", "))
    }
}

impl Localized for UnknownFacetValue {
    fn in_japanese(&self) -> String {
        let Self { facet, value, nearest, existing } = self;
        let facet = Language::Japanese.label(facet.label());
        let told = format!("{facet}「{value}」の意見はありません。");
        if !nearest.is_empty() {
            return format!("{told}「{}」のことでしょうか。", nearest.join("」「"));
        }
        if existing.is_empty() {
            return format!("{told}この索引の意見には、{facet}がありません。");
        }
        let more = if existing.len() > EXISTING { "など" } else { "" };
        let named: Vec<&str> = existing.iter().take(EXISTING).map(String::as_str).collect();
        format!("{told}この索引にあるのは、{}{more}です。", named.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(asked: &str) -> Result<String, String> {
        let values = ["区東北部", "区東部", "区西南部", "区西部", "北多摩西部", "ｘ"].map(str::to_owned);
        let found = super::resolve(&Facet::Region, asked, &values, &Regions::tokyo());
        found.map(|values| values.concat()).map_err(|error| error.to_string())
    }

    #[test]
    fn exact_names_and_municipalities() {
        assert_eq!(resolve("区東部").as_deref(), Ok("区東部"));
        assert_eq!(resolve("世田谷区").as_deref(), Ok("区西南部"));
        assert_eq!(resolve(" Ｘ ").as_deref(), Ok("ｘ"));
    }

    #[test]
    fn a_part_of_a_title_stands_for_all_sections_with_it() {
        let values = ["病院について", "病院の連携", "その他"].map(str::to_owned);
        let resolve = |asked| super::resolve(&Facet::Section, asked, &values, &Regions::tokyo());
        assert_eq!(resolve("【病院の連携】").unwrap(), values[1..2]);
        assert_eq!(resolve("病院").unwrap(), values[..2]);
        assert!(resolve("天気").is_err() && resolve(" ").is_err());
    }

    #[test]
    fn an_unknown_name_is_an_error_with_the_nearest() {
        for (asked, hint) in [
            ("足立", "did you mean 足立区 (区東北部)?"),
            ("東部", "did you mean 区東部, 区東北部?"),
            ("世田ヶ谷区", "did you mean 世田谷区 (区西南部)?"),
            ("大阪市", "this index has 区東北部, 区東部, 区西南部, 区西部, 北多摩西部, ｘ"),
            ("大島町", "this index has 区東北部, 区東部, 区西南部, 区西部, 北多摩西部, ｘ"),
        ] {
            assert_eq!(resolve(asked).unwrap_err(), format!("no opinion has the region {asked}; {hint}"));
        }
    }
}
