//! Tests of a session with an assistant, by the client of the MCP SDK.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(feature = "mcp")]

#[path = "../../tests/support/random.rs"]
mod random;
mod support;

use random::Random;
use rmcp::ServiceExt as _;
use rmcp::model::{CallToolRequestParams, CallToolResult, ErrorCode};
use rmcp::service::{RoleClient, RunningService, ServiceError};
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};
use support::Project;
use tokio::process::Command;

struct Session(RunningService<RoleClient, ()>);

impl Session {
    async fn open(project: &Project) -> Self {
        Self::open_with(project, &[]).await
    }

    async fn open_with(project: &Project, options: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        program.args(["mcp", "--site", "https://minutes.example.jp/"]).args(options);
        program.current_dir(project.path(""));
        program.env_remove("GIJIROKU_INDEX");
        Self(().serve(TokioChildProcess::new(program).unwrap()).await.unwrap())
    }

    async fn call(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        let arguments = arguments.as_object().unwrap().clone();
        self.0.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await.unwrap()
    }

    /// Returns the answer of a tool. The text of the answer must be the same JSON.
    async fn ask(&self, tool: &'static str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(false), "{result:?}");
        let told = result.structured_content.unwrap();
        let text = &result.content[0].as_text().unwrap().text;
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), told);
        told
    }

    /// Returns the error message of a tool.
    async fn refused(&self, tool: &'static str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{result:?}");
        result.content[0].as_text().unwrap().text.clone()
    }
}

fn field<'a>(list: &'a Value, name: &str) -> Vec<&'a Value> {
    list.as_array().unwrap().iter().map(|item| &item[name]).collect()
}

#[tokio::test]
async fn an_assistant_finds_what_the_command_line_finds() {
    let project = Project::with_seed();
    project.run("index");
    let session = Session::open(&project).await;

    let info = session.0.peer_info().unwrap();
    assert_eq!(info.server_info.as_ref().unwrap().name, "gijiroku");
    assert!(info.instructions.as_ref().unwrap().contains("`citation` and `permalink`"));
    let tools = session.0.list_all_tools().await.unwrap();
    let mut names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["compare", "context", "get", "search"]);
    for tool in &tools {
        assert!(tool.description.as_ref().is_some_and(|told| told.len() > 40), "{tool:?}");
        assert_eq!(tool.annotations.as_ref().unwrap().read_only_hint, Some(true));
        let answered = tool.output_schema.as_ref().unwrap();
        assert_eq!(answered["type"], "object");
    }

    for (arguments, line) in [
        (json!({ "query": "訪問看護" }), "search 訪問看護"),
        (
            json!({ "query": "連携", "region": ["世田谷区"], "limit": 3 }),
            "search 連携 --region 世田谷区 -n 3",
        ),
        (
            json!({ "query": "連携", "from": "平成30年", "offset": 2 }),
            "search 連携 --from 平成30年 --offset 2",
        ),
        (json!({ "query": "受け入れ", "exact": true }), "search 受け入れ --exact"),
    ] {
        let told = session.ask("search", arguments).await;
        let printed = project.run(&format!("{line} --format json")).json();
        assert_eq!(told["total"], printed["total"]);
        assert_eq!(field(&told["hits"], "id"), field(&printed["hits"], "id"), "{line}");
        // These opinions are short: a passage is the whole text, with marks.
        let passages = field(&told["hits"], "passage").into_iter();
        let texts: Vec<String> = passages.map(|text| text.as_str().unwrap().replace("**", "")).collect();
        assert_eq!(json!(texts), json!(field(&printed["hits"], "text")));
        let counts = printed["facets"]["region"].as_array().unwrap().iter();
        let counts = counts.filter(|region| region["count"] != 0).take(12);
        let counts: Vec<Value> =
            counts.map(|region| json!({ "value": region["value"], "count": region["count"] })).collect();
        assert_eq!(told["regions"].as_array().cloned().unwrap_or_default(), counts);
    }

    let id = "20171213-区中央部-6";
    let read = session.ask("get", json!({ "id": id })).await;
    let shown = project.run(&format!("show {id} --format json")).json();
    assert_eq!(read["text"], shown["opinion"]["text"]);
    assert_eq!(read["citation"], project.run(&format!("show {id} --cite text")).stdout.trim_end());
    assert_eq!(
        read["permalink"],
        "https://minutes.example.jp/opinions/20171213-%E5%8C%BA%E4%B8%AD%E5%A4%AE%E9%83%A8-6"
    );

    let around = session.ask("context", json!({ "id": id, "neighbours": 2 })).await;
    let ids = |list: &Value| -> Vec<Value> { field(list, "id").into_iter().cloned().collect() };
    assert_eq!(ids(&around["before"]), ["20171213-区中央部-4", "20171213-区中央部-5"]);
    assert_eq!(around["opinion"], read);
    assert_eq!(ids(&around["after"]), ["20171213-区中央部-7", "20171213-区中央部-8"]);
    assert_eq!(around["meeting"]["date"], "2017-12-13");

    let compared = session.ask("compare", json!({ "query": "24時間" })).await;
    let printed = project.run("compare 24時間 --format json").json();
    for name in ["value", "count", "of", "share"] {
        assert_eq!(field(&compared["rows"], name), field(&printed["rows"], name));
    }
    assert_eq!(compared["absent"], printed["absent"]);
    assert!(compared["rows"][0]["best"]["passage"].as_str().unwrap().contains("**24時間**"));

    // Opinions that are indexed during the session are found.
    project.write("data/minutes/more.jsonl", "{\"id\":\"new\",\"text\":\"宇宙飛行士の訪問看護\"}\n");
    project.run("index");
    let told = session.ask("search", json!({ "query": "宇宙飛行士" })).await;
    assert_eq!(field(&told["hits"], "id"), ["new"]);
    session.0.cancel().await.unwrap();
}

