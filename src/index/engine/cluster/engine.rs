//! What an opened index of a cluster can be asked.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use super::client::Client;
use super::document::{
    COLUMNS, Document, HEADING, KEY, KIND, MEETING, MEETING_ID, OPINION, TERMS, first, meeting_of,
};
use super::generation::Generation;
use super::query::Compiler;
use super::scan::{PAGE, by_key, scan};
use super::score::{Scorer, characters_of, places_of};
use super::term_stream::{escaped, unescaped};
use super::{Cluster, ClusterError};
use crate::analysis::term;
use crate::analysis::term::Position;
use crate::conditions::Facet;
use crate::index::engine::collection::SeenOpinions;
use crate::index::engine::{
    COUNTED, Collected, Collection, Condition, Counting, DistinctNames, EachPair, Engine, EngineResult,
    FacetFilters, FacetValues, Kept, LocatedTerm, OpinionKey, Pattern, Reading, Retrieval, Seen,
    SharedEngine, TermField, TermSet, WeightedTerm, WordCount,
};
use crate::index::{IndexedMeeting, IndexedOpinion};
use crate::stop::Stop;

/// The largest number of the best matches that come with their terms, by which they are scored here.
const MOST_SCORED: usize = 1_000;

/// The number of matches that are scored here where all are wanted.
const HEAD: usize = 250;

/// The number of documents that are asked for at once with all that is stored of them.
const WHOLE: usize = 500;

/// The length of the terms that are kept, in bytes.
const MOST_KEPT: usize = 64 << 20;

/// The number of conditions that are asked at once.
const CONDITIONS: usize = 250;

/// The largest number of values of a facet that are counted.
const MOST_VALUES: usize = 50_000;

/// A generation that is open for searching.
#[derive(Clone)]
pub(in crate::index) struct ClusterEngine {
    client: Client,
    generation: Arc<Generation>,
    /// The documents that came last.
    kept: Arc<Mutex<KeptDocuments>>,
}

#[derive(Default)]
struct KeptDocuments {
    documents: HashMap<OpinionKey, Arc<Document>>,
    bytes: usize,
}

impl ClusterEngine {
    /// Opens the current generation; `None` if there is none.
    pub(in crate::index) fn open(cluster: &Cluster) -> Result<Option<Self>, ClusterError> {
        let client = Client::new(cluster)?;
        let generation = Generation::current(&client)?;
        Ok(generation.map(|generation| Self {
            client,
            generation: Arc::new(generation),
            kept: Arc::default(),
        }))
    }

    /// Returns what tells the current generation from others; `None` if there is none.
    pub(in crate::index) fn mark(client: &Client) -> Result<Option<String>, ClusterError> {
        Generation::mark(client)
    }

    /// Returns the manifest as it was stored.
    pub(in crate::index) fn manifest(&self) -> &str {
        &self.generation.manifest
    }

