//! Running a request and reading its answer.

use std::collections::HashSet;
use std::time::Instant;

use super::advise::{Named, mended_queries, names, repairs};
use super::facets::{count_filtered, counted, counting};
use super::order::{group, sort};
use super::plan::{Extent, FoundTier, Matched, Prepared, Wanted, match_opinions, numbers, opinions_passing};
use super::rank::{CANDIDATES, Match, Ranked, collapse, rerank, rescore};
use super::show::{also_searched, explain, highlight};
use super::{
    Change, Hit, Reading, Repair, SearchContext, SearchError, SearchRequest, Sort, Suggestion, Summary, Tier,
    Tiers,
};
use crate::index::{EngineResult, IndexError, Kept, OpinionKey};
use crate::query::{AnalyzedQuery, Plan, Query};

/// Maximum number of suggested queries.
const SUGGESTIONS: usize = 3;

/// The answer to a request: a summary and the hits. Hits are read from the index only when they are iterated,
/// so that there can be any number of them. It keeps open what it reads them from.
pub struct Answer {
    context: SearchContext,
    /// The plan of the first tier.
    plan: Plan,
    /// The plan of the second tier, if there is one.
    second_plan: Option<Plan>,
    summary: Summary,
    /// The requested matches, in their final order.
    ranked: Vec<Ranked>,
    first_rank: usize,
    explain: bool,
    /// Whether hits are taken from the second tier.
    lists_second: bool,
    neighbours: u64,
}

/// The result of a run.
pub(crate) struct Run {
    pub(crate) answer: Answer,
    /// The keys of what was collected: of all matches where a set is wanted, else of the best.
    pub(crate) collected: Vec<OpinionKey>,
    /// The names in the query of the request.
    named: Vec<Named>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { summary, first_rank, .. } = self;
        formatter
            .debug_struct("Answer")
            .field("summary", summary)
            .field("hits", &self.len())
            .field("first_rank", first_rank)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Returns the summary of all matches.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Returns the summary and drops the hits.
    #[must_use]
    pub fn into_summary(self) -> Summary {
        self.summary
    }

    /// Returns the number of hits.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there are no hits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// Returns the number of opinions among which the hits are: those of the first tier, and of the second if it is listed.
    /// Where near-duplicates are collapsed or hits are grouped, there are fewer hits.
    #[must_use]
    pub fn listed(&self) -> usize {
        let Summary { total, partial, near, .. } = self.summary;
        if self.lists_second { total + partial + near } else { total }
    }

    /// Reads the hits, one at a time.
    pub fn hits(&self) -> impl Iterator<Item = Result<Hit, IndexError>> {
        let hits = self.ranked.iter().zip(self.first_rank..);
        let index = &self.context.index;
        hits.map(|(ranked, rank)| {
            let hit = index.read(|| self.hit(ranked, rank))?;
            if self.neighbours == 0 {
                return Ok(hit);
            }
            let found = index.in_context(hit.opinion.clone(), self.neighbours)?;
            Ok(Hit { before: found.before, after: found.after, ..hit })
        })
    }

