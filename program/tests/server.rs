//! Tests of the HTTP server: it is started as a user starts it, and asked over the network.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(feature = "server")]

#[path = "../../tests/support/random.rs"]
mod random;
mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use random::Random;
use serde_json::{Value, json};
use support::Project;
use support::server::{Answered, Running, encoded};

/// Removes the part of the results that differs from search to search, and what tells the pages of an answer.
fn timeless(mut results: Value) -> Value {
    for name in ["took_ms", "rows_total", "columns_total"] {
        results.as_object_mut().unwrap().remove(name);
    }
    results
}

#[test]
fn the_answers_are_those_of_the_command_line() {
    let project = Project::with_seed();
    project.run("index");
    let server = Running::start(&project);
    for (path, line) in [
        ("search?q=訪問看護", "search 訪問看護"),
        ("search?q=訪問看護&region=足立区&limit=3", "search 訪問看護 --region 足立区 -n 3"),
        (
            "search?q=連携&region=区西部&region=区東部&sort=-date",
            "search 連携 --region 区西部 --region 区東部 --sort -date",
        ),
        ("search?region=西多摩&limit=2&offset=3", "search --region 西多摩 -n 2 --offset 3"),
        ("search?q=連携&group_by=region&limit=1", "search 連携 --group-by region -n 1"),
        ("search?q=連携&from=平成29年12月&to=2017-12-13", "search 連携 --from 平成29年12月 --to 2017-12-13"),
        ("search?q=受け入れ&exact=true", "search 受け入れ --exact"),
        (
            "search?q=連携&facet=month&facet=meeting&from=2018",
            "search 連携 --facet month --facet meeting --from 2018",
        ),
        (
            "search?q=連携&facet=&facet=field:party&field=会派=x",
            "search 連携 --facet field:会派 --field party=x",
        ),
        ("compare?q=24時間", "compare 24時間"),
        ("compare?q=連携&by=region&by=section", "compare 連携 --by region --by section"),
    ] {
        let answered = server.json(&format!("/api/v1/{path}"));
        let printed = project.run(&format!("{line} --format json")).json();
        assert_eq!(timeless(answered), timeless(printed), "{path}");
    }
    for (path, line) in [
        ("suggest?q=ほうもん", "suggest ほうもん"),
        ("similar?id=20171213-区中央部-6&limit=3", "similar 20171213-区中央部-6 -n 3"),
        ("keywords?region=西多摩", "keywords --region 西多摩"),
        ("terms?q=看取り&limit=5", "terms 看取り -n 5"),
        ("stats", "stats"),
    ] {
        let printed = project.run(&format!("{line} --format json")).json();
        assert_eq!(server.json(&format!("/api/v1/{path}")), printed, "{path}");
    }
    let opinion = server.json("/api/v1/opinions/20171213-区中央部-6?context=1");
    assert_eq!(opinion["before"][0]["id"], "20171213-区中央部-5");
    assert_eq!(opinion["after"][0]["id"], "20171213-区中央部-7");
    assert!(opinion["citation"].as_str().unwrap().contains("平成29年12月13日"));
    assert_eq!(server.json("/api/v1/meetings").as_array().unwrap().len(), 12);
    assert_eq!(server.json("/api/v1/meetings/20171213-区中央部")["opinions"].as_array().unwrap().len(), 18);
    assert_eq!(server.json("/api/v1/facets")["region"].as_array().unwrap().len(), 12);
    assert_eq!(server.json("/api/v1/health")["opinions"], 200);
    // An empty query without filters finds all opinions.
    assert_eq!(server.json("/api/v1/search?q=&region=")["total"], 200);
}

#[test]
fn what_can_not_be_answered_is_a_problem() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let long = "あ".repeat(1001);
    for (path, status, detail) in [
        ("search?q=x&limit=101", 400, "limit is at most 100, and not 101"),
        ("search?q=x&offset=10001", 400, "offset is at most 10000, and not 10001"),
        ("search?q=x&field=x", 400, "field is a name and a value, such as 会派=青空の会, and not x"),
        ("search?q=x&facet=weather", 400, "give one of region, section"),
        ("search?q=x&limit=-1", 400, "limit: invalid digit"),
        ("search?q=x&colour=red", 400, "unknown field `colour`"),
        ("search?q=x&region=足立", 404, "no opinion has the region 足立; did you mean 足立区"),
        ("search?q=x&sort=size", 400, "sort: give relevance, or one of region"),
        ("search?q=x&from=昨日", 400, "from is a date such as"),
        ("search?q=x&from=2018&to=2017", 400, "to is earlier than from"),
        ("search?q=x&match=some", 400, "match: give all or any; not some"),
        (&format!("search?q={long}"), 400, "the query is longer than 1000 characters"),
        ("compare?q=x&by=size", 400, "by: give one of region"),
        ("compare?q=x&by=region&by=year&by=month", 400, "by is given at most 2 times, and not 3"),
        ("opinions/none", 404, "no opinion has the id none"),
        ("meetings/none", 404, "no meeting has the id none"),
        ("similar?id=none", 404, "no opinion has the id none"),
        ("nothing", 404, "there is nothing at /api/v1/nothing"),
    ] {
        let answer = server.get(&format!("/api/v1/{path}"));
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{path}: {problem}");
    }
    let post = server.ask("POST", "/api/v1/search?q=x", "content-length: 0\r\n");
    assert_eq!((post.status, post.header("content-type")), (405, Some("application/problem+json")));
    assert_eq!(server.ask("GET", "/api/v1/search?q=%FF", "").status, 200);
    assert_eq!(server.ask("GET", "/api/v1/opinions/%FF", "").status, 400);
}

