//! Who speaks: the label before a speech.
//!
//! Assemblies and councils mark a speech in their own way each: `○議長（山田太郎君）　…`, `◆12番（山田議員）`, `◎健康福祉部長（…）`,
//! `（山田委員長）…`, `山田委員：…`, `〈会長〉`, `■会長：`, `議長　…`, 【質問】. What they have in common is that the label names an office, or
//! a person with a title.

use std::sync::LazyLock;

use regex::Regex;

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::minutes) struct Speaker {
    /// The name without titles: 山田太郎.
    pub(in crate::minutes) name: Option<String>,
    /// The office: 議長, 健康福祉部長, 12番.
    pub(in crate::minutes) role: Option<String>,
}

/// How a text marks its speakers. A text does it in one way, and looks like others by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A sign and a label: `○議長（山田太郎君）　…`, `○田中座長　…`, `■会長：…`.
    Sign,
    /// 【質問】, 【山田委員】.
    Lenticular,
    /// `（山田委員長）…`, `〈会長〉…`.
    Bracket,
    /// `山田委員：…`.
    Colon,
    /// `議長　…`: an office by itself.
    Bare,
}

pub(super) const STYLES: [Style; 5] =
    [Style::Sign, Style::Lenticular, Style::Bracket, Style::Colon, Style::Bare];

const SIGNS: &str = "○◯〇◎●◆◇◈■□▲☆★▼▽⦿◉";

/// How the label of an office ends.
const OFFICE: &str = "(?:議長|委員長|会長|座長|委員|議員|部長|課長|局長|次長|室長|所長|院長|校長|園長|館長|署長|場長|係長|班長|主任|\
    参事|参与|主幹|主査|理事|理事長|総裁|監事|監査委員|教育長|市長|区長|町長|村長|知事|大臣|長官|政務官|副長官|書記|事務局|事務局長|\
    幹事|司会|司会者|進行|参考人|公述人|証人|説明員|管理者|専門員|専門官|調査官|補佐|補佐官|審議官|統括監|担当|担当者|代表|代表取締役|\
    オブザーバー|アドバイザー|コーディネーター|ファシリテーター|センター長|グループ長|リーダー|マネージャー|教授|准教授|講師|医師|先生|\
    消防長|消防監|企画監|技監|危機管理監|会計管理者|病院事業管理者|公営企業管理者|技術監|統括官|政策監|部会長|分科会長|支部長|\
    君|氏|さん|様|番)";

/// What may stand in the place of a speaker's name in the summary of a discussion.
const TURNS: &str = "質問|再質問|質疑|答弁|回答|再答弁|意見|要望|提案|説明|応答";

struct Patterns {
    /// A sign, an office and a name in brackets.
    named: Regex,
    /// A sign and a label that ends with an office, and behind it white space, a colon or nothing.
    signed: Regex,
    lenticular: Regex,
    bracket: Regex,
    colon: Regex,
    bare: Regex,
    office: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    // Some sites number the speeches.
    let signs = format!(r"^(?:[0-9]{{1,4}}\s+)?[{SIGNS}]\s*");
    let build = |pattern: &str| Regex::new(pattern).ok();
    Some(Patterns {
        named: build(&format!(
            r"{signs}(?P<role>[^（(。「」]{{0,40}}?)\s*[（(](?P<name>[^（()）。]{{1,30}})[)）]\s*[:：]?\s*"
        ))?,
        signed: build(&format!(
            r"{signs}(?P<label>[^（(。、：:「」]{{0,40}}?{OFFICE})(?:\s*[:：]\s*|\s+|$)"
        ))?,
        lenticular: build(&format!(r"^【(?P<label>{TURNS}|[^】。]{{1,30}}{OFFICE})】\s*"))?,
        bracket: build(&format!(
            r"^(?:[（(]|[〈<＜‹《])\s*(?P<label>[^）)〉>＞›》。、]{{0,30}}?{OFFICE})\s*(?:[)）〉>＞›》])\s*[:：]?\s*"
        ))?,
        colon: build(&format!(
            r"^(?P<label>(?:[^：:。、「」（(]{{0,25}}{OFFICE}|{TURNS}|[^：:。、「」（(\s]{{1,15}}[（(][^）)]{{1,20}}[）)]))\s*[：:]\s*"
        ))?,
        bare: build(r"^(?P<label>(?:副)?(?:議長|委員長|会長|座長|議事進行)|事務局)\s+")?,
        office: build(&format!("{OFFICE}$"))?,
    })
});

