//! The labels before speeches, which name the speakers.
//!
//! A line by itself can't tell whether it begins with a label: `委員：山田太郎、佐藤花子` is a row of a list of members, and
//! `市長　お答えします` is a speech only where others are labelled so too. So [`form`] reads what may be a label, and [`labels_of`] decides
//! over the whole document: what repeats is a label, and what stands in the form of most others.

mod form;
mod names;
mod offices;
mod people;
mod roster;
mod speaker;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

pub(crate) use people::{Identity, People, is_same_office};
pub(super) use roster::members_of;
pub(in crate::minutes) use speaker::Speaker;
pub(super) use speaker::squeezed;

use self::form::{Candidate, Form, candidate, labels_within};
use self::names::Likeness;
use self::roster::is_row;
use self::speaker::turn;
use crate::minutes::document::{Document, Line, Shape};

/// A label at the start of a line.
pub(super) struct Label {
    /// The index of the line in the document.
    pub(super) line: usize,
    pub(super) speaker: Speaker,
    /// The offset of the speech in the text of the line, in bytes.
    pub(super) speech: usize,
}

/// Removes the signs before a name: a picture of a face.
fn spoken_of(label: &str) -> &str {
    label.trim_start_matches(|c: char| !c.is_alphanumeric() && !"（(●○◯〇■□＊*".contains(c))
}

/// Breaks the lines within which a speech begins, so that each label stands at the start of one.
pub(super) fn break_lines(document: &Document) -> Cow<'_, Document> {
    let breaks: Vec<Vec<usize>> = document.lines.iter().map(|line| labels_within(&line.text)).collect();
    if breaks.iter().all(Vec::is_empty) {
        return Cow::Borrowed(document);
    }
    let mut lines = Vec::with_capacity(document.lines.len());
    for (line, places) in document.lines.iter().zip(breaks) {
        let begins = [0].into_iter().chain(places.iter().copied());
        let ends = places.iter().copied().chain([line.text.len()]);
        for (begin, end) in begins.zip(ends) {
            lines.push(Line { text: line.text[begin..end].trim().to_owned(), ..line.clone() });
        }
    }
    Cow::Owned(Document { lines, ..document.clone() })
}

/// A candidate with its line.
struct Found<'a> {
    line: usize,
    candidate: Candidate<'a>,
    /// The label without white space.
    key: String,
    /// Whether what follows the label is a sentence.
    is_sentence: bool,
}

/// Minimum number of labels of a form; fewer may be chance.
const MINIMUM: usize = 2;

/// Minimum number of labels that only white space sets apart from the speech, where none of them repeats and few words follow.
const MINIMUM_BARE: usize = 3;

/// Minimum number of characters in a text that is a sentence without a full stop.
const SHORTEST_SENTENCE: usize = 15;

/// The forms without a sign, from the one that is least likely to be chance.
const UNSIGNED: [Form; 7] =
    [Form::Lenticular, Form::Bracket, Form::Named, Form::Colon, Form::Cell, Form::Bare, Form::Alone];

/// Returns the labels of a document, in the order of its lines. A document without any is no verbatim record.
pub(super) fn labels_of(document: &Document) -> Vec<Label> {
    let found = candidates(document);
    let mut accepted = signed(&found);
    if !accepted.is_empty() {
        join_unsigned(&mut accepted, &found);
    } else if document.lines.iter().all(|line| line.speaker.is_none()) {
        accepted = unsigned(&found);
    }
    let label = |index: usize| {
        let Found { line, candidate, .. } = &found[index];
        Label {
            line: *line,
            speaker: Speaker::of_label(candidate.label),
            speech: document.lines[*line].text.len() - candidate.rest.len(),
        }
    };
    let named = document.lines.iter().enumerate().filter_map(|(line, said)| {
        Some(Label { line, speaker: Speaker::of_label(spoken_of(said.speaker.as_deref()?)), speech: 0 })
    });
    let mut labels: Vec<Label> = accepted.into_iter().map(label).chain(named).collect();
    labels.sort_by_key(|label| label.line);
    labels
}

/// Returns the lines that begin like a speech under a label.
fn candidates(document: &Document) -> Vec<Found<'_>> {
    let mut next = None;
    let mut found: Vec<Found> = Vec::new();
    for (index, line) in document.lines.iter().enumerate().rev().filter(|(_, line)| !line.text.is_empty()) {
        if line.speaker.is_none()
            && let Some(candidate) = candidate(&line.text)
            && is_speech(&candidate, line, next)
        {
            let text =
                if candidate.rest.is_empty() { next.map_or("", |next| &next.text) } else { candidate.rest };
            let is_sentence = text.contains('。') || text.chars().count() >= SHORTEST_SENTENCE;
            found.push(Found { line: index, candidate, key: squeezed(candidate.label), is_sentence });
        }
        next = Some(line);
    }
    found.reverse();
    found
}