#[test]
fn answers_say_how_long_they_are_good_and_what_they_are() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let path = encoded("/api/v1/search?q=訪問看護");
    let first = server.ask("GET", &path, "");
    for (name, value) in [
        ("content-type", "application/json"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-cache"),
    ] {
        assert_eq!(first.header(name), Some(value), "{name}");
    }
    assert!(first.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(first.header("access-control-allow-origin"), None);
    let tag = first.header("etag").unwrap().to_owned();
    // The test client lower-cases headers, but the `W` of the tag must be upper-case.
    let known = format!("if-none-match: {}\r\n", tag.replacen('w', "W", 1));
    let again = server.ask("GET", &path, &known);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(server.ask("GET", &encoded("/api/v1/search?q=往診"), &known).status, 200);
    for (encoding, coding) in [("gzip", "gzip"), ("br", "br"), ("gzip, br", "br")] {
        let packed = server.ask("GET", &path, &format!("accept-encoding: {encoding}\r\n"));
        assert_eq!(packed.header("content-encoding"), Some(coding));
        assert!(packed.body.len() * 2 < first.body.len());
    }
    assert_eq!(server.ask("HEAD", &path, "").status, 200);

    // Another commit changes the answers, and the server notices it at once.
    project.write("data/minutes/more.jsonl", "{\"id\":\"x\",\"text\":\"訪問看護の新しい発言\"}\n");
    assert_eq!(project.run("index").code, 0);
    let renewed = server.ask("GET", &path, &known);
    assert_eq!(renewed.status, 200);
    assert_eq!(renewed.json()["total"], first.json()["total"].as_u64().unwrap() + 1);
    assert_ne!(renewed.header("etag").unwrap(), tag);
}

#[test]
fn the_description_is_true() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let document = server.json("/api/v1/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operation = &operations["get"];
        let mut asked = path.replace("meetings/{id}", "meetings/20171213-区中央部");
        asked = asked.replace("{id}", "20171213-区中央部-6") + "?";
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let value = match name {
                "q" => "連携",
                "id" if parameter["in"] == "query" => "20171213-区中央部-6",
                "region" => "区東部",
                "limit" => "5",
                "by" => "region",
                _ => continue,
            };
            asked += &format!("{name}={value}&");
        }
        let answer = server.get(asked.trim_end_matches(['?', '&']));
        assert_eq!(answer.status, 200, "{asked}");
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        assert_conforms(&answer.json(), schema, &document, path);
    }
}

/// Checks a value against a schema, as far as our schemas need.
fn assert_conforms(value: &Value, schema: &Value, document: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return assert_conforms(value, &document["components"]["schemas"][name], document, at);
    }
    if let Some(one_of) = schema["oneOf"].as_array() {
        let schema = if value.is_null() { &one_of[1] } else { &one_of[0] };
        return assert_conforms(value, schema, document, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec![kind],
    };
    let is_number = kind == "integer" && types.contains(&"number");
    assert!(types.contains(&kind) || is_number, "{at}: {value} is no {types:?}");
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(object.contains_key(name.as_str().unwrap()), "{at} lacks {name}");
        }
        let Some(properties) = schema["properties"].as_object() else { return };
        for (name, value) in object {
            let schema =
                properties.get(name).unwrap_or_else(|| panic!("{at} has {name}, which is not described"));
            assert_conforms(value, schema, document, &format!("{at}.{name}"));
        }
    }
    for value in value.as_array().into_iter().flatten() {
        assert_conforms(value, &schema["items"], document, at);
    }
}

#[test]
fn nobody_is_let_down_while_the_index_is_rebuilt() {
    const QUERIES: [&str; 4] = ["訪問看護", "連携", "退院 カンファレンス", "24時間"];
    let project = Project::with_seed();
    project.run("index");
    let server = Running::start(&project);
    let ids = |results: &Value| -> Vec<Value> {
        results["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect()
    };
    let found = |query: &str| {
        let results = server.json(&format!("/api/v1/search?q={query}&limit=100&tier=first"));
        (results["total"].clone(), ids(&results).len(), ids(&results))
    };
    // The added opinions have none of the words, so the same opinions are found. Their order may differ,
    // because words get rarer in a larger index.
    let sorted = |(total, count, mut ids): (Value, usize, Vec<Value>)| {
        ids.sort_by_key(ToString::to_string);
        (total, count, ids)
    };
    let expected = QUERIES.map(|query| sorted(found(query)));
    thread::scope(|scope| {
        let clients: Vec<_> = (0..50)
            .map(|client| {
                let (found, sorted, expected) = (&found, &sorted, &expected);
                scope.spawn(move || {
                    for number in 0..40 {
                        let place = (client + number) % QUERIES.len();
                        assert_eq!(sorted(found(QUERIES[place])), expected[place]);
                    }
                })
            })
            .collect();
        let mut round = 0;
        while clients.iter().any(|client| !client.is_finished()) {
            round += 1;
            let line = format!("{{\"id\":\"{round}\",\"text\":\"{round}回目の発言\"}}\n");
            project.write("data/minutes/more.jsonl", line);
            assert_eq!(project.run("index").code, 0);
        }
        clients.into_iter().for_each(|client| client.join().unwrap());
        assert!(round > 1, "the index was rebuilt while clients asked");
    });
    assert_eq!(server.json("/api/v1/health")["opinions"], 201);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_asked_to() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    assert_eq!(server.json("/api/v1/health")["status"], "ok");
    let address = server.address.clone();
    assert_eq!(server.interrupt(), Some(0));
    assert!(TcpStream::connect(&address).is_err());
    // A port that is in use is reported.
    let server = Running::start(&project);
    let port = server.address.rsplit(':').next().unwrap();
    let taken = project.run(&format!("serve --port {port}"));
    assert_eq!(taken.code, 2);
    assert!(taken.stderr.contains("can't be listened at; choose another with --port"), "{}", taken.stderr);
}

#[test]
fn pages_speak_the_language_of_their_reader() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let page = |headers: &str| server.ask("GET", &encoded("/search?q=訪問看護"), headers);
    let text = |headers: &str| String::from_utf8(page(headers).body).unwrap();
    assert!(text("").contains("<html lang=\"ja\">") && text("").contains("<b>11</b>件"));
    assert!(
        text("accept-language: en-US,en;q=0.9\r\n")
            .contains("<title>訪問看護 (11 opinions) – gijiroku</title>")
    );
    assert_eq!(page("").header("vary"), Some("accept-language, cookie"));
    // The switched language is stored, and the redirect never leads to another server.
    let switch = |path: &str| {
        let answer = server.get(path);
        assert_eq!(answer.status, 303);
        assert!(answer.header("set-cookie").unwrap().starts_with("gijiroku_language=en; path=/;"));
        answer.header("location").unwrap().to_owned()
    };
    assert_eq!(switch("/language/en?back=%2Fsearch%3Fq%3Dict"), "/search?q=ict");
    // What can't be in a header is no address either.
    let unwritable = ["/\u{1}", "/a\r\nset-cookie: a=b", "/\u{7f}", "/\0"];
    for elsewhere in
        ["//example.jp", "https://example.jp", "/\\example.jp", "", "javascript:1"].iter().chain(&unwritable)
    {
        let back: String = elsewhere.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(switch(&format!("/language/en?back={back}")), "/");
    }
    assert!(text("cookie: gijiroku_language=en\r\naccept-language: ja\r\n").contains("<html lang=\"en\">"));
    // The tag of a page in one language is not valid for the other language.
    let tag = page("").header("etag").unwrap().replace("w/", "W/");
    assert_eq!(page(&format!("if-none-match: {tag}\r\n")).status, 304);
    assert_eq!(page(&format!("if-none-match: {tag}\r\naccept-language: en\r\n")).status, 200);
    // A problem is shown as a page to a reader, and as JSON to a program.
    let wrong = server.get("/search?from=昨日");
    assert_eq!(wrong.status, 400);
    let told = String::from_utf8(wrong.body).unwrap();
    assert!(told.contains("「昨日」は日付として読めません"), "{told}");
    assert_eq!(server.get("/opinions/none").status, 404);
    assert_eq!(server.ask("POST", "/search", "content-length: 0\r\n").status, 405);
    let wrong = server.get("/api/v1/search?from=昨日");
    assert_eq!(wrong.header("content-type"), Some("application/problem+json"));
    // Fields that a form has left empty are removed from the address.
    let sent = server.get("/search?q=連携&from=&to=&region=区西部");
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, Some("/search?q=%e9%80%a3%e6%90%ba&region=%e5%8c%ba%e8%a5%bf%e9%83%a8"))
    );
}