    fn compiler(&self) -> Compiler<'_> {
        Compiler { vocabulary: &self.generation.vocabulary, documents: self.generation.head.documents }
    }

    fn search(&self, body: &Json) -> Result<Json, ClusterError> {
        let path = format!("/{}/_search?allow_partial_search_results=false", self.generation.index);
        self.client.post(&path, body)
    }

    fn scan(&self, body: Json, each: impl FnMut(&Json) -> bool) -> Result<(), ClusterError> {
        scan(&self.client, &self.generation.index, body, each)
    }

    fn lacks(&self, what: &'static str) -> ClusterError {
        ClusterError::Unexpected { cluster: self.client.cluster().to_string(), what }
    }

    fn kept(&self) -> MutexGuard<'_, KeptDocuments> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the documents of hits, and returns them.
    fn keep(&self, hits: &Json) -> Result<Vec<(OpinionKey, Arc<Document>)>, ClusterError> {
        let mut documents = Vec::new();
        for hit in hits["hits"]["hits"].as_array().into_iter().flatten() {
            let (key, document) =
                Document::of(hit["_source"].clone()).ok_or_else(|| self.lacks("the text of an opinion"))?;
            documents.push((OpinionKey(key), Arc::new(document)));
        }
        let mut kept = self.kept();
        if kept.bytes > MOST_KEPT {
            *kept = KeptDocuments::default();
        }
        for (key, document) in &documents {
            kept.bytes += document.terms.0.len();
            kept.documents.insert(*key, Arc::clone(document));
        }
        Ok(documents)
    }

    /// Returns the documents of opinions, in the same order. Those that are not kept are asked for.
    fn whole(&self, opinions: &[OpinionKey]) -> Result<Vec<Arc<Document>>, ClusterError> {
        let mut found: HashMap<OpinionKey, Arc<Document>> = HashMap::new();
        {
            let kept = self.kept();
            let known = opinions.iter().filter_map(|key| Some((*key, Arc::clone(kept.documents.get(key)?))));
            found.extend(known);
        }
        let missing: Vec<u64> =
            opinions.iter().filter(|key| !found.contains_key(key)).map(|key| key.0).collect();
        for some in missing.chunks(WHOLE) {
            let answer = self.search(&json!({
                "size": some.len(), "track_total_hits": false, "query": { "terms": { KEY: some } },
            }))?;
            found.extend(self.keep(&answer)?);
        }
        let document = |key: &OpinionKey| found.get(key).cloned().ok_or_else(|| self.lacks("an opinion"));
        opinions.iter().map(document).collect()
    }

    /// Returns the number of opinions that meet each of some conditions.
    fn numbers(&self, conditions: &[Condition]) -> Result<Vec<usize>, ClusterError> {
        let mut numbers = Vec::with_capacity(conditions.len());
        for some in conditions.chunks(CONDITIONS) {
            let answer = self.search(&json!({
                "size": 0, "track_total_hits": false, "aggs": { "met": self.counting(some) },
            }))?;
            numbers.extend(self.counted(&answer["aggregations"]["met"], some.len())?);
        }
        Ok(numbers)
    }

    /// Returns whether any opinion meets a condition, if the terms and the values tell it.
    fn known(&self, condition: &Condition) -> Option<bool> {
        let vocabulary = &self.generation.vocabulary;
        match condition {
            Condition::Values(values) if values.iter().all(|value| COLUMNS.contains(&value.column)) => {
                Some(values.iter().any(|value| vocabulary.has_value(value.column, &value.value)))
            }
            Condition::Pattern(Pattern::BaseForm(base_form)) => {
                Some(vocabulary.documents(TermField::Text, &term::of_word(base_form)) > 0)
            }
            // A string of which a pair is nowhere is nowhere.
            Condition::Pattern(Pattern::Characters { characters, .. }) => {
                let characters: Vec<char> = characters.chars().collect();
                let mut pairs = characters.windows(2).map(String::from_iter);
                pairs.any(|pair| vocabulary.documents(TermField::Text, &pair) == 0).then_some(false)
            }
            _ => None,
        }
    }

    /// Returns an aggregation that counts the opinions that meet each of some conditions.
    fn counting<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> Json {
        let compiler = self.compiler();
        let filter =
            |(place, condition): (usize, &Condition)| (place.to_string(), compiler.opinions(condition));
        let filters: serde_json::Map<String, Json> = conditions.into_iter().enumerate().map(filter).collect();
        json!({ "filters": { "filters": filters } })
    }

    /// Returns the numbers that [`counting`](Self::counting) asks for.
    fn counted(&self, aggregation: &Json, conditions: usize) -> Result<Vec<usize>, ClusterError> {
        let number = |place: usize| {
            let number = aggregation["buckets"][place.to_string()]["doc_count"].as_u64();
            let number = number.and_then(|number| usize::try_from(number).ok());
            number.ok_or_else(|| self.lacks("a number of opinions"))
        };
        (0..conditions).map(number).collect()
    }

    /// Scores documents as a local index does, and puts them in order. `numbers` are those of the opinions that have the
    /// single characters of the condition, which score.
    fn scored(
        &self,
        retrieval: &Retrieval,
        characters: &[Condition],
        numbers: &[usize],
        documents: Vec<(OpinionKey, Arc<Document>)>,
    ) -> Vec<(f32, OpinionKey)> {
        let rarity_of = |pattern: &Pattern| {
            let is_it = |known: &Condition| matches!(known, Condition::Pattern(known) if known == pattern);
            let place = characters.iter().position(is_it);
            place.and_then(|place| numbers.get(place)).map_or(0, |&number| number as u64)
        };
        let scorer = Scorer::new(retrieval, self.generation.head.documents, &rarity_of);
        documents.into_iter().map(|(key, document)| (scorer.score(&document), key)).collect()
    }

    /// Returns the query of a search that counts facets without their own filters, and other facets with all.
    fn faceted(&self, query: Json, filters: &FacetFilters, counting: &Counting) -> Json {
        let filter = |place: usize| -> Option<Json> {
            let values = &filters.0[place];
            (!values.is_empty()).then(|| json!({ "terms": { COUNTED[place].column(): values } }))
        };
        let all: Vec<Json> = (0..COUNTED.len()).filter_map(filter).collect();
        let mut body = json!({ "query": query, "track_total_hits": true });
        let mut count = |name: String, facet: &Facet, filters: &[Json]| {
            let mut values = json!({ "field": facet.column(), "size": MOST_VALUES });
            let prefix = facet.stored_prefix();
            if !prefix.is_empty() {
                // A name that no opinion has can be longer than what a cluster takes as an expression.
                if self.generation.vocabulary.values(facet.column(), &prefix).is_empty() {
                    return;
                }
                values["include"] = json!(beginning_with(&prefix));
            }
            body["aggs"][name] = json!({
                "filter": { "bool": { "filter": filters } },
                "aggs": { "values": { "terms": values } },
            });
        };
        for (place, facet) in counting.others.iter().enumerate() {
            count(other(place), facet, &all);
        }
        if counting.facets {
            for (place, facet) in COUNTED.iter().enumerate() {
                let others: Vec<Json> =
                    (0..COUNTED.len()).filter(|other| *other != place).filter_map(filter).collect();
                count(facet.name().to_owned(), facet, &others);
            }
        }
        if !all.is_empty() {
            body["post_filter"] = json!({ "bool": { "filter": all } });
        }
        body
    }

    /// Returns the value of a column for each of all opinions that it is asked for: the first that begins in this way.
    fn column(
        &self,
        column: &str,
        beginning: &str,
        opinions: &[OpinionKey],
    ) -> Result<Vec<Option<String>>, ClusterError> {
        let mut values: HashMap<OpinionKey, Option<String>> = HashMap::new();
        {
            let kept = self.kept();
            let known = opinions.iter().filter_map(|key| Some((*key, kept.documents.get(key)?)));
            values.extend(
                known.map(|(key, document)| (key, document.first(column, beginning).map(str::to_owned))),
            );
        }
        let missing: Vec<u64> =
            opinions.iter().filter(|key| !values.contains_key(key)).map(|key| key.0).collect();
        for some in missing.chunks(PAGE) {
            let answer = self.search(&json!({
                "size": some.len(), "track_total_hits": false, "_source": false, "sort": by_key(),
                "docvalue_fields": [column], "query": { "terms": { KEY: some } },
            }))?;
            for hit in answer["hits"]["hits"].as_array().into_iter().flatten() {
                let key = hit["sort"][0].as_u64().ok_or_else(|| self.lacks("a key"))?;
                values.insert(OpinionKey(key), first(&hit["fields"][column], beginning).map(str::to_owned));
            }
        }
        let value = |key: &OpinionKey| values.get(key).cloned().ok_or_else(|| self.lacks("an opinion"));
        opinions.iter().map(value).collect()
    }

    fn documents_of(&self, query: Json) -> Result<Vec<Json>, ClusterError> {
        let mut sources = Vec::new();
        let body = json!({ "size": PAGE, "sort": by_key(), "query": query, "_source": { "excludes": [TERMS, HEADING] } });
        self.scan(body, |hit| {
            sources.push(hit["_source"].clone());
            true
        })?;
        Ok(sources)
    }

    fn opinions_of(&self, query: Json) -> EngineResult<Vec<IndexedOpinion>> {
        let mut opinions = Vec::new();
        for mut source in self.documents_of(query)? {
            source[TERMS] = Json::from("");
            let opinion = Document::of(source).and_then(|(_, document)| document.opinion());
            opinions.push(opinion.ok_or_else(|| self.lacks("a part of an opinion"))?);
        }
        Ok(opinions)
    }
}