#[tokio::test]
async fn an_assistant_is_told_what_it_asked_wrongly() {
    let project = Project::with_seed();
    project.run("index");
    let session = Session::open(&project).await;
    let (long, many) = ("あ".repeat(1001), vec!["山田"; 101]);
    for (tool, arguments, told) in [
        ("get", json!({ "id": "none" }), "no opinion has the id none"),
        ("context", json!({ "id": "" }), "no opinion has the id"),
        ("search", json!({ "query": "" }), "empty"),
        ("search", json!({ "query": "連携", "region": ["東部"] }), "did you mean 区東部"),
        (
            "search",
            json!({ "query": "連携", "from": "昨日" }),
            "from is a date such as 2017-12 or 平成29年, and not 昨日",
        ),
        ("search", json!({ "query": "連携", "from": "2018", "to": "2017" }), "to is earlier than from"),
        ("compare", json!({ "query": "連携", "by": "weather" }), "give one of region, section"),
        // The limits are those of the HTTP server.
        ("search", json!({ "query": long }), "the query is longer than 1000 characters"),
        ("compare", json!({ "query": long }), "the query is longer than 1000 characters"),
        ("search", json!({ "query": "連携", "offset": 10_001 }), "offset is at most 10000, and not 10001"),
        (
            "search",
            json!({ "query": "連携", "speaker": many }),
            "speaker is given at most 100 times, and not 101",
        ),
    ] {
        let reason = session.refused(tool, arguments.clone()).await;
        assert!(reason.contains(told), "{tool} {arguments}: {reason}");
    }
    // No hits are a valid answer; a missing query is an error.
    let nothing = session.ask("search", json!({ "query": "宇宙飛行士", "exact": true })).await;
    assert_eq!((&nothing["total"], &nothing["hits"]), (&json!(0), &json!([])));
    let arguments = json!({ "words": "連携" }).as_object().unwrap().clone();
    let answered = session.0.call_tool(CallToolRequestParams::new("search").with_arguments(arguments)).await;
    let told = format!("{answered:?}");
    assert!(told.contains("query"), "{told}");
}

