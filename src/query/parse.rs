//! The parser of typed lines: operators, parentheses, quotation marks, fields.
//!
//! A line is parsed into a tree of texts. There are no errors: an operator character that has no meaning in
//! its position is text, and a [`Remark`] says so where something else may have been meant. Operators may be
//! full-width, as an input method types them. `OR` binds its two neighbours, as in web searches: `訪問看護 OR
//! 訪問診療 連携` requires 連携 and one of the others. A backslash makes the character after it literal.

use super::node::{LARGEST_BOOST, Node};
use super::remark::{MOST_CHARACTERS, Remark};
use crate::analysis::NormalizedText;
use crate::conditions::{FieldValue, field_value, is_field};

/// Maximum depth of nested parentheses. Deeper ones are text. People rarely nest deeper than two.
const DEEPEST: usize = 8;

const OPERATORS: [&str; 3] = ["OR", "AND", "NOT"];

/// Parses a line into nodes, all of which must match.
pub(super) fn parse(line: &str) -> (Vec<Node>, Vec<Remark>) {
    let (symbols, is_whole) = symbols(line);
    let mut parser = Parser { symbols: &symbols, place: 0, remarks: Vec::new() };
    if !is_whole {
        parser.remarks.push(Remark::TooLong);
    }
    let nodes = parser.sequence(0);
    let mut remarks: Vec<Remark> = Vec::new();
    for remark in parser.remarks {
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    (nodes, remarks)
}

/// A character of the line, escaped or not.
#[derive(Clone, Copy, Debug)]
struct Symbol {
    character: char,
    /// Whether a backslash made the character literal.
    is_escaped: bool,
}

impl Symbol {
    /// Returns the ASCII form of the character if it can be an operator; otherwise the character.
    fn sign(self) -> char {
        // An escaped character is no operator, and no operator is a control character.
        if self.is_escaped { '\0' } else { sign(self.character) }
    }

    fn closing_marks(self) -> Option<&'static [char]> {
        if self.is_escaped { None } else { closing_marks(self.character) }
    }

    fn is_any_of(self, characters: &[char]) -> bool {
        !self.is_escaped && characters.contains(&self.character)
    }
}

/// Returns the characters of a line, without the backslashes that escape operators, and whether the line was
/// within [`MOST_CHARACTERS`].
fn symbols(line: &str) -> (Vec<Symbol>, bool) {
    let mut characters: Vec<char> = line.chars().collect();
    let is_whole = characters.len() <= MOST_CHARACTERS;
    characters.truncate(MOST_CHARACTERS);
    let mut symbols: Vec<Symbol> = Vec::with_capacity(characters.len());
    let mut place = 0;
    while let Some(&character) = characters.get(place) {
        let next = characters.get(place + 1).copied();
        let follows_word = symbols.last().is_some_and(|last| last.character.is_alphanumeric());
        let is_escape = character == '\\'
            && next.is_some_and(|next| match next.is_alphanumeric() {
                true => !follows_word && operator_at(&characters[place + 1..], |c| sign(*c)).is_some(),
                false => !next.is_whitespace(),
            });
        match next {
            Some(next) if is_escape => symbols.push(Symbol { character: next, is_escaped: true }),
            _ => symbols.push(Symbol { character, is_escaped: false }),
        }
        place += 1 + usize::from(is_escape);
    }
    (symbols, is_whole)
}

/// Returns the operator at the start, if it is a word of its own.
fn operator_at<T>(rest: &[T], sign: impl Fn(&T) -> char) -> Option<&'static str> {
    let word: String =
        rest.iter().map(sign).take_while(|&sign| !sign.is_whitespace() && sign != ')').take(4).collect();
    OPERATORS.into_iter().find(|operator| *operator == word)
}

/// Whether a text is an operator if it is a word of its own.
pub(super) fn is_operator(text: &str) -> bool {
    let signs: String = text.chars().map(sign).collect();
    OPERATORS.contains(&signs.as_str())
}

struct Parser<'a> {
    symbols: &'a [Symbol],
    place: usize,
    remarks: Vec<Remark>,
}

/// The operators that precede an item.
#[derive(Default)]
struct Pending {
    or: bool,
    not: Option<&'static str>,
}

