//! The signs of the query language: operators, parentheses, quotation marks, fields.
//!
//! A typed line becomes a tree of [`Typed`] text. There are no errors: what is no sign where it stands is text, and a
//! [`Remark`] tells so. Signs may be of full width, as an input method types them. `OR` binds its two neighbours, as
//! web searches have it: `訪問看護 OR 訪問診療 連携` wants 連携 and one of the others.

use std::fmt;

use serde::{Serialize, Serializer};

use super::filter::{Filter, NamedValue};
use crate::analysis::NormalizedText;

/// Parentheses within so many others are text; a person types two.
const DEEPEST: usize = 8;

/// So many characters of a line are read; a long sentence has two hundred.
const LONGEST: usize = 1000;

/// The largest boost, and the one that sinks a word to almost nothing is its inverse.
const LARGEST_BOOST: f32 = 100.0;

/// A part of a typed line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typed {
    /// What stands between white space and signs.
    Text {
        text: String,
        is_prefix: bool,
        boost: f32,
    },
    /// What stands in quotation marks.
    Quoted {
        text: String,
        boost: f32,
    },
    Filter(Filter),
    All(Vec<Typed>),
    Any(Vec<Typed>),
    Not(Box<Typed>),
}

/// Something in a query that was read otherwise than it may have been meant. It prints as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// A parenthesis or quotation mark has no partner.
    NoPartner(char),
    /// An operator has nothing to work on.
    NothingToOperateOn(&'static str),
    /// There is no such field, but one with nearly its name.
    NoField {
        /// What was typed before the colon.
        name: String,
        /// The field that comes near.
        nearest: &'static str,
    },
    /// The value of a field is none that it can have.
    BadValue {
        /// The field.
        name: String,
        /// What was typed behind the colon.
        value: String,
    },
    /// No opinion has the value of a field that a filter asks for.
    NoValue {
        /// What is asked for.
        filter: Filter,
        /// Which values come near, or what there is.
        reason: String,
    },
    /// The query is too long to be read to its end.
    TooLong,
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPartner(mark) => write!(formatter, "{mark} has no partner and is read as text"),
            Self::NothingToOperateOn(operator) => {
                write!(formatter, "{operator} has nothing beside it to work on and is passed over")
            }
            Self::NoField { name, nearest } => {
                write!(formatter, "{name}: is read as text; did you mean {nearest}:?")
            }
            Self::BadValue { name, value } => write!(
                formatter,
                "{name}:{value} is read as text; {}",
                if value.is_empty() {
                    "a value follows the colon directly"
                } else {
                    "a date is 2017-12-13, 平成29年12月 or 2017-11..2018-01"
                }
            ),
            Self::NoValue { reason, .. } => formatter.write_str(reason),
            Self::TooLong => write!(formatter, "only the first {LONGEST} characters of the query are read"),
        }
    }
}

/// A remark is written as what it prints.
impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a line. The parts that are returned must all match.
pub(super) fn read(line: &str) -> (Vec<Typed>, Vec<Remark>) {
    let mut characters: Vec<char> = line.chars().collect();
    let mut remarks = Vec::new();
    if characters.len() > LONGEST {
        characters.truncate(LONGEST);
        remarks.push(Remark::TooLong);
    }
    let mut reader = Reader { characters: &characters, place: 0, remarks };
    let parts = reader.sequence(0);
    let mut remarks = reader.remarks;
    let mut seen = Vec::new();
    remarks.retain(|remark| {
        !seen.contains(remark) && {
            seen.push(remark.clone());
            true
        }
    });
    (parts, remarks)
}

struct Reader<'a> {
    characters: &'a [char],
    place: usize,
    remarks: Vec<Remark>,
}

/// What stands before an item and waits for it.
#[derive(Default)]
struct Pending {
    or: bool,
    not: Option<&'static str>,
}