    /// Returns the identifiers and scores of the hits, without reading the opinions.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn ranking(&self) -> Result<Vec<(String, f32)>, IndexError> {
        let opinions: Vec<OpinionKey> = self.ranked.iter().map(|ranked| ranked.matched.opinion).collect();
        let index = &self.context.index;
        let ids = index.read(|| index.engine().ids(&opinions))?;
        Ok(ids.into_iter().zip(self.ranked.iter().map(|ranked| ranked.matched.score())).collect())
    }

    /// Reads one hit.
    pub(crate) fn hit(&self, ranked: &Ranked, rank: usize) -> EngineResult<Hit> {
        let Ranked { matched, group, alike } = ranked;
        let index = &self.context.index;
        let opinion = index.opinion_at(matched.opinion)?;
        let plan = match matched.tier {
            Tier::First => &self.plan,
            Tier::Second => self.second_plan.as_ref().unwrap_or(&self.plan),
        };
        let highlights = highlight(plan, matched.opinion, &opinion.text, index)?;
        let explanation =
            if self.explain { Some(explain(matched, &plan.expanded.ranking, index.engine())?) } else { None };
        Ok(Hit {
            rank,
            tier: matched.tier,
            score: matched.score(),
            group: group.as_ref().map(|group| group.value.clone()),
            group_count: group.as_ref().map(|group| group.sizes[0]),
            group_partial: group.as_ref().map_or(0, |group| group.sizes[1]),
            alike: *alike,
            opinion,
            before: Vec::new(),
            after: Vec::new(),
            highlights,
            explanation,
        })
    }

    /// Returns the requested matches, in their final order.
    pub(crate) fn ranked(&self) -> &[Ranked] {
        &self.ranked
    }

    /// Returns the numbers of hits of the groups, in their order. Hits that are not grouped are one group.
    ///
    /// ```
    /// use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let answer = searcher.answer(&SearchRequest::new("訪問看護").group_by(Facet::Region))?;
    /// assert_eq!(answer.group_sizes().sum::<usize>(), answer.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn group_sizes(&self) -> impl Iterator<Item = usize> {
        self.ranked.chunk_by(|one, next| one.group == next.group).map(<[_]>::len)
    }

    /// Returns the query as it was run, with the alternatives of its words.
    pub(crate) fn query(&self) -> &AnalyzedQuery {
        &self.plan.expanded.query
    }
}

/// Prepares and runs a request.
pub(crate) fn run(
    context: &SearchContext,
    request: &SearchRequest,
    wanted: Wanted,
) -> Result<Run, SearchError> {
    let start = Instant::now();
    let prepared = Prepared::new(context, request)?;
    let mut run = context.index.read(|| rank(&prepared, request, wanted))?;
    if wanted.is_shown() {
        count_filtered(&mut run.answer.summary.facets, context, request)?;
        advise(&mut run, request)?;
    }
    run.answer.summary.took = start.elapsed();
    Ok(run)
}

/// Runs a request for hits. Also returns the identifiers of all opinions that match, whether or not they are
/// among the hits.
pub(crate) fn run_with_ids(
    context: &SearchContext,
    request: &SearchRequest,
) -> Result<(Answer, Vec<String>), SearchError> {
    let Run { answer, collected, .. } = run(context, request, Wanted::HitsAndSet)?;
    let ids = context.index.read(|| context.engine().ids(&collected))?;
    Ok((answer, ids))
}

