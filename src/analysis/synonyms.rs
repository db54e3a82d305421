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
//! Two strengths are distinguished. A *synonym* names the same thing (老健, 介護老人保健施設): whoever searches one
//! wants the others as much. A *related word* often voices the same concern (独居, 孤立): it ranks opinions that have
//! only some of the words of a query.
//!
//! A word may be a phrase with spaces. `\,` is a literal comma and `\=>` a literal arrow. Unlike in Solr, a
//! word before an arrow is still searched as itself. The other format is that of
//! [SudachiDict](https://github.com/WorksApplications/SudachiDict/blob/develop/docs/synonyms.md): a line is a
//! word, with its group in the first column, whether it is expanded in the third, and the word in the ninth.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::NormalizedText;
use super::synonym_key::synonym_key;
use crate::language::{Localized, Text};
use crate::small_file;

/// A row of the built-in table: the key of a word, its synonyms and its related words.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

/// The built-in table, sorted by key. The build script compiles it from `data/lexicon/`.
const BUILT_IN: &[Row] = include!(concat!(env!("OUT_DIR"), "/synonyms.rs"));

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
        reason: Text,
    },
    /// A line is not understood.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The path of the file.
        file: String,
        /// The number of the line, from 1.
        line: usize,
        /// The problem, and the expected form.
        reason: Text,
    },
}

impl Localized for SynonymError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Unreadable { file, reason } => format!(
                "{file}: {}。同義語のファイルを指定してください。1 行に 1 組の語を、カンマで区切って書いたものです",
                reason.in_japanese()
            ),
            Self::Line { file, line, reason } => format!("{file}:{line}: {}", reason.in_japanese()),
        }
    }
}

impl SynonymError {
    fn at(file: &str, line: usize, reason: Text) -> Self {
        Self::Line { file: file.to_owned(), line, reason }
    }
}

/// A table from words to their synonyms and related words.
///
/// ```
/// use gijiroku::analysis::Synonyms;
///
/// let mut synonyms = Synonyms::none();
/// synonyms.add("老健, 介護老人保健施設\nCM => ケアマネジャー", "my.txt")?;
/// synonyms.add_related("独居, 孤立", "related.txt")?;
/// assert_eq!(synonyms.of("老健"), ["介護老人保健施設"]);
/// assert_eq!(synonyms.of("ＣＭ"), ["ケアマネジャー"]);
/// assert!(synonyms.of("ケアマネジャー").is_empty());
/// assert_eq!(synonyms.related_to("独居"), ["孤立"]);
/// assert!(synonyms.add("病院", "my.txt").unwrap_err().to_string().starts_with("my.txt:1: "));
/// # Ok::<(), gijiroku::analysis::SynonymError>(())
/// ```
///
/// Words from memory are added by [`extend`](Self::extend).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// Whether the built-in table is searched as well.
    has_built_in: bool,
    /// The synonyms that were added, by the key of a word, shared between clones.
    synonyms: Table,
    /// The related words that were added.
    related: Table,
}

type Table = Arc<HashMap<String, Vec<String>>>;

/// The two strengths.
#[derive(Clone, Copy)]
enum Strength {
    Synonym,
    Related,
}

impl Synonyms {
    /// Returns an empty table.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns the built-in synonyms and related words: care, medicine, welfare, schools, local government,
    /// assembly procedure, budget, disaster prevention, town planning.
    #[must_use]
    pub fn built_in() -> Self {
        Self { has_built_in: true, ..Self::default() }
    }

    /// Adds the synonyms of a file. The format is SudachiDict's if the file name ends in `.csv` or the first
    /// line has that form.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or a line is not understood.
    pub fn add_file(&mut self, file: impl AsRef<Path>) -> Result<(), SynonymError> {
        let (text, name) = read(file.as_ref())?;
        self.add(&text, &name)
    }

    /// Adds the related words of a file, in the same formats.
    ///
    /// # Errors
    /// As [`add_file`](Self::add_file).
    pub fn add_related_file(&mut self, file: impl AsRef<Path>) -> Result<(), SynonymError> {
        let (text, name) = read(file.as_ref())?;
        self.add_related(&text, &name)
    }

    /// Adds the synonyms of a text. `file` is its name in errors, and its extension decides the format as in
    /// [`add_file`](Self::add_file).
    ///
    /// # Errors
    /// Returns an error if a line is not understood.
    pub fn add(&mut self, text: &str, file: &str) -> Result<(), SynonymError> {
        self.add_text(text, file, Strength::Synonym)
    }

