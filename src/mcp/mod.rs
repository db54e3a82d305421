//! The search as a server of the [Model Context Protocol](https://modelcontextprotocol.io), so that an assistant answers from the minutes
//! and quotes them: four tools, each of whose answers has the citation and the permalink of what it tells.

mod answers;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::schemars::{self, JsonSchema};
use rmcp::{ErrorData, ServerHandler, ServiceExt as _, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};

use crate::index::{IndexError, IndexedOpinion};
use crate::minutes::DateRange;
use crate::query::Filter;
use crate::search::{CurrentSearcher, Facet, SearchError, SearchRequest, Searcher};
use answers::{Compared, Found, InContext, QuotableOpinion, Site};

/// So many hits, and so many neighbours, are answered where nothing is said, and at most: an assistant reads all of them.
const HITS: usize = 10;
const MOST_HITS: usize = 50;
const NEIGHBOURS: u64 = 3;
const MOST_NEIGHBOURS: u64 = 30;

const INSTRUCTIONS: &str = "\
The minutes of Japanese meetings (議事録), opinion by opinion. Search in Japanese: a few words, or one question as a sentence. Words are also \
searched in other spellings, readings and synonyms; `widened` tells when not all words had to match. Quote what was said word for word, with its \
`citation` and `permalink`, and say so where nothing is found.";

/// Answers an assistant from one index, as it is when it is asked.
#[derive(Clone)]
pub struct Assistant {
    folder: PathBuf,
    searcher: Arc<CurrentSearcher>,
    site: Site,
}

/// A session with an assistant can't be held.
#[derive(Debug, thiserror::Error)]
#[error("the session with the assistant has failed: {0}")]
pub struct SessionError(String);

impl Assistant {
    /// Opens the index in a folder. Permalinks lead to the pages at `site`, such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    /// As [`Index::open`](crate::Index::open).
    pub fn open(folder: impl AsRef<Path>, site: &str) -> Result<Self, IndexError> {
        let folder = folder.as_ref().to_owned();
        let searcher = Arc::new(CurrentSearcher::open(&folder)?);
        Ok(Self { folder, searcher, site: Site::new(site) })
    }

    /// Answers on the standard input and output until the other side ends.
    ///
    /// # Errors
    /// Where the session can't be opened.
    pub async fn serve_stdio(self) -> Result<(), SessionError> {
        let session =
            self.serve(rmcp::transport::stdio()).await.map_err(|error| SessionError(error.to_string()))?;
        session.waiting().await.map_err(|error| SessionError(error.to_string()))?;
        Ok(())
    }

    /// Searches on a thread that may wait for the disk. What is wrong with a request is an answer, from which an assistant learns.
    async fn answer<T: Serialize + Send + 'static>(
        &self,
        search: impl FnOnce(&Searcher, &Site) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<CallToolResult, ErrorData> {
        let (searcher, site, folder) = (Arc::clone(&self.searcher), self.site.clone(), self.folder.clone());
        let answered = tokio::task::spawn_blocking(move || search(&searcher.get(), &site)).await;
        let fault = |reason: String| ErrorData::internal_error(reason, None);
        let damaged =
            || fault(format!("the index in {} may be damaged; `gijiroku check` tells", folder.display()));
        match answered.map_err(|_| damaged())? {
            Ok(answer) => Ok(CallToolResult::structured(
                serde_json::to_value(answer).map_err(|error| fault(error.to_string()))?,
            )),
            Err(Refusal::Told(reason)) => Ok(CallToolResult::error(vec![ContentBlock::text(reason)])),
            Err(Refusal::Fault) => Err(damaged()),
        }
    }
}

/// Why a request is not answered.
enum Refusal {
    /// It asks for what there is not.
    Told(String),
    Fault,
}

impl From<SearchError> for Refusal {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Index(_) => Self::Fault,
            told => Self::Told(told.to_string()),
        }
    }
}

impl From<IndexError> for Refusal {
    fn from(_: IndexError) -> Self {
        Self::Fault
    }
}

/// Which opinions are asked for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Filters {
    /// Only opinions of these regions (圏域), such as 区西部; a municipality such as 世田谷区 stands for its region
    #[serde(default)]
    regions: Vec<String>,
    /// Only opinions of these sections (議題), by their whole titles
    #[serde(default)]
    sections: Vec<String>,
    /// Only opinions of this speaker, or of this office
    speaker: Option<String>,
    /// Only meetings from this day, month or year on: 2017-12-13, 2017-12, 平成29年
    from: Option<String>,
    /// Only meetings until this day, month or year
    to: Option<String>,
}