impl Reader<'_> {
    /// Reads up to the end, or within parentheses up to the one that closes them.
    fn sequence(&mut self, depth: usize) -> Vec<Typed> {
        let mut items: Vec<Typed> = Vec::new();
        let mut pending = Pending::default();
        while let Some(first) = self.peek() {
            if first.is_whitespace() {
                self.place += 1;
            } else if depth > 0 && sign(first) == ')' {
                break;
            } else if sign(first) == '-' && self.negates() {
                self.place += 1;
                pending.not = Some("-");
            } else if let Some(operator) = self.operator() {
                match operator {
                    "OR" => pending.or = true,
                    "NOT" => pending.not = Some("NOT"),
                    _ => {}
                }
            } else {
                let found = self.item(depth);
                add(&mut items, found, &mut pending, &mut self.remarks);
            }
        }
        self.remark_pending(&pending);
        items
    }

    fn remark_pending(&mut self, pending: &Pending) {
        if pending.or {
            self.remarks.push(Remark::NothingToOperateOn("OR"));
        }
        self.remarks.extend(pending.not.map(Remark::NothingToOperateOn));
    }

    /// Reads what is no operator. It is at least one character long.
    fn item(&mut self, depth: usize) -> Vec<Typed> {
        let first = self.peek().unwrap_or_default();
        if sign(first) == '(' && depth < DEEPEST && self.closes(self.place) {
            self.place += 1;
            let items = self.sequence(depth + 1);
            // A quotation may have swallowed the partner.
            self.place += usize::from(self.peek().is_some());
            let boost = self.boost();
            let items = items.into_iter().map(|item| item.boosted(boost)).collect();
            return vec![Typed::All(items)];
        }
        if let Some(quoted) = self.quoted() {
            return vec![Typed::Quoted { text: quoted, boost: self.boost() }];
        }
        self.text(depth)
    }

    /// Reads the string in quotation marks that begins here, if one does.
    fn quoted(&mut self) -> Option<String> {
        let closing = closing_marks(self.peek()?)?;
        let rest = &self.characters[self.place + 1..];
        let length = rest.iter().position(|character| closing.contains(character))?;
        self.place += length + 2;
        Some(rest[..length].iter().collect())
    }

    /// Reads up to white space, a quotation or the end of the parentheses.
    fn text(&mut self, depth: usize) -> Vec<Typed> {
        let start = self.place;
        let mut open = 0_usize;
        while let Some(character) = self.peek() {
            if character.is_whitespace() || self.opens_quotation() {
                break;
            }
            match sign(character) {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' if depth > 0 => break,
                ')' => self.remarks.push(Remark::NoPartner(character)),
                _ if closing_marks(character).is_some() => self.remarks.push(Remark::NoPartner(character)),
                _ => {}
            }
            self.place += 1;
        }
        if open > 0 {
            self.remarks.push(Remark::NoPartner('('));
        }
        let text: String = self.characters[start..self.place].iter().collect();
        self.with_field(&text).unwrap_or_else(|| vec![plain(&text)])
    }

    /// Reads `name:value`, of which the value may stand in quotation marks.
    fn with_field(&mut self, text: &str) -> Option<Vec<Typed>> {
        let (name, value) = text.split_once([':', '：'])?;
        let name = NormalizedText::new(name).as_str().to_owned();
        let quoted = if value.is_empty() && Filter::is_field(&name) { self.quoted() } else { None };
        let value = quoted.as_deref().unwrap_or(value);
        match Filter::named(&name, value) {
            NamedValue::Filter(filter) if !value.trim().is_empty() => Some(vec![Typed::Filter(filter)]),
            NamedValue::Filter(_) | NamedValue::BadValue => {
                self.remarks.push(Remark::BadValue { name, value: value.to_owned() });
                quoted.map(|quoted| vec![plain(text), Typed::Quoted { text: quoted, boost: 1.0 }])
            }
            NamedValue::NoField { nearest } => {
                self.remarks.extend(nearest.map(|nearest| Remark::NoField { name, nearest }));
                None
            }
        }
    }

    /// Reads `^2` behind a closing mark.
    fn boost(&mut self) -> f32 {
        let rest: String = self.characters[self.place..]
            .iter()
            .map(|&c| sign(c))
            .take_while(|&c| !c.is_whitespace() && c != ')')
            .collect();
        match split_boost(&rest) {
            Some(("", boost)) => {
                self.place += rest.chars().count();
                boost
            }
            _ => 1.0,
        }
    }

    /// Reads `OR`, `AND` or `NOT`, if one stands here by itself.
    fn operator(&mut self) -> Option<&'static str> {
        let rest = &self.characters[self.place..];
        let word: String =
            rest.iter().map(|&c| sign(c)).take_while(|&c| !c.is_whitespace() && c != ')').take(4).collect();
        let operator = ["OR", "AND", "NOT"].into_iter().find(|operator| *operator == word)?;
        self.place += operator.len();
        Some(operator)
    }

    /// Whether a hyphen stands directly before what it negates.
    fn negates(&self) -> bool {
        let next = self.characters.get(self.place + 1);
        next.is_some_and(|&next| !next.is_whitespace() && !['-', ')'].contains(&sign(next)))
    }

    /// Whether a quotation that ends begins here.
    fn opens_quotation(&self) -> bool {
        let Some(closing) = self.peek().and_then(closing_marks) else { return false };
        self.characters[self.place + 1..].iter().any(|character| closing.contains(character))
    }

    /// Whether a parenthesis has a partner.
    fn closes(&self, place: usize) -> bool {
        let mut open = 0_usize;
        for &character in &self.characters[place..] {
            match sign(character) {
                '(' => open += 1,
                ')' if open == 1 => return true,
                ')' => open -= 1,
                _ => {}
            }
        }
        false
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.place).copied()
    }
}

