//! The dictionary of the program as lindera loads it.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use lindera_dictionary::dictionary::Dictionary;

/// Loads the dictionary from a folder, into which it is copied. What it says of words, which segmenting does not read, is left
/// out.
pub fn ipadic(folder: &Path) -> Dictionary {
    fs::create_dir_all(folder).unwrap();
    for name in
        ["char_def.bin", "dict.trie", "dict.vals", "dict.valsidx", "matrix.mtx", "metadata.json", "unk.bin"]
    {
        fs::copy(Path::new(env!("OUT_DIR")).join(name), folder.join(name)).unwrap();
    }
    for name in ["dict.words", "dict.wordsidx"] {
        fs::write(folder.join(name), "").unwrap();
    }
    Dictionary::load_from_path(folder).unwrap()
}
