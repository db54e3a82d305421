//! Queries that nobody would type.
#![allow(dead_code, unreachable_pub)]

#[path = "random.rs"]
mod random;

use random::Random;

/// The parts of queries: all operators of the language, words of the minutes and of the dictionary, kana,
/// numbers, and characters that are known to cause trouble.
const PARTS: [&str; 84] = [
    "(",
    ")",
    "（",
    "）",
    "\"",
    "“",
    "”",
    "「",
    "」",
    "『",
    "-",
    "－",
    "−",
    "OR",
    "ＯＲ",
    "AND",
    "NOT",
    "*",
    "＊",
    "^",
    "^2",
    "^1e9",
    "^-1",
    "^NaN",
    ":",
    "：",
    "::",
    "region:",
    "圏域：",
    "section:",
    "speaker:",
    "title:",
    "date:",
    "id:",
    "date:2017",
    "date:平成29年",
    "date:..",
    "date:9999-99-99",
    "..",
    "~",
    "〜",
    " ",
    "　",
    "\t",
    "\n",
    "\u{0}",
    "\u{1}",
    "\u{feff}",
    "\u{200d}",
    "\u{301}",
    "ﾞ",
    "🏥",
    "👨‍👩‍👧",
    "𠮷",
    "Å",
    "ﬁ",
    "㍻",
    "①",
    "Ⅻ",
    "〇",
    "二十四",
    "億億",
    "99999999999999999999",
    "1,000,000",
    "0.5",
    "訪問看護",
    "ざいたく",
    "zaitaku",
    "houmonk",
    "ケアマネージャー",
    "ー",
    "ーーーー",
    "々",
    "ゝ",
    "の",
    "が",
    "受け入れ",
    "帰れない",
    "CM",
    "c++",
    "\\",
    "/",
    "%",
    "'",
];

/// A generator of queries, the same queries each time.
pub struct HostileQueries {
    random: Random,
    /// Texts from which substrings are taken.
    texts: Vec<Vec<char>>,
}

impl HostileQueries {
    pub fn new(texts: &[String]) -> Self {
        Self {
            random: Random(0x9e37_79b9_7f4a_7c15),
            texts: texts.iter().map(|text| text.chars().collect()).collect(),
        }
    }

    fn part(&mut self) -> String {
        match self.random.below(10) {
            0..5 => PARTS[self.random.below(PARTS.len())].to_owned(),
            5 | 6 if !self.texts.is_empty() => {
                let text = self.random.below(self.texts.len());
                let start = self.random.below(self.texts[text].len());
                let length = 1 + self.random.below(12);
                self.texts[text][start..].iter().take(length).collect()
            }
            // Any code points.
            7 => (0..1 + self.random.below(4))
                .filter_map(|_| char::from_u32(self.random.below(0x11_0000) as u32))
                .collect(),
            8 => (0..1 + self.random.below(8))
                .filter_map(|_| char::from_u32(0x3041 + self.random.below(0xb0) as u32))
                .collect(),
            _ => (0..1 + self.random.below(6))
                .filter_map(|_| char::from_u32(0x4e00 + self.random.below(0x5200) as u32))
                .collect(),
        }
    }
}

impl Iterator for HostileQueries {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        // Most queries fit on a line, but one in a hundred is repeated up to 400 times.
        let parts = 1 + self.random.below(12);
        let query: String = (0..parts).map(|_| self.part()).collect();
        Some(if self.random.below(100) == 0 { query.repeat(1 + self.random.below(400)) } else { query })
    }
}