/// Whether a speech follows a label: on its line, or on the next one.
fn is_speech(candidate: &Candidate, line: &Line, next: Option<&Line>) -> bool {
    let is_certain = matches!(candidate.form, Form::Sign | Form::Bracket | Form::Lenticular | Form::Named);
    if line.shape == Shape::Heading && !(candidate.rest.is_empty() && candidate.form != Form::Sign) {
        return false;
    }
    let rest = candidate.rest.trim();
    if !rest.is_empty() {
        return !is_row(rest, is_certain);
    }
    // The label of a speech that is lost at the end of a page, or of a document, is kept where it is certain.
    next.map_or(is_certain, |next| next.shape != Shape::Heading && !is_row(&next.text, is_certain))
}

/// Returns the labels after a sign, if there are enough of them.
fn signed(found: &[Found]) -> Vec<usize> {
    let of = |form: Form| move |&index: &usize| found[index].candidate.form == form;
    let all = || 0..found.len();
    let mut labels: Vec<usize> = all().filter(of(Form::Sign)).collect();
    // A sign, an office and a name together are never chance, so one label is enough.
    let is_certain = |&index: &usize| {
        let speaker = Speaker::of_label(found[index].candidate.label);
        speaker.name.is_some() && speaker.role.is_some()
    };
    if labels.len() < MINIMUM && !labels.iter().any(is_certain) {
        labels.clear();
    }
    let glued: Vec<usize> = all().filter(of(Form::Glued)).collect();
    let named = glued.iter().filter(|&index| is_certain(index)).count();
    if named >= MINIMUM || named > 0 && !labels.is_empty() {
        labels.extend(glued);
    }
    if labels.len() >= MINIMUM {
        labels.extend(all().filter(of(Form::SignedName)));
    }
    labels
}

/// Adds the labels without a sign to those with one: names in brackets are certain, and others must be known by their words.
fn join_unsigned(labels: &mut Vec<usize>, found: &[Found]) {
    let known: HashSet<&str> = labels.iter().map(|&index| found[index].key.as_str()).collect();
    let joins = |found: &Found| match found.candidate.form {
        Form::Sign | Form::Glued | Form::SignedName | Form::Bare => false,
        Form::Named | Form::Bracket | Form::Lenticular => true,
        Form::Colon | Form::Cell | Form::Alone => known.contains(found.key.as_str()),
    };
    let joined: Vec<usize> = (0..found.len()).filter(|&index| joins(&found[index])).collect();
    labels.extend(joined);
}

/// Returns the labels without a sign: those of the most frequent form, and those of other forms that are known by their words.
fn unsigned(found: &[Found]) -> Vec<usize> {
    let mut forms: HashMap<Form, HashMap<&str, usize>> = HashMap::new();
    for found in found {
        *forms.entry(found.candidate.form).or_default().entry(found.key.as_str()).or_default() += 1;
    }
    let total = |form: Form| forms.get(&form).map_or(0, |keys| keys.values().sum());
    let is_eligible = |form: &Form| {
        let repeats = forms.get(form).is_some_and(|keys| keys.values().any(|&count| count > 1));
        let sentences =
            found.iter().filter(|found| found.candidate.form == *form && found.is_sentence).count();
        match form {
            Form::Bare | Form::Alone | Form::Cell if !repeats && sentences < MINIMUM => {
                total(*form) >= MINIMUM_BARE
            }
            _ => total(*form) >= MINIMUM,
        }
    };
    let eligible: Vec<Form> = UNSIGNED.into_iter().filter(is_eligible).collect();
    // Of equally frequent forms the first wins.
    let Some(&primary) = eligible.iter().rev().max_by_key(|&&form| total(form)) else { return Vec::new() };
    let known = &forms[&primary];
    let is_label = |found: &Found| {
        let form = found.candidate.form;
        form == primary
            || known.contains_key(found.key.as_str())
            || eligible.contains(&form) && matches!(form, Form::Lenticular | Form::Bracket | Form::Named)
    };
    let labels: Vec<usize> = (0..found.len()).filter(|&index| is_label(&found[index])).collect();
    // Questions without answers are a list of questions.
    let turns: HashSet<&str> = labels.iter().filter_map(|&index| turn(&found[index].key)).collect();
    let are_turns = labels.iter().all(|&index| turn(&found[index].key).is_some());
    if are_turns && turns.len() < 2 { Vec::new() } else { labels }
}

