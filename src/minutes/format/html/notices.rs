//! Lines that a site adds to its pages, and that are recognized by their words wherever they stand.

use std::borrow::Cow;

use crate::minutes::date;

/// The greatest length of a notice in bytes, and that of one of a few words.
const LONGEST: usize = 600;
const SHORT: usize = 120;

/// Lines that are links or buttons, without the signs around them.
const LINES: [&str; 52] = [
    "ページの先頭へ",
    "ページの先頭へ戻る",
    "このページの先頭へ",
    "このページの先頭へ戻る",
    "先頭へ戻る",
    "ページの先頭に戻る",
    "このページの先頭に戻る",
    "ページトップへ",
    "ページトップへ戻る",
    "ページトップに戻る",
    "ページ上部へ",
    "トップへ戻る",
    "トップに戻る",
    "トップページへ戻る",
    "本文の先頭へ",
    "上へ戻る",
    "pagetop",
    "page top",
    "back to top",
    "top",
    "本文へ",
    "本文へ移動",
    "本文へ移動する",
    "本文へジャンプ",
    "メニューへ",
    "ここから本文です",
    "ここから本文",
    "本文ここから",
    "本文ここまで",
    "ここまで本文です",
    "以下フッターです",
    "ここからフッター",
    "印刷",
    "印刷する",
    "このページを印刷",
    "このページを印刷する",
    "印刷用ページを表示",
    "印刷用ページを表示する",
    "印刷用ページ",
    "ツイート",
    "ツイートする",
    "シェア",
    "シェアする",
    "ポストする",
    "いいね！",
    "lineで送る",
    "facebookでシェア",
    "サイト内検索",
    "foreign language",
    "文字サイズ",
    "読み上げる",
    "前のページに戻る",
];

/// The beginnings of lines that state when a page was changed, or its number.
const STATES: [&str; 18] = [
    "更新日",
    "最終更新日",
    "ページ更新日",
    "掲載日",
    "公開日",
    "登録日",
    "最終更新",
    "更新",
    "作成日",
    "印刷日",
    "ページ番号",
    "ページid",
    "記事番号",
    "記事id",
    "コンテンツ番号",
    "コンテンツid",
    "id番号",
    "文書番号",
];

/// The beginnings of a trail from the first page to this one.
const TRAILS: [&str; 10] = [
    "現在の位置",
    "現在位置",
    "現在地",
    "いまの位置",
    "ホーム",
    "トップ",
    "ＴＯＰ",
    "home",
    "top",
    "あなたの現在地",
];

/// The headings of the office to ask about the page, below which is nothing else.
const OFFICES: [&str; 8] = [
    "このページに関するお問い合わせ",
    "このページに関するお問い合わせ先",
    "このページに関するお問合せ",
    "このページに関するお問合せ先",
    "このページに関する問い合わせ先",
    "このページのお問い合わせ先",
    "このページについてのお問い合わせ先",
    "このページの担当",
];

/// The greatest number of lines that state the office.
const MOST_OFFICE_LINES: usize = 12;

/// Whether a line was added by the site.
pub(super) fn is_notice(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return false;
    }
    // Most lines have no letters that could be small.
    let lower = if line.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(line.to_lowercase())
    } else {
        Cow::Borrowed(line)
    };
    let bare =
        lower.trim_matches(|c: char| c.is_whitespace() || "▲△▴↑^＾◀▶►■●・「」[]【】<>＜＞。›»".contains(c));
    bare.len() <= SHORT && is_short_notice(bare) || is_trail(bare) || is_reader(&lower) || is_copyright(bare)
}

/// Whether a line of a few words was added by the site.
fn is_short_notice(bare: &str) -> bool {
    LINES.contains(&bare)
        || ["をスキップ", "をスキップする", "へスキップ"].iter().any(|end| bare.ends_with(end))
        || is_state(bare)
        || is_dated(bare)
        || bare.starts_with("文字サイズ") && bare.contains(['大', '小', '準'])
        || bare.starts_with("▼最初のヒットへ")
        || bare.starts_with("↓最初のヒットへ")
        || bare.starts_with("最初のヒットへ")
}