/// Returns the searches that a page offers in place of its own, each with the number that it promises.
fn offered(page: &str) -> Vec<(String, usize)> {
    let Some((_, list)) = page.split_once("<ul class=\"others\">") else { return Vec::new() };
    let items = list.split_once("</ul>").unwrap().0.split("<li><a href=\"").skip(1);
    let offer = |item: &str| {
        let (address, rest) = item.split_once('"').unwrap();
        let count = rest.split_once("class=\"number\">").unwrap().1.split_once('件').unwrap().0;
        (address.replace("&amp;", "&").replace("&#38;", "&"), count.replace(',', "").parse().unwrap())
    };
    items.map(offer).collect()
}

#[test]
fn what_is_offered_where_nothing_was_found_finds_as_many() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    for (path, status, least) in [
        ("/search?q=歯科&region=西多摩", 200, 1),
        ("/search?q=歯科&region=西多摩&from=2030", 200, 1),
        ("/search?q=火星 往診 木星 歯科&exact=true", 200, 2),
        ("/search?q=\"訪問看護 歯科\"", 200, 1),
        ("/search?q=在宅 -在宅", 200, 1),
        ("/search?q=火星&region=西多摩", 200, 0),
        ("/search?q=連携&region=足立", 404, 2),
        ("/search?q=歯科&section=連携の", 404, 1),
        ("/search?q=火星&region=足立", 404, 0),
        ("/search?q=歯科&from=昨日", 400, 1),
    ] {
        let answer = server.ask("GET", &encoded(path), "accept-language: ja\r\n");
        assert_eq!(answer.status, status, "{path}");
        let page = String::from_utf8(answer.body).unwrap();
        let offered = offered(&page);
        assert!(offered.len() >= least && (least > 0 || offered.is_empty()), "{path}: {offered:?}");
        for (address, count) in offered {
            let query = address.split_once('?').map_or("", |(_, query)| query);
            let found = server.json(&format!("/api/v1/search?{query}"));
            assert_eq!(found["total"], count, "{path}: {address}");
            assert!(count > 0, "{path}: {address}");
        }
    }
}