#[tokio::test]
async fn an_assistant_filters_by_all_that_the_command_line_does() {
    let project = Project::empty();
    let lines = [
        ("1", "区西部", "予算", "山田太郎", "委員長", "総務委員会", "2023-03-01"),
        ("2", "区西部", "図書館", "山田太郎", "議員", "本会議", "2023-04-01"),
        ("3", "区東部", "図書館", "佐藤花子", "議員", "本会議", "2024-03-31"),
    ];
    let lines = lines.map(|(id, region, section, speaker, role, body, date)| {
        let text = "図書館の予算";
        let line = json!({ "id": id, "text": text, "region": region, "section": section, "speaker": speaker, "role": role, "party": format!("{speaker}の会"), "body": body, "date": date, "ward": format!("{region}北"), "title": format!("{body} {date}") });
        format!("{line}\n")
    });
    project.write("a.jsonl", lines.concat());
    project.run("index a.jsonl");
    let session = Session::open(&project).await;
    let values = [
        ("region", "区西部"),
        ("section", "図書館"),
        ("speaker", "佐藤"),
        ("meeting", "本会議 2023"),
        ("body", "総務"),
        ("year", "令和5年度"),
        ("party", "山田太郎の会"),
        ("role", "委員長"),
        ("field", "ward=区西部北"),
        ("from", "2023-04"),
        ("to", "2023"),
    ];
    // This fails if the library has a filter that the list lacks.
    let names: Vec<&str> = gijiroku::Parameter::all().map(gijiroku::Parameter::name).collect();
    assert_eq!(names, values.map(|(name, _)| name));
    for tool in session.0.list_all_tools().await.unwrap() {
        let properties = tool.input_schema["properties"].as_object().unwrap();
        let takes_filters = ["search", "compare"].contains(&tool.name.as_ref());
        assert!(names.iter().all(|name| properties.contains_key(*name) == takes_filters), "{tool:?}");
    }
    for (name, value) in values {
        let printed = project.run(&format!("search 図書館 --{name} '{value}' --format json")).json();
        assert!((1..3).contains(&printed["total"].as_u64().unwrap()), "{name}");
        for given in [json!(value), json!([value])] {
            let told = session.ask("search", json!({ "query": "図書館", name: given })).await;
            assert_eq!(field(&told["hits"], "id"), field(&printed["hits"], "id"), "{name}");
        }
        let compared = session.ask("compare", json!({ "query": "図書館", "by": "body", name: value })).await;
        let printed =
            project.run(&format!("compare 図書館 --by body --{name} '{value}' --format json")).json();
        assert_eq!((&compared["total"], &compared["of"]), (&printed["total"], &printed["of"]), "{name}");
    }
    session.0.cancel().await.unwrap();
}

#[tokio::test]
async fn an_argument_that_a_tool_does_not_have_is_an_error() {
    let project = Project::with_seed();
    project.run("index");
    project.write("synonyms.txt", "宇宙飛行士, 訪問看護\n");
    let session = Session::open_with(&project, &["--synonyms", "synonyms.txt"]).await;
    for (tool, arguments, unknown) in [
        ("search", json!({ "query": "連携", "regions": ["区西部"] }), "regions"),
        ("search", json!({ "query": "連携", "sort": "date" }), "sort"),
        ("compare", json!({ "query": "連携", "sort": "date" }), "sort"),
        ("get", json!({ "id": "20171213-区中央部-6", "region": "区西部" }), "region"),
    ] {
        let arguments = arguments.as_object().unwrap().clone();
        let answered = session.0.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await;
        let told = format!("{answered:?}");
        assert!(told.contains("unknown field") && told.contains(unknown), "{tool}: {told}");
    }
    // The user's synonyms are searched, and a note says so.
    let told = session.ask("search", json!({ "query": "宇宙飛行士" })).await;
    assert!(told["total"].as_u64().unwrap() > 0);
    assert_eq!(told["notes"][0], "“宇宙飛行士” was also searched as 訪問看護.");
    session.0.cancel().await.unwrap();
}

/// Returns the number of bytes of an answer as it is sent.
fn size(result: &CallToolResult) -> usize {
    serde_json::to_string(result).unwrap().len()
}

