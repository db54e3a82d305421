//! Tests of the kinds of minutes, and that no kind loses a word.

use std::path::Path;

use gijiroku::minutes::{KindName, Meeting, Reader};

use super::{fixture, read, split};

fn kind(name: &str) -> (KindName, Meeting) {
    let readable = Reader::default().read(&fixture(name)).unwrap();
    let kind = readable.kind;
    let (mut meetings, warnings) = split(readable);
    assert_eq!((meetings.len(), warnings), (1, vec![]), "{name}");
    (kind, meetings.remove(0))
}

/// Returns the sections with the speaker and the text of each opinion.
fn speeches(meeting: &Meeting) -> String {
    let mut lines = String::new();
    for section in &meeting.sections {
        lines += &format!("【{}】\n", section.title.as_deref().unwrap_or(""));
        for opinion in &section.opinions {
            let (name, role) =
                (opinion.speaker.as_deref().unwrap_or("-"), opinion.role.as_deref().unwrap_or("-"));
            lines += &format!("{} {name}/{role}: {}\n", opinion.line, opinion.text.replace('\n', "⏎"));
        }
    }
    lines
}

#[test]
fn a_verbatim_record() {
    let (kind, meeting) = kind("assembly.txt");
    assert_eq!(
        (kind, meeting.title.as_str()),
        (KindName::Verbatim, "令和５年第２回みどり市議会定例会会議録（第３号）")
    );
    assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2023-06-12"));
    insta::assert_snapshot!(speeches(&meeting), @"
    【】
    1 -/-: 令和５年第２回みどり市議会定例会会議録（第３号）⏎令和５年６月１２日（月曜日）⏎午前１０時開議⏎○議事日程⏎日程第１　一般質問⏎日程第２　議案第３１号　みどり市在宅医療推進条例の制定について⏎○出席議員（２人）⏎１番　空　野　青　子⏎２番　川　本　　　流
    14 空野青子/議長: これより本日の会議を開きます。⏎本日の会議は、お手元に配付の議事日程により進めます。
    【日程第１　一般質問】
    17 空野青子/議長: 一般質問を行います。⏎２番川本流議員。⏎〔２番川本流君登壇〕
    20 川本流/２番: 在宅療養について伺います。⏎第１に、訪問看護ステーションは足りているのか（数と場所を）お示しください。⏎――「そうだ」と呼ぶ者あり――
    23 山田一郎/健康福祉部長: お答えいたします。市内に12か所あり、夜間の対応は（輪番で）行っております。
    25 川本流/２番: 再質問：夜間は何か所ですか。
    26 山田一郎/健康福祉部長: ４か所です。
    【日程第２　議案第３１号　みどり市在宅医療推進条例の制定について】
    28 空野青子/議長: 議案第３１号を議題といたします。御異議ありませんか。⏎〔「異議なし」と呼ぶ者あり〕
    30 空野青子/議長: 御異議なしと認めます。⏎午前１１時２０分散会
    ");
}

#[test]
fn a_committee_with_names_in_brackets() {
    let (kind, meeting) = kind("committee.txt");
    assert_eq!((kind, meeting.title.as_str()), (KindName::Verbatim, "第２回在宅医療推進協議会 議事要旨"));
    insta::assert_snapshot!(speeches(&meeting), @"
    【】
    1 -/-: 第２回在宅医療推進協議会　議事要旨⏎日時：令和５年７月３日（月）午後２時から４時⏎場所：みどり市役所　３階会議室
    5 山田/委員長: 本日の議題は、夜間の訪問看護である。
    7 喜多/委員: 夜間は、どこへ電話すればよいか分からないという声がある。
    9 -/事務局: 相談窓口を設けている。電話は２４時間受けている。
    12 山田/委員長: ほかに意見はあるか。
    ");
}

#[test]
fn a_summary_under_headings() {
    let (kind, meeting) = kind("summary.txt");
    assert_eq!((kind, meeting.title.as_str()), (KindName::Summary, "訪問看護に関する意見のまとめ"));
    assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2017-12-13"));
    insta::assert_snapshot!(speeches(&meeting), @"
    【１　現状】
    5 -/-: 訪問看護ステーションは増えているが、夜間に対応できるところはまだ少ない。
    8 -/-: 人材の確保が難しい。
    【２　今後】
    11 -/-: ICTによる情報の共有を進める。
    12 -/-: 研修の機会を増やす。
    ");
}

/// Checks that every character of a record that is not white space is in an opinion or in the title of a
/// section, in the order of the record. Only the labels of the speakers may be missing.
fn assert_whole(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let bare = |text: &str| -> String { text.split_whitespace().collect() };
    let (meetings, _) = read(file).unwrap();
    let mut rest = bare(&text);
    for section in meetings.iter().flat_map(|meeting| &meeting.sections) {
        let parts = section.title.iter().chain(section.opinions.iter().map(|opinion| &opinion.text));
        for part in parts.map(|part| bare(part)) {
            let place = rest
                .find(&part)
                .unwrap_or_else(|| panic!("{}: {part} is not where it should be", file.display()));
            let label = &rest[..place];
            assert!(
                label.is_empty()
                    || label.chars().count() <= 40
                        && label.ends_with(['）', ')', '長', '君', '員', '局', '△']),
                "{}: {label} is lost",
                file.display()
            );
            rest = rest[place + part.len()..].to_owned();
        }
    }
    assert_eq!(rest, "", "{}", file.display());
}

#[test]
fn records_keep_every_character_of_speech() {
    assert_whole(&fixture("assembly.txt"));
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/council-sites"));
    // Real records, if they are available.
    for name in ["kensakusystem-statements.txt", "kensakusystem-statements-2.txt"] {
        let file = samples.join(name);
        if file.exists() {
            assert_whole(&file);
        }
    }
}
