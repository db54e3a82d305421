//! A corpus of long speeches: facets by speaker and year, the chart, marks, folds, and filters on a phone.

use serde_json::{Value, json};

use crate::reader::Reader;
use crate::support::Project;
use crate::support::server::Running;

/// A speech of each of twenty speakers in each of three years. Every second one speaks of the matter, in the middle
/// of what they say.
fn speeches() -> Project {
    let project = Project::empty();
    let mut lines = Vec::new();
    for year in 2019..2022 {
        for speaker in 0..20 {
            let filler = "本日の議題について順に御説明をいたします。".repeat(40);
            let matter = if speaker % 2 == 0 {
                "待機児童の解消に努めます。"
            } else {
                "道路の補修に努めます。"
            };
            lines.push(
                json!({
                    "id": format!("{year}-{speaker}"), "date": format!("{year}-06-01"), "meeting": format!("{year}年定例会"),
                    "body": if speaker < 10 { "本会議" } else { "委員会" }, "speaker": format!("発言者{speaker:02}"),
                    "text": format!("{filler}{matter}{filler}{matter}{filler}"),
                })
                .to_string(),
            );
        }
    }
    project.write("data/minutes/speeches.jsonl", lines.join("\n"));
    project.run("index");
    project
}

fn count_of(reader: &Reader, facet: &str, value: &str) -> Value {
    let row =
        format!("document.querySelector(\"[data-facet={facet}] input[value='{value}']\").parentElement");
    reader.evaluate(&format!("{row}.querySelector('.number').textContent"))
}

#[test]
fn facets_and_bars_are_filters() {
    let project = speeches();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.resize(1280);
    reader.open("/search?q=待機児童");
    assert_eq!(reader.found().0, 30);
    assert_eq!(count_of(&reader, "speaker", "発言者04"), "3");
    assert_eq!(count_of(&reader, "year", "2020"), "10");
    assert_eq!(count_of(&reader, "body", "委員会"), "15");

    // Ticked, it applies at once, and what was ticked keeps the focus. The others keep their counts.
    reader.click("[data-facet=speaker] input[value='発言者04']");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!(reader.address(), "/search?q=待機児童&speaker=発言者04");
    assert_eq!(reader.found().0, 3);
    assert_eq!(reader.evaluate("document.activeElement.value"), "発言者04");
    assert_eq!(count_of(&reader, "speaker", "発言者06"), "3");
    assert_eq!(count_of(&reader, "year", "2020"), "1");

    // A bar of the chart is a filter, and selected it leads back.
    reader.open("/search?q=待機児童&from=2019");
    let bars = "[...document.querySelectorAll('.timeline a')].map(bar => [bar.textContent.trim(), bar.getAttribute('href')])";
    let shown = reader.evaluate(bars);
    assert_eq!(shown.as_array().map(Vec::len), Some(3));
    assert_eq!(shown[1][0], "2020年 10件（20件のうち50.0%）");
    reader.go_to(shown[1][1].as_str().unwrap());
    assert_eq!((reader.address().as_str(), reader.found().0), ("/search?q=待機児童&year=2020", 10));
    reader.go_to(
        reader
            .evaluate("document.querySelector('.timeline a.selected').getAttribute('href')")
            .as_str()
            .unwrap(),
    );
    assert_eq!(reader.address(), "/search?q=待機児童");

    // A long list is narrowed by what is typed, and a part of a name is a filter.
    reader.open("/search");
    reader.click("[data-facet=speaker] summary");
    reader.click("[data-facet=speaker] .within");
    reader.tab.type_str("19").unwrap();
    let listed = "[...document.querySelectorAll('[data-facet=speaker] label')].filter(row => row.checkVisibility()).length";
    assert_eq!(reader.evaluate(listed), 1);
    reader.press("Enter");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!((reader.address().as_str(), reader.found().0), ("/search?speaker=19", 3));

    // The order is a choice.
    reader.open("/search?q=待機児童");
    reader.evaluate("((select) => { select.value = 'date'; select.dispatchEvent(new Event('change')); })(document.querySelector('[name=sort]'))");
    reader.wait_for("location.search.includes('sort=date')");
    assert_eq!(reader.address(), "/search?q=待機児童&sort=date");
    reader.assert_no_complaints();
}

