//! Synonyms.
//!
//! Two formats are supported. In the format of Solr and Elasticsearch, a line is a group of synonyms, or
//! words with an arrow to the words that they are also searched as:
//!
//! ```text
//! # a comment
//! ケアマネジャー, ケアマネ, 介護支援専門員
//! 訪看 => 訪問看護, 訪問看護ステーション
//! ```
//!
//! A word may be a phrase with spaces. `\,` is a literal comma and `\=>` a literal arrow. Unlike in Solr, a
//! word before an arrow is still searched as itself. The other format is that of
//! [SudachiDict](https://github.com/WorksApplications/SudachiDict/blob/develop/docs/synonyms.md): a line is a
//! word, with its group in the first column, whether it is expanded in the third, and the word in the ninth.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::NormalizedText;

/// The text of the built-in synonyms.
const BUILT_IN: &str = include_str!("../../data/lexicon/synonyms.txt");

/// The reason why synonyms can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SynonymError {
    /// The file can't be read.
    #[error("{file}: {reason}; give a file of synonyms, a group of words a line, set apart by commas")]
    Unreadable {
        /// The path of the file.
        file: String,
        /// The error of the operating system.
        reason: String,
    },
    /// A line is not understood.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The path of the file.
        file: String,
        /// The number of the line, from 1.
        line: usize,
        /// The problem, and the expected form.
        reason: String,
    },
}

/// A table from words to their synonyms.
///
/// ```
/// use gijiroku::analysis::Synonyms;
///
/// let mut synonyms = Synonyms::none();
/// synonyms.add("老健, 介護老人保健施設\nCM => ケアマネジャー", "my.txt")?;
/// assert_eq!(synonyms.of("老健"), ["介護老人保健施設"]);
/// assert_eq!(synonyms.of("ＣＭ"), ["ケアマネジャー"]);
/// assert!(synonyms.of("ケアマネジャー").is_empty());
/// assert!(synonyms.add("病院", "my.txt").unwrap_err().to_string().starts_with("my.txt:1: "));
/// # Ok::<(), gijiroku::analysis::SynonymError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// The synonyms by the key of a word, shared between clones.
    others: Arc<HashMap<String, Vec<String>>>,
}