    /// Adds the related words of a text, in the same formats.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_related(&mut self, text: &str, file: &str) -> Result<(), SynonymError> {
        self.add_text(text, file, Strength::Related)
    }

    fn add_text(&mut self, text: &str, file: &str, strength: Strength) -> Result<(), SynonymError> {
        let failed = |line, reason| SynonymError::at(file, line, reason);
        let added = Arc::make_mut(match strength {
            Strength::Synonym => &mut self.synonyms,
            Strength::Related => &mut self.related,
        });
        let is_sudachi =
            file.ends_with(".csv") || lines(text).next().is_some_and(|(_, line)| looks_like_sudachi(line));
        if is_sudachi {
            let mut groups: HashMap<&str, Vec<SudachiWord>> = HashMap::new();
            for (number, line) in lines(text) {
                let (group, word) = sudachi_word(line).map_err(|reason| failed(number, reason))?;
                groups.entry(group).or_default().extend(word);
            }
            groups.values().for_each(|words| add_sudachi_group(added, words));
        } else {
            for (number, line) in lines(text) {
                add_rule(added, line).map_err(|reason| failed(number, reason))?;
            }
        }
        Ok(())
    }

    /// Adds groups of related words from memory, as [`extend`](Self::extend) adds synonyms.
    pub fn extend_related<G: IntoIterator<Item: AsRef<str>>>(&mut self, groups: impl IntoIterator<Item = G>) {
        add_groups(Arc::make_mut(&mut self.related), groups);
    }

    /// Returns the synonyms of a word, normalized.
    #[must_use]
    pub fn of(&self, word: &str) -> Vec<&str> {
        self.of_normalized(NormalizedText::new(word).as_str())
    }

    /// Returns the words related to a word, normalized.
    #[must_use]
    pub fn related_to(&self, word: &str) -> Vec<&str> {
        self.related_to_normalized(NormalizedText::new(word).as_str())
    }

    /// Returns the synonyms of a normalized word.
    pub(crate) fn of_normalized(&self, word: &str) -> Vec<&str> {
        self.others(word, Strength::Synonym)
    }

    /// Returns the words related to a normalized word.
    pub(crate) fn related_to_normalized(&self, word: &str) -> Vec<&str> {
        self.others(word, Strength::Related)
    }

    /// Returns the keys of all words that have synonyms, each with the synonyms, sorted by key. A key is the word without
    /// long vowels and middle dots, which are often not written.
    ///
    /// ```
    /// use gijiroku::analysis::Synonyms;
    ///
    /// let mut synonyms = Synonyms::none();
    /// synonyms.add("ケアマネージャー, 介護支援専門員", "own")?;
    /// let all: Vec<_> = synonyms.all().into_iter().collect();
    /// assert_eq!(all[0], ("ケアマネジャ", vec!["介護支援専門員"]));
    /// # Ok::<(), gijiroku::analysis::SynonymError>(())
    /// ```
    #[must_use]
    pub fn all(&self) -> BTreeMap<&str, Vec<&str>> {
        let built_in = BUILT_IN.iter().filter(|_| self.has_built_in);
        let built_in = built_in.map(|&(key, synonyms, _)| (key, synonyms.to_vec()));
        let added = self.synonyms.iter().map(|(key, words)| (key.as_str(), words.iter().map(String::as_str)));
        let mut all: BTreeMap<&str, Vec<&str>> = built_in.collect();
        for (key, words) in added {
            all.entry(key).or_default().extend(words);
        }
        all
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.has_built_in && self.synonyms.is_empty() && self.related.is_empty()
    }

    fn others(&self, word: &str, strength: Strength) -> Vec<&str> {
        let key = synonym_key(word);
        let row = BUILT_IN.binary_search_by_key(&key.as_str(), |(known, ..)| known);
        let row = row.ok().filter(|_| self.has_built_in).and_then(|place| BUILT_IN.get(place));
        let (built_in, added) = match (strength, row) {
            (Strength::Synonym, row) => (row.map(|(_, synonyms, _)| *synonyms), &self.synonyms),
            (Strength::Related, row) => (row.map(|(_, _, related)| *related), &self.related),
        };
        let mut others = built_in.unwrap_or_default().to_vec();
        for other in added.get(&key).into_iter().flatten() {
            if !others.contains(&other.as_str()) {
                others.push(other);
            }
        }
        // A word may be listed in another spelling with the same key.
        others.retain(|other| *other != word);
        others
    }
}

