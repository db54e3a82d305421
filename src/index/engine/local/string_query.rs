//! A query for a string of characters, anywhere or at the beginning of a word.
//!
//! The index holds each pair of neighbouring characters with its position (see [`crate::analysis`]). A string
//! of two or more characters occurs at position p if and only if the pairs at its offsets 0, 2, 4, … (and the
//! last pair, if its length is odd) occur at p, p + 2, p + 4, …. Matches are therefore exact, however the
//! segmenter cut the text. A string of one character is a
//! [`CharacterQuery`](super::character_query::CharacterQuery).

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::super::{Boundary, Placement};
use super::postings::move_to;
use super::weighted_term::explain;
use crate::analysis::term::{self, Position};
use crate::stop::{Stop, Watch};

impl Placement {
    pub(super) fn allows(self, encoded_position: u32) -> bool {
        self == Self::Anywhere || Position::decode(encoded_position).begins_word
    }
}

/// Matches the opinions that contain a string of at least two characters. It adds nothing to their scores.
#[derive(Clone, Debug)]
pub(super) struct StringQuery {
    field: Field,
    /// The pairs that make up the string, each with the index (from 0) of its first character in the string.
    pairs: Vec<(u32, Term)>,
    placement: Placement,
    /// The pairs of a character that must not precede the string and its first character.
    before: Vec<Term>,
    /// The pairs of its last character and a character that must not follow the string.
    after: Vec<Term>,
    /// The index of its last character, from 0.
    last: u32,
    stop: Stop,
}

impl StringQuery {
    /// Creates a query for normalized characters. A single character matches nothing.
    pub(super) fn new(field: Field, characters: &str, placement: Placement, boundary: Boundary) -> Self {
        let characters: Vec<char> = characters.chars().collect();
        let last_pair = characters.len().checked_sub(2);
        let offsets = (0..last_pair.unwrap_or(0)).step_by(2).chain(last_pair);
        let mut text = String::new();
        let mut pair = |first: char, second: char| {
            term::write_pair(first, Some(second), &mut text);
            Term::from_field_text(field, &text)
        };
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        if let (Some(&first), Some(&last)) = (characters.first(), characters.last()) {
            before.extend(boundary.forbidden_before().chars().map(|forbidden| pair(forbidden, first)));
            after.extend(boundary.forbidden_after().chars().map(|forbidden| pair(last, forbidden)));
        }
        Self {
            field,
            pairs: offsets
                .map(|offset| (number(offset), pair(characters[offset], characters[offset + 1])))
                .collect(),
            placement,
            before,
            after,
            last: number(characters.len().saturating_sub(1)),
            stop: Stop::new(),
        }
    }

    /// Finds less than there is when it is stopped.
    pub(super) fn until(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }
}

impl StringQuery {
    /// Returns the positions of the string in a document, in characters of its normalized text.
    pub(super) fn places(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Vec<u32>> {
        let Some(mut scorer) = self.string_scorer(segment)? else { return Ok(Vec::new()) };
        let found = scorer.stands_in(document);
        Ok(if found { scorer.starts } else { Vec::new() })
    }

    /// Returns a scorer, or `None` if the segment lacks one of the pairs.
    fn string_scorer(&self, segment: &SegmentReader) -> tantivy::Result<Option<StringScorer>> {
        let inverted_index = segment.inverted_index(self.field)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for &(offset, ref term) in &self.pairs {
            let Some(postings) = inverted_index.read_postings(term, option)? else { return Ok(None) };
            pairs.push(PairPostings { offset, postings });
        }
        let mut forbidden = Vec::new();
        for (terms, shift) in [(&self.before, Shift::Before), (&self.after, Shift::After(self.last))] {
            for term in terms {
                let postings = inverted_index.read_postings(term, option)?;
                forbidden.extend(postings.map(|postings| ForbiddenPostings { shift, postings }));
            }
        }
        // The rarest pair leads; the others are only checked for its documents.
        pairs.sort_by_key(|pair| pair.postings.doc_freq());
        let scorer = StringScorer {
            pairs,
            forbidden,
            placement: self.placement,
            starts: Vec::new(),
            positions: Vec::new(),
            watch: self.stop.watch(),
        };
        Ok((!scorer.pairs.is_empty()).then_some(scorer))
    }
}

impl Query for StringQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for StringQuery {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut scorer) = self.string_scorer(reader)? else { return Ok(Box::new(EmptyScorer)) };
        let first = scorer.lead().doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document, format!("a string of {} pairs of characters", self.pairs.len()))
    }
}