impl Synonyms {
    /// Returns an empty table.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns the built-in synonyms: care, medicine, welfare, local government, assembly procedure.
    #[must_use]
    pub fn built_in() -> Self {
        static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| {
            let mut synonyms = Synonyms::none();
            // A unit test reads the file to its end, so no line is lost here.
            let _ = synonyms.add(BUILT_IN, "data/lexicon/synonyms.txt");
            synonyms
        });
        SYNONYMS.clone()
    }

    /// Adds the synonyms of a file. The format is SudachiDict's if the file name ends in `.csv` or the first
    /// line has that form.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or a line is not understood.
    pub fn add_file(&mut self, file: impl AsRef<Path>) -> Result<(), SynonymError> {
        let file = file.as_ref();
        let name = file.display().to_string();
        let text = fs::read_to_string(file)
            .map_err(|error| SynonymError::Unreadable { file: name.clone(), reason: error.to_string() })?;
        self.add(&text, &name)
    }

    /// Adds the synonyms of a text. `file` is its name in errors, and its extension decides the format as in
    /// [`add_file`](Self::add_file).
    ///
    /// # Errors
    /// Returns an error if a line is not understood.
    pub fn add(&mut self, text: &str, file: &str) -> Result<(), SynonymError> {
        let text = text.trim_start_matches('\u{feff}');
        let lines = || {
            let numbered = (1..).zip(text.lines().map(str::trim));
            numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        };
        let failed = |line, reason: &str| SynonymError::Line {
            file: file.to_owned(),
            line,
            reason: reason.to_owned(),
        };
        let is_sudachi =
            file.ends_with(".csv") || lines().next().is_some_and(|(_, line)| looks_like_sudachi(line));
        if is_sudachi {
            let mut groups: HashMap<&str, Vec<SudachiWord>> = HashMap::new();
            for (number, line) in lines() {
                let (group, word) = sudachi_word(line).map_err(|reason| failed(number, reason))?;
                groups.entry(group).or_default().extend(word);
            }
            groups.values().for_each(|words| self.add_sudachi_group(words));
        } else {
            // Growing the table step by step takes a twelfth of the time of reading it.
            Arc::make_mut(&mut self.others).reserve(2 * lines().count());
            for (number, line) in lines() {
                self.add_rule(line).map_err(|reason| failed(number, reason))?;
            }
        }
        Ok(())
    }

    /// Returns the synonyms of a word, normalized.
    #[must_use]
    pub fn of(&self, word: &str) -> &[String] {
        self.of_normalized(NormalizedText::new(word).as_str())
    }

    /// Returns the synonyms of a normalized word.
    pub(crate) fn of_normalized(&self, word: &str) -> &[String] {
        self.others.get(&key(word)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// Adds a line in the format of Solr.
    fn add_rule(&mut self, line: &str) -> Result<(), &'static str> {
        let (from, to) = match split_at_arrow(line)? {
            Some((left, right)) => (words(left)?, words(right)?),
            None => {
                let group = words(line)?;
                if group.len() < 2 {
                    return Err(
                        "a group needs at least two words, set apart by commas: ケアマネ, ケアマネジャー",
                    );
                }
                (group.clone(), group)
            }
        };
        for word in &from {
            self.add_others(word, &to);
        }
        Ok(())
    }

    fn add_sudachi_group(&mut self, group: &[SudachiWord]) {
        let all: Vec<String> = group.iter().map(|word| word.text.clone()).collect();
        for word in group.iter().filter(|word| word.is_expanded) {
            self.add_others(&word.text, &all);
        }
    }

    fn add_others(&mut self, word: &str, others: &[String]) {
        let known = Arc::make_mut(&mut self.others).entry(key(word)).or_default();
        for other in others {
            if other != word && !known.contains(other) {
                known.push(other.clone());
            }
        }
    }
}

/// Returns the key by which normalized words are compared: the word without the long vowel marks of katakana,
/// which are often omitted.
fn key(word: &str) -> String {
    // Short words keep the mark: ビル is not ビール.
    let can_spare = word.chars().nth(4).is_some();
    word.chars().filter(|&character| !(can_spare && character == 'ー')).collect()
}

/// Splits a rule at its arrow. Returns `None` for a group.
fn split_at_arrow(line: &str) -> Result<Option<(&str, &str)>, &'static str> {
    let mut arrows =
        line.match_indices("=>").map(|(place, _)| place).filter(|&place| !line[..place].ends_with('\\'));
    match (arrows.next(), arrows.next()) {
        (None, _) => Ok(None),
        (Some(place), None) => Ok(Some((&line[..place], &line[place + 2..]))),
        (Some(_), Some(_)) => Err("a line has at most one =>: ケアマネ => 介護支援専門員"),
    }
}

/// Splits a list into its words and normalizes them.
fn words(list: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_escaped = false;
    for character in list.chars() {
        match (is_escaped, character) {
            (false, '\\') => is_escaped = true,
            (false, ',') => words.push(std::mem::take(&mut word)),
            _ => {
                is_escaped = false;
                word.push(character);
            }
        }
    }
    words.push(word);
    let words: Vec<String> =
        words.iter().map(|word| NormalizedText::new(word.trim()).as_str().to_owned()).collect();
    if words.iter().any(String::is_empty) {
        return Err("a word is missing: a comma or an arrow stands beside nothing");
    }
    Ok(words)
}

/// A word in SudachiDict's format.
struct SudachiWord {
    text: String,
    is_expanded: bool,
}

fn looks_like_sudachi(line: &str) -> bool {
    let mut columns = line.split(',');
    let is_group = columns
        .next()
        .is_some_and(|group| group.len() == 6 && group.bytes().all(|byte| byte.is_ascii_digit()));
    is_group && columns.count() >= 8
}