#[test]
fn a_corpus_without_regions_has_pages_too() {
    let project = Project::empty();
    project.write("data/minutes/a.jsonl", "{\"id\":\"1\",\"text\":\"連携が必要だ\",\"speaker\":\"議長\"}\n");
    project.run("index");
    let server = Running::start(&project);
    for path in [
        "/",
        "/search",
        "/search?q=連携",
        "/compare?q=連携",
        "/compare?q=連携&by=year&by=speaker",
        "/statistics",
        "/meetings",
    ] {
        let answer = server.get(path);
        let page = String::from_utf8(answer.body).unwrap();
        assert_eq!(answer.status, 200, "{path}");
        assert!(!page.contains("class=\"map\""), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn requests_are_logged_and_counted() {
    let project = Project::with_seed();
    project.run("index");
    let server = Running::start_with(&project, &["--access-log", "access.log"]);
    server.get("/search?q=ICT");
    server.get("/nothing");
    server.json("/api/v1/search?q=連携");
    let metrics = String::from_utf8(server.get("/metrics").body).unwrap();
    for line in [
        "gijiroku_requests_total{status=\"200\",route=\"/search\"} 1",
        "gijiroku_requests_total{status=\"404\",route=\"none\"} 1",
        "gijiroku_request_duration_seconds_count{route=\"/api/v1/search\"} 1",
        "gijiroku_opinions 200",
        "# EOF",
    ] {
        assert!(metrics.lines().any(|told| told == line), "{line} is not in {metrics}");
    }
    // The log is written beside the answers. A server that has ended has written all of it.
    assert_eq!(server.interrupt(), Some(0));
    let log = std::fs::read_to_string(project.path("access.log")).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 4, "{log}");
    assert!(
        lines[0].starts_with("127.0.0.1 - - [") && lines[0].contains("] \"GET /search?q=ICT HTTP/1.1\" 200 "),
        "{log}"
    );
    assert!(lines[1].contains("\"GET /nothing HTTP/1.1\" 404 "), "{log}");
    assert!(lines[2].contains("\"GET /api/v1/search?q=%E9%80%A3%E6%90%BA HTTP/1.1\" 200 "), "{log}");
}

/// Asks for the state of a server many times, a hundred times on each connection.
#[cfg(unix)]
fn ask_often(server: &Running, hundreds: usize) {
    for _ in 0..hundreds {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let request = "GET /api/v1/health HTTP/1.1\r\nhost: localhost\r\n";
        let requests = format!("{request}\r\n").repeat(99) + request + "connection: close\r\n\r\n";
        stream.write_all(requests.as_bytes()).unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 100);
    }
}

#[cfg(unix)]
#[test]
fn a_log_that_nobody_reads_holds_nobody_up() {
    use std::io::BufRead as _;
    use std::sync::mpsc::channel;

    let project = Project::with_seed();
    project.run("index");
    let server = Running::start_with(&project, &["--access-log", "-"]);
    ask_often(&server, 30);
    assert_eq!(server.interrupt(), Some(0));

    // When it is read again, it tells how many lines are missing.
    let mut server = Running::start_with(&project, &["--access-log", "-"]);
    ask_often(&server, 30);
    let output = server.output.take().unwrap();
    let (read, lines) = channel();
    thread::spawn(move || output.lines().map(Result::unwrap).for_each(|line| read.send(line).unwrap()));
    let mut logged: Vec<String> = (0..1000).map(|_| lines.recv().unwrap()).collect();
    ask_often(&server, 1);
    assert_eq!(server.interrupt(), Some(0));
    logged.extend(lines);
    let (told, logged): (Vec<&String>, Vec<&String>) = logged.iter().partition(|line| line.starts_with('#'));
    let missing = told.iter().map(|line| line.split(' ').nth(1).unwrap().parse::<usize>().unwrap());
    assert!(!told.is_empty() && logged.len() > 1000, "{told:?}");
    assert_eq!(logged.len() + missing.sum::<usize>(), 3100);
}

#[test]
fn only_its_own_names_are_answered_to() {
    let project = Project::with_seed();
    project.run("index");
    let ask = |server: &Running, target: &str, headers: &str| {
        server.send(&format!("GET {target} HTTP/1.1\r\nconnection: close\r\n{headers}\r\n"))
    };
    let status = |server: &Running, host: &str| ask(server, "/search", &format!("host: {host}\r\n")).status;
    let server = Running::start(&project);
    assert_eq!([&server.address, "localhost:8000", "[::1]"].map(|host| status(&server, host)), [200; 3]);
    // The name of another site may lead here, too.
    let told = "this server does not answer to the name example.jp; whoever runs it can allow the name";
    for path in ["/api/v1/stats", "/api/v1/nothing", "/metrics"] {
        let refused = ask(&server, path, "host: example.jp\r\nif-none-match: *\r\n");
        assert_eq!((refused.status, refused.header("content-type")), (421, Some("application/problem+json")));
        assert_eq!(refused.json()["detail"], told);
    }
    for path in ["/", "/search?q=ICT", "/nothing", "/style.css"] {
        let refused = ask(&server, path, "host: example.jp\r\nif-none-match: *\r\n");
        assert_eq!((refused.status, refused.header("content-type")), (421, Some("text/html; charset=utf-8")));
        assert!(String::from_utf8(refused.body).unwrap().contains("「example.jp」という名前では応じません"));
    }
    // The target of a request comes before its header, and one of them must say the host.
    let whole = format!("http://{}/api/v1/health", server.address);
    assert_eq!(ask(&server, &whole, "host: example.jp\r\n").status, 200);
    assert_eq!(ask(&server, "http://example.jp/search", "host: localhost\r\n").status, 421);
    for request in ["GET /search HTTP/1.0\r\n\r\n", "GET /search HTTP/1.1\r\nconnection: close\r\n\r\n"] {
        assert_eq!(server.send(request).status, 400);
    }

    let server = Running::start_with(
        &project,
        &["--host", "0.0.0.0", "--allow-host", "minutes.example.jp", "--allow-host", "gijiroku"],
    );
    let hosts = ["192.0.2.1:8000", "localhost", "Minutes.Example.JP", "gijiroku:80", "example.jp"];
    assert_eq!(hosts.map(|host| status(&server, host)), [200, 200, 200, 200, 421]);
    let server = Running::start_with(&project, &["--allow-host", "*"]);
    assert_eq!(status(&server, "example.jp"), 200);
    let wrong = project.run("serve --allow-host https://example.jp");
    assert_eq!(wrong.code, 2);
    let told = "https://example.jp is no name of a host; give one such as minutes.example.jp";
    assert!(wrong.stderr.contains(told), "{}", wrong.stderr);
}

#[test]
fn other_sites_are_answered_only_if_they_may() {
    let project = Project::with_seed();
    project.run("index");
    let from = |server: &Running, origin: &str, path: &str| {
        let answer = server.ask("GET", path, &format!("origin: {origin}\r\n"));
        answer.header("access-control-allow-origin").map(str::to_owned)
    };
    let closed = Running::start(&project);
    assert_eq!(from(&closed, "https://example.jp", "/api/v1/stats"), None);
    let open =
        Running::start_with(&project, &["--allow-origin", "https://example.jp", "--access-log", "none"]);
    assert_eq!(from(&open, "https://example.jp", "/api/v1/stats").as_deref(), Some("https://example.jp"));
    assert_eq!(from(&open, "https://example.com", "/api/v1/stats"), None);
    assert_eq!(from(&open, "https://example.jp", "/search"), None, "a page is no one else's");
    let asked = "origin: https://example.jp\r\naccess-control-request-method: GET\r\n";
    assert_eq!(open.ask("OPTIONS", "/api/v1/stats", asked).status, 200);
    let wrong = project.run("serve --allow-origin example.jp");
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("example.jp is no origin; give one such as https://example.jp"),
        "{}",
        wrong.stderr
    );
}

