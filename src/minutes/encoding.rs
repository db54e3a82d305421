//! Bytes → text: detects the encoding of a file and counts the places that can't be decoded.
//!
//! The bytes decide, not what the file declares: some pages declare Shift_JIS and are UTF-8.

use std::str;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, EUC_JP, Encoding as Charset, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};

/// An encoding, under the name that a user gives it: `utf-8`, `shift_jis`, `cp932`, `euc-jp`, `iso-2022-jp`,
/// `utf-16le`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static Charset);

impl Encoding {
    /// Looks up an encoding by one of its labels in the
    /// [Encoding Standard](https://encoding.spec.whatwg.org/#names-and-labels), or by `cp932`, which the
    /// standard lacks. Returns `None` for an unknown label.
    ///
    /// ```
    /// use gijiroku::minutes::Encoding;
    ///
    /// assert_eq!(Encoding::named("CP932"), Encoding::named("shift_jis"));
    /// assert_eq!(Encoding::named("sjis2000"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = if name.eq_ignore_ascii_case("cp932") { "windows-31j" } else { name };
        Charset::for_label(name.as_bytes()).map(Self)
    }

    /// The name in the standard: `Shift_JIS`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Decoded text.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    /// The number of malformed sequences; each is U+FFFD in the text.
    pub(super) unreadable: usize,
    /// The offset of the first of them in bytes, from 0.
    pub(super) first_unreadable: Option<usize>,
}

/// Decodes bytes with the encoding that was asked for, or else with the detected one.
pub(super) fn decode(bytes: &[u8], asked: Option<Encoding>) -> Decoded {
    let (encoding, mark) = match (Charset::for_bom(bytes), asked) {
        (Some((encoding, mark)), None) => (encoding, mark),
        (Some((encoding, mark)), Some(asked)) if asked.0 == encoding => (encoding, mark),
        (_, Some(asked)) => (asked.0, 0),
        (None, None) => (detect(bytes), 0),
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // A piece at a time: the decoder takes time for all of the room that it is given, also where it stops at once.
    let mut piece = [0; 4096];
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let (mut at, mut unreadable, mut first_unreadable) = (mark, 0, None);
    loop {
        let end = bytes.len().min(at + piece.len() / 4);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..end], &mut piece, end == bytes.len());
        at += read;
        // The decoder writes whole characters of valid UTF-8.
        text.push_str(str::from_utf8(&piece[..written]).unwrap_or_default());
        match result {
            DecoderResult::InputEmpty if end == bytes.len() => break,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, behind) => {
                unreadable += 1;
                first_unreadable.get_or_insert(at.saturating_sub(usize::from(length) + usize::from(behind)));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded { text, encoding: Encoding(encoding), unreadable, first_unreadable }
}

/// Number of bytes by which the encoding is guessed, from the first one that is not ASCII. More would take time and tell no more.
const SAMPLE: usize = 64 * 1024;

fn detect(bytes: &[u8]) -> &'static Charset {
    // Tested before UTF-8: ISO-2022-JP consists of ASCII bytes and is therefore also valid UTF-8.
    if bytes.windows(3).any(|bytes| matches!(bytes, b"\x1b$B" | b"\x1b$@" | b"\x1b(J")) {
        return ISO_2022_JP;
    }
    if let Some(wide) = utf_16(bytes) {
        return wide;
    }
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let wide = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
    let sample = &bytes[wide..bytes.len().min(wide + SAMPLE)];
    detector.feed(sample, wide + sample.len() == bytes.len());
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    if [SHIFT_JIS, EUC_JP, UTF_8].contains(&guess) { guess } else { SHIFT_JIS }
}

/// Detects UTF-16 without a byte order mark: decoded as such, nearly all characters are ones that Japanese
/// texts have, and many are kana, punctuation or ASCII. Shift_JIS text decoded as UTF-16 has no kana, because
/// none of its bytes is 0x30 except the digit 0.
fn utf_16(bytes: &[u8]) -> Option<&'static Charset> {
    let sample = &bytes[..bytes.len().min(8192) / 2 * 2];
    if bytes.len() % 2 == 1 || !sample.contains(&0) && str::from_utf8(bytes).is_ok() {
        return None;
    }
    let looks_japanese = |unit: fn([u8; 2]) -> u16| {
        let units = || sample.as_chunks::<2>().0.iter().map(|&bytes| unit(bytes));
        let is_common = |unit: u16| matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x3000..=0x30ff);
        let common = units().filter(|&unit| is_common(unit)).count();
        let rest = |unit: u16| matches!(unit, 0x2010..=0x2fff | 0x3100..=0x9fff | 0xff00..=0xffef);
        let japanese = common + units().filter(|&unit| rest(unit)).count();
        japanese * 20 >= units().count() * 19 && common * 10 >= units().count()
    };
    let little = looks_japanese(u16::from_le_bytes);
    (little || looks_japanese(u16::from_be_bytes)).then_some(if little { UTF_16LE } else { UTF_16BE })
}

/// Whether bytes are UTF-8, possibly with a few damaged places.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut broken, mut wide) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|character| character.len_utf8() > 1).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || broken * 10 < wide
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "在宅療養ワーキング\n○区民の半数以上が、在宅医療を望んでいる。①㈱髙\n";

    #[test]
    fn encodings_are_detected_from_the_bytes() {
        let wide = |bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (name, bytes, expected) in [
            ("UTF-8", TEXT.as_bytes().to_vec(), TEXT),
            ("UTF-8", marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()), TEXT),
            ("Shift_JIS", SHIFT_JIS.encode(TEXT).0.into_owned(), TEXT),
            ("EUC-JP", EUC_JP.encode(TEXT).0.into_owned(), TEXT),
            ("ISO-2022-JP", ISO_2022_JP.encode("在宅医療を望む。").0.into_owned(), "在宅医療を望む。"),
            ("UTF-16LE", wide(u16::to_le_bytes), TEXT),
            ("UTF-16BE", wide(u16::to_be_bytes), TEXT),
            ("UTF-16LE", marked(b"\xff\xfe", wide(u16::to_le_bytes)), TEXT),
            ("UTF-8", b"plain".to_vec(), "plain"),
            ("UTF-8", Vec::new(), ""),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.encoding.name(), decoded.text.as_str()), (name, expected));
            assert_eq!((decoded.unreadable, decoded.first_unreadable), (0, None));
        }
    }

    #[test]
    fn malformed_bytes_are_counted_and_located() {
        let decoded =
            decode("在宅療養の区民の半数以上が在宅医療を望んでいる".replace('の', "\u{0}").as_bytes(), None);
        assert_eq!((decoded.encoding.name(), decoded.unreadable), ("UTF-8", 0));

        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[31] = 0xff;
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding.name(), decoded.first_unreadable), ("UTF-8", Some(31)));

        let shift_jis = SHIFT_JIS.encode("在宅医療").0.into_owned();
        let decoded = decode(&[&shift_jis[..4], b"\xff", &shift_jis[..2]].concat(), Encoding::named("cp932"));
        assert_eq!((decoded.encoding.name(), decoded.unreadable), ("Shift_JIS", 1));
        assert_eq!(decoded.first_unreadable, Some(4));
    }
}
