//! The body that met (会議体), which most minutes name only in their title: 第３回みどり市環境審議会議事録.

/// What the name of a body ends with.
const ENDINGS: [&str; 34] = [
    "議会",
    "市会",
    "委員会",
    "審議会",
    "審査会",
    "協議会",
    "部会",
    "分科会",
    "懇談会",
    "懇話会",
    "検討会",
    "検討会議",
    "研究会",
    "連絡会",
    "連絡会議",
    "推進会議",
    "推進本部",
    "対策本部",
    "本部会議",
    "運営会議",
    "調整会議",
    "実行会議",
    "防災会議",
    "総合教育会議",
    "有識者会議",
    "調査会",
    "評議会",
    "評議員会",
    "理事会",
    "ワーキンググループ",
    "ワーキング・グループ",
    "ワーキング",
    "タスクフォース",
    "ＷＧ",
];

/// What follows the name of a body in a longer word: 委員会室 and 議会事務局 are places, 議会運営 is no body yet.
const CONTINUING: [&str; 12] =
    ["室", "事務局", "運営", "だより", "報告", "改革", "基本条例", "議員", "棟", "関係", "の", "制度"];

/// Maximum number of characters in the name of a body.
const LONGEST: usize = 50;

/// Returns the body that a title names: みどり市環境審議会 of 令和６年度第３回みどり市環境審議会（書面開催）議事録.
pub(super) fn body_of(title: &str) -> Option<String> {
    // The parts of the title of a page: 会議録 | みどり市議会.
    title.split(['|', '｜', '>', '＞']).find_map(body_of_part)
}

fn body_of_part(title: &str) -> Option<String> {
    let title = without_brackets(title);
    let name = title[..end_of_body(&title)?].split_whitespace().collect::<Vec<_>>().join(" ");
    let name =
        without_number(&name).trim_matches(|c: char| c.is_whitespace() || "・「『-－―−:：｜|／/".contains(c));
    // 委員会 alone names no body.
    let is_name = name.chars().count() <= LONGEST && !ENDINGS.contains(&name) && !name.is_empty();
    is_name.then(|| name.to_owned())
}

/// Returns the end of the last name of a body in a title.
fn end_of_body(title: &str) -> Option<usize> {
    let ends = ENDINGS
        .iter()
        .flat_map(|ending| title.match_indices(ending).map(|(place, ending)| place + ending.len()));
    ends.filter(|&end| !CONTINUING.iter().any(|next| title[end..].starts_with(next))).max()
}

/// Removes what stands in brackets, which says which part or how the body met.
fn without_brackets(title: &str) -> String {
    let mut open = 0_usize;
    let outside = title.chars().filter(|&character| match character {
        '（' | '(' | '【' | '〔' => {
            open += 1;
            false
        }
        '）' | ')' | '】' | '〕' => {
            open = open.saturating_sub(1);
            false
        }
        _ => open == 0,
    });
    outside.collect()
}

/// Removes the date, the year and the number of the meeting before the name of the body: 令和６年度第３回, 07/07/11, 平成25年第20回定例会.
fn without_number(name: &str) -> &str {
    let is_number = |c: char| c.is_numeric() || "元一二三四五六七八九十〇".contains(c);
    let mut rest = name;
    for unit in ["回", "期", "号", "年度", "年", "月", "日", "定例会", "臨時会"] {
        // The last number wins: what stands before it is of a larger unit.
        if let Some(place) = rest
            .rfind(unit)
            .filter(|&place| rest[..place].trim_end().ends_with(is_number) || unit.ends_with('会'))
        {
            rest = rest[place + unit.len()..].trim_start();
        }
    }
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || "/.- ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_of_a_title() {
        for (title, body) in [
            ("令和６年第１回みどり町議会定例会会議録", Some("みどり町議会")),
            (
                "令和4年度第1回みどり市市民参加と協働に関する審議会会議録",
                Some("みどり市市民参加と協働に関する審議会"),
            ),
            ("文教警察常任委員会（教育委員会関係） 平成27年3月4日（水曜日）", Some("文教警察常任委員会")),
            ("令和 元年11月13日議会運営委員会−11月13日-01号", Some("議会運営委員会")),
            ("07/07/11 中央社会保険医療協議会総会議事録", Some("中央社会保険医療協議会")),
            ("第2回在宅医療に関するワーキンググループ:議事録", Some("在宅医療に関するワーキンググループ")),
            ("教育振興基本計画部会（第8期～）（第17回） 議事録", Some("教育振興基本計画部会")),
            ("青空市会会議録", Some("青空市会")),
            ("平成25年第20回定例会　みどり市教育委員会会議録", Some("みどり市教育委員会")),
            ("みどり町議会　令和５年第２回定例会（第３日）", Some("みどり町議会")),
            ("総務委員会記録", Some("総務委員会")),
            ("閲覧 | 発言内容 | みどり市議会会議録", Some("みどり市議会")),
            ("委員会会議録", None),
            ("平成31年第1回定例会 本会議録", None),
            ("市長記者会見", None),
            ("", None),
        ] {
            assert_eq!(body_of(title).as_deref(), body, "{title}");
        }
    }
}