impl Parser<'_> {
    /// Parses up to the end of the line or, in parentheses, up to the closing one.
    fn sequence(&mut self, depth: usize) -> Vec<Node> {
        let mut items: Vec<Node> = Vec::new();
        let mut pending = Pending::default();
        while let Some(first) = self.peek() {
            if first.sign().is_whitespace() {
                self.place += 1;
            } else if depth > 0 && first.sign() == ')' {
                break;
            } else if first.sign() == '-' && self.negates() {
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
        if pending.or {
            self.remarks.push(Remark::NothingToOperateOn("OR"));
        }
        self.remarks.extend(pending.not.map(Remark::NothingToOperateOn));
        items
    }

    /// Parses an item that is not an operator, and consumes at least one character.
    fn item(&mut self, depth: usize) -> Vec<Node> {
        let is_open = self.peek().is_some_and(|first| first.sign() == '(');
        if is_open && depth < DEEPEST && self.closes() {
            self.place += 1;
            let items = self.sequence(depth + 1);
            self.place += usize::from(self.peek().is_some());
            let boost = self.boost();
            return vec![Node::All(items.into_iter().map(|item| item.boosted(boost)).collect())];
        }
        let start = self.place;
        if let Some(text) = self.quoted() {
            let is_title = matches!(self.symbols[start].character, '「' | '『');
            let boost = self.boost();
            let is_strict = !is_title && self.stands_alone(start, self.place);
            return vec![Node::Phrase { text, boost, is_strict }];
        }
        self.text(depth)
    }

    /// Whether a quotation touches no text, neither before its start nor behind its end.
    fn stands_alone(&self, start: usize, end: usize) -> bool {
        let touches = |place: usize| {
            self.symbols.get(place).is_some_and(|symbol| {
                let sign = symbol.sign();
                !(sign.is_whitespace() || matches!(sign, '(' | ')' | '-') || symbol.closing_marks().is_some())
            })
        };
        let touches_before = start > 0 && touches(start - 1);
        !(touches_before || touches(end))
    }

    /// Parses the string in quotation marks that begins here, if there is one.
    fn quoted(&mut self) -> Option<String> {
        let length = self.quotation_at(self.place)?;
        let text = text_of(&self.symbols[self.place + 1..self.place + length - 1]);
        self.place += length;
        Some(text)
    }

    /// Returns the length of the quotation that begins at a place, including its marks.
    fn quotation_at(&self, place: usize) -> Option<usize> {
        let closing = self.symbols.get(place)?.closing_marks()?;
        let text = self.symbols[place + 1..].iter().position(|symbol| symbol.is_any_of(closing))?;
        Some(text + 2)
    }

    /// Parses up to white space, a quotation or the closing parenthesis.
    fn text(&mut self, depth: usize) -> Vec<Node> {
        let start = self.place;
        let mut open = 0_usize;
        while let Some(symbol) = self.peek() {
            if symbol.sign().is_whitespace() || self.quotation_at(self.place).is_some() {
                break;
            }
            match symbol.sign() {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' if depth > 0 => break,
                ')' => self.remarks.push(Remark::NoPartner(symbol.character)),
                _ if symbol.closing_marks().is_some() => {
                    self.remarks.push(Remark::NoPartner(symbol.character));
                }
                _ => {}
            }
            self.place += 1;
        }
        if open > 0 {
            self.remarks.push(Remark::NoPartner('('));
        }
        let read = &self.symbols[start..self.place];
        self.with_field(read).unwrap_or_else(|| vec![plain(read)])
    }

    /// Parses `name:value`; the value may be in quotation marks.
    fn with_field(&mut self, read: &[Symbol]) -> Option<Vec<Node>> {
        let colon = read.iter().position(|symbol| symbol.is_any_of(&[':', '：']))?;
        let name = NormalizedText::new(&text_of(&read[..colon])).as_str().to_owned();
        let value = text_of(&read[colon + 1..]);
        let quoted = if value.is_empty() && is_field(&name) { self.quoted() } else { None };
        let value = quoted.as_deref().unwrap_or(&value);
        match field_value(&name, value) {
            FieldValue::Filter(filter) if !value.trim().is_empty() => Some(vec![Node::Filter(filter)]),
            FieldValue::Filter(_) | FieldValue::BadValue => {
                self.remarks.push(Remark::BadValue { name, value: value.to_owned() });
                quoted.map(|text| vec![plain(read), Node::Phrase { text, boost: 1.0, is_strict: false }])
            }
            FieldValue::NoField { nearest } => {
                self.remarks.extend(nearest.map(|nearest| Remark::NoField { name, nearest }));
                None
            }
        }
    }

    /// Parses the `^2` after a closing mark.
    fn boost(&mut self) -> f32 {
        let rest = &self.symbols[self.place..];
        let length =
            rest.iter().take_while(|symbol| !symbol.sign().is_whitespace() && symbol.sign() != ')').count();
        match split_boost(&rest[..length]) {
            Some(([], boost)) => {
                self.place += length;
                boost
            }
            _ => 1.0,
        }
    }

    /// Parses `OR`, `AND` or `NOT`, if it is a word of its own here.
    fn operator(&mut self) -> Option<&'static str> {
        let operator = operator_at(&self.symbols[self.place..], |symbol| symbol.sign())?;
        self.place += operator.len();
        Some(operator)
    }

    /// Whether a hyphen directly precedes what it negates.
    fn negates(&self) -> bool {
        let next = self.symbols.get(self.place + 1);
        next.is_some_and(|next| !next.sign().is_whitespace() && !['-', ')'].contains(&next.sign()))
    }

    /// Whether the parenthesis that opens here is closed. Parentheses in quotations are text.
    fn closes(&self) -> bool {
        let (mut open, mut place) = (0_usize, self.place);
        while let Some(symbol) = self.symbols.get(place) {
            match symbol.sign() {
                '(' => open += 1,
                ')' if open == 1 => return true,
                ')' => open -= 1,
                _ => {}
            }
            place += self.quotation_at(place).unwrap_or(1);
        }
        false
    }

    fn peek(&self) -> Option<Symbol> {
        self.symbols.get(self.place).copied()
    }
}

