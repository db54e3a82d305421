//! The page of one opinion: its neighbours in the meeting, its citation, and similar opinions.

use askama::Template;
use axum::extract::{Path, State};
use gijiroku::Searcher;
use gijiroku::conditions::Filter;
use gijiroku::index::IndexedOpinion;
use gijiroku::search::{Citation, Hit, Tier, Tiers, path_part};

use super::address;
use super::hits::{ShownHit, ShownOpinion};
use super::passages::Part;
use super::{Asked, Frame, Page, PageParameters, render};
use crate::server::api::existing;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::Service;
use crate::texts;

/// Maximum numbers of neighbours on each side and of similar opinions.
const NEIGHBOURS: u64 = 3;
const SIMILAR: usize = 5;

/// Maximum number of characters of the opinion in the title of the page.
const TITLE: usize = 40;

#[derive(Template)]
#[template(path = "opinion.html")]
struct OpinionPage {
    frame: Frame,
    opinion: ShownOpinion,
    before: Vec<ShownOpinion>,
    after: Vec<ShownOpinion>,
    /// The addresses of the previous and the next opinion.
    previous: Option<String>,
    next: Option<String>,
    /// The address of the search that led here.
    search: Option<String>,
    source: Option<String>,
    bibtex: String,
    csl: String,
    api: String,
    similar: Vec<ShownHit>,
}

pub(super) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    asked: Asked,
    PageParameters(words): PageParameters,
) -> Page {
    let page = service.search::<_, Problem>(move |searcher| opinion(searcher, &id, &words, asked)).await?;
    render(&page)
}

fn opinion(
    searcher: &Searcher,
    id: &str,
    words: &SearchParameters,
    asked: Asked,
) -> Result<OpinionPage, Problem> {
    let language = asked.language;
    let found = searcher.index().in_context(existing(searcher.index(), id)?, NEIGHBOURS)?;
    let hit = marked(searcher, &found.opinion.id, words)?.pop();
    let shown = |opinion: &IndexedOpinion| ShownOpinion::new(opinion.clone(), words, language);
    let similar = searcher.search(&searcher.similar(&found.opinion)?.limit(SIMILAR))?.hits;
    let citation = Citation::new(&found.opinion);
    let start: String = found.opinion.text.chars().take(TITLE).collect();
    let ellipsis = if found.opinion.text.chars().nth(TITLE).is_some() { "…" } else { "" };
    let title = texts::pages(language).quoted(start + ellipsis, &found.opinion.meeting);
    let everything = SearchParameters::default();
    Ok(OpinionPage {
        previous: found.before.last().map(|opinion| address::opinion(&opinion.id, words, None)),
        next: found.after.first().map(|opinion| address::opinion(&opinion.id, words, None)),
        before: found.before.iter().map(shown).collect(),
        after: found.after.iter().map(shown).collect(),
        search: (!words.others.q.is_empty()).then(|| words.at("/search")),
        source: found.opinion.place(),
        bibtex: citation.bibtex(),
        csl: serde_json::to_string_pretty(&citation.csl()).map_err(|_| Problem::Fault)?,
        api: format!("/api/v1/opinions/{}?context={NEIGHBOURS}", path_part(id)),
        similar: ShownHit::list(&similar, &everything, language),
        frame: asked.frame(title, citation.to_string()),
        opinion: match hit {
            Some(hit) => ShownOpinion::whole(&hit, words, language),
            None => shown(&found.opinion),
        },
    })
}

/// Returns the hits with an identifier: that of an opinion, or that of a meeting for all of its opinions. Unless the
/// tier is stated, those with only some of the words are returned only if none has all.
pub(super) fn marked(searcher: &Searcher, id: &str, words: &SearchParameters) -> Result<Vec<Hit>, Problem> {
    if words.others.q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let tiers = words.tiers()?.unwrap_or(Tiers::Any);
    let request = words.request()?.filter(Filter::id(id)).limit(usize::MAX).tiers(tiers);
    let mut hits = searcher.search(&request)?.hits;
    if words.others.tier.is_none() && hits.iter().any(|hit| hit.tier == Tier::First) {
        hits.retain(|hit| hit.tier == Tier::First);
    }
    Ok(hits)
}