#[tokio::test]
async fn answers_keep_to_their_budget_and_can_be_read_on() {
    let project = Project::empty();
    let speech = |number: usize| {
        let text = format!(
            "{}待機児童の解消に努めます。{}",
            "御説明いたします。".repeat(400),
            "以上です。".repeat(200)
        );
        json!({ "id": format!("発言{number:03}"), "text": text, "speaker": format!("発言者{number:03}"), "date": "2020-01-02", "meeting": "本会議" })
            .to_string()
    };
    project.write("data/minutes/a.jsonl", (0..500).map(speech).collect::<Vec<_>>().join("\n"));
    project.run("index");
    let session = Session::open(&project).await;
    for tool in ["search", "context", "compare", "get"] {
        let arguments = match tool {
            "search" => json!({ "query": "待機児童", "limit": 50 }),
            "compare" => json!({ "query": "待機児童", "by": "speaker" }),
            "context" => json!({ "id": "発言100", "neighbours": 30 }),
            _ => json!({ "id": "発言100" }),
        };
        let usual = size(&session.call(tool, arguments.clone()).await);
        assert!((6_000..=12_000).contains(&usual), "{tool}: {usual}");
        let mut small = arguments;
        small["max_bytes"] = json!(4_000);
        let small = size(&session.call(tool, small).await);
        assert!(small <= 4_000, "{tool}: {small}");
    }
    // Hits and rows have pages: each is answered once.
    for (tool, list, name, arguments) in [
        ("search", "hits", "id", json!({ "query": "待機児童", "limit": 50 })),
        ("compare", "rows", "value", json!({ "query": "待機児童", "by": "speaker" })),
    ] {
        let (mut seen, mut offset) = (Vec::new(), json!(0));
        while !offset.is_null() {
            let mut asked = arguments.clone();
            asked["offset"] = offset;
            asked["max_bytes"] = json!(100_000);
            let told = session.ask(tool, asked).await;
            seen.extend(field(&told[list], name).into_iter().map(|value| value.as_str().unwrap().to_owned()));
            offset = told["next_offset"].clone();
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 500, "{tool}");
    }
    // A passage has the words, marked, and the whole text is read in parts.
    let told = session.ask("search", json!({ "query": "待機児童", "limit": 1 })).await;
    assert!(told["hits"][0]["passage"].as_str().unwrap().contains("**待機児童**"));
    let (mut read, mut skip) = (String::new(), json!(0));
    while !skip.is_null() {
        let part = session.ask("get", json!({ "id": "発言100", "skip": skip })).await;
        read += part["text"].as_str().unwrap();
        skip = part["next_skip"].clone();
    }
    assert_eq!(read.chars().count(), 9 * 400 + 13 + 5 * 200);
    let reason = session.refused("search", json!({ "query": "待機児童", "max_bytes": 100_001 })).await;
    assert_eq!(reason, "max_bytes is at most 100000, and not 100001");
    session.0.cancel().await.unwrap();
}

#[tokio::test]
async fn opinions_and_meetings_are_resources_and_tasks_are_prompts() {
    use rmcp::model::{GetPromptRequestParams, ReadResourceRequestParams};

    let project = Project::with_seed();
    project.run("index");
    let session = Session::open(&project).await;
    let templates = session.0.list_all_resource_templates().await.unwrap();
    let templates: Vec<&str> = templates.iter().map(|template| template.uri_template.as_str()).collect();
    assert_eq!(templates, ["gijiroku://opinions/{id}", "gijiroku://meetings/{id}"]);
    let meetings = session.0.list_all_resources().await.unwrap();
    assert_eq!(
        (meetings.len(), meetings[0].title.as_deref()),
        (12, Some("在宅療養ワーキングの開催について(区西部)"))
    );
    let text = |read: Value| read["contents"][0]["text"].as_str().unwrap().to_owned();
    let read = async |uri: &str| {
        let read = session.0.read_resource(ReadResourceRequestParams::new(uri)).await;
        read.map(|read| text(serde_json::to_value(read).unwrap()))
    };
    let opinion = project.run("show 20171213-区中央部-6 --format json").json();
    let told = read("gijiroku://opinions/20171213-%E5%8C%BA%E4%B8%AD%E5%A4%AE%E9%83%A8-6").await.unwrap();
    assert!(
        told.starts_with(opinion["opinion"]["text"].as_str().unwrap())
            && told.contains("https://minutes.example.jp/opinions/")
    );
    let meeting = read(&meetings[0].uri).await.unwrap();
    assert_eq!(meeting.matches("\n\n[").count(), 19);
    for (uri, reason) in [
        ("gijiroku://opinions/none", "no opinion has the id none"),
        ("gijiroku://meetings/none", "no meeting has the id none"),
        ("file:///etc/passwd", "is no resource"),
    ] {
        assert!(read(uri).await.unwrap_err().to_string().contains(reason), "{uri}");
    }
    let prompts = session.0.list_all_prompts().await.unwrap();
    let names: Vec<&str> = prompts.iter().map(|prompt| prompt.name.as_str()).collect();
    assert_eq!(names, ["compare-regions", "brief-on-topic"]);
    for name in names {
        let arguments = json!({ "topic": "看取り" }).as_object().unwrap().clone();
        let prompt =
            session.0.get_prompt(GetPromptRequestParams::new(name).with_arguments(arguments)).await.unwrap();
        let told = serde_json::to_string(&prompt.messages).unwrap();
        assert!(told.contains("「看取り」") && told.contains("permalink"), "{told}");
    }
    for (name, arguments, reason) in [
        ("weather", json!({}), "there is no prompt weather; there are compare-regions and brief-on-topic"),
        ("compare-regions", json!({}), "compare-regions needs a topic"),
        ("compare-regions", json!({ "theme": "x" }), "has no argument theme"),
    ] {
        let arguments = arguments.as_object().unwrap().clone();
        let refused = session.0.get_prompt(GetPromptRequestParams::new(name).with_arguments(arguments)).await;
        assert!(refused.unwrap_err().to_string().contains(reason), "{name}");
    }
    session.0.cancel().await.unwrap();
}