struct PairPostings {
    /// The index of the pair's first character in the string.
    offset: u32,
    postings: SegmentPostings,
}

/// The postings of a pair that must not occur at the edge of the string.
struct ForbiddenPostings {
    shift: Shift,
    postings: SegmentPostings,
}

/// The position of a forbidden pair relative to a string.
#[derive(Clone, Copy)]
enum Shift {
    /// The first character of the pair precedes the string.
    Before,
    /// The first character of the pair is the last of the string, which has this index.
    After(u32),
}

/// Iterates over the documents in which all pairs occur at their offsets.
struct StringScorer {
    /// The pairs, at least one, the rarest first.
    pairs: Vec<PairPostings>,
    forbidden: Vec<ForbiddenPostings>,
    placement: Placement,
    /// The positions in the current document where the string may begin.
    starts: Vec<u32>,
    positions: Vec<u32>,
    watch: Watch,
}

impl StringScorer {
    fn lead(&mut self) -> &mut SegmentPostings {
        &mut self.pairs[0].postings
    }

    /// Advances to a document, and returns whether it contains the string.
    fn stands_in(&mut self, document: DocId) -> bool {
        let are_there =
            self.pairs.iter_mut().all(|PairPostings { postings, .. }| move_to(postings, document));
        are_there && self.stands_in_document()
    }

    /// Advances to the first match at or after `candidate`, a document that contains the rarest pair.
    fn settle(&mut self, mut candidate: DocId) -> DocId {
        'candidates: while candidate != TERMINATED {
            if self.watch.step().is_err() {
                return self.lead().seek(TERMINATED);
            }
            for PairPostings { postings, .. } in &mut self.pairs[1..] {
                let found =
                    if postings.doc() < candidate { postings.seek(candidate) } else { postings.doc() };
                if found > candidate {
                    candidate = self.lead().seek(found);
                    continue 'candidates;
                }
            }
            if self.stands_in_document() {
                break;
            }
            candidate = self.lead().advance();
        }
        candidate
    }

    /// Whether there is a position where all pairs occur at their offsets.
    fn stands_in_document(&mut self) -> bool {
        let Self { pairs, forbidden, placement, starts, positions, .. } = self;
        let document = pairs[0].postings.doc();
        for (index, pair) in pairs.iter_mut().enumerate() {
            pair.postings.positions(positions);
            if pair.offset == 0 {
                positions.retain(|&position| placement.allows(position));
            }
            // From here on a position is where the string would begin. Both lists stay in ascending order.
            let begin = |position: u32| Position::decode(position).character.checked_sub(pair.offset);
            if index == 0 {
                starts.clear();
                starts.extend(positions.iter().copied().filter_map(begin));
            } else {
                let mut others = positions.iter().copied().filter_map(begin).peekable();
                starts.retain(|&start| {
                    while others.next_if(|&other| other < start).is_some() {}
                    others.peek() == Some(&start)
                });
            }
            if starts.is_empty() {
                return false;
            }
        }
        for ForbiddenPostings { shift, postings } in forbidden {
            if move_to(postings, document) {
                postings.positions(positions);
                for &position in &*positions {
                    let character = Position::decode(position).character;
                    let start = match *shift {
                        Shift::Before => character.checked_add(1),
                        Shift::After(last) => character.checked_sub(last),
                    };
                    starts.retain(|&place| Some(place) != start);
                }
            }
        }
        !starts.is_empty()
    }
}

impl DocSet for StringScorer {
    fn advance(&mut self) -> DocId {
        let candidate = self.lead().advance();
        self.settle(candidate)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        let candidate = self.lead().seek(target);
        self.settle(candidate)
    }

    fn doc(&self) -> DocId {
        self.pairs[0].postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.pairs[0].postings.size_hint()
    }
}

impl Scorer for StringScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