/// Adds a parsed item to those before it, and applies the pending operators.
fn add(items: &mut Vec<Node>, found: Vec<Node>, pending: &mut Pending, remarks: &mut Vec<Remark>) {
    let Pending { or, not } = std::mem::take(pending);
    let mut found = match (found.len(), not) {
        (1, _) => found,
        _ => vec![Node::All(found)],
    };
    if not.is_some() {
        found = found.into_iter().map(|item| Node::Not(Box::new(item))).collect();
    }
    match (or, items.pop()) {
        (true, Some(Node::Any(mut alternatives))) => {
            alternatives.extend(found);
            items.push(Node::Any(alternatives));
        }
        (true, Some(before)) => items.push(Node::Any(std::iter::once(before).chain(found).collect())),
        (true, None) => {
            remarks.push(Remark::NothingToOperateOn("OR"));
            items.extend(found);
        }
        (false, before) => items.extend(before.into_iter().chain(found)),
    }
}

fn text_of(symbols: &[Symbol]) -> String {
    symbols.iter().map(|symbol| symbol.character).collect()
}

/// Returns the text without its `^2` and its `*`, which become its boost and its prefix flag.
fn plain(symbols: &[Symbol]) -> Node {
    let (symbols, boost) =
        split_boost(symbols).filter(|(text, _)| !text.is_empty()).unwrap_or((symbols, 1.0));
    let stem = match symbols.split_last() {
        Some((last, stem)) if last.is_any_of(&['*', '＊']) => Some(stem),
        _ => None,
    };
    let stem = stem.filter(|stem| stem.iter().any(|symbol| symbol.character.is_alphanumeric()));
    Node::Text { text: text_of(stem.unwrap_or(symbols)), is_prefix: stem.is_some(), boost }
}

/// Splits `看護^2` into the word and the number.
fn split_boost(symbols: &[Symbol]) -> Option<(&[Symbol], f32)> {
    let caret = symbols.iter().rposition(|symbol| symbol.is_any_of(&['^', '＾']))?;
    let (word, number) = (&symbols[..caret], &symbols[caret + 1..]);
    let is_number = number.iter().all(|symbol| matches!(symbol.sign(), '0'..='9' | '.'));
    let number = NormalizedText::new(&text_of(number)).as_str().parse::<f32>();
    let number = number.ok().filter(|&number| is_number && number > 0.0)?;
    Some((word, number.clamp(1.0 / LARGEST_BOOST, LARGEST_BOOST)))
}