impl Engine for ClusterEngine {
    fn until(&self, stop: &Stop) -> SharedEngine {
        Arc::new(Self { client: self.client.until(stop), ..self.clone() })
    }

    fn documents(&self) -> u64 {
        self.generation.head.documents
    }

    fn average_length(&self) -> EngineResult<f32> {
        Ok(self.generation.head.tokens as f32 / self.documents().max(1) as f32)
    }

    fn locate(&self, field: TermField, text: &str) -> EngineResult<LocatedTerm> {
        let documents = self.generation.vocabulary.documents(field, text);
        Ok(LocatedTerm { text: text.to_owned(), documents, segments: Vec::new() })
    }

    fn terms(&self, set: &TermSet<'_>) -> EngineResult<Vec<(String, u64)>> {
        Ok(self.generation.vocabulary.terms(set))
    }

    fn exist(&self, conditions: &[Condition]) -> EngineResult<Vec<bool>> {
        let known: Vec<Option<bool>> = conditions.iter().map(|condition| self.known(condition)).collect();
        let asked = conditions.iter().zip(&known).filter(|(_, known)| known.is_none());
        let asked: Vec<Condition> = asked.map(|(condition, _)| condition.clone()).collect();
        let mut answers = self.numbers(&asked)?.into_iter().map(|number| number > 0);
        Ok(known.into_iter().map(|known| known.or_else(|| answers.next()).unwrap_or_default()).collect())
    }

