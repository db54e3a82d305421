//! What a page says of itself: its title without the name of the site, and its address.

use ego_tree::NodeRef;
use scraper::{Html, Node};

use crate::minutes::date;

/// The ends of names of sites.
const SITES: [&str; 14] = [
    "ホームページ",
    "公式サイト",
    "ウェブサイト",
    "webサイト",
    "website",
    "公式hp",
    "公式ページ",
    "オフィシャルサイト",
    "検索システム",
    "会議録検索",
    "会議録閲覧",
    "ポータルサイト",
    "トップページ",
    "公式ブログ",
];

/// Words that are no title by themselves.
const NO_TITLES: [&str; 52] = [
    "閲覧",
    "本文",
    "発言内容",
    "発言一覧",
    "会議日程一覧",
    "検索結果",
    "検索結果一覧",
    "一覧",
    "詳細",
    "会議録",
    "議事録",
    "議事要旨",
    "議事概要",
    "会議要旨",
    "会議の記録",
    "会議結果",
    "資料",
    "資料一覧",
    "お知らせ",
    "新着情報",
    "トップ",
    "トップページ",
    "ホーム",
    "home",
    "top",
    "index",
    "untitled",
    "untitled document",
    "無題ドキュメント",
    "無題",
    "名称未設定",
    "タイトル",
    "title",
    "document",
    "メニュー",
    "印刷用ページ",
    "ページが見つかりません",
    "会議録詳細",
    "開会",
    "閉会",
    "議事",
    "議題",
    "次第",
    "会議次第",
    "目次",
    "日時",
    "開催日時",
    "場所",
    "出席者",
    "概要",
    "会議概要",
    "開催概要",
];

/// The signs between the title and the name of the site.
const SEPARATORS: [&str; 17] = [
    "|", "｜", "│", "¦", " - ", " – ", " — ", " ‐ ", "　-　", " : ", " :: ", " » ", " « ", " › ", " < ", "»",
    "「」",
];

/// Signs that are also part of titles: only the name of a site is taken off at them.
const WEAK_SEPARATORS: [char; 5] = ['/', '／', '-', '－', '＜'];

/// The greatest number of characters of a title. What is longer is looked at no further.
const LONGEST: usize = 500;

/// What the head of a page says.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// `<title>`.
    title: Option<String>,
    /// `og:title`.
    shared_title: Option<String>,
    /// `og:site_name`.
    site: Option<String>,
    /// Where the page is published, which it says itself or the browser that saved it.
    pub(super) address: Option<String>,
    /// Whether the page only shows others in frames.
    pub(super) has_frames: bool,
}

