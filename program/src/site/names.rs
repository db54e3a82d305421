//! The names of the meetings' files.

use sha2::{Digest as _, Sha256};

/// The longest name in bytes that is taken as it is. Most file systems allow 255.
const LONGEST: usize = 120;

/// Returns the name of a meeting's file. It follows from the identifier alone, so that the address of a page stays
/// whatever else is exported.
///
/// An identifier of lower-case letters, digits, `-` and `_` is the name. Of any other, what a path, an address or a file
/// system without capitals can't have is replaced, and a checksum keeps it apart from its like.
pub(super) fn file_of_meeting(id: &str) -> String {
    let is_plain = |character: char| {
        let is_sign = character == '-' || character == '_';
        is_sign || (character.is_alphanumeric() && !character.is_uppercase())
    };
    let is_whole = !id.is_empty() && id.len() <= LONGEST && id.chars().all(is_plain);
    if is_whole {
        return format!("{id}.html");
    }
    let mut name = String::new();
    for character in id.chars().flat_map(char::to_lowercase) {
        if name.len() + character.len_utf8() > LONGEST {
            break;
        }
        name.push(if is_plain(character) { character } else { '_' });
    }
    let sum: String = Sha256::digest(id).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{name}-{sum}.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_as_names_of_files() {
        for (id, name) in [
            ("20171213-区中央部", "20171213-区中央部.html"),
            ("h13_1", "h13_1.html"),
            ("../etc/passwd", "___etc_passwd-7fef78f5.html"),
            ("A", "a-559aead0.html"),
            ("a/b?c#d", "a_b_c_d-e82e5a05.html"),
            ("", "-e3b0c442.html"),
        ] {
            assert_eq!(file_of_meeting(id), name);
        }
        let long = file_of_meeting(&"会".repeat(100));
        assert!(long.len() < 255 && long != file_of_meeting(&"会".repeat(101)), "{long}");
    }
}