    fn counts(&self, conditions: &[Condition]) -> EngineResult<Vec<usize>> {
        Ok(self.numbers(conditions)?)
    }

    fn collect(&self, retrieval: &Retrieval, collection: Collection) -> EngineResult<Collected> {
        let Collection { kept, filters, counting, seen } = collection;
        let except = match &seen {
            Seen::Skip(seen) => seen.condition.as_ref(),
            Seen::Ignore | Seen::Note => None,
        };
        let query = self.compiler().retrieval(retrieval, except);
        let mut body = self.faceted(query, &filters, &counting);
        let (size, is_whole) = match kept {
            Kept::Best(limit) if limit <= MOST_SCORED => (limit, true),
            Kept::Best(_) => (HEAD, true),
            Kept::None | Kept::All => (0, false),
        };
        body["size"] = json!(size);
        if is_whole {
            body["sort"] = json!([{ "_score": "desc" }, { KEY: "asc" }]);
        }
        let mut characters = Vec::new();
        characters_of(&retrieval.condition, &mut characters);
        let characters: Vec<Condition> =
            characters.into_iter().map(|pattern| Condition::Pattern(pattern.clone())).collect();
        if size > 0 && !characters.is_empty() {
            // Their rarity is that among all opinions, and not among those that are found.
            body["aggs"]["characters"] =
                json!({ "global": {}, "aggs": { "met": self.counting(&characters) } });
        }
        let answer = self.search(&body)?;
        let total = answer["hits"]["total"]["value"].as_u64().and_then(|total| usize::try_from(total).ok());
        let total = total.ok_or_else(|| self.lacks("the number of matches"))?;
        let documents = self.keep(&answer)?;
        let numbers = match documents.is_empty() {
            true => Vec::new(),
            false => self.counted(&answer["aggregations"]["characters"]["met"], characters.len())?,
        };
        let mut top = self.scored(retrieval, &characters, &numbers, documents);
        let is_rest_wanted = match kept {
            Kept::None => false,
            Kept::Best(limit) => top.len() < limit.min(total),
            Kept::All => total > 0,
        };
        if is_rest_wanted {
            let known: HashSet<OpinionKey> = top.iter().map(|&(_, key)| key).collect();
            let is_ranked = kept != Kept::All;
            body["size"] = json!(PAGE);
            body["_source"] = json!(false);
            body["track_total_hits"] = json!(false);
            body["sort"] = if is_ranked { json!([{ "_score": "desc" }, { KEY: "asc" }]) } else { by_key() };
            if let Some(body) = body.as_object_mut() {
                body.remove("aggs");
            }
            self.scan(body, |hit| {
                let sort = &hit["sort"];
                let (score, key) =
                    if is_ranked { (sort[0].as_f64(), &sort[1]) } else { (Some(0.0), &sort[0]) };
                let rest = key.as_u64().map(OpinionKey).filter(|key| !known.contains(key));
                top.extend(rest.map(|key| (score.unwrap_or_default() as f32, key)));
                true
            })?;
        }
        top.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        let seen = match seen {
            Seen::Note => {
                SeenOpinions { condition: Some(retrieval.condition.clone()), ..SeenOpinions::default() }
            }
            Seen::Ignore | Seen::Skip(_) => SeenOpinions::default(),
        };
        let counts = COUNTED.each_ref().map(|facet| counts_of(&answer, facet.name()));
        let other_counts =
            (0..counting.others.len()).map(|place| counts_of(&answer, &other(place))).collect();
        Ok(Collected { top, total, counts, other_counts, seen })
    }