/// The number of lines at the end of a page that state the office to ask about it.
pub(super) fn office_lines<'a>(lines: impl DoubleEndedIterator<Item = &'a str>) -> usize {
    let mut count = 0;
    for (index, line) in lines.rev().enumerate() {
        count += usize::from(!line.is_empty());
        if count > MOST_OFFICE_LINES || line.ends_with('。') && line.chars().count() > 60 {
            return 0;
        }
        if OFFICES.contains(&line.trim_matches(|c: char| c.is_whitespace() || "■●◆：:".contains(c))) {
            return index + 1;
        }
    }
    0
}

/// 更新日：2024年4月1日
fn is_state(line: &str) -> bool {
    STATES.iter().any(|state| {
        line.strip_prefix(state).is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "：:／/".contains(c));
            !rest.is_empty()
                && rest.chars().any(char::is_numeric)
                && rest.chars().all(|c| {
                    c.is_numeric()
                        || c.is_whitespace()
                        || c.is_ascii_punctuation()
                        || "年月日令和平成元更新掲載公開最終時分（）：／．，・曜火水木金土id".contains(c)
                })
        })
    })
}

/// 2024年4月1日更新
fn is_dated(line: &str) -> bool {
    let ends = ["更新", "掲載", "公開", "登録"];
    date::parse_date(line).is_some_and(|(_, rest)| ends.contains(&rest.trim().trim_start_matches('に')))
}

/// ホーム > 市政情報 > 審議会
fn is_trail(line: &str) -> bool {
    let begins = TRAILS.iter().any(|trail| line.starts_with(trail));
    begins && line.contains(['>', '＞', '›', '»', '≫']) && !line.contains('。')
}

/// PDFをご覧になるにはAdobe Readerが必要です。
fn is_reader(line: &str) -> bool {
    let names = ["adobe", "アドビ", "acrobat", "ａｄｏｂｅ"];
    let asks =
        ["必要", "ご利用ください", "ダウンロード", "無料", "入手", "お持ちでない", "ご覧になれ", "get "];
    let begins =
        line.starts_with(['「', '※', '（', '(']) || line.starts_with("pdf") || line.starts_with("ｐｄｆ");
    let begins =
        begins || ["get ", "このページには", "お持ちでない"].iter().any(|begin| line.starts_with(begin));
    let begins = begins || names.iter().any(|name| line.starts_with(name));
    begins && names.iter().any(|name| line.contains(name)) && asks.iter().any(|ask| line.contains(ask))
}

fn is_copyright(line: &str) -> bool {
    (line.starts_with("copyright") || line.starts_with('©') || line.starts_with("(c)"))
        && !line.contains('。')
        || line.ends_with("all rights reserved.")
        || line.ends_with("all rights reserved")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_site_are_told_from_minutes() {
        for line in [
            "▲ページの先頭へ",
            "このページの先頭へ戻る",
            "更新日：2024年4月1日",
            "更新日2022-08-28",
            "2024年4月1日更新",
            "文字サイズ標準拡大",
            "ページ番号1012345　更新日　令和6年4月1日",
            "最終更新日 令和6年4月1日（月曜日）",
            "現在の位置：トップページ > 市政情報 > 審議会",
            "ホーム＞議会＞会議録",
            "PDFをご覧になるにはAdobe Readerが必要です。",
            "PDF形式のファイルをご覧いただく場合には、Adobe Acrobat Readerが必要です。お持ちでない方は、リンク先から無料ダウンロードしてください。",
            "Copyright © Midori City. All Rights Reserved.",
            "©2024 Midori City",
            "ナビゲーションをスキップする",
            "ここから本文です。",
        ] {
            assert!(is_notice(line), "{line}");
        }
        for line in [
            "",
            "更新日を早める。",
            "2024年4月1日更新分から値上げする。",
            "文字サイズを直す。",
            "公開日",
            "掲載日：未定",
            "更新 4件、新規 2件",
            "トップが決断する。",
            "ホームページを直す。",
            "PDFで配るのは不便である。",
            "事務局　PDFをご覧になるにはAdobe Readerが必要です、と書いてある。",
            "印刷を委託する。",
        ] {
            assert!(!is_notice(line), "{line}");
        }
    }

    #[test]
    fn the_office_to_ask_is_at_the_end() {
        let lines = ["はい。", "", "このページに関するお問い合わせ", "環境課", "電話：03-0000-0000"];
        assert_eq!(office_lines(lines.into_iter()), 3);
        assert_eq!(office_lines(lines[..2].iter().copied()), 0);
        assert_eq!(office_lines(std::iter::repeat_n("環境課", 20)), 0);
    }
}
