//! How labels are written: a line → the label that it may begin with.
//!
//! Each assembly and council labels speeches in its own way: `○議長（山田太郎君）　…`, `◆12番（山田議員）`, `○玉田議長ただいまから…`,
//! `（山田委員長）…`, `山田委員：…`, `【会長】`, `議長（山田太郎君）　…`, `議　長　…`, an office alone on its line, Ｑ１ and Ａ１. A line by itself
//! can't tell: what is a label is decided over the whole document.

use super::names::{self, Likeness};
use super::offices::{ends_with_office, ends_with_title, is_office, is_plain_office};
use super::speaker::{Speaker, is_anonymous, squeezed, turn};

/// The way in which a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A sign and a label: `○議長（山田太郎君）　…`, `○田中座長　…`, `■会長：…`.
    Sign,
    /// A sign and a name: `○山田太郎　…`.
    SignedName,
    /// A sign and a label that the speech follows without a space: `○玉田議長ただいまから…`.
    Glued,
    /// 【質問】, 【山田委員】.
    Lenticular,
    /// `（山田委員長）…`, `〈会長〉…`, `［事務局］…`.
    Bracket,
    /// An office and a name in brackets, without a sign: `議長（山田太郎君）　…`.
    Named,
    /// `山田委員：…`.
    Colon,
    /// The first cell of a row.
    Cell,
    /// A label and white space: `議長　…`.
    Bare,
    /// A line of its own.
    Alone,
}

/// The label that a line may begin with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate<'a> {
    pub(super) form: Form,
    /// The label without signs and brackets around it.
    pub(super) label: &'a str,
    /// The rest of the line.
    pub(super) rest: &'a str,
}

/// The signs before a label.
const SIGNS: [char; 18] =
    ['○', '◯', '〇', '◎', '●', '◆', '◇', '◈', '■', '□', '▲', '△', '☆', '★', '▼', '▽', '⦿', '◉'];

/// What a speech before a label ends with, where both are in one line.
const ENDS_OF_SPEECH: [char; 5] = ['。', '）', '」', '〕', '─'];

const COLONS: [char; 2] = ['：', ':'];

const OPENING: [char; 10] = ['（', '(', '〈', '<', '＜', '‹', '《', '〔', '［', '['];
const CLOSING: [char; 10] = ['）', ')', '〉', '>', '＞', '›', '》', '〕', '］', ']'];

/// Characters that no label contains.
const NO_LABEL: [char; 7] = ['。', '、', '「', '」', '『', '』', '…'];

/// Maximum number of characters in a label, and in the part in brackets.
const LONGEST: usize = 40;
const LONGEST_IN_BRACKETS: usize = 30;
/// Maximum number of characters in a label that nothing but white space sets apart from the speech.
const LONGEST_BARE: usize = 20;

/// Maximum number of words in a name.
const MOST_WORDS_IN_NAME: usize = 5;

/// What can't follow an office, because it continues a word or a sentence: 委員会, 会長は.
const CONTINUING: [char; 32] = [
    '会', '長', '補', '局', '室', '課', '部', '代', '兼', '等', '側', '席', '団', '各', 'の', 'は', 'が',
    'を', 'に', 'と', 'へ', 'も', 'や', 'か', '、', '・', '（', '(', '／', '/', '～', '~',
];

/// Returns the label that a line may begin with.
pub(super) fn candidate(line: &str) -> Option<Candidate<'_>> {
    let line = without_number(line.trim_start());
    if let Some(rest) = without_sign(line) {
        return signed(rest);
    }
    enclosed(line)
        .or_else(|| named(line))
        .or_else(|| cell(line))
        .or_else(|| colon(line))
        .or_else(|| bare(line))
}

/// Returns the places within a line where a speech begins under a label that is certain: after the item of the agenda that is called,
/// and where a system has lost the ends of the lines, `…南原議員。○議員（南原茂君）　私は…`.
pub(super) fn labels_within(line: &str) -> Vec<usize> {
    let begins = |&(place, sign): &(usize, &str)| {
        let before = line[..place].chars().next_back();
        if !before.is_some_and(|before| before.is_whitespace() || ENDS_OF_SPEECH.contains(&before)) {
            return false;
        }
        let Some((label, _)) = in_brackets(&line[place + sign.len()..]) else { return false };
        let Speaker { name, role, .. } = Speaker::of_label(label);
        name.is_some_and(|name| names::likeness(&name) >= Likeness::Likely)
            && role.is_some_and(|role| is_office(&role))
    };
    // Kana and kanji lie after the last sign, so that one comparison rules out most characters.
    let may_be_sign = |c: char| ('\u{25a0}'..='\u{3007}').contains(&c) && SIGNS.contains(&c);
    let within = line.match_indices(may_be_sign).filter(begins).map(|(place, _)| place);
    after_item(line).into_iter().chain(within).collect()
}