    fn all(&self) -> EngineResult<Vec<OpinionKey>> {
        let mut keys = Vec::new();
        let query = json!({ "term": { KIND: OPINION } });
        let body = json!({ "size": PAGE, "sort": by_key(), "query": query, "_source": false, "track_total_hits": false });
        self.scan(body, |hit| {
            keys.extend(hit["sort"][0].as_u64().map(OpinionKey));
            true
        })?;
        Ok(keys)
    }

    fn values(&self, column: &str) -> EngineResult<Vec<String>> {
        self.values_beginning_with(column, "")
    }

    fn values_beginning_with(&self, column: &str, beginning: &str) -> EngineResult<Vec<String>> {
        Ok(self.generation.vocabulary.values(column, beginning))
    }

    fn facet_values(&self, facet: &Facet, opinions: &[OpinionKey]) -> EngineResult<FacetValues> {
        let mut distinct = DistinctNames::default();
        let stored = self.column(facet.column(), &facet.stored_prefix(), opinions)?.into_iter();
        let places = stored.map(|stored| distinct.place(stored.map(|stored| facet.value(&stored)))).collect();
        Ok(FacetValues { names: distinct.names, places })
    }

    fn read(
        &self,
        opinions: &[OpinionKey],
        terms: &[WeightedTerm],
        headings: &[&LocatedTerm],
    ) -> EngineResult<Vec<Reading>> {
        let of_text: HashMap<String, usize> =
            terms.iter().enumerate().map(|(place, term)| (escaped(&term.term.text), place)).collect();
        let of_heading: HashMap<&str, usize> =
            headings.iter().enumerate().map(|(place, term)| (term.text.as_str(), place)).collect();
        let mut readings = Vec::with_capacity(opinions.len());
        for document in self.whole(opinions)? {
            let mut reading = Reading { length: document.terms.length(), ..Reading::default() };
            let occurrences = document.terms.terms();
            reading
                .occurrences
                .extend(occurrences.filter_map(|(place, term)| Some((place, *of_text.get(term)?))));
            reading.occurrences.sort_unstable();
            reading.headings.extend(document.headings().filter_map(|term| of_heading.get(term).copied()));
            reading.headings.sort_unstable();
            readings.push(reading);
        }
        Ok(readings)
    }

    fn places(&self, pattern: &Pattern, opinion: OpinionKey) -> EngineResult<Vec<u32>> {
        let documents = self.whole(&[opinion])?;
        let Some(document) = documents.first() else { return Ok(Vec::new()) };
        Ok(match pattern {
            Pattern::Character { .. } => Vec::new(),
            Pattern::Characters { characters, placement, boundary } => {
                let characters: Vec<char> = characters.chars().collect();
                places_of(&characters, *placement, *boundary, &document.terms.text())
            }
            Pattern::BaseForm(base_form) => document.terms.places_of_base_form(base_form),
        })
    }