impl Filters {
    fn apply(self, request: SearchRequest) -> Result<SearchRequest, Refusal> {
        let date = |text: Option<String>| {
            let read = |text: String| {
                let wrong = || {
                    Refusal::Told(format!("{text} is no date; give one such as 2017-12-13 or 平成29年12月"))
                };
                DateRange::parse(&text).ok_or_else(wrong)
            };
            text.map(read).transpose()
        };
        let request = self.regions.into_iter().fold(request, SearchRequest::region);
        let mut request = self.sections.into_iter().fold(request, SearchRequest::section);
        let dates = DateRange::between(date(self.from)?, date(self.to)?);
        let dates = dates.ok_or_else(|| Refusal::Told("to is earlier than from".to_owned()))?;
        if dates != DateRange::default() {
            request = request.filter(Filter::Date(dates));
        }
        Ok(match self.speaker {
            Some(speaker) => request.filter(Filter::Speaker(speaker)),
            None => request,
        })
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
struct SearchParameters {
    /// What to look for, in Japanese: words (all must match), a sentence, "a phrase", words with OR or -
    query: String,
    #[serde(flatten)]
    filters: Filters,
    /// How many hits are answered, at most 50 [default: 10]
    limit: Option<usize>,
    /// How many of the best hits are passed over
    #[serde(default)]
    offset: usize,
    /// Only what has the words as they are typed: no synonyms, no other spellings
    #[serde(default)]
    exact: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct GetParameters {
    /// The id of an opinion, as `search` answers it
    id: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ContextParameters {
    /// The id of an opinion, as `search` answers it
    id: String,
    /// How many opinions before it and after it, at most 30 [default: 3]
    neighbours: Option<u64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct CompareParameters {
    /// What to look for, in Japanese
    query: String,
    /// By what: region, section, speaker, meeting, body, year, fiscal-year or month [default: region]
    by: Option<String>,
    #[serde(flatten)]
    filters: Filters,
}

#[tool_router]
impl Assistant {
    /// Find opinions: who said what, where and when. The best come first, each with its text, citation and permalink.
    #[tool(annotations(title = "議事録を検索", read_only_hint = true, open_world_hint = false))]
    async fn search(
        &self,
        Parameters(asked): Parameters<SearchParameters>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(move |searcher, site| {
            let limit = asked.limit.unwrap_or(HITS).min(MOST_HITS);
            let mut request = SearchRequest::new(&asked.query).limit(limit).offset(asked.offset);
            if asked.exact {
                request = request.exact();
            }
            Ok(Found::new(searcher.search(&asked.filters.apply(request)?)?, site))
        })
        .await
    }

    /// Read one opinion by its id, with its citation and permalink.
    #[tool(annotations(title = "意見を読む", read_only_hint = true, open_world_hint = false))]
    async fn get(&self, Parameters(asked): Parameters<GetParameters>) -> Result<CallToolResult, ErrorData> {
        self.answer(move |searcher, site| Ok(QuotableOpinion::new(existing(searcher, &asked.id)?, site)))
            .await
    }

    /// Read what was said before and after an opinion, and what is known of its meeting: day, place, who came.
    #[tool(annotations(title = "前後を読む", read_only_hint = true, open_world_hint = false))]
    async fn context(
        &self,
        Parameters(asked): Parameters<ContextParameters>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(move |searcher, site| {
            let reach = asked.neighbours.unwrap_or(NEIGHBOURS).min(MOST_NEIGHBOURS);
            let found = searcher.index().in_context(existing(searcher, &asked.id)?, reach)?;
            let quotable = |opinions: Vec<IndexedOpinion>| {
                opinions.into_iter().map(|opinion| QuotableOpinion::new(opinion, site)).collect()
            };
            Ok(InContext {
                meeting: found.meeting,
                before: quotable(found.before),
                opinion: QuotableOpinion::new(found.opinion, site),
                after: quotable(found.after),
            })
        })
        .await
    }

    /// Count which regions, sections, years or speakers say something, what share of their opinions that is, and which say nothing of it;
    /// with the best opinion of each.
    #[tool(annotations(title = "比べる", read_only_hint = true, open_world_hint = false))]
    async fn compare(
        &self,
        Parameters(asked): Parameters<CompareParameters>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(move |searcher, site| {
            let by = match asked.by.as_deref() {
                None => Facet::Region,
                Some(name) => name.parse::<Facet>().map_err(|error| Refusal::Told(format!("by: {error}")))?,
            };
            let request = asked.filters.apply(SearchRequest::new(&asked.query))?;
            Ok(Compared::new(searcher.compare(&request, by, None)?, site))
        })
        .await
    }
}

fn existing(searcher: &Searcher, id: &str) -> Result<IndexedOpinion, Refusal> {
    searcher
        .index()
        .opinion(id)?
        .ok_or_else(|| Refusal::Told(format!("no opinion has the id {id}; `search` answers ids")))
}

#[tool_handler]
impl ServerHandler for Assistant {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("gijiroku", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}
