//! Tests of the pages in a real browser, headless Chromium. They are skipped where there is none, unless
//! `CI_HAS_CHROMIUM` is set. `AXE_CORE` is the path of axe-core's `axe.min.js`.
//!
//! Screenshots of all pages are left in `target/tmp/screenshots`, for people to look at.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(feature = "server")]

#[path = "../support/mod.rs"]
mod support;

mod fields;
mod reader;
#[cfg(feature = "site")]
mod site;
mod speeches;

use std::time::Duration;
use std::{fs, thread};

use headless_chrome::protocol::cdp::{Browser as BrowserDomain, Emulation, Input};
use serde_json::{Value, json};

use reader::{Reader, axe_core};
use support::Project;
use support::server::Running;

/// Returns what the command line finds: the total and the identifiers of the first twenty hits.
fn printed(project: &Project, arguments: &str) -> (u64, Vec<String>) {
    let results = project.run(&format!("search {arguments} -n 20 --format json")).json();
    let ids = results["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned());
    (results["total"].as_u64().unwrap(), ids.collect())
}

/// Types a query, chooses a region, opens a permalink, exports the table, and goes back.
fn searches(reader: &Reader, server: &Running, project: &Project) {
    reader.resize(1280);
    reader.open("/");
    reader.click("#q");
    reader.tab.type_str("訪問看護").unwrap();
    reader.press("Enter");
    reader.wait_for("location.pathname === '/search' && document.querySelector('.total b')");
    assert_eq!(reader.address(), "/search?q=訪問看護");
    assert_eq!(reader.found(), printed(project, "訪問看護"));

    // With a script a filter applies as soon as it is ticked; without, there is a button.
    reader.click(".facet input[value='区南部']");
    if reader.evaluate("document.querySelector('.apply button') !== null") == true {
        reader.click(".apply button");
    }
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!(reader.address(), "/search?q=訪問看護&region=区南部");
    let of_region = printed(project, "訪問看護 --region 区南部");
    assert_eq!(reader.found(), of_region);
    // The other regions keep their counts, and a region without a match is shown, too.
    let count = |region: &str| {
        let label = format!("document.querySelector(\".facet input[value='{region}']\").parentElement");
        reader.evaluate(&format!("{label}.querySelector('.number').textContent")).as_str().unwrap().to_owned()
    };
    let all = project.run("search 訪問看護 --format json").json();
    for facet in all["facets"]["region"].as_array().unwrap() {
        assert_eq!(count(facet["value"].as_str().unwrap()), facet["count"].to_string());
    }
    assert_eq!(count("南多摩"), "0");

    // A region of the map leads to the same search.
    reader.open("/search?q=訪問看護");
    let area = reader
        .evaluate("decodeURI([...document.querySelectorAll('.map a')].find(area => area.textContent.includes('区南部')).getAttribute('href'))");
    assert_eq!(area, "/search?q=訪問看護&region=区南部");

    reader.open("/search?q=訪問看護&region=区南部");
    reader.click(".hit h3 a");
    reader.wait_for("document.querySelector('.this mark')");
    let id = &of_region.1[0];
    let address = reader.address();
    assert!(address.starts_with(&format!("/opinions/{id}?q=訪問看護#mark-")), "{address}");
    assert_eq!(reader.evaluate("document.querySelector('.this mark').textContent"), "訪問看護");
    let opinion = server.json(&format!("/api/v1/opinions/{id}"));
    let text = reader.evaluate("document.querySelector('.this .text').textContent");
    assert!(text.as_str().unwrap().contains(opinion["opinion"]["text"].as_str().unwrap()));

    // Back to the search in the region.
    reader.evaluate("history.back()");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!(reader.found(), of_region);

    // A comparison shows the counts of the command line, and each count links to the opinions that it counts.
    reader.open("/compare");
    reader.click("form.compare input[type=search]");
    reader.tab.type_str("24時間").unwrap();
    reader.press("Enter");
    reader.wait_for("document.querySelector('.comparison')");
    assert!(reader.address().starts_with("/compare?q=24時間"), "{}", reader.address());
    let compared = project.run("compare 24時間 --format json").json();
    let rows: Vec<Value> = compared["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["value"], row["count"].to_string(), format!(" / {}", row["of"])]))
        .collect();
    let shown = reader.evaluate(
        "[...document.querySelectorAll('.comparison tbody tr')].map(row => [row.querySelector('th').textContent, \
         row.querySelector('.cell').firstChild.textContent, row.querySelector('.cell small').textContent.split('　')[0]])",
    );
    assert_eq!(shown, Value::from(rows));
    reader.click(".comparison tbody .cell a");
    reader.wait_for("document.querySelector('.hit')");
    assert_eq!(json!(reader.found().0), compared["rows"][0]["count"]);

    reader.open("/search?q=訪問看護&region=区南部");
    // The exported table is that of the command line.
    let downloads = tempfile::tempdir().unwrap();
    let behavior = json!({ "behavior": "allow", "downloadPath": downloads.path() });
    reader.call::<BrowserDomain::SetDownloadBehavior>(behavior);
    reader.click(".exports a[href^='/search.csv']");
    let file = downloads.path().join("gijiroku.csv");
    for _ in 0..600 {
        if file.is_file() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    let table = project.run("search 訪問看護 --region 区南部 --format csv --bom --limit all").stdout;
    assert_eq!(fs::read_to_string(&file).unwrap(), table);
    assert_eq!(table.lines().count() as u64, of_region.0 + 1);
}

#[test]
fn a_search_in_a_browser() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    searches(&reader, &server, &project);
    // A citation is copied as the command line prints it.
    reader.call::<BrowserDomain::GrantPermissions>(
        json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    reader.open("/search?q=訪問看護&region=区南部");
    reader.click(".hit .menu summary");
    reader.click(".hit button.copy");
    reader.wait_for("document.querySelector('.hit button.copy').textContent === 'コピーしました'");
    let id = &reader.found().1[0];
    let citation = project.run(&format!("show {id} --cite text")).stdout;
    assert_eq!(reader.evaluate("navigator.clipboard.readText()"), citation.trim_end());
    reader.assert_no_complaints();
}

#[test]
fn a_search_without_scripts() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.call::<Emulation::SetScriptExecutionDisabled>(json!({ "value": true }));
    searches(&reader, &server, &project);
    assert_eq!(reader.evaluate("document.querySelectorAll('.suggestions, .copy').length"), 0);
}

#[test]
fn nothing_happens_while_an_input_method_composes() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.open("/");
    reader.wait_for("document.querySelector('.suggestions')");
    // The key "/" focuses the search box.
    reader.press("/");
    assert_eq!(
        reader.evaluate("[document.activeElement.id, document.activeElement.value]"),
        json!(["q", ""])
    );
    reader.evaluate("(window.asked = [], performance.clearResourceTimings())");

    let compose = |text: &str| {
        let length = text.chars().count();
        reader.call::<Input::ImeSetComposition>(
            json!({ "text": text, "selectionStart": length, "selectionEnd": length }),
        );
    };
    let key = |key: &str, code: u32| {
        let event = format!(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', \
             {{ key: '{key}', keyCode: {code}, isComposing: {}, bubbles: true, cancelable: true }}))",
            code != 229
        );
        reader.evaluate(&event)
    };
    for text in ["ｈ", "ほ", "ほうも", "ほうもん"] {
        compose(text);
        // The page must not cancel the event, because it belongs to the input method. Safari sends key code
        // 229 and no `isComposing`.
        for name in ["Enter", "Escape", "ArrowDown", "ArrowUp", "Tab"] {
            assert_eq!(key(name, 229), true, "{name}");
            assert_eq!(key(name, 13), true, "{name}");
        }
    }
    thread::sleep(Duration::from_millis(400));
    let asked =
        "performance.getEntriesByType('resource').filter(entry => entry.name.includes('/suggest')).length";
    assert_eq!(reader.evaluate(asked), 0);
    assert_eq!(reader.address(), "/");
    assert_eq!(reader.evaluate("document.querySelector('.suggestions').hidden"), true);

    // Once composed, the text is completed, and the arrow keys choose a suggestion.
    reader.call::<Input::InsertText>(json!({ "text": "ほうもん" }));
    reader.wait_for("!document.querySelector('.suggestions').hidden");
    let expected = server.json("/api/v1/suggest?q=ほうもん&limit=8");
    let first = expected[0]["text"].as_str().unwrap();
    reader.press("ArrowDown");
    let value = "document.querySelector('#q').value";
    assert_eq!(reader.evaluate(value), first);
    assert_eq!(
        reader.evaluate("document.querySelector('[role=option][aria-selected=true]').dataset.text"),
        first
    );
    // Escape restores the typed text.
    reader.press("Escape");
    assert_eq!(reader.evaluate(value), "ほうもん");
    assert_eq!(reader.evaluate("document.querySelector('.suggestions').hidden"), true);
    reader.press("ArrowDown");
    reader.wait_for("!document.querySelector('.suggestions').hidden");
    reader.press("ArrowDown");
    reader.press("Enter");
    reader.wait_for("location.pathname === '/search'");
    assert_eq!(reader.address(), format!("/search?q={first}"));

    // Romaji after another word, with the mouse.
    reader.open("/search?q=地域");
    reader.click("#q");
    reader.press("End");
    reader.tab.type_str(" houmon").unwrap();
    reader.wait_for("!document.querySelector('.suggestions').hidden");
    reader.click(".suggestions li");
    reader.wait_for("location.search.includes('+')");
    assert!(reader.address().starts_with("/search?q=地域+訪問"), "{}", reader.address());

    // The keys go from hit to hit.
    reader.evaluate("document.activeElement.blur()");
    reader.press("j");
    reader.press("ArrowDown");
    reader.press("ArrowUp");
    let rank = "document.activeElement.querySelector('.rank').textContent";
    assert_eq!(reader.evaluate(rank), "1");
    reader.assert_no_complaints();
}

#[test]
fn minutes_that_hold_markup_show_it_as_text() {
    let project = Project::empty();
    let hostile = [
        "<script>window.pwned = 1</script>連携</p></main>",
        "\"><img src=x onerror=\"window.pwned = 2\">連携",
        "連携'); window.pwned = 3; ('",
        "連携 &lt;b&gt; {{ 7 * 7 }} ${7*7} javascript:window.pwned=4",
    ];
    let lines: Vec<String> = hostile
        .iter()
        .enumerate()
        .map(|(number, text)| {
            json!({
                "id": format!("a/{number}?<i>#&\"'"), "text": text, "speaker": "<b>議長</b>", "section": "<u>議題</u>",
                "region": "\"><svg onload=window.pwned=5>", "meeting": "<h1>会議</h1>", "date": "2020-01-02",
                "url": "javascript:window.pwned=6",
            })
            .to_string()
        })
        .collect();
    project.write("data/minutes/hostile.jsonl", lines.join("\n"));
    project.run("index");
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    let query = "/search?q=連携 \"<script>\"&match=any";
    reader.open(query);
    reader.wait_for("document.querySelector('.hit')");
    let shown: Vec<String> = serde_json::from_value(
        reader.evaluate("[...document.querySelectorAll('.hit .text p')].map(text => text.textContent)"),
    )
    .unwrap();
    for text in hostile {
        assert!(shown.iter().any(|shown| shown == text), "{text} is not among {shown:?}");
    }
    let paths: Vec<String> = serde_json::from_value(reader.evaluate(
        "[...new Set([...document.querySelectorAll('main a, header a')].map(link => link.getAttribute('href')))]",
    ))
    .unwrap();
    // One page of each kind is enough: links of a kind differ in their parameters, not in how the page shows
    // them.
    let kind = |path: &str| path.split(['%', '=']).next().unwrap().to_owned();
    let mut kinds: Vec<String> = Vec::new();
    for path in paths.iter().filter(|path| path.starts_with('/') && !path.contains("/search.")) {
        if kinds.contains(&kind(path)) {
            continue;
        }
        kinds.push(kind(path));
        reader.go_to(path);
        let found = reader.evaluate(
            "[window.pwned ?? null, document.querySelectorAll('main :is(script, img, u, i, h1 h1, [onload], \
             [onerror], a[href^=javascript])').length]",
        );
        assert_eq!(found, json!([null, 0]), "{path}");
    }
    assert!(kinds.len() >= 8, "{kinds:?}");
    assert!(paths.iter().any(|path| path.starts_with("/opinions/a%2F")), "{paths:?}");
    reader.assert_no_complaints();
}

/// All pages, in states that show everything that they can show.
const PAGES: [(&str, &str); 15] = [
    ("start", "/"),
    ("search", "/search?q=訪問看護"),
    ("filtered", "/search?q=訪問看護&region=区南部&from=2017-11&to=平成30年3月&match=any"),
    ("sentence", "/search?q=医師と訪問看護師が連携するにはどうすればよいか"),
    ("grouped", "/search?q=連携&group_by=region&collapse=true"),
    ("nothing", "/search?q=宇宙飛行士&region=区西部&exact=true"),
    ("opinion", "/opinions/20180110-区東北部-6?q=訪問看護"),
    ("meeting", "/meetings/20180110-区東北部?q=連携"),
    ("meetings", "/meetings?q=ワーキング&year=2017"),
    ("compare", "/compare?q=訪問看護&q=ICT&q=24時間"),
    ("matrix", "/compare?q=連携&by=region&by=section"),
    ("statistics", "/statistics"),
    ("developers", "/developers"),
    ("mistaken", "/search?q=連携&region=区西部&from=昨日"),
    ("problem", "/weather"),
];

#[test]
fn everybody_can_read_the_pages() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let axe = axe_core();
    // A browser mostly waits, so that three in parallel take hardly longer than one.
    thread::scope(|scope| {
        let (server, axe) = (&server, axe.as_deref());
        scope.spawn(move || read_all(server, 390, "light", "ja", axe));
        scope.spawn(move || read_all(server, 1280, "dark", "en", axe));
        // Without axe-core: a wide screen has the same elements in the same colours.
        scope.spawn(move || read_all(server, 1920, "light", "ja", None));
    });
}

