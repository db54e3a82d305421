//! A query whose texts are segmented into words.

use std::fmt;

use super::word::Word;
use crate::conditions::Filter;
use crate::query::Leaf;

/// Maximum number of words and filters in a query. Further ones are ignored.
pub(super) const MOST_WORDS: usize = 100;

/// A query whose texts are segmented into words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct AnalyzedQuery {
    /// The clauses, all of which must match, or as many of the optional ones as
    /// [`Matching`](crate::query::Matching) requires.
    pub(super) clauses: Vec<Clause>,
    pub(super) texts: Vec<TypedText>,
    pub(super) is_sentence: bool,
    /// Whether the query had at most [`MOST_WORDS`] words and filters, so that none was ignored.
    pub(super) is_whole: bool,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Clause {
    /// Matches if the word is in the text.
    Word(Word),
    /// Matches if the condition holds.
    Filter(Filter),
    /// Matches if all of the clauses match.
    All(Vec<Clause>),
    /// Matches if at least one of the clauses matches.
    Any(Vec<Clause>),
    /// Matches if the clause does not.
    Not(Box<Clause>),
    /// A text in hiragana only (ざいたくいりょう). It matches as one word or as the segmenter cut it, because the
    /// segmenter is not reliable on hiragana.
    Unsegmented {
        /// The whole text as one word.
        whole: Word,
        /// The words into which the segmenter cut it.
        cut: Box<Clause>,
    },
}

/// A positive leaf of the query as it was typed, including the particles that words lack.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypedText {
    /// The normalized text.
    pub(crate) characters: String,
    pub(crate) is_phrase: bool,
    pub(crate) boost: f32,
    /// The words into which the text was cut.
    pub(crate) words: Vec<String>,
}

impl TypedText {
    /// Returns a word of the text as a leaf of its own.
    pub(crate) fn leaf(&self, word: &str) -> Leaf {
        Leaf { text: word.to_owned(), is_phrase: self.is_phrase, boost: self.boost }
    }
}

impl AnalyzedQuery {
    /// Returns the clauses, all of which must match.
    pub(crate) fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Returns the positive words in the order in which they were typed, without those behind a `-`.
    pub(crate) fn words(&self) -> Vec<&Word> {
        let mut words = Vec::new();
        self.clauses.iter().for_each(|clause| clause.collect_words(&mut words));
        words
    }

    /// Returns the positive leaves in the order in which they were typed.
    pub(crate) fn texts(&self) -> &[TypedText] {
        &self.texts
    }

    /// Whether the query was typed as a sentence and not as keywords.
    pub(crate) fn is_sentence(&self) -> bool {
        self.is_sentence
    }

    /// Whether the query had at most [`MOST_WORDS`] words and filters, so that none was ignored.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns the number of clauses that a relaxed search may leave unmatched.
    pub(crate) fn optional_clauses(&self) -> usize {
        self.clauses.iter().filter(|clause| clause.is_optional()).count()
    }

    /// Whether the query has words that may be missing.
    pub(crate) fn has_loose_words(&self) -> bool {
        self.clauses.iter().any(|clause| clause.strict().as_ref() != Some(clause))
    }

    /// Returns the filters in the text of the query, positive and negated.
    pub(crate) fn filters(&self) -> Vec<&Filter> {
        let mut filters = Vec::new();
        self.clauses.iter().for_each(|clause| clause.collect_filters(&mut filters));
        filters
    }

    /// Returns the words as they were typed, each followed by its alternatives.
    pub(crate) fn searched(&self) -> Vec<String> {
        let words = self.words().into_iter();
        let of = |word: &Word| -> Vec<String> {
            let also = word.alternatives.iter().map(|other| other.form.as_str().to_owned());
            [word.characters.clone()].into_iter().chain(also).collect()
        };
        words.flat_map(of).collect()
    }

    /// Changes each positive word, in the order of [`words`](Self::words).
    pub(crate) fn change_words(&mut self, mut change: impl FnMut(&mut Word)) {
        self.clauses.iter_mut().for_each(|clause| clause.change_words(&mut change));
    }