#[test]
fn nothing_of_a_chart_of_many_years_is_cut_off() {
    let project = Project::empty();
    let line = |year: usize| {
        format!("{{\"text\":\"待機児童の解消\",\"meeting\":\"定例会\",\"date\":\"{year}-06-01\"}}\n")
    };
    project.write("years.jsonl", (1986..2025).map(line).collect::<String>());
    project.run("index years.jsonl");
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    let outside = "[...document.querySelectorAll('.timeline :is(text, path)')].filter(part => part.checkVisibility()).filter(part => \
                   (box => box.x < 0 || box.x + box.width > part.ownerSVGElement.viewBox.baseVal.width)(part.getBBox())).length";
    for width in [390, 1280] {
        reader.resize(width);
        for path in ["/", "/search?q=待機児童", "/statistics", "/compare?q=待機児童&by=year"] {
            reader.open(path);
            // On a phone the chart is in the drawer.
            reader.evaluate("location.hash = document.querySelector('#filters') ? 'filters' : ''");
            assert!(
                reader.evaluate("document.querySelectorAll('.timeline a').length").as_u64() >= Some(39),
                "{path}"
            );
            assert_eq!(reader.evaluate(outside), 0, "{path} at {width}");
        }
    }
}

#[test]
fn four_hits_are_seen_at_once_and_a_page_on_a_phone_is_short() {
    let project = speeches();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.resize(1280);
    reader.open("/search?q=待機児童");
    let seen = "[...document.querySelectorAll('.hit')].filter(hit => hit.getBoundingClientRect().bottom <= 800).length";
    assert!(reader.evaluate(seen).as_u64() >= Some(4));
    reader.resize(390);
    reader.open("/search?q=待機児童");
    assert_eq!(reader.evaluate("document.querySelectorAll('.hit').length"), 20);
    let height = reader.evaluate("document.documentElement.scrollHeight").as_u64().unwrap();
    assert!(height < 6000, "{height}");

    // The filters are in a drawer above the hits. It stays open while filters are chosen.
    let is_open = "document.querySelector('#filters').checkVisibility()";
    assert_eq!(reader.evaluate(is_open), false);
    reader.click("a.jump");
    reader.wait_for(is_open);
    reader.click("[data-facet=year] input[value='2020']");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!((reader.address().as_str(), reader.found().0), ("/search?q=待機児童&year=2020#filters", 10));
    assert_eq!(reader.evaluate(is_open), true);
    reader.click("#filters .button");
    reader.wait_for(&format!("!{is_open}"));
    reader.assert_no_complaints();
}

#[test]
fn a_link_leads_to_the_passage() {
    let project = speeches();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.resize(1280);
    for link in [".hit h3 a", ".hit .actions a:nth-of-type(2)"] {
        reader.open("/search?q=待機児童");
        reader.click(link);
        reader.wait_for("document.querySelector('mark:target')");
        assert_eq!(reader.evaluate("document.querySelector('mark:target').textContent"), "待機児童");
        reader.wait_for("(box => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector('mark:target').getBoundingClientRect())");
        // What is far from a mark is folded, and nothing is lost.
        assert!(reader.evaluate("document.querySelectorAll('.fold').length").as_u64() >= Some(3));
        let whole = reader.evaluate(
            "(text => { text.querySelectorAll('summary').forEach(summary => summary.remove()); return text.textContent.length; })\
             (document.querySelector('mark:target').closest('.text').cloneNode(true))",
        );
        assert_eq!(whole, 3 * 21 * 40 + 2 * 13);
        let number = "document.querySelector('mark:target').id.split('-')[2]";
        assert_eq!(reader.evaluate(number), "1");
        reader.press("n");
        reader.wait_for(&format!("{number} === '2'"));
        reader.press("p");
        reader.wait_for(&format!("{number} === '1'"));
        reader.click(".marks button:last-child");
        reader.wait_for(&format!("{number} === '2'"));
    }
    // A meeting lists who spoke.
    assert_eq!(reader.evaluate("document.querySelectorAll('.speakers li').length"), 10);
    let first = reader.evaluate("document.querySelector('.speakers a').getAttribute('href')");
    assert_eq!(
        reader.evaluate(&format!(
            "document.querySelector('.line').id === decodeURIComponent({first}.slice(1))"
        )),
        true
    );
    reader.assert_no_complaints();
}

