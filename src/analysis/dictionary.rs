//! The dictionaries used for segmentation.
//!
//! IPADIC is embedded in the program, in `embedded.rs`. A compiled dictionary in a folder can replace it, and a user's words
//! can be added to either.

use std::path::{Path, PathBuf};
use std::{fs, io};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::{Dictionary, UserDictionary};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::kana::to_katakana;
use super::{AnalysisError, NormalizedText, embedded};
use crate::hexadecimal::hexadecimal;
use crate::language::{Localized as _, Text, text};
use crate::small_file;

/// The dictionaries for segmentation. An index records them, so that queries are segmented like the indexed
/// texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionaries {
    /// The folder of a dictionary compiled by lindera, which replaces the embedded one.
    folder: Option<PathBuf>,
    /// The checksum of the dictionary in the folder.
    checksum: Option<String>,
    /// The user's words, as CSV.
    user: Option<String>,
}

/// A word that the dictionary lacks: the name of a place, a project, a product. A text is one, too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserWord {
    surface: String,
    part_of_speech: String,
    reading: String,
}

impl UserWord {
    /// Creates a noun.
    #[must_use]
    pub fn new(surface: impl Into<String>) -> Self {
        Self { surface: surface.into(), part_of_speech: NOUN.to_owned(), reading: UNKNOWN.to_owned() }
    }

    /// Sets the reading, in kana, by which the word is found, too.
    #[must_use]
    pub fn reading(mut self, reading: impl Into<String>) -> Self {
        self.reading = reading.into();
        self
    }

    /// Sets the part of speech, in the terms of the dictionary.
    #[must_use]
    pub fn part_of_speech(mut self, part_of_speech: impl Into<String>) -> Self {
        self.part_of_speech = part_of_speech.into();
        self
    }
}

impl From<&str> for UserWord {
    fn from(surface: &str) -> Self {
        Self::new(surface)
    }
}

impl From<String> for UserWord {
    fn from(surface: String) -> Self {
        Self::new(surface)
    }
}

/// The part of speech of a user's noun, and what stands for a reading that is not known.
const NOUN: &str = "カスタム名詞";
const UNKNOWN: &str = "*";

impl Dictionaries {
    /// The embedded dictionary, without user words.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// Replaces the embedded dictionary by one in a folder, compiled by lindera, such as UniDic or
    /// SudachiDict.
    ///
    /// With SudachiDict, the normalized form serves as the base form of a word.
    ///
    /// # Errors
    /// Returns an error if the folder has no compiled dictionary.
    pub fn with_folder(mut self, folder: impl Into<PathBuf>) -> Result<Self, AnalysisError> {
        let folder = folder.into();
        self.checksum = Some(checksum(&folder)?);
        self.folder = Some(folder);
        Ok(self)
    }

    /// Adds the words of a file in lindera's user dictionary format: each line is
    /// `surface,part of speech,reading`, or has all columns of the dictionary. Words that were added before stay.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or a line in it is not understood.
    pub fn with_user_file(self, file: impl AsRef<Path>) -> Result<Self, AnalysisError> {
        let file = file.as_ref();
        let failed =
            |reason: Text| AnalysisError::UserDictionary { place: Text::foreign(file.display()), reason };
        let text = small_file::read_to_string(file).map_err(|error| {
            failed(Text::new(
                format!("{}。ファイルの行は 表層形,品詞,読み です", error.in_japanese()),
                format!("{error}; a line of the file is surface,part of speech,reading"),
            ))
        })?;
        self.with_user_text(&text).map_err(|error| match error {
            AnalysisError::UserDictionary { place, reason } => failed(Text::new(
                format!("{}: {}", place.in_japanese(), reason.in_japanese()),
                format!("{place}: {reason}"),
            )),
            other => other,
        })
    }