/// Adds what was read to the items before it, with the operators that waited for it.
fn add(items: &mut Vec<Typed>, found: Vec<Typed>, pending: &mut Pending, remarks: &mut Vec<Remark>) {
    let Pending { or, not } = std::mem::take(pending);
    let mut found = match (found.len(), not) {
        (1, _) => found,
        _ => vec![Typed::All(found)],
    };
    if not.is_some() {
        found = found.into_iter().map(|item| Typed::Not(Box::new(item))).collect();
    }
    match (or, items.pop()) {
        (true, Some(Typed::Any(mut alternatives))) => {
            alternatives.extend(found);
            items.push(Typed::Any(alternatives));
        }
        (true, Some(before)) => items.push(Typed::Any(std::iter::once(before).chain(found).collect())),
        (true, None) => {
            remarks.push(Remark::NothingToOperateOn("OR"));
            items.extend(found);
        }
        (false, before) => items.extend(before.into_iter().chain(found)),
    }
}

impl Typed {
    fn boosted(self, by: f32) -> Self {
        match self {
            Self::Text { text, is_prefix, boost } => Self::Text { text, is_prefix, boost: boost * by },
            Self::Quoted { text, boost } => Self::Quoted { text, boost: boost * by },
            Self::All(items) => Self::All(items.into_iter().map(|item| item.boosted(by)).collect()),
            Self::Any(items) => Self::Any(items.into_iter().map(|item| item.boosted(by)).collect()),
            Self::Filter(_) | Self::Not(_) => self,
        }
    }
}

/// Text with its `^2` and its `*` taken off.
fn plain(text: &str) -> Typed {
    let (text, boost) = split_boost(text).filter(|(text, _)| !text.is_empty()).unwrap_or((text, 1.0));
    let stem = text.strip_suffix(['*', '＊']).filter(|stem| stem.chars().any(char::is_alphanumeric));
    Typed::Text { text: stem.unwrap_or(text).to_owned(), is_prefix: stem.is_some(), boost }
}

/// Splits `看護^2` into the word and the number.
fn split_boost(text: &str) -> Option<(&str, f32)> {
    let (word, number) = text.rsplit_once(['^', '＾'])?;
    let is_number = number.chars().all(|character| matches!(sign(character), '0'..='9' | '.'));
    let number: f32 = NormalizedText::new(number).as_str().parse().ok().filter(|_| is_number)?;
    (number > 0.0).then(|| (word, number.clamp(1.0 / LARGEST_BOOST, LARGEST_BOOST)))
}

/// A sign of full width, or one that looks like a hyphen, as its ASCII form.
fn sign(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '−' | '‐' | '–' => '-',
        _ => character,
    }
}