/// Returns the place of a label after the item of the agenda that is called, where a speech follows it on the same line:
/// `日程第１ 山田太郎議長 会議録署名議員の指名を行います。`
fn after_item(line: &str) -> Option<usize> {
    let number = line
        .strip_prefix("日程第")?
        .trim_start_matches(|c: char| c.is_numeric() || "〇一二三四五六七八九十".contains(c));
    let text = number.trim_start();
    let is_spaced = text.len() < number.len() && text.contains('。');
    let (label, _) = spaced(text).filter(|_| is_spaced)?;
    names_someone(&squeezed(label)).then(|| line.len() - text.len())
}

/// Returns the label after a sign.
fn signed(text: &str) -> Option<Candidate<'_>> {
    let of = |form: Form| move |(label, rest)| Candidate { form, label, rest };
    in_brackets(text)
        .or_else(|| spaced(text))
        .map(of(Form::Sign))
        .or_else(|| glued(text).map(of(Form::Glued)))
        .or_else(|| signed_name(text).map(of(Form::SignedName)))
}

/// An office and a name in brackets, either of which may be missing: `議長（山田太郎君）　…`.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let (office, after) = text.split_once(['（', '('])?;
    let (name, rest) = after.split_once(['）', ')'])?;
    let label = &text[..text.len() - rest.len()];
    let is_label = is_short(office, LONGEST)
        && is_short(name, LONGEST_IN_BRACKETS)
        && !office.contains(NO_LABEL)
        && !name.contains(NO_LABEL);
    if !is_label {
        return None;
    }
    let (office_alone, name_alone) = (squeezed(office), squeezed(name));
    let is_count = name_alone.starts_with(char::is_numeric) && name_alone.ends_with(['人', '名']);
    let is_someone = ends_with_office(&office_alone)
        || ends_with_title(&name_alone)
        || ends_with_office(&name_alone)
        || turn(&office_alone).is_some();
    // 大西（由）委員 has its office after the brackets.
    if name_alone.chars().count() <= 2 && !ends_with_office(&office_alone) && !ends_with_office(&name_alone) {
        return None;
    }
    (is_someone && !is_count && !is_list(office)).then(|| (label, after_label(rest)))
}

/// A label that ends at the first white space, colon or end of line after an office, or after the name that follows an office:
/// `田中座長　…`, `会長：…`, `議長 山田太郎君 …`.
fn spaced(text: &str) -> Option<(&str, &str)> {
    let ends = || {
        let ends =
            text.char_indices().take(LONGEST + 1).filter(|(_, c)| c.is_whitespace() || COLONS.contains(c));
        ends.map(|(place, _)| place).chain([text.len()])
    };
    let end = ends().find(|&end| {
        let label = squeezed(&text[..end]);
        ends_with_office(&label) || is_titled_name(&label)
    })?;
    let end = if is_office(&squeezed(&text[..end])) { with_name(text, end, ends()) } else { end };
    let (label, rest) = text.split_at(end);
    let is_initial = |label: &str| {
        let brackets = label.split_once(['（', '(']).and_then(|(_, rest)| rest.split_once(['）', ')']));
        brackets.is_some_and(|(inside, after)| inside.chars().count() <= 2 && !after.is_empty())
    };
    let is_label = is_short(label, LONGEST)
        && !label.contains(NO_LABEL)
        && (!label.contains(['（', '(', '：', ':']) || is_initial(label));
    (is_label && !is_list(label)).then(|| (label, after_label(rest)))
}

/// Whether a text without spaces is a name with a title, and perhaps an office before it: 山田太郎君, 参考人山田太郎君.
fn is_titled_name(text: &str) -> bool {
    ends_with_title(text)
        && Speaker::of_label(text).name.is_some_and(|name| names::likeness(&name) > Likeness::Never)
}

