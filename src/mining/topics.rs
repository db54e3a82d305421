//! What is spoken of lately: words that are characteristic of the last year, for whoever does not know yet what to
//! search for.

use serde::{Deserialize, Serialize};

use super::keywords::{Against, keywords};
use super::values::count_by;
use crate::analysis::NormalizedText;
use crate::conditions::{Facet, Filter};
use crate::search::{FacetCount, SearchContext, SearchError, SearchRequest};

/// Number of keywords that are examined, and maximum number of topics.
const EXAMINED: usize = 40;
const TOPICS: usize = 8;

/// Numbers of characters that a topic has: a shorter word is vague, and a longer one a whole phrase.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=10;

/// Number of characters that a topic may not share with the name of a speaker.
const OF_A_NAME: usize = 3;

/// The topics of the last year of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Topics {
    /// The year, or an empty text if there are no other years with which to compare it.
    pub year: String,
    /// The words, the most characteristic first, with the number of the year's opinions that have them.
    pub words: Vec<FacetCount>,
}

/// Returns the topics of the last year. Names of speakers are left out, and so is what only one opinion mentions.
pub(crate) fn topics(context: &SearchContext) -> Result<Topics, SearchError> {
    let all = SearchRequest::new("").or_all();
    let counted = count_by(context, &all, &[Facet::Year, Facet::Speaker])?;
    let [years, speakers] = counted.as_slice() else { return Ok(Topics::default()) };
    let (Some(last), true) = (years.last(), years.len() > 1) else { return Ok(Topics::default()) };
    let Ok(of_year) = Filter::new(Facet::Year, &last.value) else { return Ok(Topics::default()) };
    let request = SearchRequest::new("").filter(of_year);
    let found = keywords(context, &request, Against::AllOthers, EXAMINED)?;
    let speakers: Vec<NormalizedText> =
        speakers.iter().map(|speaker| NormalizedText::new(&speaker.value)).collect();
    let is_topic = |word: &str| {
        LENGTH.contains(&word.chars().count())
            && !word.chars().any(|character| character.is_numeric())
            && !speakers.iter().any(|speaker| shares(word, speaker.as_str()))
    };
    let words = found.keywords.into_iter().filter(|keyword| keyword.count > 1 && is_topic(&keyword.term));
    let words = words.map(|keyword| FacetCount { value: keyword.term, count: keyword.count, partial: 0 });
    Ok(Topics { year: last.value.clone(), words: words.take(TOPICS).collect() })
}

/// Whether a word has successive characters of a name.
fn shares(word: &str, name: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    characters.windows(OF_A_NAME).any(|part| name.contains(&part.iter().collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;

    #[test]
    fn a_topic_is_of_the_last_year_and_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let line = |year: u32, text: &str| {
            format!("{{\"text\":\"{text}\",\"speaker\":\"森沢恭子区長\",\"date\":\"{year}-05-01\"}}\n")
        };
        let old: String =
            (0..40).map(|place| line(2020, &format!("道路の補修を{place}か所で行う。"))).collect();
        let new: String =
            (0..9).map(|_| line(2021, "森沢恭子区長の水素自動車について。令和3年度に行う。")).collect();
        let file = folder.path().join("a.jsonl");
        std::fs::write(&file, old.clone() + &new).unwrap();
        let topics = |file: &std::path::Path| {
            let (index, _) = IndexBuilder::new().path(file).build_in_memory().unwrap();
            topics(&SearchContext::new(index)).unwrap()
        };
        let found = topics(&file);
        let words: Vec<&str> = found.words.iter().map(|word| word.value.as_str()).collect();
        assert_eq!((found.year.as_str(), words.as_slice()), ("2021", &["水素自動車"][..]));
        std::fs::write(&file, old).unwrap();
        assert_eq!(topics(&file), Topics::default());
    }
}
