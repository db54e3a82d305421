//! The description of the API in [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html).

use gijiroku::conditions::{Facet, Parameter};
use gijiroku::search::Sort;
use serde_json::{Map, Value, json};

use super::part::{LONGEST_TEXT, MOST_BYTES};
use super::shape::{FIELDS, LONGEST_SNIPPET};
use crate::service::{DEEPEST, LONGEST_QUERY, MOST_FACETS, MOST_HITS, MOST_VALUES};

/// Returns the OpenAPI document.
pub(super) fn document() -> Value {
    let searched = [filters(), words()].concat();
    let page = vec![
        number("limit", "How many are answered", 10, MOST_HITS),
        number("offset", "How many of the first are passed over", 0, DEEPEST),
    ];
    let order = vec![
        may_be_empty(parameter("sort", "The order; with - before it the opposite one", order_schema())),
        may_be_empty(parameter(
            "group_by",
            "The best of each value of this, as many as limit says; offset passes over groups, of which an answer has \
             at most 20, and no more than make 100 hits",
            facet_schema(),
        )),
        flag("collapse", "Of opinions that say nearly the same only the first"),
        flag("explain", "What made the score of each hit"),
    ];
    let by = list("by", "By what; twice for a matrix", facet_schema(), 2);
    let facet = list(
        "facet",
        "Count what matches also by this, beside region and section",
        facet_schema(),
        MOST_FACETS,
    );
    let rows = vec![
        number("limit", "How many rows are answered", MOST_HITS, MOST_HITS),
        number("offset", "How many of the first rows are passed over", 0, DEEPEST),
    ];
    let twenty = vec![
        number("limit", "How many are answered", 20, MOST_HITS),
        number("offset", "How many of the first are passed over; there are at most 100", 0, DEEPEST),
    ];
    let list = || {
        vec![
            unbounded("limit", "How many are answered; all, if none is given"),
            unbounded("offset", "How many of the first are passed over"),
        ]
    };
    let mut paths = Map::new();
    let mut add = |path: &str, summary: &str, parameters: Vec<Value>, schema: Value, may_lack: bool| {
        paths.insert(
            path.to_owned(),
            json!({ "get": operation(path, summary, parameters, schema, may_lack) }),
        );
    };
    add(
        "/api/v1/search",
        "Find opinions",
        [query(false), searched.clone(), tiers("any"), page, order, vec![facet], shape()].concat(),
        reference("SearchResults"),
        true,
    );
    add(
        "/api/v1/suggest",
        "Complete the beginning of a word",
        [query(true), vec![number("limit", "How many are answered", 10, MOST_HITS)]].concat(),
        array(reference("Suggestion")),
        false,
    );
    add(
        "/api/v1/opinions/{id}",
        "An opinion in its context",
        vec![
            in_path("The identifier of an opinion"),
            number("context", "How many neighbours on each side", 0, 100),
            unbounded("skip", "How many of the first characters of its text are passed over"),
        ],
        reference("OpinionInContext"),
        true,
    );
    add(
        "/api/v1/similar",
        "Opinions of the same concern as one",
        vec![
            required(parameter("id", "The identifier of an opinion", string())),
            flag("same_meeting", "Those of its own meeting too"),
            number("limit", "How many are answered", 10, MOST_HITS),
            number("offset", "How many of the first are passed over", 0, DEEPEST),
        ],
        array(reference("Hit")),
        true,
    );
    add(
        "/api/v1/compare",
        "Count what matches by a facet",
        [query(false), searched.clone(), tiers("first"), vec![by], rows, shape()].concat(),
        reference("Comparison"),
        true,
    );
    add(
        "/api/v1/keywords",
        "What is characteristic of some opinions",
        [query(false), searched.clone(), twenty.clone(), shape()].concat(),
        reference("Keywords"),
        true,
    );
    add(
        "/api/v1/terms",
        "Which words go with a topic",
        [query(false), searched, twenty, shape()].concat(),
        reference("Keywords"),
        true,
    );
    add(
        "/api/v1/facets",
        "The values of each facet",
        [vec![self::list("by", "Only these facets", facet_schema(), Facet::ALL.len())], list()].concat(),
        json!({ "type": "object", "additionalProperties": array(string()) }),
        false,
    );
    add("/api/v1/meetings", "All meetings", list(), array(reference("Meeting")), false);
    add(
        "/api/v1/meetings/{id}",
        "A meeting with its opinions",
        [vec![in_path("The identifier of a meeting")], list()].concat(),
        object(&[("meeting", reference("Meeting")), ("opinions", array(reference("Opinion")))]),
        true,
    );
    add("/api/v1/stats", "What is in the index", list(), reference("Statistics"), false);
    add(
        "/api/v1/health",
        "Whether the server answers",
        Vec::new(),
        object(&[("status", json!({ "const": "ok" })), ("version", string()), ("opinions", integer())]),
        false,
    );
    add("/api/v1/openapi.json", "This description", Vec::new(), json!({ "type": "object" }), false);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "gijiroku",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!(
                "Full-text search for Japanese meeting minutes (議事録). All answers are JSON; offsets count characters \
                 (Unicode scalar values), and ends are not included. An answer has at most {MOST_BYTES} bytes before it is \
                 compressed, unless its first item alone is larger, and a text in it at most {LONGEST_TEXT} characters. Where \
                 there is more, a Link header leads to it."
            ),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "servers": [{ "url": "/", "description": "The server that has this description" }],
        // Nobody has to say who they are.
        "security": [],
        "paths": paths,
        "components": { "schemas": schemas() }
    })
}