/// Returns the end of the name that follows an office, or the end of the office if none does: `議長 山田太郎君 …`.
fn with_name(text: &str, office: usize, ends: impl Iterator<Item = usize>) -> usize {
    let is_apart = |text: &str| text.split_whitespace().all(|word| word.chars().nth(1).is_none());
    let mut without_title = None;
    // A name has few words, unless its characters stand apart: 箱田　彰　君, 北 垣 寿 成.
    for end in ends.filter(|&end| end > office).take(MOST_WORDS_IN_NAME) {
        let next = text[end..].split_whitespace().next().unwrap_or_default();
        let are_characters = is_apart(&text[office..end]);
        if are_characters && is_apart(next) && !next.is_empty() {
            continue;
        }
        let name = squeezed(&text[office..end]);
        if ends_with_title(&name) || name.ends_with("議員") || name.ends_with("委員") {
            let speaker = Speaker::of_label(&name).name;
            if speaker.is_some_and(|name| names::likeness(&name) > Likeness::Never) {
                return end;
            }
        }
        let least = if are_characters { Likeness::Possible } else { Likeness::Known };
        if without_title.is_none() && end < text.len() && names::likeness(&name) >= least {
            without_title = Some(end);
        }
    }
    without_title.unwrap_or(office)
}

/// A label that a speech follows without a space: `玉田議長ただいまから…`.
fn glued(text: &str) -> Option<(&str, &str)> {
    let ends = text.char_indices().skip(2).take(LONGEST_BARE).map(|(place, _)| place);
    let end = ends
        .filter(|&end| !text[..end].contains(NO_LABEL) && !text[..end].contains(char::is_whitespace))
        .find(|&end| {
            let (label, rest) = text.split_at(end);
            !rest.starts_with(CONTINUING) && (names_someone(label) || is_plain_office(label))
        })?;
    Some(text.split_at(end))
}

/// A name after a sign: `山田太郎　…`.
fn signed_name(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(char::is_whitespace)?;
    (name.chars().count() >= 3 && names::likeness(name) == Likeness::Known && !rest.trim().is_empty())
        .then(|| (name, rest.trim_start()))
}

/// A label in brackets, some of which have a sign before it: `（山田委員長）…`, `【質問】…`, `（○：広田市長）…`.
fn enclosed(line: &str) -> Option<Candidate<'_>> {
    let (form, inside) = match line.strip_prefix('【') {
        Some(inside) => (Form::Lenticular, inside.split_once('】')?),
        None => (Form::Bracket, closed(line.strip_prefix(OPENING)?)?),
    };
    let (label, rest) = inside;
    let after_sign = without_sign(label).and_then(|label| label.strip_prefix(COLONS));
    let label = after_sign.unwrap_or(label).trim();
    let alone = squeezed(label);
    let is_label = after_sign.is_some() || turn(&alone).is_some() || ends_with_office(&alone);
    (is_label && is_short(label, LONGEST_IN_BRACKETS) && !label.contains(NO_LABEL) && !is_list(label))
        .then(|| Candidate { form, label, rest: after_label(rest) })
}

/// Splits the text after a bracket at the one that closes it: `渡邉（光）会長）…`.
fn closed(inside: &str) -> Option<(&str, &str)> {
    let mut open = 1;
    for (place, character) in inside.char_indices().take(LONGEST_IN_BRACKETS + 1) {
        if OPENING.contains(&character) {
            open += 1;
        } else if CLOSING.contains(&character) {
            open -= 1;
            if open == 0 {
                return Some((&inside[..place], &inside[place + character.len_utf8()..]));
            }
        }
    }
    None
}

/// An office and a name in brackets, without a sign: `議長（山田太郎君）　…`, `問（山田議員）　…`.
fn named(line: &str) -> Option<Candidate<'_>> {
    let (label, rest) = in_brackets(line)?;
    let (outside, inside) = label.split_once(['（', '('])?;
    let (outside, inside) = (squeezed(outside), squeezed(inside.trim_end_matches(['）', ')'])));
    let is_person = ends_with_title(&inside)
        || ends_with_office(&inside)
        || names::likeness(&inside) >= Likeness::Possible;
    let is_label = turn(&outside).is_some() || (is_office(&outside) || names_someone(&outside)) && is_person;
    is_label.then_some(Candidate { form: Form::Named, label, rest })
}

