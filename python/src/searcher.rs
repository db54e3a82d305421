//! Searching an index.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gijiroku::analysis::Synonyms;
use gijiroku::mining::{Comparison, Keywords, Statistics};
use gijiroku::table::{Row, row};
use gijiroku::{Facet, LiveSearcher, SearchError, SearchRequest};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use pythonize::pythonize;
use serde::Serialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::errors::{QueryError, UnknownValueError, of_index, of_search, of_synonyms};
use crate::interrupt;
use crate::opinion::{Opinion, id_of};
use crate::options::{Options, facet, items};
use crate::results::Results;
use crate::table::Kind::{Date, Integer, Number, Text};
use crate::table::{Frame, Kind, Table};

/// Answers questions about an index, always in the state of its last commit.
///
/// Threads may share a searcher, and several can search at the same time. ``gijiroku.open`` and ``Index.searcher`` return one.
///
/// The methods that search take a query and these conditions, each one value or a list of values of which an opinion must meet
/// one: ``region``, ``section``, ``speaker``, ``meeting``, ``body``, ``year``, ``date_from``, ``date_to``, ``party``, ``role``, and
/// ``field``, a dict of extra fields. ``matching="any"`` finds opinions with any of the words, ``exact=True`` searches the words only as they were typed,
/// ``synonyms=False`` without synonyms, and ``tiers="first"`` only opinions with all words.
///
/// >>> import gijiroku
/// >>> searcher = gijiroku.open("index")
/// >>> len(searcher)
/// 200
/// >>> searcher.count("訪問看護", region=["世田谷区", "足立区"], date_from="平成29年10月")
/// 3
#[pyclass(frozen, module = "gijiroku", name = "Searcher")]
#[derive(Debug)]
pub(crate) struct Searcher {
    live: LiveSearcher,
    folder: PathBuf,
    /// Kept as long as it is searched.
    _temporary: Option<Arc<TempDir>>,
}

impl Searcher {
    /// Opens the index in a folder, with further synonyms and related words.
    pub(crate) fn open(
        folder: PathBuf,
        temporary: Option<Arc<TempDir>>,
        synonyms: Option<&Bound<'_, PyAny>>,
        related: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut live = LiveSearcher::open(&folder).map_err(of_index)?;
        if synonyms.is_some() || related.is_some() {
            live = live.synonyms(read_synonyms(synonyms, related)?).map_err(of_index)?;
        }
        Ok(Self { live, folder, _temporary: temporary })
    }

    /// Asks the current state of the index.
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        ask: impl FnOnce(&gijiroku::Searcher) -> Result<T, SearchError> + Send + 'static,
    ) -> PyResult<(T, Arc<gijiroku::Searcher>)> {
        let live = self.live.clone();
        let (answer, searcher) = interrupt::run(py, move |stop| {
            let searcher = live.current();
            (ask(&searcher.until(stop)), searcher)
        })?;
        Ok((answer.map_err(of_search)?, searcher))
    }

    fn compared(
        &self,
        py: Python<'_>,
        request: SearchRequest,
        by: Facet,
        across: Option<Facet>,
    ) -> PyResult<Table> {
        let (comparison, _) = self.ask(py, move |searcher| searcher.compare(&request, by, across))?;
        Ok(table_of_comparison(&comparison))
    }

    fn keywords_of(
        &self,
        py: Python<'_>,
        options: &Options<'_>,
        query: &str,
        find: fn(&gijiroku::Searcher, &SearchRequest, usize) -> Result<Keywords, SearchError>,
    ) -> PyResult<Table> {
        let (request, limit) = (options.request(query)?, options.limit(20)?);
        options.finish()?;
        let (keywords, _) = self.ask(py, move |searcher| find(searcher, &request, limit))?;
        Ok(table_of_keywords(&keywords))
    }
}

#[pymethods]
impl Searcher {
    /// The folder of the index.
    #[getter]
    fn folder(&self) -> &Path {
        &self.folder
    }