/// Returns the ASCII form of a full-width character or of one that looks like a hyphen.
pub(super) fn sign(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '−' | '‐' | '–' => '-',
        _ => character,
    }
}

/// Returns the marks that close a quotation opened by a mark.
pub(super) fn closing_marks(opening: char) -> Option<&'static [char]> {
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

    /// Prints nodes in a notation of its own: quotations in quotation marks, alternatives in brackets.
    fn print(items: &[Node]) -> String {
        let one = |item: &Node| match item {
            Node::Text { text, is_prefix, boost } => {
                let star = if *is_prefix { "*" } else { "" };
                let boost = if *boost == 1.0 { String::new() } else { format!("^{boost}") };
                format!("{text}{star}{boost}")
            }
            Node::Phrase { text, boost, is_strict } => {
                let [open, close] = if *is_strict { ["\"", "\""] } else { ["「", "」"] };
                let boost = if *boost == 1.0 { String::new() } else { format!("^{boost}") };
                format!("{open}{text}{close}{boost}")
            }
            Node::Filter(filter) => format!("<{filter}>"),
            Node::All(items) => format!("({})", print(items)),
            Node::Any(items) => format!("[{}]", print(items)),
            Node::Not(item) => format!("-{}", print(std::slice::from_ref(item))),
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
            ("\"護ステ\" 「24 時間」 ”患者” 『x』", "\"護ステ\" 「24 時間」 \"患者\" 「x」"),
            ("連携「病院」", "連携 「病院」"),
            // Within a running text quotation marks are no operator.
            ("href=\"病院\" (\"a\" -\"b\") \"病院\"^2", "href= 「病院」 (\"a\" -\"b\") \"病院\"^2"),
            ("-\"病院\"", "-\"病院\""),
            ("看護* 看護＊", "看護* 看護*"),
            ("看護^2 \"病院\"^0.5 (a b)^3 看護*^2", "看護^2 \"病院\"^0.5 (a^3 b^3) 看護*^2"),
            ("region:区西部", "<region:区西部>"),
            ("圏域：区西部 -region:島しょ", "<region:区西部> -<region:島しょ>"),
            ("section:\"病院 と\" 議題:「連携」", "<section:\"病院 と\"> <section:連携>"),
            ("ＤＡＴＥ：平成29年", "<date:2017-01-01..2017-12-31>"),
            ("date:2017-11..2018-01", "<date:2017-11-01..2018-01-31>"),
            // Characters that are not operators in their position.
            ("７：１ 10:30 C++ https://example.jp/?a=b", "７：１ 10:30 C++ https://example.jp/?a=b"),
            ("ICT:連携 在宅(専門) (専門)", "ICT:連携 在宅(専門) (専門)"),
            ("- -- * ^ ^2 : a^b a^-1", "- -- * ^ ^2 : a^b a^-1"),
            ("病院-診療所 2017-12", "病院-診療所 2017-12"),
            ("(在宅(専門) 医療)", "(在宅(専門) 医療)"),
            ("(\"(\" OR 看護)", "([\"(\" 看護])"),
            // A backslash takes the meaning from a sign, and is text elsewhere.
            (r"\-病院 \(a\) \OR region\:x a\*", "-病院 (a) OR region:x a*"),
            (r#""a\"b\\" 「\」」"#, r#""a"b\" 「」」"#),
            (r"C:\work \ a\OR", r"C:\work \ a\OR"),
        ] {
            let (items, remarks) = parse(line);
            assert_eq!(print(&items), expected, "{line}");
            assert_eq!(remarks, [], "{line}");
        }
    }

    #[test]
    fn signs_without_meaning_are_text_with_a_remark() {
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
            let (items, remarks) = parse(line);
            assert_eq!(print(&items), expected, "{line}");
            let told: Vec<String> = remarks.iter().map(Remark::to_string).collect();
            assert_eq!(told, [remark], "{line}");
        }
        assert_eq!(parse(&"あ".repeat(3000)).1, [Remark::TooLong]);
        // Deeper than anyone types; without a limit the recursion could overflow the stack.
        parse(&"(".repeat(1000));
        parse(&("(".repeat(1000) + &")".repeat(1000)));
    }
}
