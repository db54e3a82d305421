//! Tests of the verbs and options about words: analyze, suggest, synonyms, dictionaries, explanations.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use lindera_dictionary::builder::DictionaryBuilder;
use support::Project;

#[test]
fn analyze_shows_every_step() {
    let project = Project::empty();
    insta::assert_snapshot!(project.run("analyze ＩＣＴで帰れない２４時間").stdout, @"
    normalized  ictで帰れない24時間

    at     surface  base form  reading  class
    0-3    ict      ict                 content
    3-4    で       で         デ       function
    4-6    帰れ     帰れる     カエレ   content, inflects
    6-8    ない     ない       ナイ     function
    8-10   24       24                  content, number
    10-12  時間     時間       ジカン   content

    words       ict  帰れる  24  時間
    characters  |ic  ct  tで  |で帰  |帰れ  れな  |ない  い2  |24  4時  |時間  間
    ");
    let json = project.run("analyze 受入れ --format json").json();
    assert_eq!(json["normalized"], "受入れ");
    assert_eq!(json["morphemes"][0]["reading"], "ウケイレ");
    assert_eq!(json["morphemes"][0]["class"], "content");
    assert_eq!(
        json["terms"][0],
        serde_json::json!({"term": "受入れ", "view": "words", "character": 0, "begins_word": true})
    );
    let synonyms = project.run("analyze ケアマネ --format json").json();
    assert!(synonyms["synonyms"].as_array().unwrap().contains(&"介護支援専門員".into()));
    assert_eq!(
        project.run("analyze ケアマネ --no-synonyms --format json").json()["synonyms"],
        serde_json::json!([])
    );
}

#[test]
fn suggest_completes_by_kanji_kana_and_letters() {
    let project = Project::with_seed();
    project.run("index");
    let by_kanji = project.run("suggest 訪問 -n 3");
    insta::assert_snapshot!(by_kanji.stdout, @"
    25  訪問
    14  訪問診療
    11  訪問看護
    ");
    for beginning in ["ほうもん", "ホウモン", "houmon"] {
        assert_eq!(project.run(&format!("suggest {beginning} -n 3")).stdout, by_kanji.stdout, "{beginning}");
    }
    let json = project.run("suggest 訪問 -n 1 --format json").json();
    assert_eq!(json[0]["text"], "訪問");
    assert_eq!(project.run("suggest 火星").code, 1);
    assert_eq!(project.run("suggest 火星 --format json").stdout, "[]\n");
}

#[test]
fn what_is_searched_otherwise_is_said() {
    let project = Project::with_seed();
    project.run("index");
    let text = project.run("search 一人暮らし -n 1").stdout;
    assert!(text.starts_with("also searched for 一人暮らし: 独居\n\n 1  "), "{text}");
    let json = project.run("search 一人暮らし -n 1 --format json").json();
    assert_eq!(json["also"], serde_json::json!([{"word": "一人暮らし", "as": "独居", "kind": "synonym"}]));
    assert_eq!(project.run("search 一人暮らし --exact").code, 1);
    assert_eq!(project.run("search 一人暮らし --no-synonyms --exact").code, 1);
    let meant = project.run("search 訪門看護 --exact");
    assert_eq!(
        (meant.timeless().as_str(), meant.code),
        ("no opinions match 訪門看護 (… ms)\ndid you mean 訪問看護 (11)\n", 1)
    );
    let parts = project.run("search 訪門看護 -n 1").timeless();
    assert!(parts.contains("no opinion has all words\n"), "{parts}");
    assert!(parts.contains("did you mean 訪問看護 (11)\n"), "{parts}");
    let odd = project.run("search '(病院' -n 1").stdout;
    assert!(odd.starts_with("( has no partner and is read as text\n\n"), "{odd}");
}

#[test]
fn operators_need_no_quotation_marks_of_the_shell() {
    let project = Project::with_seed();
    project.run("index");
    let total =
        |arguments: &str| project.run(&format!("search {arguments} --format json")).json()["total"].clone();
    assert_eq!(total("訪問看護 -病院"), total("'訪問看護 -病院'"));
    assert_eq!(total("訪問看護 OR 往診 -「病院」"), total("'訪問看護 OR 往診 -「病院」'"));
    let sum = total("-病院").as_u64().unwrap() + total("病院 --exact").as_u64().unwrap();
    assert_eq!(sum, 200);
    assert_ne!(total("訪問看護"), total("訪問看護 -病院"));
    assert_eq!(project.run("search 訪問看護 --limt 3").code, 2);
}

#[test]
fn explanations_are_for_people_and_for_programs() {
    let project = Project::with_seed();
    project.run("index");
    insta::assert_snapshot!(project.run("search 一人暮らし --explain -n 1").timeless(), @r"
    also searched for 一人暮らし: 独居

     1  南多摩  2017-11-27  【在宅療養に関する地域の現状・課題等について】
        在宅医療を進める上で、患者自身が独居であったり、生活力がないと、実態としては
        かなり難しいと感じる。
        score 16.70
           0.62  独居, a synonym of 一人暮らし: words 独居 0.62
           0.62  独居, a synonym of 一人暮らし: characters 独居 0.62
           0.70  生活力, a related word of 一人暮らし: words 生活 0.31, 力 0.39
           0.70  生活力, a related word of 一人暮らし: characters 生活 0.31, 活力
                 0.39
          11.06  the words stand close together
           3.00  it has words that the best matches have in common
          ×0.80  it has only a part of the query, so that all but the last counts
                  less
        20171127-南多摩-5  data/minutes/tokyo-zaitaku-working.txt:494

    7 opinions, 1 to 1 shown (… ms)
    5 more with only some of the words
    region   南多摩 2+1  区西南部 2  区東北部 1+1  区東部 1+1  北多摩北部 1
             北多摩西部 0+1  区西部 0+1
    section  地域と病院の連携について 4+4
             在宅療養に関する地域の現状・課題等について 3+1
    ");
    let json = project.run("search 一人暮らし --explain -n 1 --format json").json();
    let explanation = &json["hits"][0]["explanation"];
    assert_eq!(explanation["terms"][0]["kind"], "synonym");
    assert_eq!(explanation["terms"][0]["view"], "words");
    assert!(
        project.run("search 一人暮らし -n 1 --format json").json()["hits"][0].get("explanation").is_none()
    );
}

#[test]
fn synonyms_of_a_file() {
    let project = Project::with_seed();
    project.run("index");
    project.write("own.txt", "# 施設\n火星 => 訪問看護\n");
    project.write("sudachi.csv", "000001,1,0,1,0,0,0,(),火星,,\n000001,1,0,1,0,0,0,(),訪問看護,,\n");
    for file in ["own.txt", "sudachi.csv"] {
        let found = project.run(&format!("search 火星 --synonyms {file} --format json")).json();
        assert_eq!(found["total"], 11, "{file}");
    }
    assert_eq!(project.run("search 火星").code, 1);

    project.write("bad.txt", "病院, 診療所\n老健\n");
    for (arguments, message) in [
        (
            "--synonyms bad.txt",
            "error: bad.txt:2: a group needs at least two words, set apart by commas: ケアマネ, ケアマネジャー\n",
        ),
        (
            "--synonyms no.txt",
            "error: no.txt: No such file or directory (os error 2); give a file of synonyms, a group of words a line, set apart by commas\n",
        ),
    ] {
        let output = project.run(&format!("search 病院 {arguments}"));
        assert_eq!((output.stderr.as_str(), output.code), (message, 2));
    }
    assert!(
        project.run("search 病院 --synonyms own.txt --no-synonyms").stderr.contains("cannot be used with")
    );
}

#[test]
fn words_of_a_user_are_kept_in_the_index() {
    let project = Project::empty();
    project.write("minutes/a.jsonl", "{\"text\":\"護ステの会合\"}\n{\"text\":\"訪問護ステへ行く\"}\n");
    project.write("words.csv", "# 略語\n護ステ,名詞,ゴステ\n");
    // Without the word in a dictionary, 訪問護ステ is split differently.
    project.run("index minutes --index plain");
    project.run("index minutes --index own --user-dictionary words.csv");
    fs::remove_file(project.path("words.csv")).unwrap();
    assert_eq!(project.run("search 護ステ --index own --exact --format json").json()["total"], 2);
    // The word is also found by its reading, which only the user's dictionary has.
    assert_eq!(project.run("search ごすて --index own --format json").json()["total"], 2);
    assert_eq!(project.run("search ごすて --index plain").code, 1);
    let morphemes = &project.run("analyze 護ステ --index own --format json").json()["morphemes"];
    assert_eq!(morphemes.as_array().unwrap().len(), 1);

    for (text, message) in [
        ("護ステ,名詞\n", "line 1: 2 columns; a word has 3 (surface,part of speech,reading) or 13"),
        ("護ステ,名詞,ゴステ\n ,名詞,x\n", "line 2: the surface, in the first column, is empty"),
    ] {
        project.write("words.csv", text);
        let output = project.run("index minutes --index own --user-dictionary words.csv");
        assert_eq!((output.stderr, output.code), (format!("error: words.csv: {message}\n"), 2));
    }
    let missing = project.run("index minutes --user-dictionary no.csv");
    assert!(missing.stderr.starts_with("error: no.csv: ") && missing.code == 2, "{}", missing.stderr);
}

/// Compiles a dictionary of a few words with the columns of SudachiDict.
fn compile_sudachi(project: &Project, folder: &str, extra: &str) {
    let source = |name: &str| format!("source/{name}");
    let word = |surface: &str, class: &str, reading: &str, normalized: &str| {
        format!(
            "{surface},0,0,100,{surface},{class},普通名詞,一般,*,*,*,{reading},{normalized},*,A,*,*,*,*\n"
        )
    };
    let lexicon = word("受入れ", "名詞", "ウケイレ", "受け入れ")
        + &word("受け入れ", "名詞", "ウケイレ", "受け入れ")
        + &word("の", "助詞", "ノ", "の")
        + &word("体制", "名詞", "タイセイ", "体制")
        + extra;
    project.write(&source("lex.csv"), lexicon);
    project.write(&source("matrix.def"), "1 1\n0 0 0\n");
    project.write(
        &source("char.def"),
        "DEFAULT 0 1 0\nSPACE 0 1 0\nKANJI 0 0 2\nHIRAGANA 0 1 2\n0x0020 SPACE\n0x4E00..0x9FFF KANJI\n0x3041..0x309F HIRAGANA\n",
    );
    let unknown = |category: &str| format!("{category},0,0,5000,名詞,普通名詞,一般,*,*,*,*,*,*,*,*,*,*,*\n");
    project.write(&source("unk.def"), ["DEFAULT", "SPACE", "KANJI", "HIRAGANA"].map(unknown).concat());
    let metadata = serde_json::json!({
        "name": "sudachi-like", "encoding": "UTF-8",
        "default_word_cost": -10000, "default_left_context_id": 0, "default_right_context_id": 0,
        "default_field_value": "*", "flexible_csv": true, "skip_invalid_cost_or_id": true, "normalize_details": false,
        "dictionary_schema": {"fields": [
            "surface", "left_context_id", "right_context_id", "cost", "display_surface", "part_of_speech",
            "part_of_speech_subcategory_1", "part_of_speech_subcategory_2", "part_of_speech_subcategory_3",
            "conjugation_type", "conjugation_form", "reading", "normalized_form", "dictionary_form_id", "split_mode",
            "split_a", "split_b", "word_structure", "synonym_group_ids",
        ]},
        "user_dictionary_schema": {"fields": ["surface", "part_of_speech", "reading"]},
    });
    let builder = DictionaryBuilder::new(serde_json::from_value(metadata).unwrap());
    builder.build_dictionary(&project.path("source"), Path::new(&project.path(folder))).unwrap();
}

#[test]
fn another_dictionary_with_normalized_forms() {
    let project = Project::empty();
    project.write(
        "minutes/a.jsonl",
        "{\"text\":\"受入れの体制\"}\n{\"text\":\"体制の受け入れ\"}\n{\"text\":\"体制\"}\n",
    );
    compile_sudachi(&project, "sudachi", "");
    assert_eq!(project.run("index minutes --dictionary sudachi").stderr, "");
    let morphemes = &project.run("analyze 受入れの体制 --format json").json()["morphemes"];
    assert_eq!(morphemes[0]["base_form"], "受け入れ");
    assert_eq!(morphemes[1]["class"], "function");
    assert_eq!(project.run("search 受入れ --no-synonyms --format json").json()["total"], 2);

    // The index is not searched with a dictionary that has changed or is gone.
    compile_sudachi(
        &project,
        "sudachi",
        "新語,0,0,100,新語,名詞,普通名詞,一般,*,*,*,シンゴ,新語,*,A,*,*,*,*\n",
    );
    let changed = project.run("search 受入れ");
    assert!(
        changed.stderr.contains("it is not the dictionary that the index was made with"),
        "{}",
        changed.stderr
    );
    fs::remove_dir_all(project.path("sudachi")).unwrap();
    let gone = project.run("search 受入れ");
    assert!(
        gone.stderr.starts_with("error: ") && gone.stderr.contains("sudachi") && gone.code == 2,
        "{}",
        gone.stderr
    );
    let none = project.run("index minutes --dictionary minutes");
    assert!(
        none.stderr.contains("give the folder of a dictionary that lindera has compiled"),
        "{}",
        none.stderr
    );
}