/// Parses `000001,1,0,1,0,0,0,(),曖昧,,`: group, kind, expansion, number in the group, form, abbreviation,
/// spelling, field, word. A word with expansion 2 is not to be used and is skipped.
fn sudachi_word(line: &str) -> Result<(&str, Option<SudachiWord>), &'static str> {
    let columns: Vec<&str> = line.split(',').collect();
    let (Some(&group), Some(&expansion), Some(&text)) = (columns.first(), columns.get(2), columns.get(8))
    else {
        return Err(
            "a line of SudachiDict's synonyms has at least 9 columns, of which the ninth is the word",
        );
    };
    if group.is_empty() || text.is_empty() {
        return Err("the group (first column) or the word (ninth column) is missing");
    }
    let is_expanded = match expansion {
        // Expansion 1: found by the others, but not searched as them.
        "0" | "" => true,
        "1" => false,
        "2" => return Ok((group, None)),
        _ => return Err("the third column tells whether the word is expanded: 0, 1 or 2"),
    };
    Ok((group, Some(SudachiWord { text: NormalizedText::new(text).as_str().to_owned(), is_expanded })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_synonyms_are_complete() {
        let mut synonyms = Synonyms::none();
        synonyms.add(BUILT_IN, "synonyms.txt").unwrap();
        assert_eq!(synonyms, Synonyms::built_in());
        assert!(synonyms.of("ケアマネ").contains(&"介護支援専門員".to_owned()));
    }

    #[test]
    fn groups_and_arrows() {
        let mut synonyms = Synonyms::none();
        synonyms
            .add("# 施設\n老健, 介護老人保健施設 ,ＲＯＫＥＮ\n\nCM, 訪看 => ケアマネ\na\\,b, c\\=>d\n", "x")
            .unwrap();
        for (word, others) in [
            ("老健", vec!["介護老人保健施設", "roken"]),
            ("roken", vec!["老健", "介護老人保健施設"]),
            ("cm", vec!["ケアマネ"]),
            ("ケアマネ", vec![]),
            ("a,b", vec!["c=>d"]),
        ] {
            assert_eq!(synonyms.of(word), others, "{word}");
        }
    }

    #[test]
    fn long_vowels_may_be_written_or_not() {
        let mut synonyms = Synonyms::none();
        synonyms.add("ケアマネジャー, 介護支援専門員\nビル, 建物\n", "x").unwrap();
        assert_eq!(synonyms.of("ケアマネージャー"), ["介護支援専門員"]);
        assert!(synonyms.of("ビール").is_empty());
    }

    #[test]
    fn only_expanded_words_of_sudachi_have_synonyms() {
        let text = "000001,1,0,1,0,0,0,(),曖昧,,\n000001,1,1,1,0,0,2,(),あいまい,,\n000001,1,2,1,0,0,2,(),使わない,,\n";
        for (text, file) in [(text.to_owned(), "synonyms.txt"), (format!("# x\n{text}"), "x.csv")] {
            let mut synonyms = Synonyms::none();
            synonyms.add(&text, file).unwrap();
            assert_eq!(synonyms.of("曖昧"), ["あいまい"]);
            assert!(synonyms.of("あいまい").is_empty() && synonyms.of("使わない").is_empty());
        }
    }

    #[test]
    fn errors_name_file_and_line() {
        for (text, file, message) in [
            ("a, b\n\n病院", "x.txt", "x.txt:3: a group needs at least two words"),
            ("a, , b", "x.txt", "x.txt:1: a word is missing"),
            ("a => b => c", "x.txt", "x.txt:1: a line has at most one =>"),
            ("=> b", "x.txt", "x.txt:1: a word is missing"),
            ("病院,診療所", "x.csv", "x.csv:1: a line of SudachiDict's synonyms has at least 9 columns"),
            ("1,1,9,1,0,0,0,(),曖昧,,", "x.csv", "x.csv:1: the third column tells"),
        ] {
            let error = Synonyms::none().add(text, file).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        let error = Synonyms::none().add_file("no/such/file.txt").unwrap_err().to_string();
        assert!(error.starts_with("no/such/file.txt: "), "{error}");
    }
}
