//! The search as a server of the [Model Context Protocol](https://modelcontextprotocol.io), so that an
//! assistant can answer from the minutes and quote them. It has four tools, whose answers keep to a budget and
//! describe themselves by a schema; opinions and meetings can also be read as resources, and two prompts tell how to
//! compare regions and how to brief on a topic.

mod answers;
mod budget;
mod parameters;
mod prompts;
mod resources;
mod stdio;

use std::path::Path;
#[cfg(feature = "server")]
use std::sync::Arc;

use gijiroku::Searcher;
use gijiroku::conditions::{ConditionError, Conditions, Facet};
use gijiroku::index::{IndexError, IndexedOpinion};
use gijiroku::search::{SearchError, SearchRequest, Tiers};
use rmcp::handler::server::tool::schema_for_output;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResponse, Implementation,
    ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
#[cfg(feature = "server")]
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
#[cfg(feature = "server")]
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, ServerHandler, ServiceExt as _, tool, tool_handler, tool_router};
use serde::Serialize;

use crate::service::{Cost, DEEPEST, Exceeded, Service, Unanswered, check_query, check_values, within};
use answers::{Compared, Found, InContext, QuotableOpinion, Site};
use parameters::{CompareParameters, ContextParameters, Filtered, GetParameters, SearchParameters};

/// Default and maximum numbers of hits and of neighbours. They are small, because an assistant reads all of
/// them.
const HITS: usize = 10;
const MOST_HITS: usize = 50;
const NEIGHBOURS: u64 = 3;
const MOST_NEIGHBOURS: u64 = 30;
const MOST_ROWS: usize = 500;

/// Maximum number of bytes of a request over HTTP.
#[cfg(feature = "server")]
const LONGEST_REQUEST: usize = 64 * 1024;

const INSTRUCTIONS: &str = "\
    The minutes of Japanese meetings (議事録), opinion by opinion. \
    Search in Japanese: a few words, or one question as a sentence. \
    Words are also searched in other spellings, readings and synonyms. Hits of `tier` 2 have only some of the \
    words, and `widened` tells how else a search was widened. Quote what was said word for word, with its \
    `citation` and `permalink`, and say so where nothing is found. In a `passage` the signs ** are around what \
    matches and are no part of what was said; `get` reads the whole text. Answers are kept short: `next_offset` and \
    `next_skip` tell how to go on.";

/// The error for an index that can't be read.
const FAULT: &str = "the index may be damaged; `gijiroku check` tells";

/// Answers an assistant from one index, always in its current state.
#[derive(Clone, Debug)]
pub struct Assistant {
    service: Service,
    site: Site,
}

/// The error for a session with an assistant that has failed.
#[derive(Debug, thiserror::Error)]
#[error("the session with the assistant has failed: {0}")]
pub struct SessionError(String);

impl Assistant {
    /// Opens the index in a folder. Permalinks lead to the pages at `site`, such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    /// As [`Index::open`](gijiroku::Index::open).
    pub fn open(folder: impl AsRef<Path>, site: &str) -> Result<Self, IndexError> {
        Ok(Self::new(Service::open(folder)?, site))
    }

    /// Creates an assistant that answers from a service. Permalinks lead to the pages at `site`.
    #[must_use]
    pub fn new(service: Service, site: &str) -> Self {
        Self { service, site: Site::new(site) }
    }

    /// Answers on standard input and output until the client ends the session.
    ///
    /// # Errors
    /// If the session can't be opened, or fails.
    pub async fn serve_stdio(self) -> Result<(), SessionError> {
        let session =
            self.serve(stdio::Stdio::open()).await.map_err(|error| SessionError(error.to_string()))?;
        session.waiting().await.map_err(|error| SessionError(error.to_string()))?;
        Ok(())
    }

