//! The texts that hits show, in chunks of successive opinions.

use gijiroku::index::IndexedOpinion;
use gijiroku::minutes::who;

use super::SiteError;
use super::data::DataFiles;

/// The length of a chunk in bytes from which on the next opinion begins another. A hit costs the chunk of its opinion,
/// packed to some three eighths.
const CHUNK: usize = 12 << 10;

/// The chunks that were written, and the one that grows.
#[derive(Default)]
pub(super) struct Texts {
    /// The first opinion of each chunk.
    firsts: Vec<u32>,
    /// The number of opinions in all chunks.
    opinions: u32,
    /// Identifier, speaker with office, and text of each opinion of the chunk that grows.
    chunk: Vec<(String, Option<String>, String)>,
    /// Its length in bytes.
    length: usize,
}

impl Texts {
    /// Adds opinions.
    pub(super) fn push(
        &mut self,
        opinions: &[IndexedOpinion],
        files: &mut DataFiles<'_>,
    ) -> Result<(), SiteError> {
        for opinion in opinions {
            if self.chunk.is_empty() {
                self.firsts.push(self.opinions);
            }
            self.opinions += 1;
            self.length += opinion.id.len() + opinion.text.len();
            let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
            self.chunk.push((opinion.id.clone(), speaker, opinion.text.clone()));
            if self.length >= CHUNK {
                self.flush(files)?;
            }
        }
        Ok(())
    }

    /// Writes the last chunk, and returns the first opinion of each.
    pub(super) fn finish(mut self, files: &mut DataFiles<'_>) -> Result<Vec<u32>, SiteError> {
        if !self.chunk.is_empty() {
            self.flush(files)?;
        }
        Ok(self.firsts)
    }

    fn flush(&mut self, files: &mut DataFiles<'_>) -> Result<(), SiteError> {
        let name = format!("texts-{}.bin", self.firsts.len() - 1);
        // Texts can always be written as JSON.
        let json = serde_json::to_vec(&self.chunk).unwrap_or_default();
        files.write(&name, &json)?;
        self.chunk.clear();
        self.length = 0;
        Ok(())
    }
}