/// A path with parameters that are made up: known names and unknown ones, with values that nobody would give.
fn made_up(random: &mut Random) -> String {
    const PATHS: [&str; 20] = [
        "/",
        "/search",
        "/search.csv",
        "/search.json",
        "/opinions/",
        "/meetings",
        "/meetings/",
        "/compare",
        "/statistics",
        "/language/",
        "/metrics",
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/opinions/",
        "/api/v1/similar",
        "/api/v1/compare",
        "/api/v1/keywords",
        "/api/v1/terms",
        "/api/v1/facets",
        "/api/v1/meetings",
    ];
    const NAMES: [&str; 20] = [
        "q", "region", "section", "speaker", "meeting", "body", "year", "from", "to", "by", "across", "sort",
        "group_by", "limit", "offset", "tier", "match", "id", "back", "x",
    ];
    const VALUES: [&str; 24] = [
        "看取り",
        "区西部",
        "20171213-区中央部-3",
        "2017",
        "date",
        "region",
        "speaker",
        "1",
        "0",
        "-1",
        "99999999999999999999",
        "NaN",
        "any",
        "en",
        "\u{1}",
        "\n",
        "\r\nx: y",
        "/%01",
        "//evil.example",
        "\"",
        "((((",
        "9999-99-99",
        "\u{202e}",
        "",
    ];
    let mut value = || {
        let value = VALUES[random.below(VALUES.len())];
        if random.below(40) == 0 { value.repeat(200) } else { value.to_owned() }
    };
    let (first, second, third) = (value(), value(), value());
    let path = PATHS[random.below(PATHS.len())];
    let path = if path.ends_with('/') && path.len() > 1 {
        format!("{path}{}", raw(&first))
    } else {
        path.to_owned()
    };
    let name = |random: &mut Random| NAMES[random.below(NAMES.len())];
    let (one, other) = (name(random), name(random));
    let separator = if random.below(20) == 0 { "%" } else { "=" };
    format!("{path}?{one}{separator}{}&{other}={}", raw(&second), raw(&third))
}

/// Encodes every byte that is no letter and no digit.
fn raw(text: &str) -> String {
    let write = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(write).collect()
}

#[test]
fn no_request_is_a_fault_of_the_server() {
    let project = Project::with_seed();
    project.run("index");
    let server = Running::start(&project);
    let mut random = Random(17);
    for _ in 0..800 {
        let path = made_up(&mut random);
        let answer = server.ask("GET", &path, "");
        assert!(answer.status < 500, "{path}: {}", answer.status);
        // Nothing of the request becomes a header of its own.
        assert_eq!(answer.header("x"), None, "{path}");
    }
}

#[test]
fn bodies_and_slow_clients_hold_nobody_up() {
    let project = Project::with_seed();
    project.run("index");
    let server = Running::start(&project);
    let large = format!("content-length: {}\r\n", 1 << 30);
    assert_eq!(server.ask("GET", "/api/v1/stats", &large).status, 413);
    // Clients that never end the head of a request, and clients that never read an answer.
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..200 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head: &[u8] =
            if number % 2 == 0 { b"GET / HT" } else { b"GET /style.css HTTP/1.1\r\nhost: localhost\r\n\r\n" };
        stream.write_all(head).unwrap();
        slow.push(stream);
    }
    assert_eq!(server.json("/api/v1/health")["status"], "ok");
    assert_eq!(server.get("/search?q=ICT").status, 200);
}

/// Linux has a whole network of loopback addresses, so that two clients can ask from one machine.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_does_not_take_the_connections_of_others() {
    use tokio::net::TcpSocket;

    let project = Project::with_seed();
    project.run("index");
    let server = Running::start(&project);
    let mut half_open: Vec<TcpStream> = Vec::new();
    for _ in 0..800 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        // A connection that is closed already can't be written to.
        let _ = stream.write_all(b"GET / HT");
        half_open.push(stream);
    }
    // The last were too many, and are closed at once: there is an end, or an error other than a timeout.
    for stream in &mut half_open[768..] {
        match stream.read(&mut [0]) {
            Ok(read) => assert_eq!(read, 0),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
        }
    }
    let other = TcpSocket::new_v4().unwrap();
    other.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let other = other.connect(server.address.parse().unwrap()).await.unwrap();
    let mut other = other.into_std().unwrap();
    other.set_nonblocking(false).unwrap();
    other.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    other.write_all(b"GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("gijiroku_connections_refused_total 32")
    );
    // Places that are given back are taken again.
    half_open.truncate(700);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(server.get("/search?q=ICT").status, 200);
}