    /// Adds words from memory. Words that were added before stay.
    ///
    /// ```
    /// use gijiroku::analysis::{Analyzer, Dictionaries, UserWord};
    ///
    /// let word = UserWord::new("みどりっこ見守り隊").reading("ミドリッコミマモリタイ");
    /// let dictionaries = Dictionaries::built_in().with_user_words([word])?.with_user_words(["護ステ"])?;
    /// let analysis = Analyzer::with_dictionaries(&dictionaries)?.analyze("みどりっこ見守り隊と護ステ");
    /// let words: Vec<&str> = analysis.morphemes.iter().map(|word| word.surface.as_str()).collect();
    /// assert_eq!(words, ["みどりっこ見守り隊", "と", "護ステ"]);
    /// # Ok::<(), gijiroku::analysis::AnalysisError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if a word is blank.
    pub fn with_user_words<W: Into<UserWord>>(
        self,
        words: impl IntoIterator<Item = W>,
    ) -> Result<Self, AnalysisError> {
        let failed = |reason: Text| AnalysisError::UserDictionary {
            place: Text::new("渡された語", "the words"),
            reason,
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        for word in words {
            let UserWord { surface, part_of_speech, reading } = word.into();
            // What begins with this sign would be a comment.
            let surface = surface.replacen('#', "＃", usize::from(surface.starts_with('#')));
            writer
                .write_record([surface, part_of_speech, reading])
                .map_err(|error| failed(Text::foreign(error)))?;
        }
        let lines = writer.into_inner().map_err(|error| failed(Text::foreign(error)))?;
        self.with_user_text(&String::from_utf8_lossy(&lines))
    }

    /// Adds the words of a text in the format of a file.
    fn with_user_text(mut self, text: &str) -> Result<Self, AnalysisError> {
        let known = self.user.replace(text.to_owned());
        // Loaded here, and alone, so that an error tells the line of this text.
        self.load()?;
        if let Some(known) = known {
            self.user = Some(format!("{}\n{}", known.trim_end(), text.trim_start_matches('\u{feff}')));
        }
        Ok(self)
    }

    /// Returns the checksum that identifies the dictionary: that of its source for the embedded one, or that
    /// of the compiled files. User words do not affect it.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.checksum.as_deref().unwrap_or(embedded::SOURCE_CHECKSUM)
    }

    pub(super) fn load(&self) -> Result<Loaded, AnalysisError> {
        let dictionary = match &self.folder {
            None => embedded::load().map_err(|error| AnalysisError::Dictionary(error.to_string()))?,
            Some(folder) => {
                let changed =
                    self.checksum.as_ref().is_some_and(|known| checksum(folder).ok().as_ref() != Some(known));
                if changed {
                    let reason = Text::new(
                        "索引を作ったときの辞書ではありません",
                        "it is not the dictionary that the index was made with",
                    );
                    return Err(AnalysisError::Folder { folder: folder.clone(), reason });
                }
                Dictionary::load_from_path(folder).map_err(|error| AnalysisError::Folder {
                    folder: folder.clone(),
                    reason: Text::foreign(one_line(&error.to_string())),
                })?
            }
        };
        let (user, readings) = match &self.user {
            None => (None, Vec::new()),
            Some(text) => {
                let words = UserWords::parse(text, &dictionary.metadata)?;
                // One file may mix words in the short form and in the long form.
                let metadata = Metadata { flexible_csv: true, ..Metadata::clone(&dictionary.metadata) };
                let built =
                    DictionaryBuilder::new(metadata).build_user_dict_from_reader(words.csv.as_bytes());
                let built = built.map_err(|error| AnalysisError::UserDictionary {
                    place: Text::new("利用者の辞書", "the user dictionary"),
                    reason: Text::foreign(one_line(&error.to_string())),
                })?;
                (Some(built), words.readings)
            }
        };
        Ok(Loaded { dictionary, is_embedded: self.folder.is_none(), user, readings })
    }
}

/// The loaded dictionaries.
pub(super) struct Loaded {
    pub(super) dictionary: Dictionary,
    /// Whether it is the one in the program, whose words are described apart, by [`embedded::describe`].
    pub(super) is_embedded: bool,
    pub(super) user: Option<UserDictionary>,
    /// The user's words as pairs of reading, in katakana, and word.
    pub(super) readings: Vec<(String, String)>,
}

/// The words of a user dictionary, normalized like the texts.
struct UserWords {
    csv: String,
    readings: Vec<(String, String)>,
}

