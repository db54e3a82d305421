//! Finds a string of characters wherever it stands, or where a word begins with it.
//!
//! The index holds each pair of neighbouring characters with its position (see [`crate::analysis`]). A string of two
//! characters or more stands at place p exactly if the pairs at its offsets 0, 2, 4, … (and the last pair, if its
//! length is odd) stand at p, p + 2, p + 4, …. There is no other way to match and none to miss, whatever the segmenter
//! did. A string of one character is a [`CharacterQuery`](super::character_query::CharacterQuery).

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::bm25::explain;
use super::boundary::Boundary;
use super::postings::move_to;
use crate::analysis::term::{self, Position};

/// Where a string may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// Where a word of the text begins.
    WordStart,
    /// Anywhere.
    Anywhere,
}

impl Placement {
    pub(crate) fn allows(self, encoded_position: u32) -> bool {
        self == Self::Anywhere || Position::decode(encoded_position).begins_word
    }
}

/// Matches the opinions in which a string of at least two characters stands. It adds nothing to their scores.
#[derive(Clone, Debug)]
pub(crate) struct StringQuery {
    field: Field,
    /// The pairs that make up the string, with the indices of their first characters in it.
    pairs: Vec<(u32, Term)>,
    placement: Placement,
    /// The pairs of its first character with what may not stand before it.
    before: Vec<Term>,
    /// The pairs of its last character with what may not stand behind it.
    after: Vec<Term>,
    /// The index of its last character.
    last: u32,
}

impl StringQuery {
    /// The characters must be normalized. One character alone matches nothing.
    pub(crate) fn new(field: Field, characters: &[char], placement: Placement, boundary: Boundary) -> Self {
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
        }
    }
}

impl StringQuery {
    /// Where the string stands in a document, in characters of its normalized text.
    pub(super) fn places(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Vec<u32>> {
        let Some(mut scorer) = self.string_scorer(segment)? else { return Ok(Vec::new()) };
        let found = scorer.stands_in(document);
        Ok(if found { scorer.starts } else { Vec::new() })
    }

    /// `None` where a pair is nowhere in the segment.
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
        // The rarest pair leads: the others are only asked about its documents.
        pairs.sort_by_key(|pair| pair.postings.doc_freq());
        let (starts, positions) = (Vec::new(), Vec::new());
        let scorer = StringScorer { pairs, forbidden, placement: self.placement, starts, positions };
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

/// A pair that may not stand at the string's edge.
struct ForbiddenPostings {
    shift: Shift,
    postings: SegmentPostings,
}

/// Where a forbidden pair stands beside a string.
#[derive(Clone, Copy)]
enum Shift {
    /// Its first character stands before the string.
    Before,
    /// Its first character is the string's last, which has this index.
    After(u32),
}

/// Goes through the documents that have all pairs at the right distances.
struct StringScorer {
    /// At least one, the rarest first.
    pairs: Vec<PairPostings>,
    forbidden: Vec<ForbiddenPostings>,
    placement: Placement,
    /// The places where the string may begin in the current document.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl StringScorer {
    fn lead(&mut self) -> &mut SegmentPostings {
        &mut self.pairs[0].postings
    }

    /// Goes to a document; whether the string stands in it.
    fn stands_in(&mut self, document: DocId) -> bool {
        let are_there =
            self.pairs.iter_mut().all(|PairPostings { postings, .. }| move_to(postings, document));
        are_there && self.stands_in_document()
    }

    /// Goes to the first match at `candidate`, which the rarest pair stands at, or after it.
    fn settle(&mut self, mut candidate: DocId) -> DocId {
        'candidates: while candidate != TERMINATED {
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

    /// Whether there is a place where all pairs stand at their offsets.
    fn stands_in_document(&mut self) -> bool {
        let Self { pairs, forbidden, placement, starts, positions } = self;
        let document = pairs[0].postings.doc();
        for (index, pair) in pairs.iter_mut().enumerate() {
            pair.postings.positions(positions);
            if pair.offset == 0 {
                positions.retain(|&position| placement.allows(position));
            }
            // From here on a position is the place where the string would begin; both lists stay in order.
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