#[test]
fn a_meeting_leads_from_match_to_match() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let results = server.json("/api/v1/search?q=連携 id:20180110-区東北部&limit=100&tier=first");
    let mut found: Vec<&str> =
        results["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    let number = |id: &&str| id.rsplit('-').next().unwrap().parse::<u32>().unwrap();
    found.sort_by_key(number);
    assert!(found.len() > 3);

    let page = String::from_utf8(server.get("/meetings/20180110-区東北部?q=連携").body).unwrap();
    let matches: Vec<&str> = page
        .split("class=\"line match\" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(matches, found);
    // From the first match to the last, and back.
    let leads = |id: &str, class: &str| -> Option<String> {
        let line = page.split(&format!("id=\"{id}\"")).nth(1)?.split("class=\"line").next()?;
        let step = line.split("<a ").find(|link| link.contains(class))?;
        Some(step.split("href=\"#").nth(1)?.split('"').next()?.to_owned())
    };
    for pair in found.windows(2) {
        assert_eq!(leads(pair[0], "次の該当へ"), Some(encoded(pair[1])));
        assert_eq!(leads(pair[1], "前の該当へ"), Some(encoded(pair[0])));
    }
    assert_eq!((leads(found[0], "前の該当へ"), leads(found[found.len() - 1], "次の該当へ")), (None, None));
    // Every opinion has an anchor, in the order of the minutes.
    let whole = server.json("/api/v1/meetings/20180110-区東北部");
    let mut rest = page.as_str();
    for opinion in whole["opinions"].as_array().unwrap() {
        let anchor = format!("id=\"{}\"", opinion["id"].as_str().unwrap());
        rest = rest.split_once(&anchor).unwrap_or_else(|| panic!("{anchor} is not where it should be")).1;
    }
}

/// An element of a feed: its path, its address and its text.
type Element = (String, Option<String>, String);

/// Returns the elements of a feed in their order.
fn elements(feed: &str) -> Vec<Element> {
    use quick_xml::events::Event;

    let mut reader = quick_xml::Reader::from_str(feed);
    reader.config_mut().trim_text(true);
    let (mut path, mut elements): (Vec<String>, Vec<Element>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                path.push(element.name().as_ref().to_owned());
                let address = element.try_get_attribute("href").unwrap();
                let address = address.map(|address| address.value.into_owned());
                elements.push((path.join("/"), address, String::new()));
                if is_empty {
                    path.pop();
                }
            }
            Event::Text(text) => elements.last_mut().unwrap().2 += text.as_ref(),
            Event::End(_) => _ = path.pop(),
            Event::Eof => return elements,
            _ => {}
        }
    }
}

#[test]
fn a_topic_can_be_watched() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let page =
        String::from_utf8(server.ask("GET", &encoded("/search?q=訪問看護&sort=region"), "").body).unwrap();
    let link = page.split("<link rel=\"alternate\" type=\"application/atom+xml\"").nth(1).unwrap();
    let address = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(address, encoded("/feed?q=訪問看護"));
    let answer = server.ask("GET", &address, "");
    assert!(answer.head.contains("content-type: application/atom+xml; charset=utf-8"), "{}", answer.head);
    let feed = String::from_utf8(answer.body).unwrap();
    assert!(feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{feed}");
    assert!(feed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\""), "{feed}");
    let elements = elements(&feed);
    let texts = |path: &str| -> Vec<&str> {
        elements.iter().filter(|(at, ..)| at == path).map(|(_, _, text)| text.as_str()).collect()
    };
    let links = |path: &str| -> Vec<&str> {
        elements
            .iter()
            .filter(|(at, ..)| at == path)
            .filter_map(|(_, address, _)| address.as_deref())
            .collect()
    };
    // What RFC 4287 wants of a feed and of each entry, once each.
    for required in ["feed/id", "feed/title", "feed/updated", "feed/author/name"] {
        assert_eq!(texts(required).len(), 1, "{required}");
    }
    let first_tier = project.run("search 訪問看護 --tier first --sort -date -n 50 --format json").json();
    let hits = first_tier["hits"].as_array().unwrap();
    let told: Vec<String> = hits
        .iter()
        .map(|hit| {
            format!(
                "http://{}{}",
                server.address,
                encoded(&format!("/opinions/{}", hit["id"].as_str().unwrap()))
            )
        })
        .collect();
    assert_eq!(links("feed/entry/link"), told);
    assert_eq!(links("feed/link")[0], format!("http://{}{address}", server.address));
    for required in ["feed/entry/id", "feed/entry/title", "feed/entry/updated", "feed/entry/summary"] {
        assert_eq!(texts(required).len(), hits.len(), "{required}");
    }
    let mut ids = texts("feed/entry/id");
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), hits.len());
    let times = texts("feed/entry/updated");
    assert!(times.is_sorted_by(|earlier, later| earlier >= later), "{times:?}");
    assert_eq!(times[0], format!("{}T00:00:00+09:00", hits[0]["date"].as_str().unwrap()));
    assert_eq!(texts("feed/updated"), [times[0]]);
    // Behind a proxy that speaks HTTPS, links do too; what finds nothing is a feed without entries.
    let secure = server.ask(
        "GET",
        &encoded("/feed?q=宇宙飛行士&exact=true&utm_source=x"),
        "x-forwarded-proto: https\r\n",
    );
    let secure = String::from_utf8(secure.body).unwrap();
    assert!(secure.contains("href=\"https://") && !secure.contains("<entry>"), "{secure}");
    assert_eq!(server.ask("GET", &encoded("/feed?from=昨日"), "").status, 400);
}