/// Opens all pages, takes screenshots, and checks them with axe-core.
fn read_all(server: &Running, width: u32, scheme: &str, language: &str, axe: Option<&str>) {
    let Some(reader) = Reader::new(server, language) else { return };
    reader.resize(width);
    reader.in_colors(scheme);
    for (name, path) in PAGES {
        reader.open(path);
        // The first elements that can be opened are opened, so that they are checked, too.
        let page = reader.evaluate(
            "(document.querySelectorAll('details').forEach((details, place) => details.open = place < 4), \
             { language: document.documentElement.lang, screen: innerWidth, \
             width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight })",
        );
        assert_eq!(page["language"], language);
        // The page is no wider than the screen; only elements that scroll by themselves may be.
        assert!(page["width"].as_u64() <= page["screen"].as_u64(), "{name}: {page}");
        reader.photograph(&page, &format!("{name}-{width}-{scheme}.jpg"));
        if let Some(axe) = axe {
            reader.assert_accessible(axe, &format!("{name} at {width} in {scheme}"));
        }
    }
    let complaints = reader.complaints.lock().unwrap();
    // Two of the pages are those of problems.
    let is_meant = |told: &&String| !told.contains("400 (Bad Request)") && !told.contains("404 (Not Found)");
    let wrong: Vec<&String> = complaints.iter().filter(is_meant).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