    /// Return the opinions that match; without a query, all that meet the conditions.
    ///
    /// ``limit`` is the greatest number of hits, or ``None`` for all opinions with all words; ``offset`` skips the best. ``sort`` is
    /// ``"relevance"``, ``"date"``, ``"-date"``, another facet or ``"field:NAME"``. ``facets`` are counted beside region and section.
    /// ``group_by`` groups by a facet, with ``limit`` hits in each group; ``collapse=True`` gives one of opinions that say nearly
    /// the same. ``neighbours`` is the number of opinions before and after each hit that come with it, and ``explain=True`` explains
    /// scores.
    ///
    /// >>> import gijiroku
    /// >>> results = gijiroku.open("index").search("退院", section="病院", sort="-date", limit=3, facets=["year"])
    /// >>> [hit.region for hit in results]
    /// ['区西部', '区西部', '区東北部']
    /// >>> results.facets["year"].to_dicts()
    /// [{'value': '2017', 'count': 14, 'partial': 0}, {'value': '2018', 'count': 6, 'partial': 0}]
    #[pyo3(
        signature = (query = "", **options),
        text_signature = "($self, query='', *, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None, sort='relevance', limit=10, offset=0, facets=None, group_by=None, collapse=False, neighbours=0, explain=False)"
    )]
    fn search(&self, py: Python<'_>, query: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Results> {
        let options = Options::new(py, "search", options)?;
        let request = options.shown(options.request(query)?)?;
        options.finish()?;
        let (results, searcher) = self.ask(py, move |searcher| searcher.search(&request))?;
        Results::new(py, results, &searcher)
    }

    /// Return the number of opinions that match.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").count("24時間")
    /// 10
    #[pyo3(
        signature = (query = "", **options),
        text_signature = "($self, query='', *, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None)"
    )]
    fn count(&self, py: Python<'_>, query: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<usize> {
        let options = Options::new(py, "count", options)?;
        let request = options.request(query)?;
        options.finish()?;
        Ok(self.ask(py, move |searcher| searcher.count(&request))?.0)
    }

    /// Count the opinions that match by a facet, relative to all opinions with its value; or by two, a row for each pair.
    ///
    /// The facets are ``region``, ``section``, ``speaker``, ``meeting``, ``body``, ``date``, ``year``, ``fiscal-year``, ``month`` and
    /// ``field:NAME``, and name the columns of the table. Its summary tells how many opinions match, of how many, and the values
    /// without any.
    ///
    /// >>> import gijiroku
    /// >>> table = gijiroku.open("index").compare("24時間", by="region", across="section")
    /// >>> table.columns
    /// ['region', 'section', 'count', 'of', 'share']
    #[pyo3(
        signature = (query = "", **options),
        text_signature = "($self, query='', *, by='region', across=None, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None)"
    )]
    fn compare(&self, py: Python<'_>, query: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Table> {
        let options = Options::new(py, "compare", options)?;
        let (by, across) = (options.facet("by")?.unwrap_or(Facet::Region), options.facet("across")?);
        let request = options.request(query)?;
        options.finish()?;
        if across.as_ref() == Some(&by) {
            return Err(QueryError::new_err(format!(
                "by and across are both {by}; give two facets, or by alone"
            )));
        }
        self.compared(py, request, by, across)
    }

    /// Count the opinions that match in each ``"month"``, ``"year"`` or ``"fiscal-year"``, with those of nothing between.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").timeline("連携", by="year").to_dicts()[0]["year"]
    /// '2017'
    #[pyo3(
        signature = (query = "", **options),
        text_signature = "($self, query='', *, by='month', region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None)"
    )]
    fn timeline(&self, py: Python<'_>, query: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Table> {
        let options = Options::new(py, "timeline", options)?;
        let by = options.facet("by")?.unwrap_or(Facet::Month);
        if !by.is_time() {
            return Err(QueryError::new_err(format!("by is month, year, fiscal-year or date, and not {by}")));
        }
        let request = options.request(query)?;
        options.finish()?;
        self.compared(py, request, by, None)
    }

    /// Return the words that are characteristic of the opinions that match, compared with all others.
    ///
    /// >>> import gijiroku
    /// >>> table = gijiroku.open("index").keywords(region="西多摩", limit=3)
    /// >>> len(table), table.columns[:3]
    /// (3, ['term', 'count', 'elsewhere'])
    #[pyo3(
        signature = (query = "", **options),
        text_signature = "($self, query='', *, limit=20, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None)"
    )]
    fn keywords(&self, py: Python<'_>, query: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Table> {
        let options = Options::new(py, "keywords", options)?;
        self.keywords_of(py, &options, query, gijiroku::Searcher::keywords)
    }

    /// Return terms that are related to the words of a query: the keywords of what it finds, without the words themselves.
    ///
    /// >>> import gijiroku
    /// >>> "看取り" in [row["term"] for row in gijiroku.open("index").related_terms("看取り")]
    /// False
    #[pyo3(
        signature = (query, **options),
        text_signature = "($self, query, *, limit=20, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None, matching='all', exact=False, synonyms=True, tiers=None)"
    )]
    fn related_terms(
        &self,
        py: Python<'_>,
        query: &str,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let options = Options::new(py, "related_terms", options)?;
        self.keywords_of(py, &options, query, gijiroku::Searcher::related_terms)
    }

    /// Return opinions about the same concern as one that is given by itself or by its identifier; those of its own meeting only if
    /// ``same_meeting`` is true.
    ///
    /// >>> import gijiroku
    /// >>> searcher = gijiroku.open("index")
    /// >>> opinion = searcher.opinion("20171031-区東部-11")
    /// >>> any(hit.meeting_id == opinion.meeting_id for hit in searcher.similar(opinion, limit=3))
    /// False
    #[pyo3(
        signature = (opinion, **options),
        text_signature = "($self, opinion, *, same_meeting=False, limit=10, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None)"
    )]
    fn similar(
        &self,
        py: Python<'_>,
        opinion: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Results> {
        let options = Options::new(py, "similar", options)?;
        let (id, in_meeting) = (id_of(opinion)?, options.is_set("same_meeting", false)?);
        let (conditions, limit) = (options.conditions()?, options.limit(10)?);
        options.finish()?;
        // An error in a condition is told before anything is searched.
        let filters = conditions.filters().map_err(crate::errors::of_condition)?;
        let asked = id.clone();
        let (results, searcher) = self.ask(py, move |searcher| {
            let Some(opinion) = searcher.index().opinion(&asked)? else { return Ok(None) };
            let request =
                if in_meeting { searcher.similar_anywhere(&opinion)? } else { searcher.similar(&opinion)? };
            let request = filters.into_iter().fold(request, SearchRequest::filter);
            searcher.search(&request.limit(limit)).map(Some)
        })?;
        let mut results =
            results.ok_or_else(|| UnknownValueError::new_err(format!("no opinion has the id {id}")))?;
        // Nobody has typed the words of the opinion with their weights.
        results.reading.query.clear();
        Results::new(py, results, &searcher)
    }

    /// Return the opinion with an identifier, or ``None``.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").opinion("20171213-区中央部-3").number
    /// 3
    fn opinion(&self, py: Python<'_>, id: &str) -> PyResult<Option<Opinion>> {
        let id = id.to_owned();
        let (opinion, searcher) = self.ask(py, move |searcher| Ok(searcher.index().opinion(&id)?))?;
        Ok(opinion.map(|opinion| Opinion::new(opinion, &searcher)))
    }

    /// Return all that is known of a meeting, or ``None``: title, body, region, date, time, venue, members, agenda and votes.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").meeting("20171213-区中央部")["venue"]
    /// '東京都医師会 2階講堂'
    fn meeting<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        let id = id.to_owned();
        let (meeting, _) = self.ask(py, move |searcher| Ok(searcher.index().meeting(&id)?))?;
        Ok(pythonize(py, &meeting)?)
    }

    /// Return all meetings, by their identifiers.
    ///
    /// >>> import gijiroku
    /// >>> len(gijiroku.open("index").meetings())
    /// 12
    fn meetings(&self, py: Python<'_>) -> PyResult<Table> {
        const COLUMNS: [(&str, Kind); 9] = [
            ("id", Text),
            ("title", Text),
            ("body", Text),
            ("region", Text),
            ("date", Date),
            ("time", Text),
            ("venue", Text),
            ("opinions", Integer),
            ("file", Text),
        ];
        let (meetings, _) = self.ask(py, |searcher| Ok(searcher.index().meetings()?))?;
        Ok(Table::new(Frame::new(&COLUMNS, rows(&meetings)?), json!({})))
    }

    /// Return the number of opinions by region and section; where the corpus has no regions, by body, year and speaker. The
    /// summary tells the numbers of files, meetings and opinions.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").stats().summary
    /// {'meetings': 12, 'opinions': 200, 'sources': 1}
    fn stats(&self, py: Python<'_>) -> PyResult<Table> {
        let (statistics, _) = self.ask(py, |searcher| Ok(searcher.statistics()?.clone()))?;
        Ok(table_of_statistics(&statistics))
    }

    /// Return the values that a facet has in the index, in lexicographic order.
    ///
    /// >>> import gijiroku
    /// >>> "区西部" in gijiroku.open("index").values("region")
    /// True
    fn values(&self, py: Python<'_>, facet: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
        let facet = self::facet("facet", facet)?;
        Ok(self.ask(py, move |searcher| Ok(searcher.values(facet)?))?.0)
    }

    /// Return the names of the extra fields that opinions have: ``values("field:NAME")`` are their values.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.open("index").fields()
    /// []
    fn fields(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let (fields, _) = self.ask(py, |searcher| Ok(searcher.fields()?))?;
        Ok(fields.iter().map(|field| field.label()[0].to_owned()).collect())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        let live = self.live.clone();
        let opinions = py.detach(|| live.current().index().manifest().opinions);
        Ok(usize::try_from(opinions)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Searcher of {} opinions in {}>", self.__len__(py)?, self.folder.display()))
    }
}

