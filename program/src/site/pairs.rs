//! The pairs of neighbouring characters, as the index has them, in chunks for the browser.
//!
//! A chunk has the pairs between two others in the order of their code points, so that a search knows the chunk of a
//! pair from the first pairs of all chunks, and all pairs that begin with a character are together. It is two files:
//! `pairs-N.bin` tells which opinions have a pair, how often and whether a word begins with it, and `places-N.bin` where,
//! which a search reads only of pairs whose neighbourhood matters.
//!
//! In both, a pair is a record: its length in bytes, then its bytes. In `pairs-N.bin` these are the length of the pair in
//! UTF-8, the pair, the number of opinions, for each opinion how far its number is from the one before, and for each
//! opinion twice its frequency, plus one if a word begins with the pair. In `places-N.bin` they are, for each opinion, how
//! far each position (see [`Position`]) is from the one before.

use gijiroku::analysis::Position;
use gijiroku::index::{Index, OpinionKey};

use super::SiteError;
use super::data::DataFiles;
use super::numbering::Numbering;
use super::pack::push_number;

/// The length of both files together, in bytes before they are packed, from which on the next pair begins another chunk.
const CHUNK: usize = 48 << 10;

/// What a search must know of the pairs before it reads any.
pub(super) struct Pairs {
    pub(super) first_of_chunks: Vec<String>,
    /// The length of each opinion in characters. Each character begins one pair, and the last stands alone.
    pub(super) lengths: Vec<u32>,
}

/// The chunk that grows.
#[derive(Default)]
struct Chunk {
    pairs: Vec<u8>,
    places: Vec<u8>,
}

/// Where a pair stands in an opinion, as positions of the index.
type Posting<'a> = (u32, &'a [u32]);

/// Writes all pairs.
pub(super) fn write(
    index: &Index,
    numbering: &Numbering,
    files: &mut DataFiles<'_>,
) -> Result<Pairs, SiteError> {
    let mut written = Pairs { first_of_chunks: Vec::new(), lengths: vec![0; numbering.len()] };
    let numbers = numbering.by_key(index)?;
    let mut chunk = Chunk::default();
    let mut add = |pair: &str, postings: &[(OpinionKey, Vec<u32>)]| -> Result<(), SiteError> {
        let numbered = postings
            .iter()
            .filter_map(|(opinion, positions)| Some((*numbers.get(opinion)?, positions.as_slice())));
        let mut postings: Vec<Posting<'_>> = numbered.collect();
        postings.sort_unstable_by_key(|(number, _)| *number);
        if chunk.pairs.is_empty() {
            written.first_of_chunks.push(pair.to_owned());
        }
        for (number, positions) in &postings {
            written.lengths[*number as usize] += as_number(positions.len());
        }
        chunk.push(pair, &postings);
        match chunk.pairs.len() + chunk.places.len() >= CHUNK {
            true => chunk.flush(written.first_of_chunks.len() - 1, files),
            false => Ok(()),
        }
    };
    let mut added = Ok(());
    index.each_pair(|pair, postings| {
        added = add(pair, postings);
        added.is_ok()
    })?;
    added?;
    if !chunk.pairs.is_empty() {
        chunk.flush(written.first_of_chunks.len() - 1, files)?;
    }
    Ok(written)
}

fn as_number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Chunk {
    fn push(&mut self, pair: &str, postings: &[Posting<'_>]) {
        let (mut opinions, mut frequencies, mut places) = (Vec::new(), Vec::new(), Vec::new());
        push_number(as_number(pair.len()), &mut opinions);
        opinions.extend(pair.as_bytes());
        push_number(as_number(postings.len()), &mut opinions);
        let mut previous = 0;
        for (number, positions) in postings {
            push_number(number - previous, &mut opinions);
            previous = *number;
            let begins_word = positions.iter().any(|&position| Position::decode(position).begins_word);
            push_number(as_number(positions.len()) << 1 | u32::from(begins_word), &mut frequencies);
            let mut before = 0;
            for position in *positions {
                push_number(position - before, &mut places);
                before = *position;
            }
        }
        push_number(as_number(opinions.len() + frequencies.len()), &mut self.pairs);
        self.pairs.extend(opinions);
        self.pairs.extend(frequencies);
        push_number(as_number(places.len()), &mut self.places);
        self.places.extend(places);
    }

    /// Writes the chunk with this number, and begins another.
    fn flush(&mut self, number: usize, files: &mut DataFiles<'_>) -> Result<(), SiteError> {
        files.write(&format!("pairs-{number}.bin"), &self.pairs)?;
        files.write(&format!("places-{number}.bin"), &self.places)?;
        self.pairs.clear();
        self.places.clear();
        Ok(())
    }
}
