//! The queries of a benchmark, drawn from the corpus itself: words, pairs of words, strings, filters, and sentences.
#![allow(unreachable_pub, dead_code, clippy::unwrap_used)]

use gijiroku::analysis::WordClass;
use gijiroku::{SearchRequest, Searcher};

use super::corpus::random::Random;

/// The kinds of queries.
pub const KINDS: [&str; 6] =
    ["a word", "two words", "a quoted string", "a word and not another", "a word in a field", "a sentence"];

/// Draws queries from what a searcher has.
pub struct Queries<'a> {
    searcher: &'a Searcher,
    texts: Vec<Vec<char>>,
    region: Option<String>,
    random: Random,
}

impl<'a> Queries<'a> {
    pub fn of(searcher: &'a Searcher) -> Self {
        let region = searcher.statistics().unwrap().regions.iter().find_map(|row| row.region.clone());
        Self { searcher, texts: texts(searcher), region, random: Random(0x9e37_79b9_7f4a_7c15) }
    }

    /// Draws a query of one of the [`KINDS`].
    pub fn draw(&mut self, kind: &str) -> String {
        match kind {
            "a word" => self.word(),
            "two words" => format!("{} {}", self.word(), self.word()),
            "a quoted string" => format!("\"{}\"", self.string(4, 12)),
            "a word and not another" => format!("{} -{}", self.word(), self.word()),
            "a word in a field" => match self.region.clone() {
                Some(region) => format!("{} region:{region}", self.word()),
                None => format!("{} date:2010..2015", self.word()),
            },
            _ => self.string(20, 50),
        }
    }

    /// Draws a content word with the frequency that it has in the corpus.
    fn word(&mut self) -> String {
        loop {
            let string = self.string(20, 30);
            let morphemes = self.searcher.index().analyzer().analyze(&string).morphemes;
            // The first and the last word may be truncated.
            let words: Vec<&str> = morphemes
                .iter()
                .skip(1)
                .rev()
                .skip(1)
                .filter(|morpheme| {
                    morpheme.class == WordClass::Content && morpheme.surface.chars().count() > 1
                })
                .map(|morpheme| morpheme.base_form.as_str())
                .collect();
            if !words.is_empty() {
                return words[self.random.below(words.len())].to_owned();
            }
        }
    }

    /// Draws a part of a text without signs of the query language.
    fn string(&mut self, shortest: usize, longest: usize) -> String {
        loop {
            let text = &self.texts[self.random.below(self.texts.len())];
            let length = shortest + self.random.below(longest - shortest);
            if text.len() <= length {
                continue;
            }
            let start = self.random.below(text.len() - length);
            let part: String = text[start..start + length].iter().collect();
            if part.chars().all(|character| character.is_alphanumeric() || "、。".contains(character)) {
                return part;
            }
        }
    }
}

/// Returns texts from the whole corpus.
fn texts(searcher: &Searcher) -> Vec<Vec<char>> {
    let results = searcher.search(&SearchRequest::new("\"。\" OR \"の\"").exact().limit(2000)).unwrap();
    results.hits.into_iter().map(|hit| hit.opinion.text.chars().collect()).collect()
}
