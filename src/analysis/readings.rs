//! The readings of words, and the words of a reading.
//!
//! `build.rs` makes a table of `reading TAB surface` from the source of the dictionary. It is embedded as a
//! finite-state transducer: a search reads only the pages that it needs, and an automaton can traverse it, so
//! words are also found by the beginning of their reading or by a similar reading.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use tantivy_fst::{Automaton, IntoStreamer, Map, Streamer, raw};

use super::NormalizedText;

static TABLE: LazyLock<Option<Map<&'static [u8]>>> = LazyLock::new(|| {
    // `build.rs` wrote the table, so it is valid.
    raw::Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/readings.fst"))[..]).ok().map(Map::from)
});

/// Separates a reading from its word.
const SEPARATOR: char = '\t';

/// The readings of the words of the dictionaries, in katakana.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readings {
    /// The keys of a user dictionary, in the form of the table.
    own: BTreeSet<String>,
}

/// All methods return words normalized.
impl Readings {
    /// Makes readings from the table of the dictionary and additional pairs of reading and word.
    pub(super) fn with(words: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            own: words
                .into_iter()
                .map(|(reading, surface)| format!("{reading}{SEPARATOR}{surface}"))
                .collect(),
        }
    }

    /// Returns the words with exactly this reading.
    pub(crate) fn words_read(&self, reading: &str) -> Vec<String> {
        self.words_with_key_prefix(&format!("{reading}{SEPARATOR}"), usize::MAX)
    }

    /// Whether the dictionary lists a word that is written in katakana.
    pub(crate) fn lists(&self, katakana: &str) -> bool {
        self.words_read(katakana).iter().any(|word| word == katakana)
    }

    /// Returns up to `limit` words whose reading begins like this.
    pub(crate) fn words_read_from(&self, beginning: &str, limit: usize) -> Vec<String> {
        self.words_with_key_prefix(beginning, limit)
    }

    /// Returns the words of the dictionary whose reading an automaton accepts.
    pub(crate) fn words_accepted(&self, automaton: impl Automaton) -> Vec<String> {
        let Some(table) = TABLE.as_ref() else { return Vec::new() };
        let mut keys = table.search(ReadingAutomaton(automaton)).into_stream();
        let mut words = Vec::new();
        while let Some((key, _)) = keys.next() {
            words.extend(word_of(key));
        }
        words
    }

    fn words_with_key_prefix(&self, prefix: &str, limit: usize) -> Vec<String> {
        let own = self.own.range(prefix.to_owned()..).take_while(|key| key.starts_with(prefix));
        let mut words: Vec<String> = own.filter_map(|key| word_of(key.as_bytes())).collect();
        let Some(table) = TABLE.as_ref() else { return words };
        let mut keys = table.range().ge(prefix).into_stream();
        while let Some((key, _)) = keys.next() {
            if words.len() >= limit || !key.starts_with(prefix.as_bytes()) {
                break;
            }
            words.extend(word_of(key));
        }
        words
    }
}

/// Returns the word of a key of the table, normalized.
fn word_of(key: &[u8]) -> Option<String> {
    let (_, surface) = str::from_utf8(key).ok()?.split_once(SEPARATOR)?;
    Some(NormalizedText::new(surface).as_str().to_owned())
}

/// Accepts a key if the inner automaton accepts its reading, whatever word follows.
struct ReadingAutomaton<A>(A);

enum ReadingState<S> {
    InReading(S),
    InWord { accepted: bool },
}

impl<A: Automaton> Automaton for ReadingAutomaton<A> {
    type State = ReadingState<A::State>;

    fn start(&self) -> Self::State {
        ReadingState::InReading(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, ReadingState::InWord { accepted: true })
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            ReadingState::InReading(state) => self.0.can_match(state),
            ReadingState::InWord { accepted } => *accepted,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            ReadingState::InReading(state) if char::from(byte) == SEPARATOR => {
                ReadingState::InWord { accepted: self.0.is_match(state) }
            }
            ReadingState::InReading(state) => ReadingState::InReading(self.0.accept(state, byte)),
            ReadingState::InWord { accepted } => ReadingState::InWord { accepted: *accepted },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_reading() {
        let readings = Readings::with([("シンゴ".to_owned(), "新語".to_owned())]);
        let surfaces = |reading: &str| -> Vec<String> { readings.words_read(reading) };
        for (reading, surface) in [
            ("ザイタク", "在宅"),
            ("ミトリ", "看取り"),
            ("ウケイレ", "受入れ"),
            ("デキル", "出来る"),
            ("シンゴ", "新語"),
        ] {
            assert!(surfaces(reading).contains(&surface.to_owned()), "{reading}: {:?}", surfaces(reading));
        }
        assert!(surfaces("ザイタ").is_empty());
        let beginnings = readings.words_read_from("ザイタ", 100);
        assert!(beginnings.contains(&"在宅".to_owned()));
        assert_eq!(readings.words_read_from("ザ", 3).len(), 3);
    }
}
