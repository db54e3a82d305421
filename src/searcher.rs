//! The searcher: the entry point for everything that an index can be asked.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::analysis::{SynonymGroup, Synonyms};
use crate::conditions::{Facet, Filter};
use crate::index::{Index, IndexError, IndexedOpinion};
use crate::meaning::Model;
use crate::mining::{self, Against, Comparison, GroupGains, Keywords, Statistics, Topics, Variants};
use crate::search::Meaning;
use crate::search::{
    self, Answer, FacetCount, Hit, Reranker, SearchContext, SearchError, SearchRequest, SearchResults,
    Suggestion, Wanted,
};
use crate::stop::Stop;

/// Answers requests over one index in the state in which it was opened. Clones share what is open.
#[derive(Clone)]
pub struct Searcher {
    context: SearchContext,
    found: Arc<Found>,
}

/// What was found of the opened index, whose contents do not change.
#[derive(Default)]
struct Found {
    statistics: OnceLock<Statistics>,
    /// The number of all opinions by each facet.
    everything: OnceLock<Vec<Vec<FacetCount>>>,
    shared_fields: OnceLock<Vec<Facet>>,
    topics: OnceLock<Topics>,
}

impl fmt::Debug for Searcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Searcher").field("index", &self.context.index).finish_non_exhaustive()
    }
}