    /// Returns a service that answers assistants over HTTP, by the transport that the protocol calls Streamable HTTP.
    /// Each request stands for itself and is answered with JSON, so that no session is kept.
    ///
    /// Whoever nests it checks to which hosts a request may be addressed. A request of a page in a browser, which has an
    /// origin, is refused.
    #[cfg(feature = "server")]
    pub(crate) fn over_http(&self) -> StreamableHttpService<Self, NeverSessionManager> {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(LONGEST_REQUEST)
            .disable_allowed_hosts()
            .enforce_origin_validation();
        let assistant = self.clone();
        StreamableHttpService::new(move || Ok(assistant.clone()), Arc::default(), config)
    }

    /// Runs a tool. An error in a request is part of the answer, so that the assistant can correct it.
    async fn answer<T: Serialize + Send + 'static>(
        &self,
        cost: Cost,
        search: impl FnOnce(&Searcher, &Site) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<CallToolResult, ErrorData> {
        let site = self.site.clone();
        let answered = self.service.search_at(cost, move |searcher| search(searcher, &site)).await;
        let fault = |reason: String| ErrorData::internal_error(reason, None);
        match answered {
            Ok(answer) => Ok(CallToolResult::structured(
                serde_json::to_value(answer).map_err(|error| fault(error.to_string()))?,
            )),
            Err(Refusal::Told(reason)) => Ok(CallToolResult::error(vec![ContentBlock::text(reason)])),
            Err(Refusal::Fault) => Err(fault(FAULT.to_owned())),
        }
    }
}

/// Why a request is not answered.
enum Refusal {
    /// The request asks for something that does not exist, or for too much.
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

impl From<ConditionError> for Refusal {
    fn from(error: ConditionError) -> Self {
        Self::Told(error.to_string())
    }
}

impl From<Exceeded> for Refusal {
    fn from(exceeded: Exceeded) -> Self {
        Self::Told(exceeded.to_string())
    }
}

impl From<Unanswered> for Refusal {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Busy => Self::Told("too many searches run; try again in a moment".to_owned()),
            Unanswered::TooSlow => {
                Self::Told("the search took too long; ask for less, or with more words".to_owned())
            }
            Unanswered::Panicked | Unanswered::Damaged => Self::Fault,
        }
    }
}

/// Returns a request after checking the limits.
fn request(query: &str, conditions: &Conditions) -> Result<SearchRequest, Refusal> {
    check_query(query)?;
    check_values(conditions)?;
    Ok(SearchRequest::new(query).conditions(conditions)?)
}

#[tool_router]
impl Assistant {
    /// Find opinions: who said what, where and when. Best first, each with text, citation and permalink.
    /// Opinions with all words (`tier` 1) come before those with only some of them (`tier` 2), except that a
    /// sentence ranks both together.
    #[tool(output_schema = schema_for_output::<Found>(), annotations(title = "議事録を検索", read_only_hint = true, open_world_hint = false))]
    async fn search(
        &self,
        Parameters(Filtered { conditions, others: asked }): Parameters<Filtered<SearchParameters>>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(Cost::Usual, move |searcher, site| {
            let limit = asked.limit.unwrap_or(HITS).min(MOST_HITS);
            let (offset, budget) =
                (within("offset", asked.offset, DEEPEST)?, budget::asked(asked.max_bytes)?);
            let mut request = request(&asked.query, &conditions)?.limit(limit).offset(offset);
            request = match asked.tier.as_deref() {
                None | Some("any") => request,
                Some("first") => request.tiers(Tiers::First),
                Some(other) => return Err(Refusal::Told(format!("tier: give first or any; not {other}"))),
            };
            if asked.exact {
                request = request.exact();
            }
            Ok(Found::new(searcher.search(&request)?, offset, budget, site))
        })
        .await
    }

    /// Read one opinion by its id, with its citation and permalink.
    #[tool(output_schema = schema_for_output::<QuotableOpinion>(), annotations(title = "意見を読む", read_only_hint = true, open_world_hint = false))]
    async fn get(&self, Parameters(asked): Parameters<GetParameters>) -> Result<CallToolResult, ErrorData> {
        self.answer(Cost::Usual, move |searcher, site| {
            let mut budget = budget::asked(asked.max_bytes)?;
            Ok(QuotableOpinion::new(existing(searcher, &asked.id)?, asked.skip, &mut budget, site))
        })
        .await
    }