impl Metadata {
    pub(super) fn of(page: &Html) -> Self {
        let mut metadata = Self::default();
        let (mut shared, mut saved) = (None, None);
        for node in page.tree.root().descendants() {
            match node.value() {
                Node::Comment(comment) if saved.is_none() => saved = saved_from(comment),
                Node::Element(element) => match element.name() {
                    // Nothing in the text says anything of the page.
                    "body" => break,
                    "title" if metadata.title.is_none() => metadata.title = text_of(node),
                    "frameset" => metadata.has_frames = true,
                    "link"
                        if element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                    {
                        metadata.address = metadata.address.or_else(|| published(element.attr("href")?));
                    }
                    "meta" => {
                        let content = element.attr("content").unwrap_or_default();
                        let some = || Some(tidy(content)).filter(|text| !text.is_empty());
                        match element.attr("property").or(element.attr("name")).unwrap_or_default() {
                            "og:title" => metadata.shared_title = some(),
                            "og:site_name" => metadata.site = some(),
                            "og:url" => shared = published(content),
                            _ => {}
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        metadata.address = metadata.address.or(shared).or(saved);
        metadata
    }

    /// The title without the name of the site, if it says something.
    pub(super) fn title(&self) -> Option<String> {
        let titles = [&self.title, &self.shared_title].into_iter().flatten();
        titles.filter_map(|title| self.without_site(title)).next()
    }

    /// The best that there is where nothing says something: the title as it is.
    pub(super) fn whole_title(&self) -> Option<&str> {
        let title = self.title.as_deref().or(self.shared_title.as_deref())?;
        let mut parts = split(title).into_iter().rev();
        Some(parts.find(|part| !is_common(part)).unwrap_or(title))
    }

    /// Whether a heading may be the title of minutes: it is no name of a site, no date alone, and none of the words that any
    /// page has.
    pub(super) fn says_something(&self, text: &str) -> bool {
        let text = tidy(text);
        text.chars().nth(1).is_some() && !is_common(&text) && !self.is_site(&text)
    }

    /// Whether a text is the name of the site.
    pub(super) fn is_site(&self, text: &str) -> bool {
        // The last part of the title is one where another part says something.
        let is_last = || {
            let parts = split(self.title.as_deref()?);
            let (last, others) = parts.split_last()?;
            let is_title = |part: &&str| !self.is_named_as_site(part) && !is_common(part) && !is_number(part);
            Some(*last == text && others.iter().any(is_title))
        };
        self.is_named_as_site(text) || is_last().unwrap_or_default()
    }

    /// Whether a text is the name of a site by its words.
    fn is_named_as_site(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.site.as_deref() == Some(text) || SITES.iter().any(|end| lower.ends_with(end)) || is_office(text)
    }

    fn without_site(&self, title: &str) -> Option<String> {
        let is_site = |part: &str| self.is_site(part);
        let parts = split(title);
        let mut says = parts.iter().filter(|part| self.says_something(part));
        let first = *says.next()?;
        // 第2回 | 環境審議会: a number alone does not name the meeting.
        let first = match says.next() {
            Some(next) if is_number(first) => format!("{next} {first}"),
            _ => first.to_owned(),
        };
        // みどり市／第2回環境審議会, or the other way round.
        let mut title = first.as_str();
        while let Some(at) = title.rfind(WEAK_SEPARATORS) {
            let after = title[at..].trim_start_matches(WEAK_SEPARATORS).trim();
            if !is_site(after) {
                break;
            }
            title = title[..at].trim_end();
        }
        if let Some(at) = title.find(WEAK_SEPARATORS)
            && is_site(title[..at].trim())
        {
            title = title[at..].trim_start_matches(WEAK_SEPARATORS).trim();
        }
        self.says_something(title).then(|| title.to_owned())
    }
}

/// Whether a text is a date alone, one of the words that any page has, or a numbered item: 1　開会.
fn is_common(text: &str) -> bool {
    let is_date = || date::parse_date(text).is_some_and(|(_, rest)| rest.trim().is_empty());
    let is_item = || {
        let rest = text.trim_start_matches(['(', '（']);
        let behind = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
        behind.len() < rest.len() && behind.starts_with([' ', '\u{3000}', '.', '．', '、', ')', '）'])
    };
    NO_TITLES.contains(&text.to_lowercase().as_str()) || is_date() || is_item()
}

/// Whether a text is the number of a meeting alone: 第2回.
fn is_number(text: &str) -> bool {
    text.starts_with('第') && text.ends_with(['回', '号', '日', '部', '期', '次'])
}

/// Whether a text is the name of an office alone: みどり市, 東京都みどり区, 環境省, みどり市議会.
fn is_office(text: &str) -> bool {
    let name = text.strip_suffix("役所").or_else(|| text.strip_suffix("役場")).unwrap_or(text);
    let name = name.strip_suffix("議会").unwrap_or(name);
    name.chars().count() <= 10
        && name.ends_with(['市', '区', '町', '村', '都', '道', '府', '県', '省', '庁'])
        && !name.contains(|character: char| character.is_numeric() || character.is_whitespace())
}

/// The parts of a title between signs.
fn split(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The text of an element, with single spaces; `None` if it has none.
fn text_of(node: NodeRef<'_, Node>) -> Option<String> {
    let texts = node.children().filter_map(|child| child.value().as_text());
    let text = tidy(&texts.map(|text| &**text).collect::<String>());
    (!text.is_empty()).then_some(text)
}

/// A text with single spaces, of which a title is never longer than this takes.
pub(super) fn tidy(text: &str) -> String {
    let text: String = text.chars().take(LONGEST).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address on the web of a page that is not the first of its site, to which careless sites say that all their pages belong.
fn published(address: &str) -> Option<String> {
    let address = address.trim();
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let is_whole = !host.is_empty() && !path.is_empty() && !address.contains(char::is_whitespace);
    is_whole.then(|| address.to_owned())
}

/// The address that a browser notes in a page that it saves: `saved from url=(0042)https://…`, or `url: https://…`.
fn saved_from(comment: &str) -> Option<String> {
    let after = match comment.split_once("saved from url=(") {
        Some((_, after)) => after.split_once(')')?.1,
        None if comment.contains("saved with SingleFile") => comment.split_once("url:")?.1,
        None => return None,
    };
    published(after.split_whitespace().next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(head: &str) -> Metadata {
        Metadata::of(&Html::parse_document(head))
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        for (title, expected) in [
            ("第2回環境審議会 | みどり市公式ホームページ", Some("第2回環境審議会")),
            ("みどり市公式ホームページ｜第2回環境審議会", Some("第2回環境審議会")),
            ("第2回環境審議会（令和6年3月4日） - みどり市", Some("第2回環境審議会（令和6年3月4日）")),
            ("第2回環境審議会／みどり市", Some("第2回環境審議会")),
            ("みどり市/第2回環境審議会", Some("第2回環境審議会")),
            ("都市計画審議会／住宅部会 合同会議｜みどり市", Some("都市計画審議会／住宅部会 合同会議")),
            ("議事録（2024/3/4） : 環境省", Some("議事録（2024/3/4）")),
            ("第2回 | 環境審議会 | みどり市", Some("環境審議会 第2回")),
            ("第4回こども会議 | まちの広場", Some("第4回こども会議")),
            ("第2回 | 環境審議会", Some("環境審議会 第2回")),
            ("議事録 | 環境審議会 | みどり市", Some("環境審議会")),
            ("議案第24号 - 令和3年 みどり市議会 まとめ（by川本議員）", Some("議案第24号")),
            ("会議録-みどり市議会", None),
            ("閲覧 | みどり市議会会議録検索", None),
            ("令和6年3月4日", None),
            ("みどり市", None),
            ("無題ドキュメント", None),
            ("1　開会", None),
            ("2024年度 第1回審議会", Some("2024年度 第1回審議会")),
            ("", None),
        ] {
            let found = metadata(&format!("<title>{title}</title>")).title();
            assert_eq!(found.as_deref(), expected, "{title}");
        }
        let shared = "<title>みどり市</title><meta property=og:title content='第2回審議会｜みどり市'>";
        assert_eq!(metadata(shared).title().as_deref(), Some("第2回審議会"));
        let named = "<title>第2回審議会 - みどりナビ</title><meta property=og:site_name content=みどりナビ>";
        assert!(!metadata(named).says_something("みどりナビ"));
        assert_eq!(
            metadata("<title>閲覧 | 発言内容 | みどり市議会会議録</title>").whole_title(),
            Some("みどり市議会会議録")
        );
    }

    #[test]
    fn the_address_is_what_the_page_or_the_browser_says() {
        let address = "https://www.city.example.jp/a.html";
        for head in [
            format!("<link rel=canonical href='{address}'>"),
            format!("<meta property=og:url content='{address}'>"),
            format!("<!DOCTYPE html>\n<!-- saved from url=(0034){address} --><html>"),
            format!(
                "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: {address} \n saved date: -->"
            ),
        ] {
            assert_eq!(metadata(&head).address.as_deref(), Some(address), "{head}");
        }
        for head in [
            "<link rel=canonical href='/a.html'>",
            "<link rel=canonical href='https://www.city.example.jp/'>",
            "<link rel=canonical href='javascript:alert(1)'>",
            "<!-- saved from url=(0014)about:internet -->",
            "<!-- saved from url=(0016)https://a b/c -->",
            "",
        ] {
            assert_eq!(metadata(head).address, None, "{head}");
        }
    }
}