impl Searcher {
    /// Creates a searcher with the regions stored in the index and the built-in synonyms.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self { context: SearchContext::new(index), found: Arc::default() }
    }

    /// Replaces the synonyms. Yours are searched beside the built-in ones if they are [added](Synonyms::extend) to
    /// [`Synonyms::built_in`].
    #[must_use]
    pub fn synonyms(mut self, synonyms: Synonyms) -> Self {
        self.context.set_synonyms(synonyms);
        self
    }

    /// Searches by meaning, too: what is near to a query gains, and opinions that are near and have none of its words are
    /// found below those with some of them. Filters hold for them as well.
    ///
    /// # Errors
    /// If the index has no vectors or those of another model, and if they can't be read.
    pub fn model(mut self, model: Model) -> Result<Self, IndexError> {
        self.context.meaning = Some(Arc::new(Meaning::new(model, &self.context.index)?));
        Ok(self)
    }

    /// Has the best opinions of each search scored once more.
    #[must_use]
    pub fn reranker(self, reranker: impl Reranker + 'static) -> Self {
        self.with_reranker(Arc::new(reranker))
    }

    pub(crate) fn with_reranker(mut self, reranker: Arc<dyn Reranker>) -> Self {
        self.context.reranker = Some(reranker);
        self
    }

    /// Returns a searcher over the same index that ends what it is asked when it is [stopped](Stop): by its deadline, or by another
    /// thread. Until when a search goes on that was stopped is told at [`SearchRequest::timeout`].
    #[must_use]
    pub fn until(&self, stop: &Stop) -> Self {
        Self { context: self.context.until(stop), ..self.clone() }
    }

    /// Returns the index that is searched.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.context.index
    }

    /// Returns the opinions that match a request. An empty result is not an error.
    ///
    /// # Errors
    /// If the query is empty and there is no filter, if a filter by region or section has a value that no
    /// opinion has, if the search was [stopped](Stop), and if the index can't be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let answer = self.answer(request)?;
        let hits: Vec<Hit> = answer.hits().collect::<Result<_, IndexError>>()?;
        Ok(answer.into_summary().with_hits(hits))
    }

    /// Runs a request, and reads its hits only when they are iterated, so that even all opinions of a large
    /// corpus need little memory.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let answer = searcher.answer(&SearchRequest::new("連携").limit(usize::MAX))?;
    /// assert_eq!(answer.len(), answer.summary().total);
    /// for hit in answer.hits() {
    ///     println!("{}", hit?.opinion.text);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn answer(&self, request: &SearchRequest) -> Result<Answer, SearchError> {
        Ok(search::run(&self.context.of(request), request, Wanted::Hits)?.answer)
    }

    /// Runs a request like [`answer`](Self::answer). Also returns the identifiers of all opinions that match,
    /// in no particular order, whether or not they are among the hits.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn answer_with_ids(&self, request: &SearchRequest) -> Result<(Answer, Vec<String>), SearchError> {
        search::run_with_ids(&self.context.of(request), request)
    }

    /// Returns the identifiers and scores of the hits, best first, as an evaluation needs them. Reads no
    /// opinions.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ranking(&self, request: &SearchRequest) -> Result<Vec<(String, f32)>, SearchError> {
        Ok(search::run(&self.context.of(request), request, Wanted::Ranking)?.answer.ranking()?)
    }

    /// Returns the identifiers of all opinions that match, in no particular order. Neither ranks nor reads
    /// the opinions.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ids(&self, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
        let ranking = search::run(&self.context.of(request), request, Wanted::Set)?.answer.ranking()?;
        Ok(ranking.into_iter().map(|(id, _)| id).collect())
    }

    /// Returns the number of opinions that match, as [`search`](Self::search) counts them; 0 for a blank
    /// query without a filter.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn count(&self, request: &SearchRequest) -> Result<usize, SearchError> {
        let counts = search::counts(&self.context.of(request), std::slice::from_ref(request))?;
        Ok(counts.into_iter().sum())
    }

    /// Returns the values of a facet in the index, in lexicographic order.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn values(&self, facet: Facet) -> Result<Vec<String>, IndexError> {
        self.index().read(|| self.context.facet_values(&facet))
    }

    /// Returns the extra fields that opinions of the index have, in lexicographic order ([`Facet::extra`]).
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn fields(&self) -> Result<Vec<Facet>, IndexError> {
        self.index().read(|| self.context.fields())
    }

    /// Completes the beginning of a word to words and compounds of the index, the most frequent first.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for beginning in ["訪問", "ほうもん", "houmo"] {
    ///     let suggestions = searcher.complete(beginning, 5)?.into_iter();
    ///     let texts: Vec<String> = suggestions.map(|one| one.text).collect();
    ///     assert!(texts.contains(&"訪問看護".to_owned()), "{texts:?}");
    /// }
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn complete(&self, beginning: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        self.index().read(|| mining::complete(&self.context, beginning, limit))
    }

    /// Counts the matches of a request by one or two facets. The limit, the order and the groups of the
    /// request have no effect.
    ///
    /// ```
    /// use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let comparison = searcher.compare(&SearchRequest::new("24時間"), Facet::Region, None)?;
    /// let first = &comparison.rows[0];
    /// println!("{:?}: {} of {}", first.value, first.count.matches, first.count.of);
    /// assert_eq!(comparison.rows.iter().map(|row| row.count.matches).sum::<usize>(), comparison.total);
    /// assert!(!comparison.absent.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn compare(
        &self,
        request: &SearchRequest,
        by: Facet,
        across: Option<Facet>,
    ) -> Result<Comparison, SearchError> {
        mining::compare(&self.context.of(request), request, by, across)
    }

    /// Counts the matches of a request by each of several facets. The filters of the request hold, also those by
    /// the facets themselves.
    ///
    /// ```
    /// use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let counted = searcher.count_by(&SearchRequest::new("24時間"), &[Facet::Year, Facet::Region])?;
    /// let [years, regions] = counted.as_slice() else { unreachable!("there is a list for each facet") };
    /// assert_eq!(years[0].value, "2017");
    /// assert!(regions[0].count >= regions[1].count);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn count_by(
        &self,
        request: &SearchRequest,
        facets: &[Facet],
    ) -> Result<Vec<Vec<FacetCount>>, SearchError> {
        mining::count_by(&self.context.of(request), request, facets)
    }

    /// Returns the keywords of the opinions that a request finds, compared with all other opinions.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let keywords = searcher.keywords(&SearchRequest::new("").region("西多摩"), 10)?;
    /// assert!(keywords.keywords.iter().all(|keyword| keyword.count > 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn keywords(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        mining::keywords(&self.context.of(request), request, Against::AllOthers, limit)
    }

    /// Returns terms related to the words of a request: the keywords of the opinions that it finds, without
    /// the typed words and their alternatives. The opinions are compared with the others that pass the
    /// filters.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn related_terms(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        mining::keywords(&self.context.of(request), request, Against::OthersOfFilters, limit)
    }

    /// Returns a request for opinions about the same concern as a given one, without those of its own
    /// meeting. Filters and a limit can be added.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let opinion = searcher.index().opinion("20171213-区中央部-6")?.unwrap_or_default();
    /// let similar = searcher.search(&searcher.similar(&opinion)?.limit(3))?;
    /// assert!(similar.hits.iter().all(|hit| hit.opinion.meeting_id != opinion.meeting_id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn similar(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        Ok(self.similar_request(opinion)?.exclude(Filter::id(&opinion.meeting_id)))
    }

    /// Returns a request for opinions about the same concern as a given one, including those of its own
    /// meeting.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn similar_anywhere(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        Ok(self.similar_request(opinion)?.exclude(Filter::id(&opinion.id)))
    }

    /// Returns words of the corpus that may be searched for each other.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for variants in searcher.variants()? {
    ///     println!("{:?}", variants.words);
    /// }
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn variants(&self) -> Result<Vec<Variants>, IndexError> {
        self.index().read(|| mining::variants(&self.context))
    }

    /// Returns what each word of a group of synonyms finds, with at most `examples` opinions that only this word
    /// finds. By them a person judges whether the words belong together.
    ///
    /// ```
    /// use gijiroku::analysis::SynonymGroup;
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for group in SynonymGroup::parse("看取り, 最期", "my.txt")? {
    ///     let gains = searcher.group_gains(&group, 1)?;
    ///     assert!(gains.words.iter().all(|word| word.gained <= word.opinions));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn group_gains(&self, group: &SynonymGroup, examples: usize) -> Result<GroupGains, SearchError> {
        mining::group_gains(&self.context, group, examples)
    }

    /// Returns the numbers of meetings and opinions in the index, by region and section, which are in the
    /// order of the corpus. They are counted at the first call.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn statistics(&self) -> Result<&Statistics, IndexError> {
        if let Some(known) = self.found.statistics.get() {
            return Ok(known);
        }
        let counted = self.index().read(|| mining::statistics(&self.context))?;
        Ok(self.found.statistics.get_or_init(|| counted))
    }

    /// Returns the number of all opinions by a facet, as [`count_by`](Self::count_by) does. They are counted at the
    /// first call.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn opinions_by(&self, facet: &Facet) -> Result<&[FacetCount], SearchError> {
        let counted = match self.found.everything.get() {
            Some(known) => known,
            None => {
                let counted = self.count_by(&SearchRequest::new("").or_all(), Facet::ALL)?;
                self.found.everything.get_or_init(|| counted)
            }
        };
        let place = Facet::ALL.iter().position(|other| other == facet);
        Ok(place.and_then(|place| counted.get(place)).map(Vec::as_slice).unwrap_or_default())
    }

    /// Returns the extra fields by which opinions can be chosen, those that most opinions have first: of the [fields](Self::fields)
    /// those with at least two values and at most a thousand, each of two opinions or more on average, that are no addresses. They are
    /// determined at the first call.
    ///
    /// ```
    /// use gijiroku::{Facet, Index, IndexWriter, Record, Searcher};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let mut writer = IndexWriter::open_or_create(folder.path())?;
    /// for (id, ward) in [("1", "北区"), ("2", "南区"), ("3", "北区"), ("4", "南区")] {
    ///     let record = Record::new(id, "訪問看護を増やす。").meeting("定例会");
    ///     writer.upsert(record.extra("選挙区", ward).extra("番号", id))?;
    /// }
    /// writer.commit()?;
    /// assert_eq!(Searcher::new(Index::open(folder.path())?).shared_fields()?, [Facet::extra("選挙区")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn shared_fields(&self) -> Result<&[Facet], SearchError> {
        if let Some(known) = self.found.shared_fields.get() {
            return Ok(known);
        }
        let found = mining::shared_fields(&self.context)?;
        Ok(self.found.shared_fields.get_or_init(|| found))
    }

    /// Returns words that are characteristic of the last year, for whoever does not know yet what to search for.
    /// They are determined at the first call.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn topics(&self) -> Result<&Topics, SearchError> {
        if let Some(known) = self.found.topics.get() {
            return Ok(known);
        }
        let found = mining::topics(&self.context)?;
        Ok(self.found.topics.get_or_init(|| found))
    }

    fn similar_request(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        self.index().read(|| mining::similar_request(&self.context, opinion))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searchers_requests_and_answers_can_go_to_other_threads() {
        fn assert_send_and_sync<T: Send + Sync>() {}
        assert_send_and_sync::<Searcher>();
        assert_send_and_sync::<SearchRequest>();
        assert_send_and_sync::<SearchResults>();
        assert_send_and_sync::<Answer>();
        assert_send_and_sync::<SearchError>();
        assert_send_and_sync::<Comparison>();
    }
}