impl Style {
    /// Reads the label at the start of a line, and returns it with what follows.
    pub(super) fn read(self, line: &str) -> Option<(Speaker, &str)> {
        let patterns = PATTERNS.as_ref()?;
        let line = line.trim_start();
        let by = |pattern: &Regex| {
            let found = pattern.captures(line)?;
            let rest = &line[found.get(0)?.end()..];
            Some((Speaker::of_label(found.name("label")?.as_str()), rest))
        };
        match self {
            Self::Sign => {
                let named = patterns.named.captures(line).and_then(|found| {
                    let (role, name) = (found.name("role")?.as_str(), found.name("name")?.as_str());
                    let is_office = |text: &str| patterns.office.is_match(text.trim());
                    // A number in brackets is no one: ○開業医（5人）が.
                    let is_count =
                        name.trim().ends_with(['人', '名']) && name.trim().starts_with(char::is_numeric);
                    let is_someone = (is_office(role) || is_office(name)) && !is_count && !is_list(role);
                    let rest = &line[found.get(0)?.end()..];
                    is_someone.then(|| (Speaker::new(name, role), rest))
                });
                named.or_else(|| by(&patterns.signed)).filter(|(speaker, _)| {
                    speaker.name.is_some() || !speaker.role.as_deref().is_some_and(is_list)
                })
            }
            Self::Lenticular => by(&patterns.lenticular),
            Self::Bracket => by(&patterns.bracket),
            Self::Colon => by(&patterns.colon),
            Self::Bare => by(&patterns.bare),
        }
    }
}

/// Whether a label is the heading of a list of those who were present, or were not.
fn is_list(label: &str) -> bool {
    let label: String = label.split_whitespace().collect();
    ["出席", "欠席", "説明員", "傍聴"].iter().any(|begin| label.starts_with(begin))
}

/// Reads the label of a speech that is marked by a sign, as the Diet's are.
pub(in crate::minutes) fn speaker_label(speech: &str) -> Option<(Speaker, &str)> {
    Style::Sign.read(speech).or_else(|| {
        let rest = speech.trim_start().strip_prefix(|sign: char| SIGNS.contains(sign))?;
        let (name, rest) = rest.split_once('\u{3000}')?;
        let name = name.strip_suffix('君').unwrap_or(name);
        (name.chars().count() <= 20).then(|| (Speaker { name: Some(name.to_owned()), role: None }, rest))
    })
}

impl Speaker {
    /// From a name and an office that stand apart: 議長（山田太郎君）, 12番（山田議員）, （山田委員長）.
    fn new(name: &str, role: &str) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // 山田　太郎 is set so to fill a line; names in Latin letters need their spaces.
        let is_latin = name.contains(|character: char| character.is_ascii_alphabetic());
        let name = if is_latin { tidy(name) } else { name.split_whitespace().collect() };
        let (role, label) = (tidy(role), name);
        let name = without_title(&label);
        let title = &label[name.len()..];
        let is_office = !["", "君", "氏", "さん", "様"].contains(&title.trim());
        let role = if role.is_empty() && is_office { title.trim().to_owned() } else { role };
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self { name: some(name), role: some(&role) }
    }

    /// From a label in which both stand together: 田中座長, 今井 病院局長, 会長.
    fn of_label(label: &str) -> Self {
        let label = label.trim();
        if let Some((role, name)) =
            label.strip_suffix(['）', ')']).and_then(|label| label.split_once(['（', '(']))
        {
            return Self::new(name, role);
        }
        if let Some((name, role)) = label.split_once([' ', '\u{3000}'])
            && PATTERNS.as_ref().is_some_and(|patterns| patterns.office.is_match(role))
            && name.chars().count() > 1
        {
            return Self::new(name, role);
        }
        if without_title(label).len() < label.len() {
            return Self::new(label, "");
        }
        // A name and an office without anything between them can't be told apart: 健康福祉部長 is no Mr. 健康福祉.
        Self { name: None, role: Some(label.to_owned()) }
    }
}