/// Collects the matches of a request and puts them in the requested order.
fn rank(prepared: &Prepared<'_>, request: &SearchRequest, wanted: Wanted) -> EngineResult<Run> {
    let context = prepared.context;
    let engine = context.engine();
    // The limit is capped at the number of documents, because a heap for usize::MAX hits cannot be allocated.
    let all = usize::try_from(engine.documents()).unwrap_or(usize::MAX);
    let page = request.offset.saturating_add(request.limit);
    let is_by_score = request.sort == Sort::Relevance && request.group_by.is_none();
    let best = Kept::Best(page.max(CANDIDATES).min(all));
    let counting = counting(request, wanted);
    let extent = Extent {
        first: match wanted {
            Wanted::Count => Kept::None,
            Wanted::Set => Kept::All,
            Wanted::Ranking | Wanted::Hits if is_by_score && !request.collapse => best,
            Wanted::HitsAndSet | Wanted::Ranking | Wanted::Hits => Kept::Best(all),
        },
        second: match (request.tiers_of(wanted.takes_hits()), wanted) {
            (Tiers::Any, Wanted::Count) => Some(Kept::None),
            (Tiers::Any, Wanted::Set) => Some(Kept::All),
            (Tiers::Any, _) => Some(if is_by_score { best } else { Kept::Best(all) }),
            (Tiers::First, _) => wanted.is_shown().then_some(Kept::None),
        },
        // Groups and collapsed hits need not fill a page, however many opinions there are.
        enough: match wanted {
            Wanted::Set => usize::MAX,
            _ if request.group_by.is_some() || request.collapse => usize::MAX,
            _ => page,
        },
        counting: counting.clone(),
    };
    let meaning = context.meaning.as_ref().filter(|_| request.seeks_meaning() && wanted.takes_hits());
    // Which opinions are in neither tier, and so only near, is known if all are kept that are.
    let adds_near = extent.second.is_some_and(|second| second != Kept::None);
    let extent = match meaning {
        Some(_) if adds_near => {
            Extent { first: Kept::Best(all), second: Some(Kept::Best(all)), enough: usize::MAX, ..extent }
        }
        _ => extent,
    };
    let Matched { first, second, widened } = match_opinions(prepared, request, extent)?;
    let FoundTier { plan, mut collected } = first;
    let in_tier = |tier| move |&found: &(f32, OpinionKey)| Match::new(tier, found);
    let mut matches: Vec<Match> = collected.top.iter().map(in_tier(Tier::First)).collect();
    if let Some(FoundTier { collected, .. }) = &second {
        matches.extend(collected.top.iter().map(in_tier(Tier::Second)));
    }
    let named = match wanted.takes_hits() {
        true => names(request, &plan.expanded.query, context)?,
        false => Vec::new(),
    };
    let mut near = 0;
    let (mut ranked, mut groups) = (Vec::new(), None);
    if wanted == Wanted::Set {
        ranked = matches.into_iter().map(Ranked::from).collect();
    } else if wanted != Wanted::Count {
        if request.reranks {
            matches = rerank(matches, &plan.expanded.ranking, engine)?;
            if let Some(meaning) = meaning {
                near = meaning.rank(&mut matches, prepared, request, &plan, adds_near)?;
            }
            if let Some(reranker) = &context.reranker {
                let ranking = &plan.expanded.ranking;
                rescore(&mut matches, &**reranker, &request.query, ranking, &context.index)?;
            }
            if !plan.expanded.ranking.mixes_tiers() {
                put_named_first(&mut matches, &named, context)?;
            }
        }
        sort(&mut matches, &request.sort, context)?;
        ranked = match request.collapse {
            true => collapse(&matches, &context.index)?,
            false => matches.into_iter().map(Ranked::from).collect(),
        };
        ranked = match &request.group_by {
            Some(facet) => {
                // Without a number of groups all are shown, and an offset has nothing to skip.
                let first = if request.groups == usize::MAX { 0 } else { request.offset };
                let shown = first..first.saturating_add(request.groups);
                let (grouped, number) = group(ranked, facet, request.limit, shown, context)?;
                groups = Some(number);
                grouped
            }
            None => ranked.into_iter().skip(request.offset).take(request.limit).collect(),
        };
    }
    let (second_plan, second) = second.map(|FoundTier { plan, collected }| (plan, collected)).unzip();
    let mut second = second.unwrap_or_default();
    let facets = counted(&counting, &mut collected, &mut second, context)?;
    let summary = Summary {
        reading: Reading {
            query: request.query.text(),
            read_as: prepared.read_as(&plan),
            remarks: prepared.remarks.clone(),
            also: also_searched(&plan.expanded.query),
            widened,
        },
        suggestions: Vec::new(),
        repairs: Vec::new(),
        total: collected.total,
        partial: second.total,
        near,
        groups,
        took: std::time::Duration::ZERO,
        facets,
    };
    let first_rank = if request.group_by.is_some() { 1 } else { request.first_rank() };
    let SearchRequest { explain, neighbours, .. } = *request;
    let lists_second = request.tiers_of(wanted.takes_hits()) == Tiers::Any;
    let answer = Answer {
        context: context.clone(),
        plan,
        second_plan,
        summary,
        ranked,
        first_rank,
        explain,
        lists_second,
        neighbours,
    };
    let collected = match wanted {
        Wanted::Set => answer.ranked.iter().map(|ranked| ranked.matched.opinion).collect(),
        _ => collected.top.iter().map(|&(_, opinion)| opinion).collect(),
    };
    Ok(Run { answer, collected, named })
}

/// Within the second tier, puts first what passes the most filters that the words of the query name.
fn put_named_first(matches: &mut [Match], named: &[Named], context: &SearchContext) -> EngineResult<()> {
    let second = matches.partition_point(|matched| matched.tier == Tier::First);
    if named.is_empty() || second == matches.len() {
        return Ok(());
    }
    let passing: Vec<HashSet<OpinionKey>> = named
        .iter()
        .map(|named| Ok(opinions_passing(&named.filter, context)?.into_iter().collect()))
        .collect::<EngineResult<_>>()?;
    let passed =
        |matched: &Match| passing.iter().filter(|passing| passing.contains(&matched.opinion)).count();
    matches[second..].sort_by_key(|matched| std::cmp::Reverse(passed(matched)));
    Ok(())
}