/// Adds groups of synonyms from memory, beside those that are there. No character in a word is a sign; blank words are left out.
///
/// ```
/// use gijiroku::analysis::Synonyms;
///
/// let mut synonyms = Synonyms::built_in();
/// synonyms.extend([["みまもり隊", "見守り支援員"]]);
/// synonyms.extend([vec!["A, B", "a => b", "C"]]);
/// assert_eq!(synonyms.of("みまもり隊"), ["見守り支援員"]);
/// assert_eq!(synonyms.of("A, B"), ["a => b", "c"]);
/// assert!(synonyms.of("ケアマネ").contains(&"介護支援専門員"), "the built-in ones stay");
/// ```
impl<G: IntoIterator<Item: AsRef<str>>> Extend<G> for Synonyms {
    fn extend<T: IntoIterator<Item = G>>(&mut self, groups: T) {
        add_groups(Arc::make_mut(&mut self.synonyms), groups);
    }
}

fn add_groups<G: IntoIterator<Item: AsRef<str>>>(
    table: &mut HashMap<String, Vec<String>>,
    groups: impl IntoIterator<Item = G>,
) {
    for group in groups {
        let words =
            group.into_iter().map(|word| NormalizedText::new(word.as_ref().trim()).as_str().to_owned());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.iter().for_each(|word| add_others(table, word, &words));
    }
}

/// A line of a file of synonyms.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SynonymGroup {
    /// The number of the line, from 1.
    pub line: usize,
    /// The words, normalized; those before an arrow first.
    pub words: Vec<String>,
}

impl SynonymGroup {
    /// Parses a text in the format of Solr into its groups. `file` is its name in errors.
    ///
    /// # Errors
    /// Returns an error if a line is not understood.
    pub fn parse(text: &str, file: &str) -> Result<Vec<Self>, SynonymError> {
        let group = |(line, text): (usize, &str)| match Rule::parse(text) {
            Ok(Rule::Group(words)) => Ok(Self { line, words }),
            Ok(Rule::OneWay(from, to)) => Ok(Self { line, words: [from, to].concat() }),
            Err(reason) => Err(SynonymError::at(file, line, reason)),
        };
        lines(text).map(group).collect()
    }

    /// Reads the groups of a file.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or a line is not understood.
    pub fn read(file: impl AsRef<Path>) -> Result<Vec<Self>, SynonymError> {
        let (text, name) = read(file.as_ref())?;
        Self::parse(&text, &name)
    }
}

/// Reads a file. Also returns its name.
fn read(file: &Path) -> Result<(String, String), SynonymError> {
    let name = file.display().to_string();
    match small_file::read_to_string(file) {
        Ok(text) => Ok((text, name)),
        Err(error) => Err(SynonymError::Unreadable { file: name, reason: (&error).into() }),
    }
}

/// Returns the lines of a text that are neither blank nor comments, each with its number.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// A line in the format of Solr, with its words normalized.
enum Rule {
    /// Each word is searched as the others.
    Group(Vec<String>),
    /// The words before the arrow are also searched as those behind it.
    OneWay(Vec<String>, Vec<String>),
}

impl Rule {
    fn parse(line: &str) -> Result<Self, Text> {
        Ok(match split_at_arrow(line)? {
            Some((left, right)) => Self::OneWay(words(left)?, words(right)?),
            None => Self::Group(words(line)?),
        })
    }
}

/// Adds a line in the format of Solr.
fn add_rule(table: &mut HashMap<String, Vec<String>>, line: &str) -> Result<(), Text> {
    let (from, to) = match Rule::parse(line)? {
        Rule::OneWay(from, to) => (from, to),
        Rule::Group(group) if group.len() < 2 => {
            return Err(Text::new(
                "組には 2 つ以上の語を、カンマで区切って書いてください。例: ケアマネ, ケアマネジャー",
                "a group needs at least two words, set apart by commas: ケアマネ, ケアマネジャー",
            ));
        }
        Rule::Group(group) => (group.clone(), group),
    };
    for word in &from {
        add_others(table, word, &to);
    }
    Ok(())
}