#[test]
fn no_path_of_the_server_is_told() {
    let project = Project::empty();
    project.write("data/minutes/2020/a.jsonl", r#"{"id":"a","text":"連携を進める。","date":"2020-01-02"}"#);
    project.write(
        "data/minutes/2021/b.jsonl",
        r#"{"id":"b","text":"連携が要る。","url":"https://example.jp/b"}"#,
    );
    let folder = project.path("data/minutes").canonicalize().unwrap();
    project.run(&format!("index {}", folder.display()));
    let server = Running::start(&project);
    let secret = folder.to_str().unwrap();
    for path in [
        "/search?q=連携",
        "/search.csv?q=連携",
        "/search.json?q=連携",
        "/feed?q=連携",
        "/opinions/a",
        "/opinions/b",
        "/meetings",
        "/statistics",
        "/compare?q=連携&by=year",
        "/api/v1/search?q=連携",
        "/api/v1/opinions/a",
        "/api/v1/meetings",
        "/api/v1/stats",
        "/api/v1/compare?q=連携&by=year",
        "/api/v1/keywords?year=2020",
        "/api/v1/similar?id=a",
    ] {
        let answer = server.ask("GET", &encoded(path), "");
        assert_eq!(answer.status, 200, "{path}");
        assert!(!String::from_utf8(answer.body).unwrap().contains(secret), "{path}");
    }
    let told =
        |id: &str| server.json(&format!("/api/v1/opinions/{id}"))["citation"].as_str().unwrap().to_owned();
    assert_eq!(told("a"), project.run("show a --cite text").stdout.trim_end());
    assert!(told("a").ends_with("（2020/a.jsonl:1）"), "{}", told("a"));
    assert!(told("b").ends_with(" https://example.jp/b") && !told("b").contains("jsonl"), "{}", told("b"));
}

#[test]
fn an_answer_has_no_more_than_was_asked_for() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let lean = server.json("/api/v1/search?q=訪問看護&fields=id,text&snippet=30&limit=5");
    let hits = lean["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 5);
    for hit in hits {
        assert_eq!(hit.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "text"]);
        assert!(hit["text"].as_str().unwrap().chars().count() <= 30, "{hit}");
    }
    let whole = server.json("/api/v1/search?q=訪問看護&limit=5");
    let ids = |answer: &Value| -> Vec<Value> {
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect()
    };
    assert_eq!(ids(&lean), ids(&whole));
    assert_eq!(server.ask("GET", "/api/v1/search?fields=weather", "").status, 400);

    // Groups have pages: together they are all groups, each once.
    let page =
        |offset: usize| server.json(&format!("/api/v1/search?group_by=region&limit=15&offset={offset}"));
    let groups = |answer: &Value| -> Vec<String> {
        let mut groups: Vec<String> = answer["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["group"].as_str().unwrap().to_owned())
            .collect();
        groups.dedup();
        groups
    };
    let (first, second) = (page(0), page(6));
    assert_eq!((&first["groups"], groups(&first).len()), (&json!(12), 6));
    let mut both = [groups(&first), groups(&second)].concat();
    both.sort_unstable();
    let facets = server.json("/api/v1/facets");
    assert_eq!(Value::from(both), facets["region"]);
    assert!(first["hits"].as_array().unwrap().len() <= 100);

    // So have rows of a comparison.
    let rows = |query: &str| server.json(&format!("/api/v1/compare?q=連携&by=meeting&by=section{query}"));
    let (whole, part) = (rows(""), rows("&limit=2&offset=3&snippet=10"));
    assert_eq!((&part["rows_total"], &part["columns_total"]), (&json!(12), &json!(2)));
    assert_eq!(part["rows"].as_array().unwrap().len(), 2);
    assert_eq!(part["rows"][0]["value"], whole["rows"][3]["value"]);
    assert!(part["rows"][0]["best"]["text"].as_str().unwrap().chars().count() <= 10);
}

/// The number of bytes that the description promises.
const MOST_BYTES: usize = 1_000_000;

/// Asks for all of an answer, part by part, and returns the parts. None may be larger than promised.
fn parts(server: &Running, path: &str) -> Vec<Value> {
    let (own, _) = path.split_once('?').unwrap_or((path, ""));
    let (mut parts, mut next) = (Vec::new(), Some(encoded(path)));
    while let Some(address) = next {
        let answer = server.ask("GET", &address, "");
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.body.len() <= MOST_BYTES, "{address}: {} bytes", answer.body.len());
        let link = answer.header("link");
        next = link.map(|link| encoded(own) + link.strip_prefix('<').unwrap().split_once('>').unwrap().0);
        parts.push(answer.json());
        assert!(parts.len() < 100, "{path} does not end");
    }
    parts
}