/// Returns the number of opinions that match each of some requests, in the same order. A blank request matches nothing. The
/// second tier is only searched if it was asked for.
///
/// The index is asked for all of them together.
pub(crate) fn counts(context: &SearchContext, requests: &[SearchRequest]) -> Result<Vec<usize>, SearchError> {
    let (mut places, mut prepared) = (Vec::new(), Vec::new());
    for (place, request) in requests.iter().enumerate() {
        match Prepared::new(context, request) {
            Ok(one) => {
                places.push(place);
                prepared.push((one, request));
            }
            Err(SearchError::EmptyQuery) => {}
            Err(error) => return Err(error),
        }
    }
    let mut counts = vec![0; requests.len()];
    for (place, number) in places.into_iter().zip(context.index.read(|| numbers(&prepared))?) {
        counts[place] = number;
    }
    Ok(counts)
}

/// Adds filters that the words name, and repairs and suggestions if the search found little.
fn advise(Run { answer, named, .. }: &mut Run, request: &SearchRequest) -> Result<(), SearchError> {
    // Of other searches only the number of matches is of interest.
    let request = &SearchRequest { facets: Vec::new(), ..request.clone() };
    answer.summary.repairs = repaired(answer, named, request)?;
    if answer.summary.total == 0 {
        answer.summary.suggestions = suggested(answer, request)?;
    }
    Ok(())
}

/// Returns filters that the words name, and changes that find more than the search did, those that find most first.
fn repaired(answer: &Answer, named: &[Named], request: &SearchRequest) -> Result<Vec<Repair>, SearchError> {
    let context = &answer.context;
    let propose = || repairs::propose(request, &answer.plan, &answer.summary, context);
    let changes = context.index.read(propose)?;
    let counted = |changes: Vec<(Change, SearchRequest)>| -> Result<Vec<Repair>, SearchError> {
        let (changes, requests): (Vec<Change>, Vec<SearchRequest>) = changes.into_iter().unzip();
        let counts = counts(context, &requests)?;
        let repair = |(change, (changed, count)): (Change, (SearchRequest, usize))| {
            let query = (changed.query != request.query).then_some(changed.query);
            Repair { change, count, query }
        };
        Ok(changes.into_iter().zip(requests.into_iter().zip(counts)).map(repair).collect())
    };
    let filters: Vec<_> = named.iter().map(Named::change).collect();
    let number = filters.len();
    let mut repairs = counted(filters.into_iter().chain(changes).collect())?;
    let mut more = repairs.split_off(number);
    repairs.retain(|repair| repair.count > 0);
    let Summary { total, partial, near, .. } = answer.summary;
    more.retain(|repair| repair.count > total);
    more.sort_by_key(|repair| std::cmp::Reverse(repair.count));
    if more.is_empty() && repairs.is_empty() && total + partial + near == 0 {
        more = counted(repairs::last_resorts(request, context))?;
        more.retain(|repair| repair.count > 0);
    }
    repairs.extend(more);
    repairs.truncate(repairs::MOST);
    Ok(repairs)
}

/// Returns queries that may have been meant, the most likely first.
fn suggested(answer: &Answer, request: &SearchRequest) -> Result<Vec<Suggestion>, SearchError> {
    let mend = || mended_queries(&request.query, answer.query(), &answer.context);
    let mended = answer.context.index.read(mend)?;
    // A query that no opinion has all words of was not meant either.
    let changed = |query: Query| SearchRequest { query, tiers: Some(Tiers::First), ..request.clone() };
    let requests: Vec<SearchRequest> = mended.into_iter().take(2 * SUGGESTIONS).map(changed).collect();
    let counted = requests.iter().zip(counts(&answer.context, &requests)?);
    let found = counted.filter(|(_, count)| *count > 0).take(SUGGESTIONS);
    Ok(found.map(|(request, count)| Suggestion { text: request.query.to_string(), count }).collect())
}