fn operation(path: &str, summary: &str, parameters: Vec<Value>, schema: Value, may_lack: bool) -> Value {
    let content = |kind: &str, schema: Value| json!({ kind: { "schema": schema } });
    let problem = |description: &str| {
        let content = content("application/problem+json", reference("Problem"));
        json!({ "description": description, "content": content })
    };
    let link = json!({
        "description": "With rel=\"next\": the address of what follows, relative to that of the answer (RFC 8288)",
        "schema": string(),
    });
    let mut responses = json!({
        "200": { "description": "The answer", "headers": { "Link": link }, "content": content("application/json", schema) },
        "304": { "description": "The answer is that which the asker has (If-None-Match)" },
        "421": problem("The Host header names another server"),
        "503": problem("Too many searches at once, or one that took too long"),
    });
    if let Some(responses) = responses.as_object_mut() {
        if !parameters.is_empty() {
            responses.insert("400".to_owned(), problem("A parameter can't be understood"));
        }
        if may_lack {
            responses.insert("404".to_owned(), problem("There is no such thing"));
        }
    }
    let id: Vec<&str> = path.split('/').skip(3).map(|part| part.trim_matches(['{', '}'])).collect();
    json!({
        "operationId": id.join("_").replace('.', "_"),
        "summary": summary,
        "parameters": parameters,
        "responses": responses,
    })
}

/// The name of a facet, or of an extra field of the index.
fn facet_schema() -> Value {
    json!({ "type": "string", "pattern": format!("^({})$", facets()) })
}

/// The name of an order.
fn order_schema() -> Value {
    json!({ "type": "string", "pattern": format!("^({}|-?({}))$", Sort::Relevance, facets()) })
}

fn facets() -> String {
    let known: Vec<&str> = Facet::ALL.iter().map(Facet::name).collect();
    format!("{}|field:.*\\S.*", known.join("|"))
}

fn query(is_required: bool) -> Vec<Value> {
    let description = "The words to look for, in the query language of the command line";
    let schema = json!({ "type": "string", "maxLength": LONGEST_QUERY });
    let query = parameter("q", description, schema);
    vec![if is_required { required(query) } else { query }]
}

fn filters() -> Vec<Value> {
    let filter = |filter: Parameter| match filter.is_list() {
        true => list(filter.name(), filter.help(), string(), MOST_VALUES),
        false => parameter(filter.name(), filter.help(), string()),
    };
    Parameter::all().map(filter).collect()
}

fn words() -> Vec<Value> {
    let exact =
        "Search the words as they are typed: no other spellings, no synonyms, no widening, no second tier";
    vec![choice("match", "Which words an opinion must have", &["all", "any"]), flag("exact", exact)]
}

fn tiers(default: &str) -> Vec<Value> {
    let description = "Only opinions with all words (first), or also those with only some of the words (any)";
    let mut tier = choice("tier", description, &["first", "any"]);
    tier["schema"]["default"] = json!(default);
    vec![tier]
}

/// What is told of each hit.
fn shape() -> Vec<Value> {
    let fields = format!("Only these fields of each hit, separated by commas: {}", FIELDS.join(", "));
    let snippet = "Of each text at most this many characters: those with the most that matches";
    let length = json!({ "type": "integer", "minimum": 0, "maximum": LONGEST_SNIPPET });
    let names = json!({ "type": "string", "pattern": format!("^(({0})(,({0}))*)?$", FIELDS.join("|")) });
    vec![parameter("fields", &fields, names), may_be_empty(parameter("snippet", snippet, length))]
}

