//! Finds a string of characters wherever it stands, or where a word begins with it.
//!
//! The index holds each pair of neighbouring characters with its position (see [`crate::analysis`]). A string of
//! two characters or more stands at place p exactly if the pairs at its offsets 0, 2, 4, … (and the last pair, if
//! its length is odd) stand at p, p + 2, p + 4, …; a string of one character, if any pair that begins with it does.
//! There is no other way to match and none to miss, whatever the segmenter did.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::bm25::{LengthNorms, explain, idf};
use crate::analysis::term::{self, Position};

/// Where a string may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// Where a word of the text begins.
    WordStart,
    /// Anywhere.
    Anywhere,
}

/// Matches the opinions in which a string stands.
#[derive(Clone, Debug)]
pub(crate) struct StringQuery {
    field: Field,
    characters: Vec<char>,
    placement: Placement,
    /// Where matches are scored: what lengths do to them.
    norms: Option<LengthNorms>,
}

impl StringQuery {
    /// The characters must be normalized. Without norms a match adds nothing to a score.
    pub(super) fn new(
        field: Field,
        characters: &str,
        placement: Placement,
        norms: Option<LengthNorms>,
    ) -> Self {
        Self { field, characters: characters.chars().collect(), placement, norms }
    }

    /// The pairs that make up the string, with their offsets; none for a string of one character.
    fn pairs(&self) -> Vec<(u32, Term)> {
        let length = self.characters.len();
        let last = length.saturating_sub(2);
        let offsets = (0..last).step_by(2).chain((length >= 2).then_some(last));
        let mut text = String::new();
        offsets
            .map(|offset| {
                term::write_pair(self.characters[offset], Some(self.characters[offset + 1]), &mut text);
                (u32::try_from(offset).unwrap_or(u32::MAX), Term::from_field_text(self.field, &text))
            })
            .collect()
    }
}

impl Query for StringQuery {
    fn weight(&self, enable_scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let pairs = self.pairs();
        let mut rarity = 0.0;
        if let (EnableScoring::Enabled { searcher, .. }, Some(_)) = (enable_scoring, &self.norms) {
            for (_, term) in &pairs {
                rarity += idf(searcher.doc_freq(term)?, searcher.num_docs());
            }
        }
        Ok(Box::new(StringWeight { query: self.clone(), pairs, rarity }))
    }
}

struct StringWeight {
    query: StringQuery,
    pairs: Vec<(u32, Term)>,
    /// The sum of the pairs' idf.
    rarity: Score,
}

impl StringWeight {
    fn scorer_of_pairs(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted_index = reader.inverted_index(self.query.field)?;
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for (offset, term) in &self.pairs {
            let Some(postings) =
                inverted_index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?
            else {
                return Ok(Box::new(EmptyScorer));
            };
            pairs.push(PairPostings { offset: *offset, postings });
        }
        // The rarest pair leads: the others are only asked about its documents.
        pairs.sort_by_key(|pair| pair.postings.doc_freq());
        let mut scorer = StringScorer {
            pairs,
            placement: self.query.placement,
            count: 0,
            starts: Vec::new(),
            positions: Vec::new(),
            similarity: self.similarity(self.rarity * boost, reader)?,
        };
        let first = scorer.lead().doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    /// A string of one character: all pairs that begin with it are read at once.
    fn scorer_of_character(
        &self,
        character: char,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted_index = reader.inverted_index(self.query.field)?;
        let mut prefix = String::new();
        term::write_pair(character, None, &mut prefix);
        let mut counts: Vec<(DocId, u32)> = Vec::new();
        let mut positions = Vec::new();
        let mut terms = inverted_index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while let Some((key, term_info)) = terms.next() {
            if !key.starts_with(prefix.as_bytes()) {
                break;
            }
            let mut postings = inverted_index
                .read_postings_from_terminfo(term_info, IndexRecordOption::WithFreqsAndPositions)?;
            while postings.doc() != TERMINATED {
                postings.positions(&mut positions);
                let count =
                    positions.iter().filter(|&&position| self.query.placement.allows(position)).count();
                counts.push((postings.doc(), u32::try_from(count).unwrap_or(u32::MAX)));
                postings.advance();
            }
        }
        counts.retain(|&(_, count)| count > 0);
        counts.sort_unstable();
        counts.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let rarity = idf(counts.len() as u64, u64::from(reader.max_doc()));
        let similarity = self.similarity(rarity * boost, reader)?;
        Ok(Box::new(CharacterScorer { counts, index: 0, similarity }))
    }

    fn similarity(&self, weight: Score, reader: &SegmentReader) -> tantivy::Result<Similarity> {
        let lengths = reader.get_fieldnorms_reader(self.query.field)?;
        Ok(Similarity { weight, norms: self.query.norms.clone(), lengths })
    }
}

impl Weight for StringWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match *self.query.characters {
            [] => Ok(Box::new(EmptyScorer)),
            [character] => self.scorer_of_character(character, reader, boost),
            _ => self.scorer_of_pairs(reader, boost),
        }
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let string: String = self.query.characters.iter().collect();
        explain(self, reader, document, format!("the string {string}"))
    }
}