/// The first cell of a row, if it names somebody.
fn cell(line: &str) -> Option<Candidate<'_>> {
    let (label, rest) = line.split_once('\t')?;
    let label = label.trim();
    let alone = squeezed(label);
    let is_label = is_someone(&alone) || names::likeness(&alone) == Likeness::Known;
    (is_label && is_short(label, LONGEST_BARE)).then(|| Candidate {
        form: Form::Cell,
        label,
        rest: rest.trim(),
    })
}

/// A label before a colon: `山田委員：…`, `会　長　：…`.
fn colon(line: &str) -> Option<Candidate<'_>> {
    let (place, colon) = line.char_indices().take(LONGEST + 1).find(|(_, c)| COLONS.contains(c))?;
    let (label, rest) = (line[..place].trim(), line[place + colon.len_utf8()..].trim_start());
    let alone = squeezed(label);
    let has_brackets = label.ends_with(['）', ')'])
        && label.split_once(['（', '(']).is_some_and(|(name, _)| !name.is_empty() && is_short(name, 15));
    let is_label = turn(&alone).is_some()
        || !label.contains(['（', '(']) && ends_with_office(&alone)
        || has_brackets
        || names::likeness(&alone) == Likeness::Known;
    (is_label && !label.contains(NO_LABEL) && !is_list(label)).then_some(Candidate {
        form: Form::Colon,
        label,
        rest,
    })
}

/// A label that white space or the end of the line follows: `議　長　…`, `山田委員`.
fn bare(line: &str) -> Option<Candidate<'_>> {
    let ends = || {
        let ends = line.char_indices().take(LONGEST_BARE + 1).filter(|(_, c)| c.is_whitespace());
        ends.map(|(place, _)| place)
            .chain([line.len()])
            .take_while(|&end| is_short(&line[..end], LONGEST_BARE))
    };
    let end = ends().find(|&end| is_someone(&squeezed(&line[..end])))?;
    let end = if is_office(&squeezed(&line[..end])) { with_name(line, end, ends()) } else { end };
    let (label, rest) = line.split_at(end);
    let form = if rest.is_empty() { Form::Alone } else { Form::Bare };
    (!label.contains(NO_LABEL) && !is_list(label)).then(|| Candidate { form, label, rest: rest.trim_start() })
}

/// Whether a text without spaces is an office, a name with an office, or the turn of a question or an answer.
fn is_someone(text: &str) -> bool {
    turn(text).is_some() || is_office(text) || names_someone(text)
}

/// Whether a text without spaces is a name with an office or a title: 山田委員, 山本総務課長, 山田太郎君.
fn names_someone(text: &str) -> bool {
    if !ends_with_office(text) && !ends_with_title(text) {
        return false;
    }
    let Speaker { name, role, .. } = Speaker::of_label(text);
    let is_plain = role.is_some_and(|role| is_plain_office(&role));
    let least = if is_plain { Likeness::Possible } else { Likeness::Likely };
    name.is_some_and(|name| is_anonymous(&name) || names::likeness(&name) >= least)
}

/// Returns the text after the sign at the start of a line. Two signs stand for a name that is kept secret: ●●委員.
fn without_sign(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|&sign| SIGNS.contains(&sign))?;
    let rest = &line[sign.len_utf8()..];
    if rest.starts_with(sign) { None } else { Some(rest.trim_start()) }
}

/// Skips the number of a speech, which some sites put before the label.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let is_number =
        rest.len() < line.len() && rest.starts_with(|c: char| c.is_whitespace() || "：:．.".contains(c));
    let rest = rest.trim_start_matches(['：', ':', '．', '.']).trim_start();
    if is_number && !rest.starts_with('番') { rest } else { line }
}

/// Skips the colon and the white space between a label and the speech.
fn after_label(rest: &str) -> &str {
    rest.trim_start().trim_start_matches(COLONS).trim_start()
}

fn is_short(label: &str, characters: usize) -> bool {
    label.chars().nth(characters).is_none()
}

/// Whether a label is the heading of a list of people present or absent.
fn is_list(label: &str) -> bool {
    let label = squeezed(label);
    ["出席", "欠席", "説明員", "傍聴"].iter().any(|begin| label.starts_with(begin))
}