fn number(name: &str, description: &str, default: usize, most: usize) -> Value {
    let schema = json!({ "type": "integer", "minimum": 0, "maximum": most, "default": default });
    may_be_empty(parameter(name, description, schema))
}

fn unbounded(name: &str, description: &str) -> Value {
    parameter(name, description, integer())
}

fn flag(name: &str, description: &str) -> Value {
    parameter(name, description, json!({ "type": "boolean", "default": false }))
}

fn choice(name: &str, description: &str, values: &[&str]) -> Value {
    may_be_empty(parameter(name, description, json!({ "type": "string", "enum": values })))
}

fn list(name: &str, description: &str, items: Value, most: usize) -> Value {
    let schema = json!({ "type": "array", "items": items, "maxItems": most });
    let mut list = parameter(name, description, schema);
    list["style"] = json!("form");
    list["explode"] = json!(true);
    list
}

fn in_path(description: &str) -> Value {
    let schema = json!({ "type": "string", "minLength": 1 });
    let mut in_path = required(parameter("id", description, schema));
    in_path["in"] = json!("path");
    in_path
}

fn parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn required(mut parameter: Value) -> Value {
    parameter["required"] = json!(true);
    parameter
}

/// An empty value means what no value means.
fn may_be_empty(mut parameter: Value) -> Value {
    parameter["allowEmptyValue"] = json!(true);
    parameter
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn array(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn string() -> Value {
    json!({ "type": "string" })
}

fn optional_string() -> Value {
    json!({ "type": ["string", "null"] })
}

fn integer() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// Returns the schema of an object that has all of these properties.
fn object(properties: &[(&str, Value)]) -> Value {
    with_optional(properties, &[])
}

/// Returns the schema of an object with required and optional properties.
fn with_optional(required: &[(&str, Value)], optional: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        required.iter().chain(optional).map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn schemas() -> Value {
    let source = object(&[("file", string()), ("line", integer())]);
    let opinion = [
        ("id", string()),
        ("region", optional_string()),
        ("section", optional_string()),
        ("date", optional_string()),
        ("meeting", string()),
        ("speaker", optional_string()),
        ("text", string()),
        ("source", source.clone()),
    ];
    let page = with_optional(&[("number", integer())], &[("printed", string())]);
    let extra = json!({ "type": "object", "additionalProperties": string() });
    let of_facet = object(&[
        ("facet", facet_schema()),
        ("values", integer()),
        // A value and the number of its opinions.
        (
            "most",
            array(
                json!({ "type": "array", "items": { "type": ["string", "integer"] }, "minItems": 2, "maxItems": 2 }),
            ),
        ),
        ("without", integer()),
    ]);
    let office = with_optional(&[("office", string())], &[("from", integer()), ("to", integer())]);
    let member = object(&[("name", string()), ("office", optional_string())]);
    let vote = with_optional(&[("name", string()), ("vote", string())], &[("matter", string())]);
    let mut snippet = array(integer());
    snippet["description"] = json!("Which characters of the whole text are told, if these are not all");
    let of_opinion = [
        ("snippet", snippet),
        ("role", string()),
        ("body", string()),
        ("speaker_as_printed", string()),
        ("party", string()),
        ("url", string()),
        ("page", page),
        ("extra", extra),
    ];
    let highlights = array(json!({ "type": "array", "items": integer(), "minItems": 2, "maxItems": 2 }));
    let score = json!({ "type": "number" });
    let boolean = json!({ "type": "boolean" });
    let tier = json!({
        "type": "integer",
        "enum": [1, 2],
        "description": "1 with all words of the query, 2 with only some of them"
    });
    let of_hit = [("rank", integer()), ("tier", tier), ("score", score.clone()), ("highlights", highlights)];
    let hit_optional = [
        ("group", string()),
        ("group_count", integer()),
        ("group_partial", integer()),
        ("alike", integer()),
        ("explanation", reference("Explanation")),
    ];
    let mut near = integer();
    near["description"] = json!("How many of the hits have no word and are only near in meaning");
    let mut partial = integer();
    partial["description"] = json!("How many opinions have only some of the words");
    let reading = [("query", string()), ("read_as", string())];
    let kind = json!({ "type": "string", "enum": ["spelling", "reading", "synonym", "similar", "related"] });
    let also = object(&[("word", string()), ("as", string()), ("kind", kind.clone())]);
    let reading_optional =
        [("remarks", array(string())), ("also", array(also)), ("widened", reference("Widening"))];
    let counts =
        array(with_optional(&[("value", string()), ("count", integer())], &[("partial", partial.clone())]));
    let covered = json!({
        "type": "number",
        "minimum": 0,
        "description": "By how much the scores are reduced, because the opinion has only a part of the query"
    });
    let share = json!({ "type": "number", "minimum": 0, "maximum": 1 });
    let count = [("count", integer()), ("of", integer()), ("share", share)];
    json!({
        "Problem": object(&[("status", integer()), ("title", string()), ("detail", string())]),
        "Suggestion": object(&[("text", string()), ("count", integer())]),
        "Opinion": with_optional(&opinion, &of_opinion),
        // Which fields a hit has can be chosen.
        "Hit": with_optional(&[], &[&of_hit[..], &opinion, &hit_optional, &of_opinion].concat()),
        "Explanation": object(&[
            ("terms", array(reference("TermExplanation"))),
            ("single_characters", score.clone()),
            ("together", score.clone()),
            ("headings", score.clone()),
            ("related", score.clone()),
            ("covered", covered),
        ]),
        "TermExplanation": with_optional(
            &[
                ("typed", string()),
                ("term", string()),
                ("view", json!({ "type": "string", "enum": ["words", "characters"] })),
                ("count", integer()),
                ("score", score),
            ],
            &[("as", string()), ("kind", kind)],
        ),
        "Widening": object(&[
            ("sentence", boolean.clone()),
            ("far", boolean.clone()),
            ("within_words", boolean),
            ("words", integer()),
            ("required", integer()),
        ]),
        "Meeting": with_optional(
            &[
            ("id", string()),
            ("title", string()),
            ("body", optional_string()),
            ("region", optional_string()),
            ("date", optional_string()),
            ("time", optional_string()),
            ("venue", optional_string()),
            ("attendance", json!({ "type": ["object", "null"] })),
            ("groups", array(string())),
            ("opinions", integer()),
            ("source", source),
            ],
            &[("members", array(member)), ("agenda", array(string())), ("votes", array(vote))],
        ),
        "OpinionInContext": object(&[
            ("opinion", reference("Opinion")),
            ("meeting", reference("Meeting")),
            ("before", array(reference("Opinion"))),
            ("after", array(reference("Opinion"))),
            ("citation", string()),
        ]),
        "SearchResults": with_optional(
            &[
                &reading[..],
                &[
                    ("total", integer()),
                    ("partial", partial),
                    ("took_ms", json!({ "type": "number" })),
                    ("hits", array(reference("Hit"))),
                    ("facets", {
                        let mut facets = object(&[("region", counts.clone()), ("section", counts.clone())]);
                        facets["additionalProperties"] = counts;
                        facets
                    }),
                ],
            ]
            .concat(),
            &[
                &reading_optional[..],
                &[
                    ("suggestions", array(reference("Suggestion"))),
                    ("repairs", array(json!({ "type": "object" }))),
                    ("near", near),
                    ("groups", integer()),
                ],
            ]
            .concat(),
        ),
        "Comparison": with_optional(
            &[
                &reading[..],
                &[
                    ("total", integer()),
                    ("of", integer()),
                    ("by", facet_schema()),
                    ("rows", array(reference("ComparedValue"))),
                    ("absent", array(string())),
                    ("rows_total", integer()),
                ],
            ]
            .concat(),
            &[
                &reading_optional[..],
                &[
                    ("across", facet_schema()),
                    ("columns", array(optional_string())),
                    ("columns_total", integer()),
                ],
            ]
            .concat(),
        ),
        "ComparedValue": with_optional(
            &[&[("value", optional_string())], &count[..]].concat(),
            &[("cells", array(object(&count))), ("best", reference("Hit"))],
        ),
        "Keywords": object(&[
            ("opinions", integer()),
            ("others", integer()),
            ("keywords", array(reference("Keyword"))),
        ]),
        "Keyword": object(&[
            ("term", string()),
            ("count", integer()),
            ("elsewhere", integer()),
            ("association", json!({ "type": "number" })),
            ("score", json!({ "type": "number" })),
            ("example", json!({ "oneOf": [reference("Hit"), { "type": "null" }] })),
        ]),
        "Statistics": with_optional(
            &[
                ("sources", integer()),
                ("meetings", integer()),
                ("opinions", integer()),
                ("sections", array(optional_string())),
                ("regions", array(object(&[("region", optional_string()), ("opinions", array(integer()))]))),
            ],
            &[
                ("facets", array(of_facet)),
                ("offices", json!({ "type": "object", "additionalProperties": array(office) })),
            ],
        ),
    })
}
