//! Reading what a user typed.

use crate::analysis::{Analysis, Analyzer, Morpheme, NormalizedText, WordClass};

/// What a user looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
    /// What was typed between white space and quotation marks, normalized.
    pieces: Vec<String>,
    is_sentence: bool,
}

/// So many words that were typed without white space between them are a sentence: 看護師の退院調整 names a thing,
/// 看護師が退院調整に困る says something.
const SENTENCE: usize = 3;

/// A word of a query: a noun with the nouns that it forms a compound with, one verb or adjective, or a string in
/// quotation marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its characters, normalized.
    pub characters: String,
    /// Whether it was typed in quotation marks: then it matches wherever its characters stand, else only where a
    /// word of the text begins.
    pub quoted: bool,
    /// The form under which a dictionary lists a verb or an adjective.
    pub base_form: Option<String>,
    /// The base forms of the content words that it consists of.
    pub parts: Vec<String>,
}

impl Query {
    /// Reads a typed line. It has no words only if the line is blank.
    #[must_use]
    pub fn parse(line: &str, analyzer: &Analyzer) -> Self {
        let mut words = Vec::new();
        let mut pieces = Vec::new();
        let mut is_sentence = false;
        for (piece, quoted) in split_at_quotation_marks(line) {
            if quoted {
                let analysis = analyzer.analyze(piece);
                let characters = analysis.normalized.as_str().to_owned();
                pieces.push(characters.clone());
                let parts = words_of(&analysis).into_iter().flat_map(|word| word.parts).collect();
                words.push(Word { characters, quoted, base_form: None, parts });
                continue;
            }
            for typed in piece.split_whitespace() {
                let analysis = analyzer.analyze(typed);
                let found = words_of(&analysis);
                is_sentence |= found.len() >= SENTENCE;
                words.extend(found);
                pieces.push(analysis.normalized.as_str().to_owned());
            }
        }
        // A particle or a sign is looked for only if there is nothing better: in 病院 の it is noise.
        if words.is_empty() {
            words.extend(line.split_whitespace().map(|typed| Word {
                characters: NormalizedText::new(typed).as_str().to_owned(),
                ..Word::default()
            }));
        }
        let mut query = Self { words: Vec::new(), pieces, is_sentence };
        for word in words {
            if !query.words.contains(&word) {
                query.words.push(word);
            }
        }
        query
    }

    /// The words, in the order in which they were typed.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether it was typed as one types a question, and not as one types key words.
    #[must_use]
    pub fn is_sentence(&self) -> bool {
        self.is_sentence
    }

    /// What was typed between white space and quotation marks, normalized, with the particles that words lack.
    pub(super) fn pieces(&self) -> &[String] {
        &self.pieces
    }
}

/// Cuts a line at its quotation marks into pieces, each with whether it stood in them. A mark without a partner is
/// text, which is passed over like all punctuation. Empty quotations are left out.
fn split_at_quotation_marks(line: &str) -> Vec<(&str, bool)> {
    const MARKS: [char; 5] = ['"', '＂', '“', '”', '„'];
    let mut pieces: Vec<(&str, bool)> =
        line.split(MARKS).enumerate().map(|(index, piece)| (piece, index % 2 == 1)).collect();
    if let Some(last) = pieces.last_mut() {
        last.1 = false;
    }
    pieces.retain(|(piece, quoted)| !quoted || !piece.trim().is_empty());
    pieces
}

/// Cuts what was typed together into words: at particles and punctuation, and around what inflects.
fn words_of(typed: &Analysis) -> Vec<Word> {
    typed
        .morphemes
        .chunk_by(|left, right| compounds(left) && compounds(right) && left.range.end == right.range.start)
        .filter(|run| run.iter().any(|morpheme| morpheme.class == WordClass::Content))
        .map(|run| {
            let content = run.iter().filter(|morpheme| morpheme.class == WordClass::Content);
            Word {
                characters: run.iter().map(|morpheme| morpheme.surface.as_str()).collect(),
                quoted: false,
                base_form: run.iter().find(|morpheme| morpheme.inflects).map(|verb| verb.base_form.clone()),
                parts: content.map(|morpheme| morpheme.base_form.clone()).collect(),
            }
        })
        .collect()
}

/// Whether a morpheme forms one word with a neighbour that does so too.
fn compounds(morpheme: &Morpheme) -> bool {
    matches!(morpheme.class, WordClass::Content | WordClass::Symbol) && !morpheme.inflects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_key_words() {
        let analyzer = Analyzer::new().unwrap();
        for (line, is_sentence) in [
            ("看護師が退院調整に困る", true),
            ("病院から地域に帰ってこない患者", true),
            ("看護師の退院調整", false),
            ("病院 地域 患者 連携", false),
            ("訪問看護ステーション", false),
            ("\"看護師が退院調整に困る\"", false),
        ] {
            assert_eq!(Query::parse(line, &analyzer).is_sentence(), is_sentence, "{line}");
        }
    }

    #[test]
    fn lines_and_their_words() {
        let analyzer = Analyzer::new().unwrap();
        for (line, expected) in [
            ("訪問看護", vec!["訪問看護"]),
            ("訪問看護　連携 24時間", vec!["訪問看護", "連携", "24時間"]),
            ("看護師の退院調整", vec!["看護師", "退院調整"]),
            ("家に帰れない", vec!["家", "帰れ"]),
            ("７：１", vec!["7:1"]),
            ("C++", vec!["c++"]),
            ("在宅(専門)", vec!["在宅", "専門"]),
            ("医療・介護", vec!["医療", "介護"]),
            ("薬 薬", vec!["薬"]),
            ("の", vec!["の"]),
            ("病院 の", vec!["病院"]),
            ("-", vec!["-"]),
            ("。", vec!["。"]),
            ("\"護ステ\"", vec!["護ステ"]),
            ("“24 時間”対応", vec!["24 時間", "対応"]),
            ("病院\"連携", vec!["病院", "連携"]),
            ("\"病院\"連携\"", vec!["病院", "連携"]),
            ("\"", vec!["\""]),
            ("\"\"", vec!["\"\""]),
            ("　 ", vec![]),
            ("", vec![]),
        ] {
            let query = Query::parse(line, &analyzer);
            let words: Vec<_> = query.words().iter().map(|word| word.characters.as_str()).collect();
            assert_eq!(words, expected, "{line}");
        }
    }
}
