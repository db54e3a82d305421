//! Tests of pages as offices publish them: the minutes are read whole, and what a site puts around them is not.

use gijiroku::minutes::{Meeting, Reader};

use super::{fixture, read, split};
use crate::support::Project;

/// All that was read of a meeting, line by line.
fn text(meeting: &Meeting) -> String {
    let mut text = format!("{}\n", meeting.title);
    for section in &meeting.sections {
        text += &format!("{}\n", section.title.as_deref().unwrap_or_default());
        for opinion in &section.opinions {
            let speaker = [opinion.speaker.as_deref(), opinion.role.as_deref()];
            text += &format!("{}\t{}\n", speaker.into_iter().flatten().collect::<String>(), opinion.text);
        }
    }
    text
}

fn meeting(name: &str) -> Meeting {
    let (mut meetings, warnings) = read(&fixture(name)).unwrap();
    assert_eq!((meetings.len(), warnings), (1, vec![]), "{name}");
    meetings.remove(0)
}

#[test]
fn a_page_of_a_city() {
    let meeting = meeting("page-city.html");
    assert_eq!(meeting.title, "令和5年度第3回 みどり市地域公共交通会議");
    assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2024-03-21"));
    let read = text(&meeting);
    for kept in [
        "開催概要",
        "山田花子",
        "(1) 計画の中間見直しについて",
        "見直しの案について、事務局の説明を求める。",
        "バスの利用者は、四年前に比べ二割減った。",
        "運転手の確保が最も大きな課題である。",
        "通院の帰りに使える便がほしい。",
        "(2) 運賃について",
        "高齢者の負担が増えないようにしてほしい。",
        "割引の対象も広げてほしい。",
        "段階的に改める。",
        "割引は次回に示す。",
        "本日はこれで閉会とする。",
        "資料1　計画の中間見直し（PDF：1.2MB）",
    ] {
        assert_eq!(read.matches(kept).count(), 1, "{kept} in {read}");
    }
    for around in [
        "スキップ",
        "サイトマップ",
        "検索",
        "くらし",
        "トップ",
        "ページ番号",
        "Adobe",
        "ツイート",
        "お問い合わせ",
        "交通政策課\n",
        "環境審議会",
        "先頭へ",
        "本町",
        "Copyright",
        "議事録ではない",
    ] {
        assert!(!read.contains(around), "{around} in {read}");
    }
    let address = "https://www.city.midori.example.jp/shisei/shingikai/kotsu/3.html";
    let opinions = meeting.sections.iter().flat_map(|section| &section.opinions);
    assert!(opinions.into_iter().all(|opinion| opinion.url.as_deref() == Some(address)));
}

#[test]
fn an_old_page_arranged_by_tables() {
    let meeting = meeting("page-old.cp932.html");
    assert_eq!(meeting.title, "第１回公共交通懇談会会議録");
    assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2003-07-02"));
    let read = text(&meeting);
    for kept in [
        "町のバスについて意見を伺います。",
        "通学に使えません。",
        "もう一本増やすように調整しています。",
        "北部線\t12,345人",
    ] {
        assert_eq!(read.matches(kept).count(), 1, "{kept} in {read}");
    }
    for around in ["町の紹介", "リンク集", "案内図", "広報みどり", "トップ"] {
        assert!(!read.contains(around), "{around} in {read}");
    }
}

#[test]
fn pages_without_minutes_say_what_to_save_instead() {
    let project = Project::empty();
    let list: String = (1..9).map(|n| format!("<li><a href='{n}.html'>第{n}回審議会</a></li>")).collect();
    let cell =
        |n: usize| format!("<tr><td>○<td><a href='voiweb.exe?ACT=203&HUID={n}'>委員長</a><td>(P.{n})</tr>");
    let speakers: String = (1..9).map(cell).collect();
    for (page, message) in [
        (
            "<html><frameset cols='280,*'><frame src=menu.html><frame src=text.html></frameset>".to_owned(),
            "frames",
        ),
        (format!("<html><h1>会議録一覧</h1><ul>{list}</ul>"), "only links"),
        (format!("<html><form><table>{speakers}</table></form>"), "only links"),
        ("<html><title>会議録</title><div id=app></div><script>start()</script>".to_owned(), "no text"),
    ] {
        project.write("a.html", page.as_bytes());
        let error = Reader::default().read(&project.path("a.html")).map(split).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
    let introduced = "審議会は、市の環境の基本となる計画について、市長の諮問に応じて調査と審議を行う。";
    project
        .write("a.html", format!("<html><h1>環境審議会</h1><p>{introduced}</p><ul>{list}</ul>").as_bytes());
    let (meetings, warnings) = read(&project.path("a.html")).unwrap();
    assert!(text(&meetings[0]).contains(introduced), "{meetings:?}");
    assert!(warnings.len() == 1 && warnings[0].contains("most of this page are links"), "{warnings:?}");
}

#[test]
fn what_is_named_like_a_menu_is_none_if_the_minutes_are_in_it() {
    let project = Project::empty();
    let minutes = "<h1>第8回審議会</h1><p>会長：議題の説明を求める。</p><p>委員：目標が低いのではないか。</p>\
                   <p>会長：次回にもう一度諮る。</p>";
    for page in [
        format!("<form id=form1 action=Default.aspx><input type=hidden>{minutes}</form>"),
        format!("<div id=sidebar-left-layout><div class=menu-contents>{minutes}</div></div>"),
        format!("<main><p>議会だより</p></main><div>{minutes}</div>"),
        format!("<table><tr><td><a href=1>戻る</a></td></tr><tr><td>{minutes}</td></tr></table>"),
    ] {
        project.write("a.html", format!("<html>{page}</html>").as_bytes());
        let (meetings, _) = read(&project.path("a.html")).unwrap();
        let read = text(&meetings[0]);
        assert_eq!(meetings[0].title, "第8回審議会", "{page}");
        for kept in ["議題の説明を求める。", "目標が低いのではないか。", "次回にもう一度諮る。"]
        {
            assert!(read.contains(kept), "{kept} in {read} of {page}");
        }
    }
}
