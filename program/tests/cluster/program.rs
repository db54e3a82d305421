//! What the program prints and serves.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::Project;
use crate::support::server::Running;
use crate::{address, assert_same, run};

const JUDGMENTS: &str = include_str!("../../../tests/relevance/judgments.tsv");

/// An opinion of the seed.
const OPINION: &str = "20171213-区中央部-6";

pub(crate) fn sends_what_has_changed() {
    let project = Project::with_seed();
    let first = run(&project, "minutes", "index data/minutes");
    assert!(
        first.stdout.contains("12 meetings") && first.stdout.contains("200 opinions"),
        "{}",
        first.stderr
    );
    assert_eq!(first.code, 0);
    let again = run(&project, "minutes", "index data/minutes");
    assert!(again.stdout.contains("unchanged") || again.stdout.contains("nothing"), "{}", again.stdout);
    assert_eq!(again.code, 0);
    let check = run(&project, "minutes", "check");
    assert!(check.stderr.contains("for an index in a folder") && check.code == 2, "{}", check.stderr);
}

/// Each verb prints the same JSON, and exits with the same status.
pub(crate) fn prints_the_same() {
    let project = Project::with_seed();
    assert_eq!(project.run("index").code, 0);
    for line in [
        "search 訪問看護 --explain",
        "search 訪問看護ステーションと病院の連携をどう進めるか",
        "search 存在しない言葉です",
        "search 連携 --region 世田谷区 --sort date --limit all",
        "search 在宅 --group-by region --per-group 2",
        "search 在宅 --collapse --limit 50",
        "search --region 西多摩 --limit 5",
        "search 連携 --speaker 委員 --fuzzy",
        &format!("show {OPINION} --context 3"),
        &format!("show {OPINION} --full"),
        "show no-such-opinion",
        &format!("similar {OPINION} --limit 5"),
        &format!("similar {OPINION} --same-meeting --region 区中央部"),
        "stats",
        "compare 24時間 看取り",
        "compare 24時間 --by section --by region",
        "timeline 連携 --by month",
        "timeline 連携 --by year",
        "keywords --region 西多摩",
        "keywords 看取り --limit 5",
        "terms 24時間",
        "variants",
        "suggest 訪問",
        "suggest ほうもん",
        "suggest kan",
    ] {
        let line = format!("{line} --format json");
        let (local, remote) = (project.run(&line), run(&project, "minutes", &line));
        assert_eq!((local.code, &local.stderr), (remote.code, &remote.stderr), "{line}");
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_else(|_| json!(text));
        assert_same(&json(&local.stdout), &json(&remote.stdout), &line);
    }
    let line = "search 訪問看護 連携 --limit 20";
    assert_eq!(project.run(line).timeless(), run(&project, "minutes", line).timeless());
}

/// Pages, the API and assistants answer the same.
pub(crate) fn serves_the_same() {
    let project = Project::with_seed();
    assert_eq!(project.run("index").code, 0);
    let index = address("minutes");
    let local = Running::start(&project);
    let remote = Running::start_with(&project, &["--access-log", "none", "--index", &index]);
    for path in [
        "/api/v1/search?q=訪問看護&limit=3",
        "/api/v1/search?q=在宅&region=区西部&sort=date",
        &format!("/api/v1/opinions/{OPINION}"),
        &format!("/api/v1/similar?id={OPINION}"),
        "/api/v1/compare?q=24時間",
        "/api/v1/keywords?region=西多摩",
        "/api/v1/terms?q=24時間",
        "/api/v1/suggest?q=訪問",
        "/api/v1/facets",
        "/api/v1/meetings",
        "/api/v1/stats",
    ] {
        let (local, remote) = (local.get(path), remote.get(path));
        assert_eq!(local.status, remote.status, "{path}");
        assert_same(&local.json(), &remote.json(), path);
    }
    for path in ["/", "/search?q=訪問看護", &format!("/opinions/{OPINION}"), "/meetings", "/compare?q=24時間"]
    {
        let page = |running: &Running| -> Vec<String> {
            let answer = running.get(path);
            assert_eq!(answer.status, 200, "{path}");
            let text = String::from_utf8(answer.body).unwrap().replace(&running.address, "");
            // The time that a search took is in small print.
            text.lines().map(|line| line.split(" <small>").next().unwrap().to_owned()).collect()
        };
        let (local, remote) = (page(&local), page(&remote));
        assert_eq!(local.len(), remote.len(), "{path}");
        local.iter().zip(&remote).for_each(|(local, remote)| assert_eq!(local, remote, "{path}"));
    }
    let questions = [
        ("search", json!({ "query": "訪問看護" })),
        ("get", json!({ "id": OPINION })),
        ("context", json!({ "id": OPINION, "neighbours": 2 })),
        ("compare", json!({ "query": "24時間" })),
    ];
    let asked = |index: &str| assistant(&project, index, &questions);
    for (question, (local, remote)) in questions.iter().zip(asked("index").iter().zip(&asked(&index))) {
        assert_same(local, remote, question.0);
    }
}