/// Returns the name and the office of whom people call by a name with an office or a title: 山田太郎 of 山田太郎君, 山田 and 総務課長
/// of 山田総務課長.
pub(crate) fn name_and_office(called: &str) -> Option<(String, Option<String>)> {
    let Speaker { name, role, .. } = Speaker::of_label(called);
    Some((name.filter(|name| name != called)?, role))
}

/// Returns the name of the person whom a cell of a table names: 山田太郎 of 1番山田太郎君. A surname alone must be a known one.
pub(super) fn names_a_person(cell: &str) -> Option<String> {
    Speaker::of_label(cell).name.filter(|name| names::likeness(name) >= Likeness::Likely)
}

/// Parses the label of a speech in the minutes of the Diet, which is marked by a sign.
pub(in crate::minutes) fn speaker_label(speech: &str) -> Option<(Speaker, &str)> {
    let first = speech.trim_start().lines().next().unwrap_or_default();
    let begin = speech.len() - speech.trim_start().len();
    if let Some(Candidate { form: Form::Sign | Form::SignedName, label, rest }) = candidate(first) {
        let end = begin + first.len() - rest.len();
        return Some((Speaker::of_label(label), speech[end..].trim_start()));
    }
    let rest = speech.trim_start().strip_prefix(['○', '◯', '〇'])?;
    let (name, rest) = rest.split_once('\u{3000}')?;
    let name = name.strip_suffix('君').unwrap_or(name);
    (name.chars().count() <= 20)
        .then(|| (Speaker { name: Some(name.to_owned()), ..Speaker::default() }, rest))
}