#[tokio::test]
async fn any_argument_gets_an_answer() {
    let project = Project::with_seed();
    project.run("index");
    let session = Session::open(&project).await;
    let values = [
        json!("看取り"),
        json!("区西部"),
        json!("20171213-区中央部-3"),
        json!("\u{1}\u{202e}((\""),
        json!("あ".repeat(3000)),
        json!(""),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(null),
        json!(true),
        json!(["区西部", 1]),
        json!({"a": []}),
    ];
    let names =
        ["query", "id", "limit", "offset", "tier", "neighbours", "by", "region", "from", "year", "unknown"];
    let mut random = Random(19);
    let mut answered = 0;
    for _ in 0..300 {
        let tool = ["search", "get", "context", "compare"][random.below(4)];
        let mut arguments = serde_json::Map::new();
        for _ in 0..random.below(4) {
            let name = names[random.below(names.len())];
            arguments.insert(name.to_owned(), values[random.below(values.len())].clone());
        }
        let request = CallToolRequestParams::new(tool).with_arguments(arguments.clone());
        // Arguments that a tool does not have are an error of the protocol, which leaves the session as it is.
        match session.0.call_tool(request).await {
            Ok(_) => answered += 1,
            Err(ServiceError::McpError(error)) => {
                assert_eq!(error.code, ErrorCode::INVALID_PARAMS, "{arguments:?}")
            }
            Err(error) => panic!("{tool} {arguments:?}: {error}"),
        }
    }
    assert!(answered > 50);
    let told = session.ask("search", json!({"query": "看取り"})).await;
    assert_eq!(told["total"], 6);
}

/// A client that waits for an answer to each line would wait forever for one that is left out.
#[test]
fn a_line_that_is_no_json_is_answered() {
    let project = Project::with_seed();
    project.run("index");
    let initialize = json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    });
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let ping = json!({"jsonrpc": "2.0", "id": 2, "method": "ping"});
    let input = format!("search 訪問看護\n{initialize}\n{initialized}\n{{\"id\":\n{ping}\n");
    let output = project.command().arg("mcp").write_stdin(input).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let answers: Vec<Value> = output
        .stdout
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let mistakes: Vec<&Value> = answers.iter().filter(|answer| answer["error"]["code"] == -32700).collect();
    assert_eq!(mistakes.len(), 2, "{answers:?}");
    assert!(mistakes.iter().all(|mistake| mistake.get("id").is_none_or(Value::is_null)));
    let message = mistakes[0]["error"]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "a line is no JSON: expected value at line 1 column 1; send each message as one line"
    );
    assert!(answers.iter().any(|answer| answer["id"] == 1 && answer.get("result").is_some()), "{answers:?}");
}
