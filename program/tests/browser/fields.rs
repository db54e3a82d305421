//! A corpus whose records have extra fields: their lists beside the hits.

use serde_json::{Value, json};

use crate::reader::Reader;
use crate::support::Project;
use crate::support::server::Running;

/// Questions with five fields that are shared, of which fewer and fewer opinions have one, and two that are not.
fn questions() -> Project {
    let project = Project::empty();
    let line = |place: usize| {
        let mut line = json!({
            "id": format!("q-{place}"), "date": "2023-06-01", "meeting": "定例会",
            "text": if place.is_multiple_of(2) { "訪問看護を増やすべきです。" } else { "道路の補修を求めます。" },
            "選挙区": format!("第{:02}区", place % 12), "会派": (["青空の会", "みどりの会", "無所属"][place % 3]),
            "整理番号": format!("番号{place}"), "資料": format!("https://example.jp/{}", place % 4),
        });
        for (field, filled) in [("会期", 30), ("質問の種類", 20), ("地区", 12)] {
            if place < filled {
                line[field] = ["甲", "乙"][place / 2 % 2].into();
            }
        }
        format!("{line}\n")
    };
    project.write("questions.jsonl", (0..48).map(line).collect::<String>());
    assert_eq!(project.run("index questions.jsonl").code, 0);
    project
}

/// Returns the label, the values and the counts of each list of a field, as far as they are seen.
fn seen(reader: &Reader) -> Value {
    reader.evaluate(
        "[...document.querySelectorAll('[data-facet^=\"field:\"]')].filter(list => list.checkVisibility()).map(list => \
         [list.querySelector('legend').textContent, ...[...list.querySelectorAll('label')].filter(row => \
         row.checkVisibility()).slice(0, 3).map(row => row.querySelector('.value').textContent + ' ' + \
         row.querySelector('.number').textContent)])",
    )
}

