//! The vectors of an index: their file, and which of them are near.
//!
//! The file begins with a line that names the format, and the length of a header in JSON. The header lists the
//! opinions, each with its identifier, the sum of its text and the number of its passages; behind it stand the vectors
//! of all passages in the same order. Each component is one byte: a vector of 384 takes 388 bytes where floating-point
//! numbers take 1,536, and the cosines differ in the third decimal place.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::ModelIdentity;

/// The first line of the file.
const FORMAT: &[u8] = b"gijiroku vectors 1\n";

/// How the name of the file ends. It begins with 32 hexadecimal digits of the sum of its content.
const EXTENSION: &str = ".vectors";

/// The bytes of a vector beside its components: the factor that they are multiplied by.
const FACTOR: usize = size_of::<f32>();

/// Whether a file of an index has vectors.
pub(crate) fn is_vectors_file(name: &str) -> bool {
    name.ends_with(EXTENSION)
}

/// What an index says of its vectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredVectors {
    /// The name of the file.
    pub(crate) file: String,
    pub(crate) model: ModelIdentity,
}

impl StoredVectors {
    /// Reads the vectors of the index in a folder. Returns `None` where their file is damaged, and an error where it can't be read.
    pub(crate) fn read(&self, folder: &Path) -> io::Result<Option<Vectors>> {
        Ok(Vectors::parse(&fs::read(folder.join(&self.file))?))
    }
}

/// The vectors of the passages of all opinions.
#[derive(Clone, Debug)]
pub(crate) struct Vectors {
    header: Arc<Header>,
    components: Arc<Vec<u8>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    model: ModelIdentity,
    dimensions: usize,
    opinions: Vec<OpinionVectors>,
}

/// The passages of an opinion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct OpinionVectors {
    pub(crate) id: String,
    /// The sum of its text.
    pub(crate) sum: String,
    pub(super) passages: usize,
}

impl Vectors {
    /// Puts together the vectors of opinions.
    pub(super) fn new(
        model: ModelIdentity,
        dimensions: usize,
        opinions: impl Iterator<Item = (OpinionVectors, Arc<[u8]>)>,
    ) -> Self {
        let mut components = Vec::new();
        let opinions = opinions.map(|(opinion, of_opinion)| {
            components.extend_from_slice(&of_opinion);
            opinion
        });
        let opinions = opinions.collect();
        Self { header: Arc::new(Header { model, dimensions, opinions }), components: Arc::new(components) }
    }

    /// Parses a file; `None` where it is damaged.
    pub(crate) fn parse(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(FORMAT)?;
        let (length, rest) = rest.split_first_chunk()?;
        let (header, components) =
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let header: Header = serde_json::from_slice(header).ok()?;
        let passages =
            header.opinions.iter().try_fold(0_usize, |sum, opinion| sum.checked_add(opinion.passages))?;
        let size = header.dimensions.checked_add(FACTOR)?.checked_mul(passages)?;
        (size == components.len())
            .then(|| Self { header: Arc::new(header), components: Arc::new(components.to_vec()) })
    }

    pub(crate) fn to_file(&self) -> serde_json::Result<Vec<u8>> {
        let header = serde_json::to_vec(&*self.header)?;
        let mut file = FORMAT.to_vec();
        file.extend((header.len() as u64).to_le_bytes());
        file.extend(header);
        file.extend_from_slice(&self.components);
        Ok(file)
    }

    /// Returns what an index is to say of the vectors in a file with this sum.
    pub(crate) fn stored(&self, sha256: &str) -> StoredVectors {
        let name: String = sha256.chars().take(32).collect();
        StoredVectors { file: name + EXTENSION, model: self.header.model.clone() }
    }

    pub(crate) fn model(&self) -> &ModelIdentity {
        &self.header.model
    }

    pub(super) fn dimensions(&self) -> usize {
        self.header.dimensions
    }

    /// Returns the opinions, in the order of [`cosines`](Self::cosines).
    pub(crate) fn opinions(&self) -> &[OpinionVectors] {
        &self.header.opinions
    }

