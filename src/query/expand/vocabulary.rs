//! The words and strings that an index contains.

use std::collections::{BTreeSet, HashMap};

use tantivy::query::{DfaWrapper, FuzzyTermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};
use tantivy_fst::Regex;

use crate::analysis::term;
use crate::query::run::{Boundary, Placement, StringQuery};

/// The terms of an index.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) field: Field,
}

/// A word in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownWord {
    pub(crate) base_form: String,
    /// The number of opinions that contain it.
    pub(crate) opinions: u64,
}

/// A set of opinions of an index.
pub(crate) struct OpinionSet(Vec<Vec<bool>>);

impl OpinionSet {
    pub(crate) fn new(opinions: &[DocAddress], searcher: &Searcher) -> Self {
        let size = |segment: &SegmentReader| vec![false; segment.max_doc() as usize];
        let mut set: Vec<Vec<bool>> = searcher.segment_readers().iter().map(size).collect();
        for opinion in opinions {
            set[opinion.segment_ord as usize][opinion.doc_id as usize] = true;
        }
        Self(set)
    }

    fn has(&self, ordinal: usize, document: DocId) -> bool {
        self.0[ordinal][document as usize]
    }
}

impl Vocabulary<'_> {
    /// Returns the words in the opinions of a set, each with the number of opinions that contain it in the
    /// set and in the whole index.
    pub(crate) fn words_within(&self, set: &OpinionSet) -> tantivy::Result<Vec<(String, usize, usize)>> {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        let mut prefix = String::new();
        term::write_word("", &mut prefix);
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let inverted_index = segment.inverted_index(self.field)?;
            let mut terms = inverted_index.terms().range().ge(&prefix).into_stream()?;
            while let Some((key, info)) = terms.next() {
                let Some(word) = str::from_utf8(key).ok().and_then(term::word) else { break };
                let mut postings =
                    inverted_index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                let (mut within, mut all) = (0, 0);
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        all += 1;
                        within += usize::from(set.has(ordinal, postings.doc()));
                    }
                    postings.advance();
                }
                // A word that the set lacks in this segment may be in the set in another segment.
                if within == 0 && self.searcher.segment_readers().len() == 1 {
                    continue;
                }
                match counts.get_mut(word) {
                    Some(count) => *count = (count.0 + within, count.1 + all),
                    None => drop(counts.insert(word.to_owned(), (within, all))),
                }
            }
        }
        let met = counts.into_iter().filter(|(_, (within, _))| *within > 0);
        Ok(met.map(|(word, (within, all))| (word, within, all)).collect())
    }

    /// Returns the number of opinions that contain a word or a compound, in a set and in the whole index.
    pub(crate) fn count_within(&self, word: &str, set: &OpinionSet) -> tantivy::Result<(usize, usize)> {
        let (mut within, mut all) = (0, 0);
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let having = self.opinions_having(word, segment)?;
            let alive = || having.iter().filter(|&&document| !segment.is_deleted(document));
            within += alive().filter(|&&document| set.has(ordinal, document)).count();
            all += alive().count();
        }
        Ok((within, all))
    }

    /// Returns at most `limit` opinions of a set that contain a word with this base form, taken at regular
    /// intervals.
    pub(crate) fn opinions_within(
        &self,
        base_form: &str,
        set: &OpinionSet,
        limit: usize,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let term = term::of_word(base_form, self.field);
        let mut found = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let inverted_index = segment.inverted_index(self.field)?;
            let Some(mut postings) = inverted_index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if set.has(ordinal as usize, postings.doc()) {
                    found.push(DocAddress::new(ordinal, postings.doc()));
                }
                postings.advance();
            }
        }
        let step = found.len().div_ceil(limit.max(1)).max(1);
        Ok(found.into_iter().step_by(step).collect())
    }

    /// Returns the number of opinions that contain a word with this base form.
    pub(crate) fn opinions_with(&self, base_form: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&term::of_word(base_form, self.field))
    }

    /// Whether the index contains each pair of neighbouring characters of a string. If not, no opinion
    /// contains the string. A single character must be a word.
    pub(crate) fn may_have(&self, characters: &str) -> tantivy::Result<bool> {
        let mut text = String::new();
        let mut previous = None;
        for character in characters.chars() {
            if let Some(previous) = previous.replace(character) {
                term::write_pair(previous, Some(character), &mut text);
                if self.searcher.doc_freq(&Term::from_field_text(self.field, &text))? == 0 {
                    return Ok(false);
                }
            }
        }
        match previous {
            Some(only) if only.len_utf8() == characters.len() => Ok(self.opinions_with(characters)? > 0),
            _ => Ok(previous.is_some()),
        }
    }

    /// Whether the index contains a string of at least two characters at the beginning of a word.
    pub(crate) fn has(&self, characters: &str, boundary: Boundary) -> tantivy::Result<bool> {
        let query = self.string_query(characters, boundary);
        for segment in self.searcher.segment_readers() {
            if query.scorer(segment, 1.0)?.doc() != TERMINATED {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the opinions of a segment that contain a word: one with this base form, or these characters at
    /// the beginning of a word.
    pub(crate) fn opinions_having(
        &self,
        word: &str,
        segment: &SegmentReader,
    ) -> tantivy::Result<BTreeSet<DocId>> {
        let mut opinions = BTreeSet::new();
        let term = term::of_word(word, self.field);
        let postings = segment.inverted_index(self.field)?.read_postings(&term, IndexRecordOption::Basic)?;
        if let Some(mut postings) = postings {
            while postings.doc() != TERMINATED {
                opinions.insert(postings.doc());
                postings.advance();
            }
        }
        let mut strings = self.string_query(word, Boundary::default()).scorer(segment, 1.0)?;
        while strings.doc() != TERMINATED {
            opinions.insert(strings.doc());
            strings.advance();
        }
        Ok(opinions)
    }

    fn string_query(&self, characters: &str, boundary: Boundary) -> StringQuery {
        StringQuery::new(self.field, characters, Placement::WordStart, boundary)
    }

    /// Returns the characters that occur directly after a character.
    pub(crate) fn followers(&self, character: char) -> tantivy::Result<Vec<char>> {
        let mut prefix = String::new();
        term::write_pair(character, None, &mut prefix);
        let mut followers = Vec::new();
        self.each_term_from(&prefix, |rest, _| {
            followers.extend(rest.chars().next());
        })?;
        Ok(followers)
    }

    /// Returns the characters that occur directly before a letter or a digit.
    pub(crate) fn predecessors(&self, character: char) -> tantivy::Result<Vec<char>> {
        let mut predecessors = Vec::new();
        // A letter or a digit needs no escaping in a regular expression.
        let pattern = Regex::new(&format!(".{character}")).ok().filter(|_| character.is_alphanumeric());
        let Some(pattern) = pattern else { return Ok(predecessors) };
        for segment in self.searcher.segment_readers() {
            let inverted_index = segment.inverted_index(self.field)?;
            let mut terms = inverted_index.terms().search(&pattern).into_stream()?;
            while let Some((key, _)) = terms.next() {
                let pair = str::from_utf8(key).ok().filter(|term| term::word(term).is_none());
                predecessors.extend(pair.and_then(|pair| pair.chars().next()));
            }
        }
        Ok(predecessors)
    }

    /// Returns the words whose base form begins with `beginning`.
    pub(crate) fn words_from(&self, beginning: &str) -> tantivy::Result<Vec<KnownWord>> {
        let mut prefix = String::new();
        term::write_word(beginning, &mut prefix);
        let mut words: Vec<KnownWord> = Vec::new();
        self.each_term_from(&prefix, |rest, opinions| {
            words.push(KnownWord { base_form: format!("{beginning}{rest}"), opinions });
        })?;
        Ok(words)
    }

    /// Returns the words whose base form begins with the same character as the word and is within this edit
    /// distance of it (at most 2).
    pub(crate) fn words_like(&self, word: &str, distance: u8) -> tantivy::Result<Vec<KnownWord>> {
        let (mut text, mut first) = (String::new(), String::new());
        term::write_word(word, &mut text);
        term::write_word(&word.chars().take(1).collect::<String>(), &mut first);
        let mut words: Vec<KnownWord> = Vec::new();
        let automaton = self.nearly(&text, distance)?;
        // Limiting the range to the first character avoids scanning most of a large vocabulary.
        let last = format!("{first}\u{10ffff}");
        for segment in self.searcher.segment_readers() {
            let inverted_index = segment.inverted_index(self.field)?;
            let mut terms = inverted_index.terms().search(&automaton).ge(&first).le(&last).into_stream()?;
            while let Some((key, info)) = terms.next() {
                if let Some(base_form) = str::from_utf8(key).ok().and_then(term::word) {
                    words.push(KnownWord {
                        base_form: base_form.to_owned(),
                        opinions: u64::from(info.doc_freq),
                    });
                }
            }
        }
        Ok(words)
    }

    /// Returns an automaton that accepts texts within this edit distance of a text (at most 2).
    pub(super) fn nearly(&self, text: &str, distance: u8) -> tantivy::Result<DfaWrapper> {
        FuzzyTermQuery::new(Term::from_field_text(self.field, text), distance, true).automaton()
    }

    /// Returns the number of opinions that contain a word.
    pub(crate) fn count(&self, word: &str) -> tantivy::Result<usize> {
        let segments = self.searcher.segment_readers().iter();
        segments.map(|segment| Ok(self.opinions_having(word, segment)?.len())).sum()
    }

    /// Calls `each` for every term that begins with a prefix, with the rest of the term and the number of
    /// opinions that contain it.
    fn each_term_from(&self, prefix: &str, mut each: impl FnMut(&str, u64)) -> tantivy::Result<()> {
        for segment in self.searcher.segment_readers() {
            let inverted_index = segment.inverted_index(self.field)?;
            let mut terms = inverted_index.terms().range().ge(prefix).into_stream()?;
            while let Some((key, info)) = terms.next() {
                let rest = str::from_utf8(key).ok().and_then(|term| term.strip_prefix(prefix));
                let Some(rest) = rest else { break };
                each(rest, u64::from(info.doc_freq));
            }
        }
        Ok(())
    }
}
