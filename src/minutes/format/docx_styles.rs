//! The styles of a DOCX, and the numbers of its lists: `styles.xml` and `numbering.xml`.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::xml::attribute;

/// The level of a list, and the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InList {
    pub(super) list: String,
    pub(super) level: usize,
}

/// What a paragraph has of its style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) is_heading: bool,
    pub(super) in_list: Option<InList>,
}

/// Reads the styles, by their identifiers. Headings are recognized by name, because a Japanese Word writes the identifier `1` for
/// the style named `heading 1`.
pub(super) fn styles(xml: &str) -> Result<HashMap<String, Style>, quick_xml::Error> {
    let mut styles = HashMap::new();
    let mut reader = Reader::from_str(xml);
    let mut open: Option<(String, Style)> = None;
    loop {
        match reader.read_event()? {
            Event::Start(element) if element.local_name().as_ref() == "style" => {
                open = attribute(&element, "styleId").map(|id| (id, Style::default()));
            }
            Event::Empty(element) | Event::Start(element) => {
                let Some((_, style)) = &mut open else { continue };
                match element.local_name().as_ref() {
                    "name" => {
                        let name = attribute(&element, "val").unwrap_or_default().to_lowercase();
                        style.is_heading =
                            name.starts_with("heading ") || name.starts_with("見出し") || name == "title";
                    }
                    "numPr" => style.in_list = Some(InList::default()),
                    name => take_list(&mut style.in_list, name, attribute(&element, "val")),
                }
            }
            Event::End(element) if element.local_name().as_ref() == "style" => styles.extend(open.take()),
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Takes `numId` or `ilvl`, which stand in a `numPr`.
pub(super) fn take_list(in_list: &mut Option<InList>, name: &str, value: Option<String>) {
    let (Some(in_list), Some(value)) = (in_list, value) else { return };
    match name {
        "numId" => in_list.list = value,
        "ilvl" => in_list.level = value.parse().unwrap_or(0),
        _ => {}
    }
}

/// The greatest number of levels of a list.
const MOST_LEVELS: usize = 9;

/// The lists, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each kind of list.
    kinds: HashMap<String, Vec<Level>>,
    /// The kind of each list.
    lists: HashMap<String, String>,
    /// The lists that begin anew, although their kind was counted before.
    restarted: HashSet<String>,
    /// How far each kind has counted.
    counts: HashMap<String, [u32; MOST_LEVELS]>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`, where `%1` stands for the number of the first level.
    text: String,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, quick_xml::Error> {
        let mut numbering = Self::default();
        let mut reader = Reader::from_str(xml);
        let (mut kind, mut list) = (String::new(), String::new());
        loop {
            let event = reader.read_event()?;
            let (Event::Start(element) | Event::Empty(element)) = &event else {
                if matches!(event, Event::Eof) {
                    return Ok(numbering);
                }
                continue;
            };
            let value = |name| attribute(element, name).unwrap_or_default();
            match element.local_name().as_ref() {
                "abstractNum" => kind = value("abstractNumId"),
                "lvl" => {
                    let levels = numbering.kinds.entry(kind.clone()).or_default();
                    if levels.len() < MOST_LEVELS {
                        levels.push(Level { start: 1, format: String::new(), text: String::new() });
                    }
                }
                "num" => {
                    list = value("numId");
                    // What the list has of its own does not belong to the last kind.
                    kind.clear();
                }
                "startOverride" => drop(numbering.restarted.insert(list.clone())),
                "abstractNumId" => drop(numbering.lists.insert(list.clone(), value("val"))),
                name @ ("start" | "numFmt" | "lvlText") => {
                    let level = numbering.kinds.get_mut(&kind).and_then(|levels| levels.last_mut());
                    let Some(level) = level else { continue };
                    match name {
                        "start" => level.start = value("val").parse().unwrap_or(1),
                        "numFmt" => level.format = value("val"),
                        _ => level.text = value("val").chars().take(20).collect(),
                    }
                }
                _ => {}
            }
        }
    }

    /// Counts a paragraph of a list, and returns its number as printed: `第1条`, `(2)`. Returns `None` for a bullet.
    pub(super) fn next(&mut self, place: &InList) -> Option<String> {
        let kind = self.lists.get(&place.list)?;
        let levels = self.kinds.get(kind)?;
        let level = levels.get(place.level)?;
        let counts = self.counts.entry(kind.clone()).or_default();
        if self.restarted.remove(&place.list) {
            counts.fill(0);
        }
        let count = counts.get_mut(place.level)?;
        *count = if *count == 0 { level.start } else { count.saturating_add(1) };
        counts[place.level + 1..].fill(0);
        if level.text.is_empty() || ["bullet", "none", ""].contains(&level.format.as_str()) {
            return None;
        }
        let mut text = String::new();
        let mut rest = level.text.chars();
        while let Some(character) = rest.next() {
            let digit =
                if character == '%' { rest.next().and_then(|digit| digit.to_digit(10)) } else { None };
            let named = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            match named.and_then(|named| Some((levels.get(named)?, counts.get(named)?))) {
                Some((level, count)) => text.push_str(&number(*count, &level.format)),
                None => text.push(character),
            }
        }
        Some(text)
    }
}

/// A number as a format has it.
fn number(count: u32, format: &str) -> String {
    let nth = |signs: &str| {
        let place = usize::try_from(count).unwrap_or(usize::MAX).checked_sub(1)?;
        signs.chars().nth(place).map(String::from)
    };
    let written = match format {
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |digit: char| char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０'));
            Some(count.to_string().chars().filter_map(wide).collect())
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "aiueo" | "aiueoFullWidth" => nth(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        ),
        "iroha" | "irohaFullWidth" => nth(
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
        ),
        "upperLetter" => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => nth("abcdefghijklmnopqrstuvwxyz"),
        "upperRoman" => nth("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"),
        "lowerRoman" => nth("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"),
        "japaneseCounting" | "ideographDigital" | "japaneseDigitalTenThousand" | "chineseCounting" => {
            kanji(count)
        }
        _ => None,
    };
    written.unwrap_or_else(|| count.to_string())
}

/// A number below a hundred in kanji.
fn kanji(count: u32) -> Option<String> {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let digit = |number: u32| digits.get(usize::try_from(number).ok()?).copied();
    let (tens, ones) = (count / 10, count % 10);
    let mut text = String::new();
    match tens {
        0 => return Some(digit(ones)?.to_string()),
        1 => {}
        _ => text.push(digit(tens)?),
    }
    text.push('十');
    if ones > 0 {
        text.push(digit(ones)?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_they_are_printed() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="4">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1-%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="・"/></w:lvl></w:abstractNum>
            <w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(xml).unwrap();
        let mut at = |level| numbering.next(&InList { list: "7".to_owned(), level });
        let numbers = [0, 1, 1, 2, 0, 1, 8].map(&mut at);
        let printed = ["第一条", "一-②", "一-③", "", "第二条", "二-②", ""];
        assert_eq!(numbers.map(Option::unwrap_or_default), printed);
        assert_eq!(kanji(21).as_deref(), Some("二十一"));
    }
}
