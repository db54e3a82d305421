//! The extra fields by which opinions can be chosen. A corpus may have any: a party and a constituency make a list of choices, while
//! addresses, pages and numbers do not.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::values::count_by;
use crate::conditions::Facet;
use crate::index::EngineResult;
use crate::search::{SearchContext, SearchError, SearchRequest};

/// Maximum number of fields that are examined, in lexicographic order: a spreadsheet may have hundreds of columns.
const EXAMINED: usize = 100;

/// How many values a field has whose values are a choice.
const VALUES: RangeInclusive<usize> = 2..=1000;

/// How many opinions have the same value, on average, at least.
const SHARED_BY: usize = 2;

/// Returns the extra fields whose values opinions share, those that most opinions have first.
pub(crate) fn shared_fields(context: &SearchContext) -> Result<Vec<Facet>, SearchError> {
    let candidates = context.index.read(|| candidates(context))?;
    if candidates.is_empty() {
        return Ok(candidates);
    }
    let counts = count_by(context, &SearchRequest::new("").or_all(), &candidates)?;
    let filled = counts.iter().map(|values| values.iter().map(|value| value.count).sum::<usize>());
    let mut shared: Vec<(Facet, usize)> = candidates
        .into_iter()
        .zip(filled)
        .zip(&counts)
        .filter(|((_, filled), values)| *filled >= values.len() * SHARED_BY)
        .map(|(field, _)| field)
        .collect();
    shared.sort_by_key(|(_, filled)| Reverse(*filled));
    Ok(shared.into_iter().map(|(field, _)| field).collect())
}

/// Returns the fields that have neither too few nor too many values, and no addresses.
fn candidates(context: &SearchContext) -> EngineResult<Vec<Facet>> {
    let mut candidates = Vec::new();
    for field in context.fields()?.into_iter().take(EXAMINED) {
        let values = context.facet_values(&field)?;
        let is_address = |value: &String| value.starts_with("http://") || value.starts_with("https://");
        if VALUES.contains(&values.len()) && !values.iter().any(is_address) {
            candidates.push(field);
        }
    }
    Ok(candidates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;

    fn fields_of(lines: impl Iterator<Item = serde_json::Value>) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        std::fs::write(&file, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let (index, _) = IndexBuilder::new().path(&file).build_in_memory().unwrap();
        let fields = shared_fields(&SearchContext::new(index)).unwrap();
        fields.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_opinions_share_is_a_choice_and_the_most_filled_comes_first() {
        let line = |place: usize| {
            let mut line = serde_json::json!({
                "id": place.to_string(), "text": "訪問看護", "会議名": "定例会", "会派": (["青空", "みどり"][place % 2]),
                "号": "第1号", "番号": format!("{place}番"), "資料": format!("https://example.jp/{}", place % 2),
            });
            if place < 6 {
                line["選挙区"] = ["北区", "南区", "東区"][place % 3].into();
            }
            if place < 4 {
                line["備考"] = ["甲", "乙", "丙", "丁"][place].into();
            }
            line
        };
        // One value is no choice, nor are values of one opinion each, nor addresses.
        assert_eq!(fields_of((0..8).map(line)), ["field:party", "field:選挙区"]);
        assert_eq!(fields_of((0..2).map(line)), [""; 0]);
    }
}
