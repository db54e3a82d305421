//! Tests of the pages in a real browser, headless Chromium. They are skipped where there is none, unless
//! `CI_HAS_CHROMIUM` is set. `AXE_CORE` is the path of axe-core's `axe.min.js`.
//!
//! Screenshots of all pages are left in `target/tmp/screenshots`, for people to look at.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(feature = "server")]

mod support;

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, thread};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headless_chrome::browser::tab::point::Point;
use headless_chrome::protocol::cdp::types::{Event, Method};
use headless_chrome::protocol::cdp::{Browser as BrowserDomain, Emulation, Input, Page};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::Project;
use support::server::{Running, encoded};

/// A browser with one open page.
struct Reader<'a> {
    server: &'a Running,
    tab: Arc<Tab>,
    /// The errors and warnings that the browser has reported.
    complaints: Arc<Mutex<Vec<String>>>,
    _browser: Browser,
}

fn chromium() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let found = env::split_paths(&folders).map(|folder| folder.join("chromium")).find(|path| path.is_file());
    assert!(found.is_some() || env::var_os("CI_HAS_CHROMIUM").is_none(), "there is no chromium");
    found
}

impl<'a> Reader<'a> {
    /// Opens a browser that prefers a language. Returns `None` if there is no browser.
    fn new(server: &'a Running, language: &str) -> Option<Self> {
        let language_argument = format!("--accept-lang={language}");
        let options = LaunchOptions::default_builder()
            .path(Some(chromium()?))
            // In a container tests often run as root, for whom Chromium has no sandbox.
            .sandbox(false)
            .args(vec![language_argument.as_ref(), "--disable-dev-shm-usage".as_ref()])
            .idle_browser_timeout(Duration::from_secs(120))
            .build()
            .unwrap();
        let browser = Browser::new(options).unwrap();
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(20));
        let complaints = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&complaints);
        tab.enable_log().unwrap();
        let listener = tab.add_event_listener(Arc::new(move |event: &Event| {
            if let Event::LogEntryAdded(added) = event {
                heard.lock().unwrap().push(format!("{:?}", added.params.entry));
            }
        }));
        listener.unwrap();
        Some(Self { server, tab, complaints, _browser: browser })
    }

    fn call<M: Method + Serialize + DeserializeOwned + Debug>(&self, parameters: Value) -> M::ReturnObject {
        self.tab.call_method(serde_json::from_value::<M>(parameters).unwrap()).unwrap()
    }

    fn open(&self, path: &str) {
        self.go_to(&encoded(path));
    }

    /// Opens an address that is encoded already.
    fn go_to(&self, path: &str) {
        self.evaluate("window.isLeft = true");
        self.tab.navigate_to(&format!("http://{}{path}", self.server.address)).unwrap();
        self.wait_for("!window.isLeft && document.readyState === 'complete'");
    }

    /// Returns the value of an expression in JavaScript, also on a page whose scripts are turned off.
    fn evaluate(&self, expression: &str) -> Value {
        let written = format!("(async () => JSON.stringify(await ({expression})))()");
        let value = self.tab.evaluate(&written, true).unwrap().value;
        value.map_or(Value::Null, |value| serde_json::from_str(value.as_str().unwrap_or("null")).unwrap())
    }

    /// Waits until an expression is true, because a page may still be loading.
    fn wait_for(&self, expression: &str) {
        for _ in 0..600 {
            let is_true = self.tab.evaluate(&format!("Boolean({expression})"), false);
            if is_true.is_ok_and(|value| value.value == Some(json!(true))) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let at = self.evaluate("location.href + document.body.innerText");
        panic!("{expression} is not true at {at}");
    }

    fn click(&self, selector: &str) {
        self.wait_for(&format!("document.querySelector(\"{selector}\")"));
        let middle = format!(
            "(element => {{ element.scrollIntoView({{ behavior: 'instant', block: 'center' }}); \
             const box = element.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})(document.querySelector(\"{selector}\"))"
        );
        let middle = self.evaluate(&middle);
        let (x, y) = (middle[0].as_f64().unwrap(), middle[1].as_f64().unwrap());
        self.tab.click_point(Point { x, y }).unwrap();
    }

    /// Presses a key.
    fn press(&self, key: &str) {
        self.tab.press_key(key).unwrap();
    }

    /// Returns the decoded address of the page without the server.
    fn address(&self) -> String {
        self.evaluate("decodeURIComponent(location.pathname + location.search + location.hash)")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Returns the total that the page shows, and the identifiers of its hits.
    fn found(&self) -> (u64, Vec<String>) {
        let total = self.evaluate("document.querySelector('.total b').textContent.replaceAll(',', '')");
        let hits = self.evaluate("[...document.querySelectorAll('.hit')].map(hit => hit.id)");
        (total.as_str().unwrap().parse().unwrap(), serde_json::from_value(hits).unwrap())
    }

    fn resize(&self, width: u32) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1.0, "mobile": width < 600 });
        self.call::<Emulation::SetDeviceMetricsOverride>(metrics);
    }

    fn in_colors(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.call::<Emulation::SetEmulatedMedia>(features);
    }

    fn photograph(&self, page: &Value, file: &str) {
        let height = page["height"].as_f64().unwrap().min(6000.0);
        let clip =
            json!({ "x": 0.0, "y": 0.0, "width": page["width"].as_f64(), "height": height, "scale": 1.0 });
        let wanted = json!({ "format": "jpeg", "quality": 80, "clip": clip, "captureBeyondViewport": true });
        let picture = STANDARD.decode(self.call::<Page::CaptureScreenshot>(wanted).data).unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), picture).unwrap();
    }

    fn assert_no_complaints(&self) {
        let complaints = self.complaints.lock().unwrap();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}

