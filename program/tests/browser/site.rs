//! Tests of an exported site, which a server of files serves and the browser searches.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, thread};

use gijiroku::evaluation::{Judgments, Run, evaluate};
use headless_chrome::protocol::cdp::{Emulation, Input};
use serde_json::{Value, json};

use super::reader::{Reader, axe_core};
use super::support::Project;

/// A server of the files in a folder, which knows nothing of searching. It ends with the test.
struct Files {
    address: String,
    /// The bytes of the files that were sent.
    sent: Arc<AtomicU64>,
}

impl Files {
    fn serve(folder: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let sent = Arc::<AtomicU64>::default();
        let counted = Arc::clone(&sent);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (folder, counted) = (folder.clone(), Arc::clone(&counted));
                thread::spawn(move || answer(stream.unwrap(), &folder, &counted));
            }
        });
        Self { address, sent }
    }
}

/// Answers one request as a host of static pages does.
fn answer(stream: TcpStream, folder: &Path, sent: &AtomicU64) {
    let mut lines = BufReader::new(&stream).lines();
    let Some(Ok(line)) = lines.next() else { return };
    lines.by_ref().take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    let path = line.split([' ', '?']).nth(1).unwrap_or_default().trim_start_matches('/');
    let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into_owned();
    let file = folder.join(if path.is_empty() { "index.html" } else { &path });
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, body) = fs::read(&file).map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    sent.fetch_add(body.len() as u64, Ordering::SeqCst);
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    // A browser that leaves a page does not read on.
    let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(&body));
}

/// Exports the minutes of a project, and serves them.
fn exported(project: &Project) -> Files {
    let output = project.run("export-site public");
    assert_eq!(output.code, 0, "{}", output.stderr);
    Files::serve(project.path("public"))
}

const FOUND: &str = "document.querySelector('.total b') && !document.querySelector('#answer').hidden";

/// Searches by the address, and returns the total and the identifiers of the hits above the line.
fn found(reader: &Reader, query: &str) -> (u64, Vec<String>) {
    reader.open(&format!("/index.html?q={query}"));
    reader.wait_for(FOUND);
    shown(reader)
}

fn shown(reader: &Reader) -> (u64, Vec<String>) {
    let total = reader.evaluate("document.querySelector('.total b').textContent.replaceAll(',', '')");
    let partial = reader.evaluate("document.querySelector('.total').textContent.includes('一部の語')");
    let hits = reader.evaluate(
        "(() => { const hits = []; for (const child of document.querySelector('#results > div:not(.summary)').children) { \
         if (child.matches('h2.tier')) break; if (child.matches('.hit')) hits.push(child.id); } return hits; })()",
    );
    let total = if partial == json!(true) { 0 } else { total.as_str().unwrap().parse().unwrap() };
    (total, if total == 0 { Vec::new() } else { serde_json::from_value(hits).unwrap() })
}

/// What the command line finds with all words, as a set.
fn expected(project: &Project, query: &str) -> (u64, Vec<String>) {
    let quoted = format!("search '{query}' --tier first --limit all --format json");
    let results = project.run(&quoted).json();
    let hits = results["hits"].as_array().unwrap().iter();
    let mut ids: Vec<String> = hits.map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    (results["total"].as_u64().unwrap(), ids)
}

#[test]
fn an_exported_site_finds_what_the_program_finds() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    for query in [
        "訪問看護",
        "護ステ",
        "\"護ステ\"",
        "「護ステ」",
        "訪問看護 連携",
        "訪問看護　連携",
        "訪問看護 -病院",
        "訪問看護 OR 訪問診療",
        "２４時間",
        "ＩＣＴ",
        "ict",
        "薬",
        "京都",
        "\"京都\"",
        "ケアマネ",
        "一人暮らし",
        "宇宙飛行士",
        "\"訪問看護ステーションは増加しているが、廃止となる\"",
        "\"。 訪問\"",
    ] {
        let (total, mut hits) = found(&reader, query);
        hits.sort();
        let of_program = expected(&project, query);
        assert_eq!(total, of_program.0, "{query}");
        // The page shows twenty.
        if total <= 20 {
            assert_eq!(hits, of_program.1, "{query}");
        }
    }
    reader.assert_no_complaints();
}