    /// Returns the opinions, each with the stored vectors of its passages.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&OpinionVectors, &[u8])> {
        let size = self.header.dimensions + FACTOR;
        let mut start = 0;
        self.header.opinions.iter().map(move |opinion| {
            let end = start + opinion.passages * size;
            let of_opinion = &self.components[start..end];
            start = end;
            (opinion, of_opinion)
        })
    }

    /// Returns for each opinion the cosine of the angle between a vector and the nearest of its passages; `None` where
    /// it has none.
    pub(crate) fn cosines(&self, query: &[f32]) -> Vec<Option<f32>> {
        let query = stored(query);
        let size = self.header.dimensions + FACTOR;
        let nearest =
            |vectors: &[u8]| vectors.chunks_exact(size).map(|vector| cosine(&query, vector)).reduce(f32::max);
        self.iter().map(|(_, vectors)| nearest(vectors)).collect()
    }
}

/// Returns a vector as it is stored: its factor, and its components divided by it.
pub(super) fn stored(vector: &[f32]) -> Vec<u8> {
    let greatest = vector.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
    let factor = greatest / f32::from(i8::MAX);
    let component = |value: &f32| if factor > 0.0 { (value / factor).round() as i8 } else { 0 };
    let components = vector.iter().map(|value| component(value).cast_unsigned());
    factor.to_le_bytes().into_iter().chain(components).collect()
}

/// Returns the product of two stored vectors, which is the cosine where their lengths were 1.
fn cosine(left: &[u8], right: &[u8]) -> f32 {
    let (Some((left_factor, left)), Some((right_factor, right))) =
        (left.split_first_chunk(), right.split_first_chunk())
    else {
        return 0.0;
    };
    let product = |(left, right): (&u8, &u8)| i32::from(left.cast_signed()) * i32::from(right.cast_signed());
    let sum: i32 = left.iter().zip(right).map(product).sum();
    sum as f32 * f32::from_le_bytes(*left_factor) * f32::from_le_bytes(*right_factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors() -> Vectors {
        let opinion = |id: &str, vectors: &[[f32; 3]]| {
            let of_opinion: Vec<u8> = vectors.iter().flat_map(|vector| stored(vector)).collect();
            let opinion = OpinionVectors { id: id.to_owned(), sum: String::new(), passages: vectors.len() };
            (opinion, of_opinion.into())
        };
        let opinions = [
            opinion("a-1", &[[1.0, 0.0, 0.0], [0.0, 0.6, 0.8]]),
            opinion("a-2", &[]),
            opinion("a-3", &[[0.0, 0.0, -1.0]]),
            opinion("a-4", &[[0.0; 3]]),
        ];
        Vectors::new(ModelIdentity::default(), 3, opinions.into_iter())
    }

    #[test]
    fn the_nearest_passage_counts() {
        let cosines = vectors().cosines(&[0.0, 0.8, 0.6]);
        let expected = [Some(0.96), None, Some(-0.6), Some(0.0)];
        for (cosine, expected) in cosines.into_iter().zip(expected) {
            assert_eq!(cosine.is_some(), expected.is_some());
            assert!(
                (cosine.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 0.01,
                "{cosine:?} {expected:?}"
            );
        }
    }

    #[test]
    fn a_file_is_read_as_it_was_written_and_damage_is_noticed() {
        let vectors = vectors();
        let file = vectors.to_file().unwrap();
        let read = Vectors::parse(&file).unwrap();
        assert_eq!(read.cosines(&[1.0, 0.0, 0.0]), vectors.cosines(&[1.0, 0.0, 0.0]));
        assert_eq!(
            read.opinions().iter().map(|opinion| opinion.id.as_str()).collect::<Vec<_>>(),
            ["a-1", "a-2", "a-3", "a-4"]
        );
        for length in 0..file.len() {
            assert!(Vectors::parse(&file[..length]).is_none(), "{length}");
        }
        // A header that tells of more than there is.
        for (from, to) in [("\"passages\":1", "\"passages\":9"), ("\"dimensions\":3", "\"dimensions\":4")] {
            let header = String::from_utf8_lossy(&file).replace(from, to).into_bytes();
            assert!(Vectors::parse(&header).is_none());
        }
        assert!(is_vectors_file(&vectors.stored(&"0".repeat(64)).file));
    }
}