impl UserWords {
    fn parse(text: &str, metadata: &Metadata) -> Result<Self, AnalysisError> {
        let failed = |line: u64, reason: Text| AnalysisError::UserDictionary {
            place: text!("{line} 行目", "line {line}"),
            reason,
        };
        let simple = metadata.user_dictionary_schema.field_count();
        let full = metadata.dictionary_schema.field_count();
        let reading = metadata.dictionary_schema.get_field_index("reading");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let mut readings = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                failed(
                    error.position().map_or(0, csv::Position::line),
                    Text::new("CSV の行として読めません", "this is no line of CSV"),
                )
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != simple && record.len() < full {
                return Err(failed(
                    line,
                    text!(
                        "列が {0} 個あります。語の列は {1} 個（表層形,品詞,読み）か {2} 個にしてください",
                        "{} columns; a word has {} (surface,part of speech,reading) or {}";
                        record.len(), simple, full
                    ),
                ));
            }
            let surface = NormalizedText::new(&record[0]).as_str().to_owned();
            if surface.trim().is_empty() {
                return Err(failed(
                    line,
                    Text::new("第 1 列の表層形が空です", "the surface, in the first column, is empty"),
                ));
            }
            let reading = if record.len() == simple {
                record.get(2)
            } else {
                record.get(reading.unwrap_or(usize::MAX))
            };
            if let Some(reading) = reading.filter(|reading| !reading.is_empty() && *reading != "*") {
                readings.push((to_katakana(NormalizedText::new(reading).as_str()), surface.clone()));
            }
            let columns = std::iter::once(surface.as_str()).chain(record.iter().skip(1));
            writer.write_record(columns).map_err(|error| failed(line, Text::foreign(error)))?;
        }
        let csv = writer.into_inner().map_err(|error| failed(0, Text::foreign(error)))?;
        Ok(Self { csv: String::from_utf8_lossy(&csv).into_owned(), readings })
    }
}

/// Returns the SHA-256 of the metadata of a compiled dictionary and of the names and sizes of its files.
/// Hashing their contents would take longer than a search.
fn checksum(folder: &Path) -> Result<String, AnalysisError> {
    let failed = |file: &str, error: io::Error| AnalysisError::Folder {
        folder: folder.to_owned(),
        reason: Text::new(
            format!(
                "{file}: {}。lindera でコンパイルした辞書のフォルダーを指定してください",
                error.in_japanese()
            ),
            format!("{file}: {error}; give the folder of a dictionary that lindera has compiled"),
        ),
    };
    let metadata = small_file::read(folder.join("metadata.json"));
    let mut hasher = Sha256::new();
    hasher.update(metadata.map_err(|error| failed("metadata.json", error))?);
    for file in ["dict.trie", "dict.vals", "dict.words", "matrix.mtx", "unk.bin"] {
        let size = fs::metadata(folder.join(file)).map_err(|error| failed(file, error))?.len();
        hasher.update(format!("{file} {size} "));
    }
    Ok(hexadecimal(&hasher.finalize()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn words_of_files_and_from_memory_add_up() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("words.csv");
        fs::write(&file, "\u{feff}みどりっこ見守り隊,カスタム名詞,ミドリッコミマモリタイ").unwrap();
        let words = |dictionaries: Dictionaries| -> Vec<String> {
            let analyzer = Analyzer::with_dictionaries(&dictionaries).unwrap();
            let morphemes = analyzer.analyze("みどりっこ見守り隊の#護ステ\"A,B\"").morphemes;
            morphemes.into_iter().map(|morpheme| morpheme.surface).collect()
        };
        let own = || Dictionaries::built_in().with_user_words(["#護ステ", "\"A,B\""]).unwrap();
        let expected = ["みどりっこ見守り隊", "の", "#護ステ", "\"a,b\""];
        assert_eq!(words(own().with_user_file(&file).unwrap()), expected);
        let of_file = Dictionaries::built_in().with_user_file(&file).unwrap();
        assert_eq!(words(of_file.with_user_words(["#護ステ", "\"A,B\""]).unwrap()), expected);
        let none: [&str; 0] = [];
        assert_eq!(words(own().with_user_words(none).unwrap()), words(own()));
        // The line is that of the words that are added.
        let error = own().with_user_words(["薬局", " "]).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("is empty"), "{error}");
        fs::write(&file, "薬局,名詞,ヤッキョク\n薬局,名詞\n").unwrap();
        let error = own().with_user_file(&file).unwrap_err().to_string();
        assert!(error.contains("words.csv: line 2: 2 columns"), "{error}");
    }
}
