//! The label before a speech, which names the speaker.
//!
//! Each assembly and council labels speeches in its own way: `○議長（山田太郎君）　…`, `◆12番（山田議員）`, `◎健康福祉部長（…）`,
//! `（山田委員長）…`, `山田委員：…`, `〈会長〉`, `■会長：`, `議長　…`, 【質問】. All these labels name an office, or a person with a
//! title.

/// A speaker, by name, office or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::minutes) struct Speaker {
    /// The name without titles: 山田太郎.
    pub(in crate::minutes) name: Option<String>,
    /// The office: 議長, 健康福祉部長, 12番.
    pub(in crate::minutes) role: Option<String>,
}

/// A style of labels. A text uses one style throughout; lines that look like another style do so by chance.
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
    /// An office by itself: `議長　…`.
    Bare,
}

pub(super) const STYLES: [Style; 5] =
    [Style::Sign, Style::Lenticular, Style::Bracket, Style::Colon, Style::Bare];

/// The signs before a label.
const SIGNS: &str = "○◯〇◎●◆◇◈■□▲☆★▼▽⦿◉";

/// The endings of labels that name an office, or a person with a title.
const OFFICES: [&str; 84] = [
    "議長",
    "委員長",
    "会長",
    "座長",
    "委員",
    "議員",
    "部長",
    "課長",
    "局長",
    "次長",
    "室長",
    "所長",
    "院長",
    "校長",
    "園長",
    "館長",
    "署長",
    "場長",
    "係長",
    "班長",
    "主任",
    "参事",
    "参与",
    "主幹",
    "主査",
    "理事",
    "理事長",
    "総裁",
    "監事",
    "教育長",
    "市長",
    "区長",
    "町長",
    "村長",
    "知事",
    "大臣",
    "長官",
    "政務官",
    "書記",
    "事務局",
    "幹事",
    "司会",
    "司会者",
    "進行",
    "参考人",
    "公述人",
    "証人",
    "説明員",
    "管理者",
    "専門員",
    "専門官",
    "調査官",
    "補佐",
    "補佐官",
    "審議官",
    "統括監",
    "担当",
    "担当者",
    "代表",
    "代表取締役",
    "オブザーバー",
    "アドバイザー",
    "コーディネーター",
    "ファシリテーター",
    "センター長",
    "グループ長",
    "リーダー",
    "マネージャー",
    "教授",
    "講師",
    "医師",
    "先生",
    "消防監",
    "企画監",
    "技監",
    "技術監",
    "統括官",
    "政策監",
    "支部長",
    "君",
    "氏",
    "さん",
    "様",
    "番",
];

/// Words that stand in place of a speaker in the summary of a discussion.
const TURNS: [&str; 11] =
    ["質問", "再質問", "質疑", "答弁", "回答", "再答弁", "意見", "要望", "提案", "説明", "応答"];

/// Offices that are a whole label by themselves.
const BARE: [&str; 9] =
    ["議長", "副議長", "委員長", "副委員長", "会長", "副会長", "座長", "副座長", "事務局"];

const OPENING: [char; 8] = ['（', '(', '〈', '<', '＜', '‹', '《', '〔'];
const CLOSING: [char; 8] = ['）', ')', '〉', '>', '＞', '›', '》', '〕'];

/// Characters that no label contains.
const NO_LABEL: [char; 6] = ['。', '、', '「', '」', '『', '』'];

impl Style {
    /// Parses the label at the start of a line and returns it with the rest of the line.
    pub(super) fn read(self, line: &str) -> Option<(Speaker, &str)> {
        let line = line.trim_start();
        match self {
            Self::Sign => {
                let rest = without_number(line).strip_prefix(|sign: char| SIGNS.contains(sign))?.trim_start();
                bracketed_label(rest).or_else(|| plain_label(rest))
            }
            Self::Lenticular => {
                let (label, rest) = line.strip_prefix('【')?.split_once('】')?;
                let is_label = TURNS.contains(&label) || is_short(label, 30) && ends_with_office(label);
                is_label.then(|| (Speaker::of_label(label), rest.trim_start()))
            }
            Self::Bracket => {
                let inside = line.strip_prefix(OPENING)?;
                let (label, rest) = inside.split_once(CLOSING)?;
                let label = label.trim();
                let is_label = is_short(label, 30) && !label.contains(NO_LABEL) && ends_with_office(label);
                is_label.then(|| (Speaker::of_label(label), after_label(rest)))
            }
            Self::Colon => {
                let (label, rest) = line.split_once(['：', ':'])?;
                let label = label.trim();
                let has_brackets = label.ends_with(['）', ')'])
                    && label
                        .split_once(['（', '('])
                        .is_some_and(|(name, _)| !name.is_empty() && is_short(name, 15));
                let is_office = !label.contains(['（', '(']) && ends_with_office(label);
                let is_label = TURNS.contains(&label) || is_office || has_brackets;
                (is_label && is_short(label, 40) && !label.contains(NO_LABEL))
                    .then(|| (Speaker::of_label(label), rest.trim_start()))
            }
            Self::Bare => {
                let (label, rest) = line.split_once(char::is_whitespace)?;
                BARE.contains(&label).then(|| (Speaker::of_label(label), rest.trim_start()))
            }
        }
    }
}

