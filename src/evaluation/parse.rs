//! Parsers for the file formats of TREC: judgments (*qrels*) and runs.

use std::collections::HashMap;
use std::str::FromStr;

use super::{Judgments, Run};
use crate::language::{Localized, Text};

/// A line of judgments or of a run that can't be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: not {expected}")]
pub struct ParseError {
    /// The line, counted from 1.
    pub line: usize,
    /// The expected form of a line.
    pub expected: Text,
}

impl Localized for ParseError {
    fn in_japanese(&self) -> String {
        format!("{} 行目: {}", self.line, self.expected.in_japanese())
    }
}

impl Judgments {
    /// Parses judgments: query, document and grade on each line, separated by white space, or as in TREC with
    /// an unused column between query and document. [`FromStr`] does the same.
    ///
    /// # Errors
    /// Returns an error at the first line that is in neither form. Blank lines are ignored.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut judgments = Self::default();
        for (index, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (query, document, grade) = match *columns {
                [] => continue,
                [query, document, grade] | [query, _, document, grade] => (query, document, grade),
                _ => ("", "", ""),
            };
            let expected =
                Text::new("「検索 文書 評点」の形ではありません", "a judgment: query, document, grade");
            let grade: f64 = grade.parse().map_err(|_| ParseError { line: index + 1, expected })?;
            judgments.0.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
        }
        Ok(judgments)
    }
}

impl Run {
    /// Parses a run of TREC: query, `Q0`, document, rank, score and the name of the run on each line.
    /// Documents are ordered by score, and those with equal scores by rank. [`FromStr`] does the same.
    ///
    /// # Errors
    /// Returns an error at the first line that is not in this form. Blank lines are ignored.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut scored: HashMap<String, Vec<(f64, u64, String)>> = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let error = ParseError {
                line: index + 1,
                expected: Text::new(
                    "「検索 Q0 文書 順位 スコア 名前」の形ではありません",
                    "a line of a run: query, Q0, document, rank, score, name",
                ),
            };
            let (query, document, rank, score) = match *columns {
                [] => continue,
                [query, _, document, rank, score, _] => (query, document, rank, score),
                _ => return Err(error),
            };
            let (Ok(rank), Ok(score)) = (rank.parse(), score.parse()) else { return Err(error) };
            scored.entry(query.to_owned()).or_default().push((score, rank, document.to_owned()));
        }
        let ranked = |mut documents: Vec<(f64, u64, String)>| {
            documents.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
            documents.into_iter().map(|(_, _, document)| document).collect()
        };
        Ok(Self(scored.into_iter().map(|(query, documents)| (query, ranked(documents))).collect()))
    }
}

impl FromStr for Judgments {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

impl FromStr for Run {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_judgments() {
        let ours = Judgments::parse("q\td\t1\n\n").unwrap();
        assert_eq!(ours, Judgments::parse("q 0 d 1").unwrap());
        for bad in ["q d", "q d x", "q 0 d 1 2"] {
            assert_eq!(Judgments::parse(&format!("q d 1\n{bad}")).unwrap_err().line, 2, "{bad}");
        }
    }

    #[test]
    fn a_run_is_in_the_order_of_its_scores() {
        let run = Run::parse("q Q0 b 2 1.5 r\nq Q0 a 1 2.5 r\nq Q0 d 4 1 r\nq Q0 c 3 1 r\n").unwrap();
        assert_eq!(run.0["q"], ["a", "b", "c", "d"]);
        assert_eq!(
            Run::parse("q Q0 b 2 x r").unwrap_err().to_string(),
            "line 1: not a line of a run: query, Q0, document, rank, score, name"
        );
    }
}