/// Reads groups of synonyms and of related words: lines of a text, or files.
fn read_synonyms(
    synonyms: Option<&Bound<'_, PyAny>>,
    related: Option<&Bound<'_, PyAny>>,
) -> PyResult<Synonyms> {
    let mut read = Synonyms::built_in();
    for group in synonyms.map(items).transpose()?.unwrap_or_default() {
        match group.cast::<PyString>() {
            Ok(group) => read.add(&group.to_cow()?, "synonyms"),
            Err(_) => read.add_file(group.extract::<PathBuf>()?),
        }
        .map_err(of_synonyms)?;
    }
    for group in related.map(items).transpose()?.unwrap_or_default() {
        match group.cast::<PyString>() {
            Ok(group) => read.add_related(&group.to_cow()?, "related"),
            Err(_) => read.add_related_file(group.extract::<PathBuf>()?),
        }
        .map_err(of_synonyms)?;
    }
    Ok(read)
}

fn rows(values: &[impl Serialize]) -> PyResult<Vec<Row>> {
    let rows: Result<Vec<Row>, _> = values.iter().map(row).collect();
    rows.map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// Creates a row of its values by the names of their columns.
fn named<const N: usize>(values: [(&str, Value); N]) -> Row {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns the table of a comparison, whose columns are named by its facets.
fn table_of_comparison(comparison: &Comparison) -> Table {
    let by = comparison.by.name();
    let summary = json!({
        "query": comparison.reading.query,
        "total": comparison.total,
        "of": comparison.of,
        "absent": comparison.absent,
    });
    let frame = match &comparison.across {
        None => {
            let rows = comparison.rows.iter().map(|row| {
                let best = row.best.as_ref().map(|hit| &hit.opinion);
                named([
                    (by, json!(row.value)),
                    ("count", json!(row.count.matches)),
                    ("of", json!(row.count.of)),
                    ("share", json!(row.count.share())),
                    ("best_id", json!(best.map(|opinion| &opinion.id))),
                    ("best_text", json!(best.map(|opinion| &opinion.text))),
                ])
            });
            let columns = [
                (by, Text),
                ("count", Integer),
                ("of", Integer),
                ("share", Number),
                ("best_id", Text),
                ("best_text", Text),
            ];
            Frame::new(&columns, rows.collect())
        }
        Some(across) => {
            let across = across.name();
            let cells = comparison.rows.iter().flat_map(|row| {
                comparison.columns.iter().zip(&row.cells).map(|(column, count)| {
                    named([
                        (by, json!(row.value)),
                        (across, json!(column)),
                        ("count", json!(count.matches)),
                        ("of", json!(count.of)),
                        ("share", json!(count.share())),
                    ])
                })
            });
            let columns =
                [(by, Text), (across, Text), ("count", Integer), ("of", Integer), ("share", Number)];
            Frame::new(&columns, cells.collect())
        }
    };
    Table::new(frame, summary)
}

fn table_of_keywords(keywords: &Keywords) -> Table {
    let rows = keywords.keywords.iter().map(|keyword| {
        let example = keyword.example.as_ref().map(|hit| &hit.opinion);
        named([
            ("term", json!(keyword.term)),
            ("count", json!(keyword.count)),
            ("elsewhere", json!(keyword.elsewhere)),
            ("association", json!(keyword.association)),
            ("score", json!(keyword.score)),
            ("example_id", json!(example.map(|opinion| &opinion.id))),
            ("example", json!(example.map(|opinion| &opinion.text))),
        ])
    });
    let columns = [
        ("term", Text),
        ("count", Integer),
        ("elsewhere", Integer),
        ("association", Number),
        ("score", Number),
        ("example_id", Text),
        ("example", Text),
    ];
    let summary = json!({ "opinions": keywords.opinions, "others": keywords.others });
    Table::new(Frame::new(&columns, rows.collect()), summary)
}

fn table_of_statistics(statistics: &Statistics) -> Table {
    let Statistics { sources, meetings, opinions, sections, regions, facets, .. } = statistics;
    let summary = json!({ "sources": sources, "meetings": meetings, "opinions": opinions });
    let frame = if facets.is_empty() {
        let rows = regions.iter().flat_map(|row| {
            sections.iter().zip(&row.opinions).map(|(section, opinions)| {
                let (region, section) = (json!(row.region), json!(section));
                named([("region", region), ("section", section), ("opinions", json!(opinions))])
            })
        });
        Frame::new(&[("region", Text), ("section", Text), ("opinions", Integer)], rows.collect())
    } else {
        let rows = facets.iter().flat_map(|facet| {
            facet.most.iter().map(|(value, opinions)| {
                named([("facet", json!(facet.facet)), ("value", json!(value)), ("opinions", json!(opinions))])
            })
        });
        Frame::new(&[("facet", Text), ("value", Text), ("opinions", Integer)], rows.collect())
    };
    Table::new(frame, summary)
}