#[test]
fn no_answer_is_larger_than_promised_and_each_leads_to_the_rest() {
    let project = Project::empty();
    // Speeches of 90 kB and one of 1.2 MB, in three sections; more speakers than an answer has room for.
    let long = format!("在宅医療の連携を進める。{}", "。".repeat(30_000));
    let mut lines: Vec<String> = (0..24)
        .map(|number| {
            let (title, section) = (number / 12, number % 3);
            let about = ["病院と救急。", "介護と施設。", "福祉と相談。"][section];
            json!({ "id": format!("{number:02}"), "text": format!("{number}番。{about}{long}"), "title": format!("第{title}回"),
                "section": format!("議題{section}"), "speaker": format!("{number}{}", "長".repeat(15_000)) })
            .to_string()
        })
        .collect();
    lines.push(json!({ "id": "longest", "text": format!("連携。{}", "。".repeat(399_000)) }).to_string());
    project.write("a.jsonl", lines.join("\n"));
    project.run("index a.jsonl");
    let server = Running::start(&project);
    let document = server.json("/api/v1/openapi.json");
    assert!(document["info"]["description"].as_str().unwrap().contains("at most 1000000 bytes"));

    let ids = |parts: &[Value], list: &str| -> Vec<String> {
        let of = |part: &Value| part[list].as_array().or(part.as_array()).unwrap().clone();
        parts.iter().flat_map(of).map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
    };
    let distinct = |ids: &[String]| ids.iter().collect::<std::collections::HashSet<_>>().len();
    let found = parts(&server, "/api/v1/search?q=連携&limit=100&explain=true");
    assert!(found.len() > 2, "{} parts", found.len());
    let found = ids(&found, "hits");
    assert_eq!((found.len(), distinct(&found)), (25, 25));
    // Whatever an answer has room for, no hit is passed over.
    assert_eq!(ids(&parts(&server, "/api/v1/search?q=連携&limit=5"), "hits"), found);

    // Groups are told as a whole, and one that is too large by itself as far as there is room.
    let grouped = parts(&server, "/api/v1/search?q=連携&group_by=section&limit=3");
    let groups = grouped.iter().flat_map(|part| part["hits"].as_array().unwrap());
    let mut groups: Vec<&str> = groups.map(|hit| hit["group"].as_str().unwrap()).collect();
    assert_eq!(groups.iter().filter(|group| group.starts_with("議題")).count(), 9);
    groups.dedup();
    assert_eq!(groups.len(), 4, "{groups:?}");
    let large = parts(&server, "/api/v1/search?q=連携&group_by=body&limit=100");
    assert!((2..25).contains(&large[0]["hits"].as_array().unwrap().len()) && large.len() == 1);

    let opinions = |id: &str| ids(&parts(&server, &format!("/api/v1/meetings/{id}")), "opinions");
    let meetings = ids(&parts(&server, "/api/v1/meetings?limit=1"), "");
    assert_eq!(meetings.len(), 3);
    assert_eq!(meetings.iter().map(|id| opinions(id).len()).sum::<usize>(), 25);
    let similar = ids(&parts(&server, "/api/v1/similar?id=03&same_meeting=true&limit=100"), "");
    assert!(similar.len() >= 23 && distinct(&similar) == similar.len(), "{}", similar.len());
    let around = &parts(&server, "/api/v1/opinions/06?context=100")[0];
    let (before, after) = (around["before"].as_array().unwrap(), around["after"].as_array().unwrap());
    assert_eq!((before.last().unwrap()["id"].as_str(), after[0]["id"].as_str()), (Some("05"), Some("07")));

    // A text that is too long comes in parts.
    let longest = parts(&server, "/api/v1/opinions/longest");
    let text: String = longest.iter().map(|part| part["opinion"]["text"].as_str().unwrap()).collect();
    assert_eq!((longest.len(), text.chars().count()), (4, 3 + 399_000));
    assert_eq!(longest[1]["opinion"]["snippet"], json!([100_000, 200_000]));

    // The values of facets, and rows of a comparison, which are as long.
    let values = parts(&server, "/api/v1/facets?by=speaker");
    let speakers: usize = values.iter().map(|part| part["speaker"].as_array().unwrap().len()).sum();
    assert!(values.len() > 1 && speakers == 24, "{} parts, {speakers} speakers", values.len());
    let rows = parts(&server, "/api/v1/compare?q=連携&by=speaker");
    let rows: Vec<&Value> = rows.iter().flat_map(|part| part["rows"].as_array().unwrap()).collect();
    assert_eq!(rows.len(), 25);
    parts(&server, "/api/v1/facets");
    parts(&server, "/api/v1/stats");
    let keywords = |path: &str| -> Vec<Value> {
        let parts = parts(&server, path);
        parts
            .iter()
            .flat_map(|part| part["keywords"].as_array().unwrap())
            .map(|one| one["term"].clone())
            .collect()
    };
    let whole = keywords("/api/v1/keywords?section=議題1&limit=100");
    assert!(whole.len() > 1, "{whole:?}");
    assert_eq!(keywords("/api/v1/keywords?section=議題1&limit=1"), whole);
    let lean = server.json("/api/v1/keywords?section=議題1&limit=1&snippet=10");
    assert!(lean["keywords"][0]["example"]["text"].as_str().unwrap().chars().count() <= 10, "{lean}");
}

#[test]
fn what_a_page_loads_is_kept_for_ever() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let page = String::from_utf8(server.ask("GET", "/", "").body).unwrap();
    let addresses: Vec<&str> =
        page.split('"').filter(|part| part.starts_with("/assets/") && !part.contains('#')).collect();
    assert_eq!(addresses.len(), 3, "{addresses:?}");
    for address in addresses {
        let answer = server.ask("GET", address, "");
        assert_eq!(answer.status, 200, "{address}");
        assert!(
            answer.head.contains("cache-control: public, max-age=31536000, immutable"),
            "{}",
            answer.head
        );
    }
    assert_eq!(server.ask("GET", "/assets/0000000000000000/style.css", "").status, 404);
    let icon = server.ask("GET", "/favicon.ico", "");
    assert!(icon.head.contains("location: /assets/"), "{}", icon.head);
    // Health is asked for often, and answered without a look at the disk.
    assert!(!server.ask("GET", "/api/v1/health", "").head.contains("etag"));
}

/// Posts a message to the server's address for assistants.
#[cfg(feature = "mcp")]
fn post(server: &Running, message: &Value, headers: &str) -> Answered {
    let body = message.to_string();
    server.send(&format!(
        "POST /mcp HTTP/1.1\r\nconnection: close\r\nhost: {}\r\ncontent-type: application/json\r\n\
         accept: application/json, text/event-stream\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        server.address,
        body.len()
    ))
}

#[cfg(feature = "mcp")]
#[test]
fn assistants_are_answered_over_http_if_that_is_asked_for() {
    let project = Project::with_seed();
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": { "name": "search", "arguments": { "query": "訪問看護", "limit": 1 } },
    });
    let without = Running::start(&project);
    assert_eq!(post(&without, &call, "").status, 404);
    let server = Running::start_with(&project, &["--access-log", "none", "--mcp=https://minutes.example.jp"]);
    let answer = post(&server, &call, "mcp-protocol-version: 2025-06-18\r\n");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let told: Value = serde_json::from_slice(&answer.body).unwrap();
    let found = &told["result"]["structuredContent"];
    let printed = project.run("search 訪問看護 --format json").json();
    assert_eq!(found["total"], printed["total"]);
    assert!(
        found["hits"][0]["permalink"].as_str().unwrap().starts_with("https://minutes.example.jp/opinions/")
    );
    // Neither pages of browsers nor other names, and nothing that is too long.
    assert_eq!(post(&server, &call, "origin: https://evil.example\r\n").status, 403);
    let long = json!({ "jsonrpc": "2.0", "id": 1, "method": "x".repeat(70_000) });
    assert_eq!(post(&server, &long, "").status, 413);
    let other = server
        .send("POST /mcp HTTP/1.1\r\nconnection: close\r\nhost: evil.example\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(other.status, 421);
    // The pages are answered as ever.
    assert_eq!(server.ask("GET", "/", "").status, 200);
}