#[test]
fn extra_fields_have_lists_of_their_values() {
    let project = questions();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "ja") else { return };
    reader.resize(1280);
    reader.open("/search?q=訪問看護");
    // The most filled first; the others on demand. Numbers of their own and addresses are no choice.
    let first = json!([
        ["会派", "みどりの会 8", "無所属 8", "青空の会 8"],
        ["選挙区", "第00区 4", "第02区 4", "第04区 4"],
        ["会期", "甲 8", "乙 7"],
    ]);
    assert_eq!(seen(&reader), first);
    reader.click(".more-facets > summary");
    reader.wait_for("document.querySelector('[data-facet=\\'field:地区\\']').checkVisibility()");
    let folded = json!([["質問の種類", "乙 5", "甲 5"], ["地区", "乙 3", "甲 3"]]);
    assert_eq!(seen(&reader).as_array().unwrap()[3..], *folded.as_array().unwrap());

    // They order and group, too.
    let choices = |name: &str| {
        reader.evaluate(&format!(
            "[...document.querySelectorAll('select[name={name}] option')].map(choice => choice.value + ' ' + choice.textContent)\
             .filter(choice => choice.startsWith('field:'))"
        ))
    };
    let fields = ["party 会派", "選挙区 選挙区", "会期 会期", "質問の種類 質問の種類", "地区 地区"];
    assert_eq!(choices("sort"), json!(fields.map(|field| format!("field:{field}順"))));
    assert_eq!(choices("group_by"), json!(fields.map(|field| format!("field:{field}ごと"))));
    reader.open("/search?q=訪問看護&sort=field:選挙区&group_by=field:party");
    assert_eq!(reader.evaluate("document.querySelector('select[name=group_by]').value"), "field:party");
    let groups = "[...document.querySelectorAll('.results h2')].map(heading => heading.textContent.trim().split(/\\s/)[0])";
    // In the order of their first hits.
    assert_eq!(reader.evaluate(groups), json!(["青空の会", "無所属", "みどりの会"]));
    reader.open("/search?q=訪問看護");

    // A value that is ticked is a filter, as that of the command line. The other values of its field keep their counts.
    reader.click("[data-facet='field:party'] input[value='party=青空の会']");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!(reader.address(), "/search?q=訪問看護&field=party=青空の会");
    let total = |arguments: &str| {
        project.run(&format!("search 訪問看護 {arguments} --format json")).json()["total"].clone()
    };
    assert_eq!(json!(reader.found().0), total("--field 会派=青空の会"));
    assert_eq!(reader.evaluate("document.activeElement.value"), "party=青空の会");
    assert_eq!(seen(&reader)[0], first[0]);
    let chips = "[...document.querySelectorAll('.chips li')].map(chip => chip.textContent.trim())";
    assert_eq!(reader.evaluate(chips), json!(["会派 青空の会 ×"]));

    // With one of another field, which is among those that are folded and stays open.
    reader.click(".more-facets > summary");
    reader.click("[data-facet='field:質問の種類'] input[value='質問の種類=乙']");
    reader.wait_for("document.querySelectorAll('.chips li').length === 2");
    assert_eq!(json!(reader.found().0), total("--field 会派=青空の会 --field 質問の種類=乙"));
    assert_eq!(reader.evaluate("document.querySelector('.more-facets').open"), true);

    // Whoever searches on keeps the filters, once each; what has no list is kept, too.
    reader.open("/search?q=道路&field=party=無所属&field=整理番号=番号5");
    reader.click(".searchbox button");
    reader.wait_for("!window.isLeft && location.search.includes('field')");
    let kept = reader.evaluate("new URLSearchParams(location.search).getAll('field').sort()");
    assert_eq!(kept, json!(["party=無所属", "整理番号=番号5"]));

    // A long list is narrowed by what is typed, by the values and not by the name of the field.
    reader.open("/search");
    reader.click("[data-facet='field:選挙区'] summary");
    reader.click("[data-facet='field:選挙区'] .within");
    let rows = "[...document.querySelectorAll('[data-facet=\"field:選挙区\"] label')].filter(row => row.checkVisibility()).length";
    assert_eq!(reader.evaluate(rows), 12);
    reader.tab.type_str("11").unwrap();
    reader.wait_for(&format!("{rows} === 1"));
    reader.evaluate("((box) => { box.value = '選挙'; box.dispatchEvent(new Event('input')); })(document.querySelector('[data-facet=\"field:選挙区\"] .within'))");
    assert_eq!(reader.evaluate(rows), 0);

    // A mistake keeps what was ticked.
    reader.open("/search?q=訪問看護&field=party=青空の会&from=昨日");
    let ticked = "[...document.querySelectorAll('[name=field]:checked')].map(field => field.value)";
    assert_eq!(reader.evaluate(ticked), json!(["party=青空の会"]));
}

#[test]
fn extra_fields_are_filters_without_scripts_and_accessible() {
    let project = questions();
    let server = Running::start(&project);
    let Some(reader) = Reader::new(&server, "en") else { return };
    reader.resize(390);
    reader.open("/search?q=訪問看護");
    reader.click("a.jump");
    reader.wait_for("document.querySelector('#filters').checkVisibility()");
    reader.evaluate("document.querySelectorAll('aside details').forEach(details => details.open = true)");
    assert_eq!(seen(&reader)[0][0], "Party");
    if let Some(axe) = crate::reader::axe_core() {
        reader.assert_accessible(&axe, "lists of extra fields on a phone");
    }
    assert!(reader.evaluate("document.documentElement.scrollWidth <= innerWidth") == true);
    let scripts = json!({ "value": true });
    reader.call::<headless_chrome::protocol::cdp::Emulation::SetScriptExecutionDisabled>(scripts);
    reader.resize(1280);
    reader.open("/search?q=訪問看護");
    reader.click("[data-facet='field:party'] input[value='party=青空の会']");
    reader.click(".apply button");
    reader.wait_for("document.querySelector('.chips')");
    assert_eq!((reader.address().as_str(), reader.found().0), ("/search?q=訪問看護&field=party=青空の会", 8));
    reader.assert_no_complaints();
}