/// Parses a label that the speech follows without a space: `○山田委員長これより…`. Only who knows the speaker can be sure of it.
pub(in crate::minutes) fn glued_label(speech: &str) -> Option<(Speaker, &str)> {
    match candidate(speech)? {
        Candidate { form: Form::Glued, label, rest } => Some((Speaker::of_label(label), rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the labels of a text: the line, the name, the office, and the speech on that line.
    fn labels(text: &str) -> Vec<String> {
        let document = Document::of_text(text);
        let printed = labels_of(&document).into_iter().map(|label| {
            let Speaker { name, role, .. } = label.speaker;
            let speech = &document.lines[label.line].text[label.speech..];
            format!("{}/{}: {speech}", name.unwrap_or_default(), role.unwrap_or_default())
        });
        printed.collect()
    }

    #[test]
    fn labels_of_every_style() {
        for (line, name, role, rest) in [
            ("○議長（山田太郎君）　ただいまから", "山田太郎", "議長", "ただいまから"),
            ("◆12番（山田花子議員）　質問します", "山田花子", "12番", "質問します"),
            ("◎健康福祉部長（田中一郎君）", "田中一郎", "健康福祉部長", ""),
            ("○市長（森井秀明） 平成30年", "森井秀明", "市長", "平成30年"),
            ("○田中座長　本文です", "田中", "座長", "本文です"),
            ("○森田会長", "森田", "会長", ""),
            ("◎今井 病院局長", "今井", "病院局長", ""),
            ("○ 岡村 俊彰 議長　開会します", "岡村俊彰", "議長", "開会します"),
            ("○議長 山田 太郎君 開会します", "山田太郎", "議長", "開会します"),
            ("○議員（17番　渕本稔君）　質問します", "渕本稔", "17番", "質問します"),
            ("○事務局（原医療課長）　説明します", "原", "医療課長", "説明します"),
            ("○山本総務課長　説明します", "山本", "総務課長", "説明します"),
            ("○玉水美由紀健康介護課長 説明します", "玉水美由紀", "健康介護課長", "説明します"),
            ("○健康福祉部長　説明します", "", "健康福祉部長", "説明します"),
            ("○森林整備課長　説明します", "", "森林整備課長", "説明します"),
            ("○鈴木副教育長　説明します", "鈴木", "副教育長", "説明します"),
            ("○大西（由）委員　質問です", "大西（由）", "委員", "質問です"),
            ("○参考人高橋花子君　説明します", "高橋花子", "参考人", "説明します"),
            ("○●●委員　質問です", "●●", "委員", "質問です"),
            ("●●委員：質問です", "●●", "委員", "質問です"),
            ("○玉田議長ただいまから会議を開きます。", "玉田", "議長", "ただいまから会議を開きます。"),
            ("■会長：はい", "", "会長", "はい"),
            ("〇（山田太郎委員）はい", "山田太郎", "委員", "はい"),
            ("2 ◯４番（奈良花子君）　はい", "奈良花子", "４番", "はい"),
            ("1: ◯委員長　はい", "", "委員長", "はい"),
            ("（喜多委員）はい", "喜多", "委員", "はい"),
            ("‹会長>はい", "", "会長", "はい"),
            ("[事務局] 説明します", "", "事務局", "説明します"),
            ("(司会)　それでは", "", "司会", "それでは"),
            ("（○：広田市長）それでは", "広田", "市長", "それでは"),
            ("（■：青空新聞）質問です", "青空新聞", "", "質問です"),
            ("【渡邉（光）会長】　開会します", "渡邉（光）", "会長", "開会します"),
            ("山田委員：はい", "山田", "委員", "はい"),
            ("会　長　：　はい", "", "会長", "はい"),
            ("委員長（山田）：はい", "山田", "委員長", "はい"),
            ("議長（山田太郎君）　開会します", "山田太郎", "議長", "開会します"),
            ("議　長　開会します", "", "議長", "開会します"),
            ("８　番　質問します", "", "８番", "質問します"),
            ("広瀬部長\t説明します", "広瀬", "部長", "説明します"),
            ("田中花子町長 お答えします", "田中花子", "町長", "お答えします"),
        ] {
            let lines = [line, "\u{3000}続きの段落です。", line, "\u{3000}続きの段落です。"].join("\n");
            let expected = format!("{name}/{role}: {rest}");
            assert_eq!(labels(&lines), [expected.as_str(), &expected], "{line}");
        }
    }

    #[test]
    fn rejects_lines_without_a_label() {
        for line in [
            "○開業医の横のつながりを利用し、委員 と話す",
            "○開業医（5人）が増えた",
            "○議事日程",
            "○出席議員（２６人）",
            "○説明員",
            "○市長の答弁は次のとおりである。",
            "（「異議なし」と呼ぶ者あり）",
            "日時：平成29年12月13日",
            "委員会　開催",
            "委員：山田太郎、佐藤花子、鈴木一郎",
            "事務局：高齢福祉課長　高橋",
            "委員長:山田太郎、副委員長:佐藤花子",
            "議長　山田太郎",
            "総務課長　髙 橋 信 一",
            "１番 北 山 寿 成 ８番 内 田 章 久",
            "議長　○　×　○　第５号議案について採決した。",
            "傍聴者:1名",
        ] {
            assert_eq!(labels(&[line, line, line].join("\n")), [""; 0], "{line}");
        }
    }

    #[test]
    fn what_repeats_is_a_label() {
        let alone = "会長\n\u{3000}議題に入ります。\n事務局\n\u{3000}説明します。\n会長\n\u{3000}どうぞ。";
        assert_eq!(labels(alone), ["/会長: ", "/事務局: ", "/会長: "]);
        // A line by itself is none.
        assert_eq!(labels("本文\n会長　どうぞ\n本文"), [""; 0]);
        assert_eq!(labels("Ｑ１　なぜか。\nＡ１　未定である。"), ["/質問: なぜか。", "/回答: 未定である。"]);
        assert_eq!(labels("問　なぜか。\n問　いつか。"), [""; 0]);
    }

    #[test]
    fn a_label_within_a_line() {
        let line = "○議長（山田太郎君）　佐藤議員。○議員（佐藤花子君）　市民は○（まる）と答えた。";
        let document = Document::of_text(line);
        let lines: Vec<String> = break_lines(&document).lines.iter().map(|line| line.text.clone()).collect();
        assert_eq!(
            lines,
            ["○議長（山田太郎君）　佐藤議員。", "○議員（佐藤花子君）　市民は○（まる）と答えた。"]
        );
        for (line, broken) in [
            ("日程第１ 山田太郎議長 指名を行います。", 2),
            ("日程第十二　山田太郎議長　指名を行います。", 2),
            ("日程第１ 山田太郎委員 の任命について", 1),
            ("日程第１　議案第１号　予算について採決した。", 1),
        ] {
            assert_eq!(break_lines(&Document::of_text(line)).lines.len(), broken, "{line}");
        }
    }
}