/// The marks that close a quotation which a mark opens.
fn closing_marks(opening: char) -> Option<&'static [char]> {
    match opening {
        '"' | '＂' | '“' | '”' | '„' | '〝' | '〟' => Some(&['"', '＂', '“', '”', '„', '〝', '〟']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints what was read in a form of its own: quotations in quotation marks, alternatives in brackets.
    fn print(items: &[Typed]) -> String {
        let one = |item: &Typed| match item {
            Typed::Text { text, is_prefix, boost } => {
                let star = if *is_prefix { "*" } else { "" };
                let boost = if *boost == 1.0 { String::new() } else { format!("^{boost}") };
                format!("{text}{star}{boost}")
            }
            Typed::Quoted { text, boost } if *boost == 1.0 => format!("\"{text}\""),
            Typed::Quoted { text, boost } => format!("\"{text}\"^{boost}"),
            Typed::Filter(filter) => format!("<{filter}>"),
            Typed::All(items) => format!("({})", print(items)),
            Typed::Any(items) => format!("[{}]", print(items)),
            Typed::Not(item) => format!("-{}", print(std::slice::from_ref(item))),
        };
        items.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signs_and_text() {
        for (line, expected) in [
            ("訪問看護　連携 ICT", "訪問看護 連携 ICT"),
            ("訪問看護 OR 訪問診療 連携", "[訪問看護 訪問診療] 連携"),
            ("a OR b OR c", "[a b c]"),
            ("訪問看護　ＯＲ　訪問診療", "[訪問看護 訪問診療]"),
            ("在宅 -病院", "在宅 -病院"),
            ("在宅 －病院 NOT 施設", "在宅 -病院 -施設"),
            ("在宅 -(病院 OR 施設)", "在宅 -([病院 施設])"),
            ("在宅 （病院　ＯＲ　施設） 連携", "在宅 ([病院 施設]) 連携"),
            ("a AND b", "a b"),
            ("\"護ステ\" 「24 時間」 ”患者” 『x』", "\"護ステ\" \"24 時間\" \"患者\" \"x\""),
            ("連携「病院」", "連携 \"病院\""),
            ("-\"病院\"", "-\"病院\""),
            ("看護* 看護＊", "看護* 看護*"),
            ("看護^2 \"病院\"^0.5 (a b)^3 看護*^2", "看護^2 \"病院\"^0.5 (a^3 b^3) 看護*^2"),
            ("region:区西部", "<region:区西部>"),
            ("圏域：区西部 -region:島しょ", "<region:区西部> -<region:島しょ>"),
            ("section:\"病院 と\" 議題:「連携」", "<section:病院 と> <section:連携>"),
            ("ＤＡＴＥ：平成29年", "<date:2017-01-01..2017-12-31>"),
            ("date:2017-11..2018-01", "<date:2017-11-01..2018-01-31>"),
            // What is no sign where it stands.
            ("７：１ 10:30 C++ https://example.jp/?a=b", "７：１ 10:30 C++ https://example.jp/?a=b"),
            ("ICT:連携 在宅(専門) (専門)", "ICT:連携 在宅(専門) (専門)"),
            ("- -- * ^ ^2 : a^b a^-1", "- -- * ^ ^2 : a^b a^-1"),
            ("病院-診療所 2017-12", "病院-診療所 2017-12"),
            ("(在宅(専門) 医療)", "(在宅(専門) 医療)"),
        ] {
            let (items, remarks) = read(line);
            assert_eq!(print(&items), expected, "{line}");
            assert_eq!(remarks, [], "{line}");
        }
    }

    #[test]
    fn what_is_odd_is_text_and_is_told() {
        for (line, expected, remark) in [
            ("(在宅 医療", "(在宅 医療", "( has no partner and is read as text"),
            ("在宅） 医療", "在宅） 医療", "） has no partner and is read as text"),
            ("病院\"連携", "病院\"連携", "\" has no partner and is read as text"),
            ("「病院", "「病院", "「 has no partner and is read as text"),
            ("OR 在宅", "在宅", "OR has nothing beside it to work on and is passed over"),
            ("在宅 OR", "在宅", "OR has nothing beside it to work on and is passed over"),
            ("在宅 NOT", "在宅", "NOT has nothing beside it to work on and is passed over"),
            ("regin:区西部", "regin:区西部", "regin: is read as text; did you mean region:?"),
            (
                "region: 区西部",
                "region: 区西部",
                "region: is read as text; a value follows the colon directly",
            ),
            (
                "date:昨日",
                "date:昨日",
                "date:昨日 is read as text; a date is 2017-12-13, 平成29年12月 or 2017-11..2018-01",
            ),
        ] {
            let (items, remarks) = read(line);
            assert_eq!(print(&items), expected, "{line}");
            let told: Vec<String> = remarks.iter().map(Remark::to_string).collect();
            assert_eq!(told, [remark], "{line}");
        }
        assert_eq!(read(&"あ".repeat(3000)).1, [Remark::TooLong]);
        // Deeper than anyone types, and deeper than a stack.
        read(&"(".repeat(1000));
        read(&("(".repeat(1000) + &")".repeat(1000)));
    }
}