impl Placement {
    fn allows(self, encoded_position: u32) -> bool {
        self == Self::Anywhere || Position::decode(encoded_position).begins_word
    }
}

/// BM25 of a document, given how often the string stands in it.
struct Similarity {
    weight: Score,
    norms: Option<LengthNorms>,
    lengths: FieldNormReader,
}

impl Similarity {
    fn score(&self, document: DocId, count: u32) -> Score {
        let Some(norms) = &self.norms else { return 0.0 };
        self.weight * norms.saturate(count, self.lengths.fieldnorm_id(document))
    }
}

struct PairPostings {
    /// The index of the pair's first character in the string.
    offset: u32,
    postings: SegmentPostings,
}

/// Scores the documents that have all pairs at the right distances.
struct StringScorer {
    /// At least one, the rarest first.
    pairs: Vec<PairPostings>,
    placement: Placement,
    /// How often the string stands in the current document.
    count: u32,
    /// The places where the string may begin in the current document.
    starts: Vec<u32>,
    positions: Vec<u32>,
    similarity: Similarity,
}

impl StringScorer {
    fn lead(&mut self) -> &mut SegmentPostings {
        &mut self.pairs[0].postings
    }

    /// Goes to the first match at `candidate`, which the rarest pair stands at, or after it.
    fn settle(&mut self, mut candidate: DocId) -> DocId {
        'candidates: while candidate != TERMINATED {
            for pair in &mut self.pairs[1..] {
                let found = if pair.postings.doc() < candidate {
                    pair.postings.seek(candidate)
                } else {
                    pair.postings.doc()
                };
                if found > candidate {
                    candidate = self.lead().seek(found);
                    continue 'candidates;
                }
            }
            self.count = self.count_in_document();
            if self.count > 0 {
                break;
            }
            candidate = self.lead().advance();
        }
        candidate
    }

    /// Counts the places where all pairs stand at their offsets.
    fn count_in_document(&mut self) -> u32 {
        let Self { pairs, placement, starts, positions, .. } = self;
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
                break;
            }
        }
        u32::try_from(starts.len()).unwrap_or(u32::MAX)
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
        self.similarity.score(self.doc(), self.count)
    }
}

/// Scores the documents in which a character stands, which were all found beforehand.
struct CharacterScorer {
    /// Documents in their order, and how often the character stands in each.
    counts: Vec<(DocId, u32)>,
    index: usize,
    similarity: Similarity,
}

impl DocSet for CharacterScorer {
    fn advance(&mut self) -> DocId {
        self.index += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.counts.get(self.index..).unwrap_or_default();
        self.index += rest.partition_point(|&(document, _)| document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.counts.get(self.index).map_or(TERMINATED, |&(document, _)| document)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.counts.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for CharacterScorer {
    fn score(&mut self) -> Score {
        let Some(&(document, count)) = self.counts.get(self.index) else { return 0.0 };
        self.similarity.score(document, count)
    }
}