    fn ids(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<String>> {
        let ids = self.column("id", "", opinions)?;
        Ok(ids.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn opinions(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<IndexedOpinion>> {
        let lacks = || self.lacks("a part of an opinion").into();
        self.whole(opinions)?.iter().map(|document| document.opinion().ok_or_else(lacks)).collect()
    }

    fn words_within(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<WordCount>> {
        let mut within: HashMap<String, usize> = HashMap::new();
        for some in opinions.chunks(WHOLE) {
            for document in self.whole(some)? {
                let words: HashSet<&str> =
                    document.terms.terms().filter_map(|(_, term)| term::word(term)).collect();
                for word in words {
                    match within.get_mut(word) {
                        Some(count) => *count += 1,
                        None => drop(within.insert(word.to_owned(), 1)),
                    }
                }
            }
        }
        let count = |(word, within): (String, usize)| {
            let base_form = unescaped(&word);
            let all = self.generation.vocabulary.documents(TermField::Text, &term::of_word(&base_form));
            WordCount { base_form, within, all: usize::try_from(all).unwrap_or(usize::MAX) }
        };
        Ok(within.into_iter().map(count).collect())
    }

    /// Reads all opinions: a site that is exported holds them in memory anyway.
    fn each_pair(&self, each: &mut EachPair<'_>) -> EngineResult<()> {
        let mut postings: BTreeMap<String, Vec<(OpinionKey, Vec<u32>)>> = BTreeMap::new();
        for some in self.all()?.chunks(WHOLE) {
            for (key, document) in some.iter().zip(self.whole(some)?) {
                let starts = document.terms.text().starts;
                for (character, pair) in document.terms.terms().filter(|(_, one)| term::word(one).is_none()) {
                    let begins_word = starts.get(character as usize).copied().unwrap_or(false);
                    let position = Position { character, begins_word }.encode();
                    let of_pair = postings.entry(unescaped(pair)).or_default();
                    match of_pair.last_mut() {
                        Some((last, positions)) if last == key => positions.push(position),
                        _ => of_pair.push((*key, vec![position])),
                    }
                }
            }
        }
        for (pair, postings) in &postings {
            if !each(pair, postings) {
                break;
            }
        }
        Ok(())
    }

    fn opinion(&self, id: &str) -> EngineResult<Option<IndexedOpinion>> {
        let query =
            json!({ "bool": { "filter": [{ "term": { KIND: OPINION } }, { "term": { "id": id } }] } });
        Ok(self.opinions_of(query)?.into_iter().next())
    }

    fn meeting(&self, id: &str) -> EngineResult<Option<IndexedMeeting>> {
        let query =
            json!({ "bool": { "filter": [{ "term": { KIND: MEETING } }, { "term": { MEETING_ID: id } }] } });
        Ok(self.documents_of(query)?.iter().find_map(meeting_of))
    }

    fn meetings(&self) -> EngineResult<Vec<IndexedMeeting>> {
        Ok(self.documents_of(json!({ "term": { KIND: MEETING } }))?.iter().filter_map(meeting_of).collect())
    }

    fn opinions_of_meeting(&self, meeting: &str, first: u64, last: u64) -> EngineResult<Vec<IndexedOpinion>> {
        // A `long` of the cluster ends where an `i64` does.
        let last = last.min(i64::MAX as u64);
        self.opinions_of(json!({ "bool": { "filter": [
            { "term": { KIND: OPINION } }, { "term": { "meeting": meeting } },
            { "range": { "number": { "gte": first, "lte": last } } },
        ] } }))
    }
}

/// The name of the aggregation of one of the other facets. Region and section may be among them.
fn other(place: usize) -> String {
    format!("other_{place}")
}

/// Returns the regular expression of the values that begin in this way.
fn beginning_with(text: &str) -> String {
    let escape = |character: char| match character.is_ascii_punctuation() {
        true => format!("\\{character}"),
        false => character.to_string(),
    };
    text.chars().map(escape).collect::<String>() + ".*"
}

/// Returns the counts of an aggregation, which are none where it was not asked for.
fn counts_of(answer: &Json, name: &str) -> HashMap<String, usize> {
    let buckets = &answer["aggregations"][name]["values"]["buckets"];
    let count = |bucket: &Json| {
        let count = usize::try_from(bucket["doc_count"].as_u64()?).ok()?;
        Some((bucket["key"].as_str()?.to_owned(), count))
    };
    buckets.as_array().into_iter().flatten().filter_map(count).collect()
}