/// Asks as an assistant does, and returns what each tool answers.
fn assistant(project: &Project, index: &str, questions: &[(&str, Value)]) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
    program.args(["mcp", "--index", index]).current_dir(project.path(""));
    program.env("XDG_CACHE_HOME", project.path("cache")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = program.spawn().unwrap();
    let (mut sent, mut received) =
        (running.stdin.take().unwrap(), BufReader::new(running.stdout.take().unwrap()));
    let client = json!({ "name": "test", "version": "1" });
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    let hello = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello });
    writeln!(sent, "{hello}").unwrap();
    let mut answer = || -> Value {
        let mut line = String::new();
        received.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    };
    assert_eq!(answer()["result"]["serverInfo"]["name"], "gijiroku");
    writeln!(sent, "{}", json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).unwrap();
    let mut answers = Vec::new();
    for (number, (tool, arguments)) in questions.iter().enumerate() {
        let asked = json!({ "name": tool, "arguments": arguments });
        writeln!(
            sent,
            "{}",
            json!({ "jsonrpc": "2.0", "id": number + 1, "method": "tools/call", "params": asked })
        )
        .unwrap();
        let answered = answer();
        assert_eq!(answered["result"]["isError"], false, "{answered}");
        answers.push(answered["result"]["structuredContent"].clone());
    }
    drop(sent);
    assert!(running.wait().unwrap().success());
    answers
}

/// The measures of the judged queries are equal to three decimals.
pub(crate) fn measures_the_same() {
    let project = Project::with_seed();
    assert_eq!(project.run("index").code, 0);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut queries, mut judgments) = (String::new(), String::new());
    for line in JUDGMENTS.lines().filter(|line| !line.starts_with('#')) {
        let [_, query, grade, id] = *line.split('\t').collect::<Vec<_>>() else { panic!("{line}") };
        let next = numbers.len();
        let number = *numbers.entry(query).or_insert_with(|| {
            queries += &format!("{}\n", json!({ "id": format!("q{next}"), "text": query }));
            next
        });
        judgments += &format!("q{number} 0 {id} {grade}\n");
    }
    assert!(numbers.len() >= 60);
    project.write("queries.jsonl", queries);
    project.write("qrels.txt", judgments);
    let line = "eval --queries queries.jsonl --qrels qrels.txt --format json";
    let local = rounded(project.run(line).json());
    assert_eq!(local["queries"], numbers.len());
    assert_eq!(local, rounded(run(&project, "minutes", line).json()));
}

fn rounded(value: Value) -> Value {
    match value {
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, rounded(value))).collect(),
        Value::Array(list) => list.into_iter().map(rounded).collect(),
        Value::Number(number) if number.is_f64() => json!(format!("{:.3}", number.as_f64().unwrap())),
        other => other,
    }
}