/// Parses an office and a name in brackets, either of which may be missing: `議長（山田太郎君）　…`.
fn bracketed_label(label: &str) -> Option<(Speaker, &str)> {
    let (role, rest) = label.split_once(['（', '('])?;
    let (name, rest) = rest.split_once(['）', ')'])?;
    let (role, name) = (role.trim(), name.trim());
    let is_count = name.starts_with(char::is_numeric) && name.ends_with(['人', '名']);
    let is_someone = (ends_with_office(role) || ends_with_office(name)) && !is_count && !is_list(role);
    let is_label =
        is_short(role, 40) && is_short(name, 30) && !role.contains(NO_LABEL) && !name.contains(NO_LABEL);
    (is_someone && is_label).then(|| (Speaker::new(name, role), after_label(rest)))
}

/// Parses a label that ends at the first white space, colon or end of line after an office: `田中座長　…`, `会長：…`.
fn plain_label(label: &str) -> Option<(Speaker, &str)> {
    let ends = label.char_indices().take(41).filter(|(_, c)| c.is_whitespace() || "：:".contains(*c));
    let mut ends = ends.map(|(place, _)| place).chain([label.len()]);
    let end = ends.find(|&end| ends_with_office(label[..end].trim_end()))?;
    let (label, rest) = label.split_at(end);
    let is_label =
        is_short(label, 40) && !label.contains(NO_LABEL) && !label.contains(['（', '(', '：', ':']);
    (is_label && !is_list(label)).then(|| (Speaker::of_label(label), after_label(rest)))
}

/// Skips the colon and the white space between a label and the speech.
fn after_label(rest: &str) -> &str {
    rest.trim_start().trim_start_matches(['：', ':']).trim_start()
}

/// Skips the number of a speech, which some sites put before the label.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    if rest.len() < line.len() && rest.starts_with(char::is_whitespace) { rest.trim_start() } else { line }
}

fn ends_with_office(label: &str) -> bool {
    OFFICES.iter().any(|office| label.ends_with(office))
}

fn is_short(label: &str, characters: usize) -> bool {
    label.chars().nth(characters).is_none()
}

/// Whether a label is the heading of a list of people present or absent.
fn is_list(label: &str) -> bool {
    let label: String = label.split_whitespace().collect();
    ["出席", "欠席", "説明員", "傍聴"].iter().any(|begin| label.starts_with(begin))
}

/// Parses the label of a speech in the minutes of the Diet, which is marked by a sign.
pub(in crate::minutes) fn speaker_label(speech: &str) -> Option<(Speaker, &str)> {
    Style::Sign.read(speech).or_else(|| {
        let rest = speech.trim_start().strip_prefix(|sign: char| SIGNS.contains(sign))?;
        let (name, rest) = rest.split_once('\u{3000}')?;
        let name = name.strip_suffix('君').unwrap_or(name);
        (name.chars().count() <= 20).then(|| (Speaker { name: Some(name.to_owned()), role: None }, rest))
    })
}

impl Speaker {
    /// Makes a speaker from a name and an office that are separate: 議長（山田太郎君）, 12番（山田議員）, （山田委員長）.
    fn new(name: &str, role: &str) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Names such as 山田　太郎 are spaced to fill a line, but names in Latin letters need their spaces.
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

    /// Makes a speaker from a label that has name and office in one: 田中座長, 今井 病院局長, 会長.
    fn of_label(label: &str) -> Self {
        let label = label.trim();
        if let Some((role, name)) =
            label.strip_suffix(['）', ')']).and_then(|label| label.split_once(['（', '(']))
        {
            return Self::new(name, role);
        }
        if let Some((name, role)) = label.split_once([' ', '\u{3000}'])
            && ends_with_office(role)
            && name.chars().count() > 1
        {
            return Self::new(name, role);
        }
        if without_title(label).len() < label.len() {
            return Self::new(label, "");
        }
        // Otherwise name and office can't be told apart: 健康福祉部長 is an office, not a person named 健康福祉.
        Self { name: None, role: Some(label.to_owned()) }
    }
}

/// Removes the title after a name, if what is left can be a name.
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
        // 副議長 and 監査委員 are offices, not people named 副 or 監査.
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
    fn labels_of_every_style() {
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
    fn rejects_lines_without_a_label() {
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