/// The lowest mean nDCG@10 allowed for each kind of query, some hundredths below the value that was reached.
const FLOORS: [(&str, f64); 5] =
    [("question", 0.65), ("spelling", 0.54), ("string", 0.55), ("word", 0.67), ("words", 0.79)];

#[test]
fn the_ranking_of_an_exported_site_is_as_good_as_it_was() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    reader.open("/");
    let mut judgments: BTreeMap<&str, Judgments> = BTreeMap::new();
    for line in
        include_str!("../../../tests/relevance/judgments.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let [kind, query, grade, id] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let grades = judgments.entry(kind).or_default().0.entry(query.to_owned()).or_default();
        grades.insert(id.to_owned(), grade.parse().unwrap());
    }
    for ((kind, judgments), (floor_kind, floor)) in judgments.iter().zip(FLOORS) {
        assert_eq!(*kind, floor_kind);
        let queries: Vec<&String> = judgments.0.keys().collect();
        let ranked = reader.evaluate(&format!(
            "Promise.all(['data', 'query', 'match'].map(name => import(`/${{name}}.js`))).then(async \
             ([{{ Data }}, {{ parse }}, {{ Search }}]) => {{ \
             const data = await Data.open(document.querySelector('#search').dataset.from); const ranked = []; \
             for (const query of {}) {{ \
                 const search = new Search(data, parse(query, data)); \
                 const numbers = [...await search.first(), ...await search.second()].slice(0, 10); \
                 const ids = await Promise.all(numbers.map(async number => (await data.opinion(number)).id)); \
                 ranked.push([query, ids]); \
             }} return ranked; }})",
            json!(queries)
        ));
        let ranked: Vec<(String, Vec<String>)> = serde_json::from_value(ranked).unwrap();
        let quality = evaluate(judgments, &Run(ranked.into_iter().collect())).mean().ndcg_at_10;
        println!("{kind}: {quality:.3}");
        assert!(quality >= floor, "{kind}: nDCG@10 is {quality:.3}, at least {floor} is wanted");
    }
}

#[test]
fn an_exported_site_is_searched_in_a_browser() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    // On a narrow screen the filters are in a drawer.
    reader.resize(1280);
    reader.open("/");
    reader.wait_for("!document.querySelector('#search').hidden");
    // Nothing of the data is read before a search.
    let before = files.sent.load(Ordering::SeqCst);
    assert!(before < 80_000, "{before}");
    reader.click("#q");
    reader.tab.type_str("護ステ").unwrap();
    reader.press("Enter");
    reader.wait_for(FOUND);
    assert_eq!(reader.address(), "/?q=護ステ");
    assert_eq!(shown(&reader).0, 8);
    let searched = files.sent.load(Ordering::SeqCst);
    assert!(searched > before && searched < 150_000, "{searched}");
    let marked = "[...document.querySelectorAll('.hit')].slice(0, 8).map(hit => hit.querySelector('mark').textContent)";
    assert_eq!(reader.evaluate(marked), json!(vec!["護ステ"; 8]));

    // A filter narrows, and its facet still shows the others; the address tells it.
    reader.click(".facet input[value='区中央部']");
    reader.wait_for("document.querySelector('.total b').textContent === '1'");
    assert_eq!(reader.address(), "/?q=護ステ&region=区中央部");
    assert!(
        reader.evaluate("document.querySelectorAll('.facet input[name=region]').length").as_u64().unwrap()
            > 1
    );
    assert_eq!(reader.evaluate("document.activeElement.value"), "区中央部");
    reader.evaluate("history.back()");
    reader.wait_for("document.querySelector('.total b').textContent === '8'");

    // A hit leads to its opinion in its meeting.
    reader.open("/?q=\"護ステ\"&region=区中央部");
    reader.click(".hit h3 a");
    reader.wait_for("document.querySelector('.line:target')");
    assert_eq!(reader.address(), "/meetings/20171213-区中央部.html#20171213-区中央部-6");
    let text = reader.evaluate("document.querySelector('.line:target .text').textContent");
    assert_eq!(text, "訪問看護ステーションは増加しているが、廃止となるステーションも多い。支援が必要。");

    // Below what has all words stands what has some of them, twenty at a time.
    assert_eq!(found(&reader, "訪問看護 連携").0, 5);
    let tier = "document.querySelector('h2.tier').textContent";
    assert!(reader.evaluate(tier).as_str().unwrap().starts_with("以下は一部の語だけを含む意見（"));
    let hits = "document.querySelectorAll('.hit').length";
    assert_eq!(reader.evaluate(hits), 20);
    reader.click("#more");
    reader.wait_for("document.querySelectorAll('.hit').length === 40");
    assert_eq!(reader.evaluate("document.activeElement.querySelector('.rank').textContent"), "21");

    // A sentence that no opinion has is searched by its parts, and a filter alone lists.
    reader.open("/?q=在宅で看取るには何が必要か");
    reader.wait_for("document.querySelector('.hit mark')");
    assert!(
        reader
            .evaluate("document.querySelector('.total').textContent")
            .as_str()
            .unwrap()
            .contains("一部の語")
    );
    reader.open("/?region=区中央部");
    reader.wait_for(FOUND);
    let of_region = project.run("search --region 区中央部 --format json").json();
    assert_eq!(json!(shown(&reader).0), of_region["total"]);
    reader.open("/?q=護ステ&region=ありません");
    reader.wait_for("document.querySelector('.nothing')");
    reader.assert_no_complaints();
}

