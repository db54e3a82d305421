//! IPADIC, which is part of the program.
//!
//! `data/dictionary/compiler` made the files from the dictionary's source, and `build.rs` unpacked them. They are used in
//! place: loading copies nothing, and of their 19 MB only the pages that a text needs are read from disk.

use std::borrow::Cow;
use std::sync::Arc;

use lindera_dictionary::LinderaResult;
use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;

use super::description::Description;

/// The SHA-256 of the dictionary's source, in hexadecimal: the first of the sums.
pub(super) const SOURCE_CHECKSUM: &str = include_str!("../../data/dictionary/SHA256SUMS").split_at(64).0;

/// The bytes of an unpacked file, which are part of the program.
macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

static CHARACTERS: &[u8] = file!("char_def.bin");
static METADATA: &[u8] = file!("metadata.json");
static TRIE: &[u8] = file!("dict.trie");
static UNKNOWN: &[u8] = file!("unk.bin");
static VALUES: &[u8] = file!("dict.vals");
static VALUE_OFFSETS: &[u8] = file!("dict.valsidx");
/// What is said of each word, in the form that `data/dictionary/compiler/src/words.rs` describes.
static WORDS: &[u8] = file!("words.bin");
static WORD_OFFSETS: &[u8] = file!("words.idx");
/// The pairs of a part of speech and its first subcategory, which a word names by number.
static PARTS_OF_SPEECH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/parts_of_speech.rs"));

/// The size of an offset: 32 bits, little-endian.
const OFFSET: usize = size_of::<u32>();

/// Loads the dictionary, without what it says of each word, which [`describe`] reads.
pub(super) fn load() -> LinderaResult<Dictionary> {
    // Aligned, because costs that can't be read in place are copied.
    let costs = lindera_dictionary::include_bytes_aligned!(concat!(env!("OUT_DIR"), "/matrix.mtx"));
    let metadata = Metadata::load(METADATA)?;
    metadata.validate_format_version()?;
    Ok(Dictionary {
        prefix_dictionary: Arc::new(PrefixDictionary::load(
            TRIE,
            VALUE_OFFSETS,
            VALUES,
            Vec::new(),
            Vec::new(),
        )?),
        connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(costs)?),
        character_definition: Arc::new(CharacterDefinition::load(CHARACTERS)?),
        unknown_dictionary: Arc::new(UnknownDictionary::load(UNKNOWN)?),
        metadata: Arc::new(metadata),
    })
}

/// The number of words, which are numbered from 0. Behind their offsets is the end of the last one.
pub(super) fn words() -> usize {
    WORD_OFFSETS.len() / OFFSET - 1
}

/// Returns what the dictionary says of a word.
pub(super) fn describe(word: usize) -> Option<Description<'static>> {
    let entry = WORDS.get(offset(word)?..offset(word + 1)?)?;
    let (&[pair, base_form], texts) = entry.split_first_chunk()?;
    let &(part_of_speech, subcategory) = PARTS_OF_SPEECH.get(usize::from(pair))?;
    let (base_form, reading) = texts.split_at_checked(usize::from(base_form))?;
    let base_form = str::from_utf8(base_form).ok().filter(|text| !text.is_empty());
    Some(Description { part_of_speech, subcategory, base_form, reading: read(reading) })
}

/// Returns a reading. Katakana have a byte each.
fn read(reading: &'static [u8]) -> Option<Cow<'static, str>> {
    match reading {
        [] => None,
        [0, text @ ..] => str::from_utf8(text).ok().map(Cow::Borrowed),
        katakana => {
            Some(katakana.iter().filter_map(|&byte| char::from_u32(0x3000 + u32::from(byte))).collect())
        }
    }
}

fn offset(word: usize) -> Option<usize> {
    let place = word * OFFSET;
    let bytes = WORD_OFFSETS.get(place..place + OFFSET)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
}