    /// Read the opinions before and after an opinion, and the facts about its meeting: day, place, who came.
    #[tool(output_schema = schema_for_output::<InContext>(), annotations(title = "前後を読む", read_only_hint = true, open_world_hint = false))]
    async fn context(
        &self,
        Parameters(asked): Parameters<ContextParameters>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(Cost::Usual, move |searcher, site| {
            let reach = asked.neighbours.unwrap_or(NEIGHBOURS).min(MOST_NEIGHBOURS);
            let found = searcher.index().in_context(existing(searcher, &asked.id)?, reach)?;
            Ok(InContext::new(found, budget::asked(asked.max_bytes)?, site))
        })
        .await
    }

    /// Count which regions, sections, years or speakers mention something, with the share of their opinions,
    /// the best opinion of each, and those that never mention it.
    #[tool(output_schema = schema_for_output::<Compared>(), annotations(title = "比べる", read_only_hint = true, open_world_hint = false))]
    async fn compare(
        &self,
        Parameters(Filtered { conditions, others: asked }): Parameters<Filtered<CompareParameters>>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(Cost::Expensive, move |searcher, _| {
            let by = match asked.by.as_deref() {
                None => Facet::Region,
                Some(name) => name.parse::<Facet>().map_err(|error| Refusal::Told(format!("by: {error}")))?,
            };
            let request = request(&asked.query, &conditions)?;
            let limit = asked.limit.unwrap_or(MOST_ROWS).min(MOST_ROWS);
            let (offset, budget) =
                (within("offset", asked.offset, DEEPEST)?, budget::asked(asked.max_bytes)?);
            Ok(Compared::new(searcher.compare(&request, by, None)?, offset, limit, budget))
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
        let capabilities =
            ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("gijiroku", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn list_resources(
        &self,
        asked: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = asked.and_then(|asked| asked.cursor);
        self.service
            .search::<_, Refusal>(move |searcher| resources::list(searcher, cursor.as_deref()))
            .await
            .map_err(faulty)
    }

    async fn read_resource(
        &self,
        asked: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let site = self.site.clone();
        let read = move |searcher: &Searcher| resources::read(searcher, &asked.uri, &site);
        Ok(self.service.search::<_, Refusal>(read).await.map_err(faulty)?.into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::list()))
    }

    async fn get_prompt(
        &self,
        asked: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Ok(prompts::get(&asked.name, &asked.arguments.unwrap_or_default())?.into())
    }
}

/// Returns the error of the protocol for a request other than a tool's.
fn faulty(refusal: Refusal) -> ErrorData {
    match refusal {
        Refusal::Told(reason) => ErrorData::invalid_params(reason, None),
        Refusal::Fault => ErrorData::internal_error(FAULT, None),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn searches_have_turns_and_a_time() {
        let folder = tempfile::tempdir().unwrap();
        gijiroku::IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let assistant = Assistant::open(folder.path(), "").unwrap();
        // More searches than there are turns, none of which ends before the test does.
        let (mut ends, mut searches) = (Vec::new(), JoinSet::new());
        let began = Instant::now();
        for _ in 0..1000 {
            let (end, ended) = channel::<()>();
            let assistant = assistant.clone();
            ends.push(end);
            searches.spawn(async move {
                let wait = move |_: &Searcher, _: &Site| {
                    let _ = ended.recv();
                    Ok(())
                };
                let answer = assistant.answer(Cost::Usual, wait).await.unwrap();
                assert_eq!(answer.is_error, Some(true));
                answer.content[0].as_text().unwrap().text.clone()
            });
        }
        let mut told = searches.join_all().await;
        assert!(began.elapsed() < Duration::from_secs(15));
        told.sort_unstable();
        told.dedup();
        assert_eq!(
            told,
            [
                "the search took too long; ask for less, or with more words",
                "too many searches run; try again in a moment"
            ]
        );
    }
}