#[test]
fn a_long_meeting_is_folded_and_whatever_is_linked_to_is_opened() {
    let project = Project::empty();
    let line = |number: usize| {
        let filler = "本日の議題について順に御説明をいたします。".repeat(40);
        let matter = if number % 5 == 4 { "待機児童の解消に努めます。" } else { "" };
        json!({
            "id": format!("m-{number}"), "date": "2020-06-01", "meeting": "定例会", "speaker": format!("発言者{number:02}"),
            "section": format!("議題{}", number / 25), "text": format!("{filler}{matter}"),
        })
        .to_string()
    };
    project.write("a.jsonl", (0..100).map(line).collect::<Vec<_>>().join("\n"));
    project.run("index a.jsonl");
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    let meeting = server.json("/api/v1/meetings")[0]["id"].as_str().unwrap().to_owned();
    reader.resize(390);
    reader.open(&format!("/meetings/{meeting}"));
    let height = reader.evaluate("document.documentElement.scrollHeight").as_u64().unwrap();
    assert!(height < 6000, "{height}");
    // Nothing is lost, and what is linked to is opened.
    assert_eq!(reader.evaluate("document.querySelectorAll('.line').length"), 100);
    let is_seen = |id: &str| reader.evaluate(&format!("document.getElementById('{id}').checkVisibility()"));
    assert_eq!((is_seen("m-0"), is_seen("m-30")), (true.into(), false.into()));
    reader.evaluate("location.hash = 'm-30'");
    reader.wait_for("document.getElementById('m-30').checkVisibility()");
    reader.wait_for("Math.abs(document.getElementById('m-30').getBoundingClientRect().top) < innerHeight");
    assert_eq!(is_seen("m-60"), false);
    reader.open("/");
    reader.go_to(&format!("/meetings/{meeting}#m-60"));
    reader.wait_for("document.getElementById('m-60').checkVisibility()");

    // Matches are shown where they are; those after the first sixteen open when it is their turn.
    reader.open(&format!("/meetings/{meeting}?q=待機児童"));
    assert_eq!((is_seen("m-4"), is_seen("m-5"), is_seen("m-99")), (true.into(), false.into(), false.into()));
    reader.press("p");
    reader.wait_for("document.querySelector('#m-99 mark:target')?.checkVisibility()");
    reader.assert_no_complaints();
}

#[test]
fn a_mistake_keeps_what_was_typed() {
    let project = speeches();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.open("/search?q=待機児童&speaker=発言者04&from=昨日&sort=date&utm_source=mail");
    let kept = reader.evaluate(
        "[document.querySelector('.problem').textContent, document.querySelector('#q').value, \
         document.querySelector('[name=from]').value, document.querySelector('[name=speaker]').checked, \
         document.querySelector('[name=sort]').value]",
    );
    let told = "「昨日」は日付として読めません。2017-12、2017-12-13、平成29年12月のように書いてください。";
    assert_eq!(kept, json!([told, "待機児童", "昨日", true, "date"]));
    reader.evaluate("document.querySelector('[name=from]').value = '2021'");
    reader.click(".searchbox button");
    reader.wait_for("document.querySelector('.hit')");
    assert_eq!(reader.address(), "/search?q=待機児童&sort=date&speaker=発言者04&from=2021");
    assert_eq!(reader.found().0, 1);

    // Where nothing is found there is no chart of nothing, and what would find something.
    reader.open("/search?q=待機児童&speaker=発言者13");
    assert_eq!(reader.evaluate("document.querySelectorAll('.timeline, .map').length"), 0);
    let other = reader.evaluate("document.querySelector('.others li').textContent.trim()");
    assert_eq!(other, "発言者の絞り込みを外す 30件");
}