#[test]
fn an_exported_site_normalizes_as_the_index_does() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    reader.open("/");
    let texts = [
        "２４時間",
        "ＩＣＴ",
        "ｹｱﾏﾈｼﾞｬｰ",
        "か\u{3099}ん",
        "区分Ⅰ",
        "㈱と①",
        "a\u{0}b\u{3000}c",
        "İ",
        "會議錄と会議録",
        "醫藥分業、澤田",
        "人々の様々な",
        "こゝろ、みすゞ、いすゞ、ハヽ、バヾ",
        "々ゝゞ、あ々",
        "1〜2、1～2、1∼2",
        "03‐1234—5−6－7",
        "コーヒー",
        "議⻑、⽉、⻨",
        "葛\u{e0100}飾区、☎\u{fe0f}",
        "㍻29年",
        "각",
        "ΟΔΟΣ",
        "ﬁ",
        "𠮷野家",
        "e\u{301}\u{327}",
        "\t一\n二",
        "ﾊﾟﾊﾟ",
        "㌀",
    ];
    for text in texts {
        let typed = json!(text);
        let normalized = reader.evaluate(&format!(
            "import('/data.js').then(async ({{ Data }}) => (await Data.open(document.querySelector('#search').dataset.from)) \
             .normalize({typed}).characters.join(''))"
        ));
        assert_eq!(normalized, gijiroku::analysis::NormalizedText::new(text).as_str(), "{text}");
    }
}

#[test]
fn an_exported_site_does_not_search_while_an_input_method_composes() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    reader.open("/");
    reader.click("#q");
    for text in ["ｈ", "ほ", "ほうもん"] {
        let length = text.chars().count();
        reader.call::<Input::ImeSetComposition>(
            json!({ "text": text, "selectionStart": length, "selectionEnd": length }),
        );
        for code in [13, 229] {
            let event = format!(
                "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', keyCode: {code}, \
                 isComposing: {}, bubbles: true, cancelable: true }}))",
                code != 229
            );
            // The event is canceled, so that the browser does not submit the form.
            assert_eq!(reader.evaluate(&event), false);
        }
    }
    assert_eq!(reader.address(), "/");
    assert_eq!(reader.evaluate("document.querySelector('#answer').hidden"), true);
    reader.call::<Input::InsertText>(json!({ "text": "訪問" }));
    reader.press("Enter");
    reader.wait_for(FOUND);
    assert_eq!(reader.address(), "/?q=訪問");
}