fn add_sudachi_group(table: &mut HashMap<String, Vec<String>>, group: &[SudachiWord]) {
    let all: Vec<String> = group.iter().map(|word| word.text.clone()).collect();
    for word in group.iter().filter(|word| word.is_expanded) {
        add_others(table, &word.text, &all);
    }
}

fn add_others(table: &mut HashMap<String, Vec<String>>, word: &str, others: &[String]) {
    let known = table.entry(synonym_key(word)).or_default();
    for other in others {
        if other != word && !known.contains(other) {
            known.push(other.clone());
        }
    }
}

/// Splits a rule at its arrow. Returns `None` for a group.
fn split_at_arrow(line: &str) -> Result<Option<(&str, &str)>, Text> {
    let mut arrows =
        line.match_indices("=>").map(|(place, _)| place).filter(|&place| !line[..place].ends_with('\\'));
    match (arrows.next(), arrows.next()) {
        (None, _) => Ok(None),
        (Some(place), None) => Ok(Some((&line[..place], &line[place + 2..]))),
        (Some(_), Some(_)) => Err(Text::new(
            "=> は 1 行に 1 つまでです。例: ケアマネ => 介護支援専門員",
            "a line has at most one =>: ケアマネ => 介護支援専門員",
        )),
    }
}

/// Splits a list into its words and normalizes them.
fn words(list: &str) -> Result<Vec<String>, Text> {
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
        return Err(Text::new(
            "カンマか矢印の隣に、語がありません",
            "a word is missing: a comma or an arrow stands beside nothing",
        ));
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
fn sudachi_word(line: &str) -> Result<(&str, Option<SudachiWord>), Text> {
    let columns: Vec<&str> = line.split(',').collect();
    let (Some(&group), Some(&expansion), Some(&text)) = (columns.first(), columns.get(2), columns.get(8))
    else {
        return Err(Text::new(
            "SudachiDict の同義語の行には 9 つ以上の列があり、第 9 列が語です",
            "a line of SudachiDict's synonyms has at least 9 columns, of which the ninth is the word",
        ));
    };
    if group.is_empty() || text.is_empty() {
        return Err(Text::new(
            "組（第 1 列）か語（第 9 列）がありません",
            "the group (first column) or the word (ninth column) is missing",
        ));
    }
    let is_expanded = match expansion {
        // Expansion 1: found by the others, but not searched as them.
        "0" | "" => true,
        "1" => false,
        "2" => return Ok((group, None)),
        _ => {
            return Err(Text::new(
                "第 3 列は、語を展開するかどうかを示す 0、1、2 のどれかにしてください",
                "the third column tells whether the word is expanded: 0, 1 or 2",
            ));
        }
    };
    Ok((group, Some(SudachiWord { text: NormalizedText::new(text).as_str().to_owned(), is_expanded })))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 2] =
        [include_str!("../../data/lexicon/synonyms.txt"), include_str!("../../data/lexicon/related.txt")];

    #[test]
    fn the_built_in_table_is_what_its_files_say() {
        let mut read = Synonyms::none();
        read.add(FILES[0], "synonyms.txt").unwrap();
        read.add_related(FILES[1], "related.txt").unwrap();
        let built_in = Synonyms::built_in();
        let sorted = |mut words: Vec<&str>| {
            words.sort_unstable();
            words.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert!(read.synonyms.len() > 3000 && read.related.len() > 1000);
        for word in read.synonyms.keys().chain(read.related.keys()) {
            assert_eq!(sorted(built_in.of(word)), sorted(read.of(word)), "{word}");
            assert_eq!(sorted(built_in.related_to(word)), sorted(read.related_to(word)), "{word}");
        }
        assert!(BUILT_IN.is_sorted_by_key(|(key, ..)| *key));
        assert!(built_in.of("ケアマネ").contains(&"介護支援専門員"));
        assert!(!built_in.is_empty() && Synonyms::none().is_empty());
    }

    #[test]
    fn no_built_in_group_is_there_twice_and_no_word_twice_in_a_group() {
        for text in FILES {
            let mut groups = std::collections::HashSet::new();
            for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                assert!(groups.insert(line), "{line}");
                if split_at_arrow(line).unwrap().is_none() {
                    let mut words = words(line).unwrap();
                    let count = words.len();
                    words.sort();
                    words.dedup();
                    assert_eq!(words.len(), count, "{line}");
                }
            }
        }
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
            assert_eq!(synonyms.of(word), others as Vec<&str>, "{word}");
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