/// Returns what the command line finds: the total and the identifiers of the first twenty hits.
fn printed(project: &Project, arguments: &str) -> (u64, Vec<String>) {
    let results = project.run(&format!("search {arguments} -n 20 --format json")).json();
    let ids = results["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned());
    (results["total"].as_u64().unwrap(), ids.collect())
}

/// Types a query, chooses a region, opens a permalink, exports the table, and goes back.
fn searches(reader: &Reader<'_>, project: &Project) {
    let server = reader.server;
    reader.open("/");
    reader.click("#q");
    reader.tab.type_str("訪問看護").unwrap();
    reader.press("Enter");
    reader.wait_for("location.pathname === '/search' && document.querySelector('.total b')");
    assert_eq!(reader.address(), "/search?q=訪問看護");
    assert_eq!(reader.found(), printed(project, "訪問看護"));

    reader.click(".facet input[value='区南部']");
    reader.click(".apply button");
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
    assert_eq!(reader.address(), format!("/opinions/{id}?q=訪問看護"));
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
    searches(&reader, &project);
    // A citation is copied as the command line prints it.
    reader.call::<BrowserDomain::GrantPermissions>(
        json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    reader.open("/search?q=訪問看護&region=区南部");
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
    searches(&reader, &project);
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
const PAGES: [(&str, &str); 13] = [
    ("start", "/"),
    ("search", "/search?q=訪問看護"),
    ("filtered", "/search?q=訪問看護&region=区南部&from=2017-11&to=平成30年3月&match=any"),
    ("sentence", "/search?q=医師と訪問看護師が連携するにはどうすればよいか"),
    ("grouped", "/search?q=連携&group_by=region&collapse=true"),
    ("nothing", "/search?q=宇宙飛行士&region=区西部&exact=true"),
    ("opinion", "/opinions/20180110-区東北部-6?q=訪問看護"),
    ("meeting", "/meetings/20180110-区東北部?q=連携"),
    ("meetings", "/meetings"),
    ("compare", "/compare?q=訪問看護&q=ICT&q=24時間"),
    ("matrix", "/compare?q=連携&by=region&by=section"),
    ("statistics", "/statistics"),
    ("problem", "/search?from=昨日"),
];

#[test]
fn everybody_can_read_the_pages() {
    let project = Project::with_seed();
    let server = Running::start(&project);
    let axe = env::var_os("AXE_CORE").map(|path| fs::read_to_string(path).unwrap());
    assert!(axe.is_some() || env::var_os("CI_HAS_CHROMIUM").is_none(), "AXE_CORE is the path of axe.min.js");
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
        let Some(axe) = axe else { continue };
        reader.tab.evaluate(axe, false).unwrap();
        let violations = reader.evaluate(
            "axe.run({ resultTypes: ['violations'] }).then(result => result.violations.map(violation => \
             [violation.id, violation.nodes.map(node => [node.html, node.failureSummary])]))",
        );
        assert_eq!(violations, json!([]), "{name} at {width} in {scheme}: {violations:#}");
    }
    let complaints = reader.complaints.lock().unwrap();
    // One of the pages is that of a problem.
    let wrong: Vec<&String> = complaints.iter().filter(|told| !told.contains("400 (Bad Request)")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
