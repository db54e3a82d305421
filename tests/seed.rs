//! Tests that the minutes in the project are read as they are, with their quirks.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use gijiroku::minutes::{Attendance, Meeting, Parsed, Reader};

fn meetings() -> Vec<Meeting> {
    let parsed = Reader::default().read(support::SEED.as_ref()).unwrap().parsed;
    parsed
        .map(|item| match item {
            Parsed::Meeting(meeting) => meeting,
            Parsed::Warning(warning) => panic!("{warning}"),
        })
        .collect()
}

#[test]
fn twelve_meetings_with_all_that_is_known_of_them() {
    let summary: Vec<_> = meetings()
        .iter()
        .map(|meeting| {
            let Attendance { present, observers } = meeting.attendance.unwrap();
            let counts: Vec<_> = meeting.sections.iter().map(|section| section.opinions.len()).collect();
            let time = meeting.time.unwrap();
            assert_eq!((time.start.hour(), time.start.minute()), (19, 0));
            assert_eq!((time.end.hour(), time.end.minute()), (20, 30));
            assert_eq!(meeting.groups.len(), 11, "{}", meeting.title);
            format!(
                "{} {} {present}/{observers} {counts:?} {}:{}",
                meeting.region.as_deref().unwrap(),
                meeting.date.unwrap(),
                meeting.venue.as_deref().unwrap(),
                meeting.source.line,
            )
        })
        .collect();
    insta::assert_snapshot!(summary.join("\n"), @"
    区中央部 2017-12-13 52/24 [8, 10] 東京都医師会 2階講堂:3
    区南部 2017-12-14 28/12 [9, 8] 東京都医師会 5階会議室:55
    区西南部 2017-11-29 23/4 [13, 9] 東京都医師会 2階講堂:121
    区西部 2018-01-12 45/28 [11, 8] 東京都医師会 2階講堂:177
    区西北部 2018-01-09 40/20 [9, 10] 東京都医師会 2階講堂:248
    区東北部 2018-01-10 29/15 [7, 8] 東京都医師会 2階講堂:301
    区東部 2017-10-31 34/16 [8, 7] 東京都医師会 2階講堂:363
    西多摩 2017-11-15 30/9 [6, 8] 公立福生病院 1階多目的ホール:412
    南多摩 2017-11-27 42/20 [8, 9] パルテノン多摩 4階第一会議室:460
    北多摩西部 2017-11-08 33/9 [6, 8] 立川市医師会館 3階会議室:511
    北多摩南部 2017-12-12 36/10 [7, 7] 調布市医師会館 4階大会議室:556
    北多摩北部 2017-12-08 43/18 [8, 8] 成美教育文化会館 3階大研修室:604
    ");
}

#[test]
fn two_hundred_opinions_in_the_same_two_sections() {
    let meetings = meetings();
    assert_eq!(meetings.iter().map(Meeting::opinion_count).sum::<usize>(), 200);
    for meeting in &meetings {
        let titles: Vec<_> =
            meeting.sections.iter().map(|section| section.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["在宅療養に関する地域の現状・課題等について", "地域と病院の連携について"]);
        assert_eq!(
            meeting.title,
            format!("在宅療養ワーキングの開催について({})", meeting.region.as_ref().unwrap())
        );
        assert_eq!(meeting.groups.first().map(String::as_str), Some("区市町村"));
        assert_eq!(meeting.groups.last().map(String::as_str), Some("保険者協議会"));
    }
}

#[test]
fn opinions_are_kept_as_they_are_printed() {
    let meetings = meetings();
    let lines: Vec<String> =
        std::fs::read_to_string(support::SEED).unwrap().lines().map(str::to_owned).collect();
    for opinion in meetings.iter().flat_map(|meeting| &meeting.sections).flat_map(|section| &section.opinions)
    {
        let line = &lines[opinion.line as usize - 1];
        assert!(line == &format!("- {}", opinion.text) || line == &format!("○{}", opinion.text), "{line}");
    }
    let all: Vec<&str> = meetings
        .iter()
        .flat_map(|meeting| &meeting.sections)
        .flat_map(|section| &section.opinions)
        .map(|opinion| opinion.text.as_str())
        .collect();
    for expected in [
        "7：1の体制の確保が優先され、退院支援部門に多くの人員配置することが難しく、多忙な状況となっている。",
        "24時間診療の負担感が大きい。",
        "医療側と地域（特に、施設スタッフ）の相互理解が必要。",
        "救急の立場から、慢性疾患の在宅患者の中には、救急搬送が本当に必要であったか疑問に感じるケースが多い。",
    ] {
        assert!(all.contains(&expected), "{expected}");
    }
    // Misprints are kept.
    assert!(all.iter().any(|text| text.contains("ネックだか病院の支援")));
    // Groups belong to the meeting and are not opinions.
    assert!(!all.contains(&"薬剤師会"));
}