#[test]
fn an_exported_site_is_read_without_scripts() {
    let project = Project::with_seed();
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "ja") else { return };
    reader.call::<Emulation::SetScriptExecutionDisabled>(json!({ "value": true }));
    reader.open("/");
    assert_eq!(reader.evaluate("document.querySelector('#search').offsetParent"), Value::Null);
    assert!(
        reader
            .evaluate("document.querySelector('noscript').innerText")
            .as_str()
            .unwrap()
            .contains("JavaScript")
    );
    reader.open("/meetings.html");
    assert_eq!(reader.evaluate("document.querySelectorAll('ul.meetings li').length"), 12);
    reader.click("ul.meetings a");
    reader.wait_for("document.querySelector('.line .text')");
}

#[test]
fn an_exported_site_shows_markup_as_text() {
    let project = Project::empty();
    let hostile = "</script><img src=x onerror=\"window.pwned=1\">連携";
    let line = json!({
        "id": "a/1?<i>#&\"'", "text": hostile, "speaker": "<b>議長</b>", "section": "<u>議題</u>", "date": "2020-01-02",
        "region": "\"><svg onload=window.pwned=5>", "title": "<h1>会議</h1>", "url": "javascript:window.pwned=6",
    });
    let other = json!({ "id": "b", "text": "ほか", "title": "別の会議", "region": "区" });
    project.write("data/minutes/hostile.jsonl", format!("{line}\n{other}"));
    let files = exported(&project);
    let Some(reader) = Reader::at(&files.address, "en") else { return };
    reader.open("/?q=連携");
    reader.wait_for(FOUND);
    assert_eq!(reader.evaluate("document.querySelector('.hit .text').textContent"), hostile);
    reader.click(".hit h3 a");
    reader.wait_for("document.querySelector('.line:target')");
    let harm = "[window.pwned ?? null, document.querySelectorAll('main :is(script, img, u, i, h1 h1, [onload])').length, \
                document.querySelectorAll('a[href^=javascript]').length]";
    assert_eq!(reader.evaluate(harm), json!([null, 0, 0]));
    assert_eq!(reader.evaluate("document.querySelector('.line:target .text').textContent"), hostile);
    reader.assert_no_complaints();
}

#[test]
fn everybody_can_read_an_exported_site() {
    let project = Project::with_seed();
    let files = exported(&project);
    let axe = axe_core();
    for (width, scheme, language) in [(390, "light", "ja"), (1280, "dark", "en")] {
        let Some(reader) = Reader::at(&files.address, language) else { return };
        reader.resize(width);
        reader.in_colors(scheme);
        for (name, path) in [
            ("start", "/"),
            ("search", "/?q=訪問看護 連携&region=区南部"),
            ("nothing", "/?q=宇宙飛行士"),
            ("meetings", "/meetings.html"),
            ("meeting", "/meetings/20180110-区東北部.html"),
        ] {
            reader.open(path);
            reader.wait_for("!document.querySelector('#language').hidden");
            if path.contains("?q") {
                reader.wait_for(FOUND);
            }
            let page = reader.evaluate(
                "{ language: document.documentElement.lang, screen: innerWidth, \
                 width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }",
            );
            assert_eq!(page["language"], language);
            assert!(page["width"].as_u64() <= page["screen"].as_u64(), "{name}: {page}");
            reader.photograph(&page, &format!("site-{name}-{width}-{scheme}.jpg"));
            if let Some(axe) = &axe {
                reader.assert_accessible(axe, &format!("{name} of a site at {width} in {scheme}"));
            }
        }
        // The other language is chosen, and stays.
        reader.click("#language");
        let other = if language == "ja" { "en" } else { "ja" };
        reader.wait_for(&format!("document.documentElement.lang === '{other}'"));
        reader.open("/");
        reader.wait_for(&format!("document.documentElement.lang === '{other}'"));
        reader.assert_no_complaints();
    }
}