    pub(super) fn limit_words(&mut self) {
        let (mut left, mut is_whole) = (MOST_WORDS, true);
        self.clauses.retain_mut(|clause| clause.limit_words(&mut left, &mut is_whole));
        self.is_whole = is_whole;
    }
}

impl Clause {
    /// Whether the clause has a positive word, so that a relaxed search may leave it unmatched.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Word(_) | Self::Unsegmented { .. } => true,
            Self::All(clauses) | Self::Any(clauses) => clauses.iter().any(Self::is_optional),
            Self::Filter(_) | Self::Not(_) => false,
        }
    }

    /// Returns the part of the clause that opinions of the second tier must meet as well: filters, exclusions
    /// and strict words. `None` if there is no such part.
    pub(crate) fn strict(&self) -> Option<Self> {
        match self {
            Self::Word(word) => word.is_strict.then(|| self.clone()),
            Self::Filter(_) | Self::Not(_) => Some(self.clone()),
            Self::All(clauses) => {
                let strict: Vec<Self> = clauses.iter().filter_map(Self::strict).collect();
                (!strict.is_empty()).then_some(Self::All(strict))
            }
            // If one of the alternatives requires nothing, none does.
            Self::Any(clauses) => clauses.iter().map(Self::strict).collect::<Option<_>>().map(Self::Any),
            Self::Unsegmented { .. } => None,
        }
    }

    /// Keeps at most `left` words and filters. Returns false if nothing is left.
    fn limit_words(&mut self, left: &mut usize, is_whole: &mut bool) -> bool {
        match self {
            Self::Word(_) | Self::Filter(_) => {
                let keep = *left > 0;
                *left = left.saturating_sub(1);
                *is_whole &= keep;
                keep
            }
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.retain_mut(|clause| clause.limit_words(left, is_whole));
                !clauses.is_empty()
            }
            Self::Not(clause) | Self::Unsegmented { cut: clause, .. } => clause.limit_words(left, is_whole),
        }
    }

    fn collect_words<'a>(&'a self, words: &mut Vec<&'a Word>) {
        match self {
            Self::Word(word) => words.push(word),
            Self::Unsegmented { whole, cut } => {
                words.push(whole);
                cut.collect_words(words);
            }
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter().for_each(|clause| clause.collect_words(words));
            }
            Self::Filter(_) | Self::Not(_) => {}
        }
    }

    pub(crate) fn collect_filters<'a>(&'a self, filters: &mut Vec<&'a Filter>) {
        match self {
            Self::Word(_) | Self::Unsegmented { .. } => {}
            Self::Filter(filter) => filters.push(filter),
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter().for_each(|clause| clause.collect_filters(filters));
            }
            Self::Not(clause) => clause.collect_filters(filters),
        }
    }

    fn change_words(&mut self, change: &mut impl FnMut(&mut Word)) {
        match self {
            Self::Word(word) => change(word),
            Self::Unsegmented { whole, cut } => {
                change(whole);
                cut.change_words(change);
            }
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter_mut().for_each(|clause| clause.change_words(change));
            }
            Self::Filter(_) | Self::Not(_) => {}
        }
    }
}

/// Prints the query as it was read, with its operators.
impl fmt::Display for AnalyzedQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_joined(&self.clauses, " ", formatter)
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) | Self::Unsegmented { whole: word, .. } => word.fmt(formatter),
            Self::Filter(filter) => filter.fmt(formatter),
            Self::Not(clause) => write!(formatter, "-{clause}"),
            Self::All(clauses) | Self::Any(clauses) => {
                let between = if matches!(self, Self::All(_)) { " " } else { " OR " };
                formatter.write_str("(")?;
                write_joined(clauses, between, formatter)?;
                formatter.write_str(")")
            }
        }
    }
}

fn write_joined(clauses: &[Clause], between: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, clause) in clauses.iter().enumerate() {
        if index > 0 {
            formatter.write_str(between)?;
        }
        write!(formatter, "{clause}")?;
    }
    Ok(())
}
