//! Tests of dates that are told by their distance from today.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Output, Project, split};

/// Runs the program on a day.
fn on(project: &Project, today: &str, arguments: &str) -> Output {
    let mut command = project.command();
    command.env("GIJIROKU_TODAY", today).args(split(arguments));
    Output::of(command)
}

/// The meetings of the seed were held from 2017-10-31 to 2018-01-15.
#[test]
fn a_period_finds_what_its_days_find() {
    let project = Project::with_seed();
    project.run("index");
    for (today, relative, absolute) in [
        ("2018-01-31", "--from 先月", "--from 2017-12-01"),
        ("2018-01-31", "--from 先月 --to 先月", "--from 2017-12-01 --to 2017-12-31"),
        ("2018-01-31", "--to last-month", "--to 2017-12-31"),
        ("2018-01-31", "--from '2 months ago' --to '2 months ago'", "--from 2017-11 --to 2017-11"),
        ("2017-12-14", "--from 昨日 --to 昨日", "--from 2017-12-13 --to 2017-12-13"),
        ("2018-01-12", "--from 今週 --to 今日", "--from 2018-01-08 --to 2018-01-12"),
        ("2018-03-31", "--year 去年", "--year 2017"),
        ("2018-03-31", "--year 今年 --year 昨年", "--year 2018 --year 2017"),
        ("2018-03-31", "--from 今年度 --to 今年度", "--from 2017年度 --to 2017年度"),
        ("2018-04-01", "--from 昨年度 --to 昨年度", "--from 2017年度 --to 2017年度"),
        ("2020-02-29", "--year 3年前", "--year 2017"),
    ] {
        let arguments = |filter: &str| format!("search {filter} --limit all --format jsonl --fields id");
        let found = on(&project, today, &arguments(relative));
        assert_eq!(found.code, 0, "{relative}: {}", found.stderr);
        assert_eq!(found.stdout, project.run(&arguments(absolute)).stdout, "{relative} on {today}");
        assert!(found.stdout.lines().count() < 200 || today > "2018-02", "{relative} finds less than all");
    }
    let none = on(&project, "2018-04-01", "search --from 今年度 --format jsonl");
    assert_eq!((none.code, none.stdout.as_str()), (1, ""));
    for verb in ["compare 連携", "timeline 連携", "keywords", "similar 20171213-区中央部-6"] {
        let verb = |filter: &str| format!("{verb} --from {filter} --format json");
        assert_eq!(
            on(&project, "2018-01-31", &verb("今月")).stdout,
            project.run(&verb("2018-01")).stdout,
            "{}",
            verb("今月")
        );
    }
}

/// A search that was saved in one month finds in another what is then of the month before.
#[test]
fn a_saved_search_counts_from_the_day_on_which_it_runs() {
    let project = Project::with_seed();
    project.run("index");
    on(&project, "2017-12-20", "search 連携 --from 先月 --to 先月 --save 先月分");
    let saved = project.run("saved").stdout;
    assert!(saved.contains("--from 先月 --to 先月"), "{saved}");
    for (today, month) in [("2017-12-31", "2017-11"), ("2018-01-01", "2017-12")] {
        let found = on(&project, today, "search @先月分 --limit all --format jsonl").stdout;
        let expected =
            project.run(&format!("search 連携 --from {month} --to {month} --limit all --format jsonl"));
        assert!(expected.code == 0 && found == expected.stdout, "{today}");
    }
}

#[test]
fn filters_of_a_file_of_queries_are_counted_from_today() {
    let project = Project::with_seed();
    project.run("index");
    project.write("queries.jsonl", r#"{"id":"1","text":"連携","filter":{"year":"去年"}}"#);
    let found = |today: &str| on(&project, today, "search --queries queries.jsonl --format trec").stdout;
    let (last, next) = (found("2018-05-01"), found("2019-05-01"));
    assert!(!last.is_empty() && !next.is_empty() && last != next);
    assert!(last.lines().all(|line| line.contains(" 2017")), "{last}");
    assert!(next.lines().all(|line| line.contains(" 2018")), "{next}");
}

#[test]
fn what_is_no_date_and_what_is_no_day_is_told() {
    let project = Project::with_seed();
    for (today, filter, told) in [
        ("2018-01-31", "--from 来月", "not a date; write it as 2017-12-13"),
        ("2018-01-31", "--from 今月 --to 昨年", "error: --to is earlier than --from"),
        ("2018-01-31", "--from 2000年前", "not a date; write it as 2017-12-13"),
        ("2018-02-30", "--from 先月", "GIJIROKU_TODAY is a day such as 2024-03-31, and not 2018-02-30"),
        ("2018-02", "--from 2017", "GIJIROKU_TODAY is a day such as 2024-03-31, and not 2018-02"),
    ] {
        let output = on(&project, today, &format!("search 連携 {filter}"));
        assert_eq!(output.code, 2, "{filter}");
        assert!(output.stderr.contains(told), "{filter}: {}", output.stderr);
    }
    // Without the variable, the clock says what today is.
    let output = project.run("search 連携 --from 今日 --to 今日");
    assert_eq!(output.code, 1, "{}", output.stderr);
}