/// A name without the title behind it, where what is left looks like one.
fn without_title(name: &str) -> &str {
    const TITLES: [&str; 29] = [
        "教育委員",
        "監査委員",
        "専門委員",
        "教育長",
        "副区長",
        "副市長",
        "副町長",
        "副村長",
        "副知事",
        "区長",
        "市長",
        "町長",
        "村長",
        "知事",
        "委員長",
        "副委員長",
        "議員",
        "委員",
        "副議長",
        "議長",
        "副会長",
        "会長",
        "副座長",
        "座長",
        "部会長",
        "君",
        "氏",
        "さん",
        "様",
    ];
    let shortest = TITLES.iter().filter_map(|&title| name.strip_suffix(title)).min_by_key(|rest| rest.len());
    match shortest.map(str::trim_end) {
        // 副議長 and 監査委員 are offices, and not of 副 or 監査.
        Some(rest)
            if !rest.is_empty()
                && !["副", "監査", "専門", "教育", "各", "特別", "常任", "各区", "各市"].contains(&rest) =>
        {
            rest
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_they_are_seen() {
        for (style, line, name, role, rest) in [
            (Style::Sign, "○議長（山田太郎君）　ただいまから", "山田太郎", "議長", "ただいまから"),
            (Style::Sign, "◯議長（奈良岡隆君）　これより", "奈良岡隆", "議長", "これより"),
            (Style::Sign, "◆12番（山田花子議員）　質問します", "山田花子", "12番", "質問します"),
            (Style::Sign, "◎健康福祉部長（田中一郎君）", "田中一郎", "健康福祉部長", ""),
            (Style::Sign, "○市長（森井秀明） 平成30年", "森井秀明", "市長", "平成30年"),
            (Style::Sign, "○田中座長　本文", "田中", "座長", "本文"),
            (Style::Sign, "○森田会長", "森田", "会長", ""),
            (Style::Sign, "◎今井 病院局長", "今井", "病院局長", ""),
            (Style::Sign, "■会長：はい", "", "会長", "はい"),
            (Style::Sign, "●課長", "", "課長", ""),
            (Style::Sign, "〇（山田太郎委員）はい", "山田太郎", "委員", "はい"),
            (Style::Sign, "○（青木花子副区長）はい", "青木花子", "副区長", "はい"),
            (Style::Sign, "2 ◯４番（奈良花子君）　はい", "奈良花子", "４番", "はい"),
            (Style::Bracket, "（喜多委員）はい", "喜多", "委員", "はい"),
            (Style::Bracket, "（山田委員長）　はい", "山田", "委員長", "はい"),
            (Style::Bracket, "‹会長>はい", "", "会長", "はい"),
            (Style::Bracket, "(司会)　それでは", "", "司会", "それでは"),
            (Style::Colon, "山田委員：はい", "山田", "委員", "はい"),
            (Style::Colon, "委員長（山田）：はい", "山田", "委員長", "はい"),
            (Style::Bare, "議長　はい", "", "議長", "はい"),
            (Style::Lenticular, "【質問】なぜか", "", "質問", "なぜか"),
        ] {
            let (speaker, after) = style.read(line).unwrap_or_else(|| panic!("{line}"));
            let read = (speaker.name.as_deref().unwrap_or(""), speaker.role.as_deref().unwrap_or(""), after);
            assert_eq!(read, (name, role, rest), "{line}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for (style, line) in [
            (Style::Sign, "○開業医の横のつながりを利用し、委員 と話す"),
            (Style::Sign, "○開業医（5人）が増えた"),
            (Style::Sign, "○議事日程"),
            (Style::Sign, "○出席議員（２６人）"),
            (Style::Sign, "○説明員"),
            (Style::Sign, "議長（山田太郎君）　はい"),
            (Style::Bracket, "（「異議なし」と呼ぶ者あり）"),
            (Style::Colon, "日時：平成29年12月13日"),
            (Style::Bare, "委員会　開催"),
        ] {
            assert_eq!(style.read(line), None, "{line}");
        }
    }
}
