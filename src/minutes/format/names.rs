//! The names under which tables and programs give the parts of a record.

use unicode_normalization::UnicodeNormalization;

/// A part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::minutes) enum Part {
    Id,
    Text,
    /// What was said to the text: an answer, or what an office will do.
    Answer,
    Title,
    Body,
    /// The municipality, whose name comes before that of the body.
    Place,
    Region,
    Section,
    Date,
    Speaker,
    Role,
    Party,
    Url,
}

/// The names of each part, as [`plain`] makes them. The first is the one that is documented.
const NAMES: [(Part, &[&str]); 13] = [
    (Part::Id, &["id", "番号", "speechid", "speakid"]),
    (
        Part::Text,
        &[
            "text",
            "本文",
            "発言",
            "内容",
            "意見",
            "質問",
            "質疑",
            "要望",
            "提案",
            "要旨",
            "意見・要望",
            "意見・質問",
            "質問・意見",
            "質疑・意見",
            "意見・提案",
            "コメント",
            "speech",
            "statement",
            "utterance",
            "content",
            "opinion",
            "question",
            "comment",
        ],
    ),
    (
        Part::Answer,
        &[
            "answer",
            "回答",
            "答弁",
            "対応",
            "対応方針",
            "対応状況",
            "対応結果",
            "対応策",
            "考え方",
            "見解",
            "方針",
            "考え方・対応",
            "回答・対応",
            "対応・考え方",
            "response",
            "reply",
        ],
    ),
    (
        Part::Title,
        &[
            "title",
            "会議名",
            "会議",
            "表題",
            "タイトル",
            "会議の名称",
            "会議名称",
            "会議録名",
            "meeting",
            "meetingname",
            "meetingtitle",
            "nameofmeeting",
        ],
    ),
    (
        Part::Body,
        &[
            "body",
            "会議体",
            "機関",
            "会議体名",
            "委員会名",
            "委員会",
            "審議会名",
            "審議会",
            "議会名",
            "議会",
            "committee",
            "council",
        ],
    ),
    (
        Part::Place,
        &[
            "municipality",
            "自治体名",
            "自治体",
            "市区町村名",
            "市区町村",
            "市町村名",
            "市町村",
            "団体名",
            "院名",
            "house",
            "nameofhouse",
        ],
    ),
    (Part::Region, &["region", "圏域", "地域"]),
    (
        Part::Section,
        &[
            "section",
            "議題",
            "案件",
            "節",
            "項目",
            "議題名",
            "案件名",
            "件名",
            "議案名",
            "質問事項",
            "質問項目",
            "質問件名",
            "発言項目",
            "テーマ",
            "agenda",
            "topic",
        ],
    ),
    (
        Part::Date,
        &[
            "date",
            "日付",
            "開催日",
            "年月日",
            "開催年月日",
            "会議日",
            "会議開催日",
            "開催日時",
            "日時",
            "発言日",
            "meetingdate",
        ],
    ),
    (
        Part::Speaker,
        &[
            "speaker",
            "発言者",
            "話者",
            "氏名",
            "発言者名",
            "発言者氏名",
            "名前",
            "議員名",
            "議員氏名",
            "委員名",
            "委員氏名",
            "議員",
            "委員",
            "質問者",
            "質問議員",
            "質問者名",
            "質疑者",
            "speakername",
            "name",
        ],
    ),
    (
        Part::Role,
        &[
            "role",
            "役職",
            "肩書",
            "肩書き",
            "職名",
            "役職名",
            "職",
            "職位",
            "発言者役職",
            "position",
            "speakerposition",
            "speakerrole",
        ],
    ),
    (
        Part::Party,
        &[
            "party",
            "会派",
            "党派",
            "政党",
            "会派名",
            "党派名",
            "政党名",
            "所属会派",
            "所属党派",
            "所属政党",
            "会派・政党",
            "faction",
            "speakergroup",
        ],
    ),
    (
        Part::Url,
        &[
            "url",
            "リンク",
            "リンク先",
            "出典url",
            "掲載url",
            "掲載先",
            "ページurl",
            "link",
            "sourceurl",
            "speechurl",
        ],
    ),
];

/// What names of texts and of answers have around the word that says which of the two they are: ご意見の内容.
const BEFORE: [&str; 6] = ["主な", "寄せられた", "いただいた", "頂いた", "ご", "御"];
const AFTER: [&str; 9] = ["の内容", "の概要", "の要旨", "内容", "概要", "要旨", "等", "など", "欄"];

/// Returns the part of a record that has a name.
pub(in crate::minutes) fn part_named(name: &str) -> Option<Part> {
    let name = plain(name);
    let exact = |name: &str| NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(part, _)| *part);
    exact(&name).or_else(|| {
        let mut word = name.as_str();
        // Whose it is: 市の考え方.
        let inside = AFTER.iter().filter_map(|after| word.strip_suffix(after)).min_by_key(|rest| rest.len());
        word = inside.unwrap_or(word);
        word = word.rsplit_once('の').map_or(word, |(_, last)| last);
        for before in BEFORE {
            word = word.strip_prefix(before).unwrap_or(word);
        }
        exact(word).filter(|part| matches!(part, Part::Text | Part::Answer))
    })
}

/// Returns the name of the field of an opinion that a name stands for, of those that are no facets of their own: `party` for 会派.
pub(crate) fn field_of_opinion(name: &str) -> Option<&'static str> {
    match part_named(name)? {
        Part::Party => Some("party"),
        Part::Role => Some("role"),
        Part::Url => Some("url"),
        _ => None,
    }
}

/// A name without what is written in one way or another: width, case, white space, what stands in brackets. A name that is
/// longer than any is cut.
fn plain(name: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for character in name.chars().take(LONGEST_NAME).nfkc().flat_map(char::to_lowercase) {
        match character {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 || character.is_whitespace() => {}
            '_' | '-' | '.' | ':' | '"' | '\u{feff}' => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// The greatest number of characters of a name.
pub(in crate::minutes) const LONGEST_NAME: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_part_and_plain() {
        for (part, names) in NAMES {
            for name in names {
                assert_eq!(part_named(name), Some(part), "{name}");
                assert_eq!(plain(name), *name);
            }
        }
    }

    #[test]
    fn names_as_offices_write_them() {
        for (name, part) in [
            ("ＩＤ", Some(Part::Id)),
            // It counts the rows of one table, and so is no identifier among all opinions.
            ("Ｎｏ．", None),
            ("発 言 者", Some(Part::Speaker)),
            ("氏名（敬称略）", Some(Part::Speaker)),
            ("speaker_name", Some(Part::Speaker)),
            ("URL", Some(Part::Url)),
            ("発言内容（要旨）", Some(Part::Text)),
            ("ご意見の内容", Some(Part::Text)),
            ("主な意見", Some(Part::Text)),
            ("寄せられたご意見", Some(Part::Text)),
            ("意見の概要", Some(Part::Text)),
            ("市民の意見", Some(Part::Text)),
            ("市の考え方", Some(Part::Answer)),
            ("本市の対応方針", Some(Part::Answer)),
            ("答弁要旨", Some(Part::Answer)),
            ("会議の内容", None),
            ("発言種別", None),
            ("回答者", None),
            ("ページ", None),
            ("", None),
        ] {
            assert_eq!(part_named(name), part, "{name}");
        }
    }
}
