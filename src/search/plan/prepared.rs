//! A request prepared for running.

use std::sync::Arc;

use super::filters::{ResolvedFilters, exact_values};
use crate::analysis::Synonyms;
use crate::conditions::{Condition as Asked, Facet, Filter, ValueMatching};
use crate::index::{
    Collected, Collection, Condition, Counting, EngineResult, FacetFilters, Kept, OpinionKey, Retrieval, Seen,
};
use crate::query::{
    AnalyzedQuery, Clause, Compiler, Expanded, Expander, Matching, Plan, QueryAnalyzer, Ranking, Reach,
    Remark, Required,
};
use crate::search::{ExpansionKey, SearchContext, SearchError, SearchRequest};

/// A request whose query is analyzed and whose conditions are looked up. It can be run any number of times.
pub(in crate::search) struct Prepared<'a> {
    pub(in crate::search) context: &'a SearchContext,
    pub(super) query: AnalyzedQuery,
    synonyms: Synonyms,
    /// The conditions in addition to the query, except the filters by counted facets.
    conditions: Vec<Clause>,
    filters: ResolvedFilters,
    facet_filters: FacetFilters,
    pub(in crate::search) remarks: Vec<Remark>,
}

impl<'a> Prepared<'a> {
    pub(in crate::search) fn new(
        context: &'a SearchContext,
        request: &SearchRequest,
    ) -> Result<Self, SearchError> {
        let synonyms = if request.synonyms && !request.exact { context.synonyms() } else { Synonyms::none() };
        let query = QueryAnalyzer::new(context.index.analyzer(), &synonyms).analyze(&request.query);
        if query.clauses().is_empty() && !request.has_filter() && !request.or_all {
            return Err(SearchError::EmptyQuery);
        }
        let facet_filters = facet_filters(request, context)?;
        let conditions = conditions(request);
        let mut asked = query.filters();
        conditions.iter().for_each(|clause| clause.collect_filters(&mut asked));
        let (filters, unmet) = context.index.read(|| ResolvedFilters::new(&asked, context))?;
        let mut remarks = request.query.remarks().to_vec();
        if !query.is_whole() && !remarks.contains(&Remark::TooLong) {
            remarks.push(Remark::TooLong);
        }
        remarks.extend(unmet);
        Ok(Self { context, query, synonyms, conditions, filters, facet_filters, remarks })
    }

    /// Plans to search a query with its words expanded within a reach; without a reach, as it was typed.
    pub(super) fn plan(
        &self,
        query: AnalyzedQuery,
        reach: Option<Reach>,
        matching: Matching,
    ) -> EngineResult<Plan> {
        let key = ExpansionKey {
            query,
            reach,
            with_synonyms: !self.synonyms.is_empty(),
            // Where any of the words will do, what is only related to them would not be asked for.
            with_substitutes: matching != Matching::Any,
        };
        let expanded = match self.context.expansions().get(&key) {
            Some(expanded) => expanded,
            None => {
                let expanded = Arc::new(self.expand(&key)?);
                self.context.expansions().keep(key, expanded.clone());
                expanded
            }
        };
        Ok(Plan { expanded, required: Required::Clauses(matching), within_words: false })
    }

    fn expand(&self, key: &ExpansionKey) -> EngineResult<Expanded> {
        let mut query = key.query.clone();
        if let Some(reach) = key.reach {
            let (analyzer, synonyms) = (self.context.index.analyzer(), &self.synonyms);
            let vocabulary = self.context.vocabulary();
            let expander = Expander { analyzer, synonyms, vocabulary, reach };
            expander.expand(&mut query, key.with_substitutes)?;
        }
        let ranking = Ranking::new(&query, self.context.engine())?;
        Ok(Expanded { query, ranking })
    }

    /// Collects what a plan matches.
    pub(super) fn collect(
        &self,
        plan: &Plan,
        kept: Kept,
        counting: &Counting,
        seen: Seen,
    ) -> EngineResult<Collected> {
        let collection =
            Collection { kept, filters: self.facet_filters.clone(), counting: counting.clone(), seen };
        self.context.engine().collect(&self.compile(plan), collection)
    }

    /// Returns what an opinion meets that a plan matches, with all filters.
    pub(super) fn condition(&self, plan: &Plan) -> Condition {
        let filters = self.facet_filters.conditions();
        Condition::All([self.compile(plan).condition].into_iter().chain(filters).collect())
    }

    fn compile(&self, plan: &Plan) -> Retrieval {
        Compiler { conditions: &self.conditions, filter: &|filter| self.filters.values(filter) }.compile(plan)
    }

    /// Returns the opinions that meet all conditions: filters, exclusions and strict words, those of `plan` too.
    pub(in crate::search) fn allowed(&self, plan: &Plan) -> EngineResult<Vec<OpinionKey>> {
        let plan = Plan { required: Required::Conditions, ..plan.clone() };
        let collected = self.collect(&plan, Kept::All, &Counting::default(), Seen::Ignore)?;
        Ok(collected.top.into_iter().map(|(_, opinion)| opinion).collect())
    }

    /// Returns the query of a plan and the other conditions as they were read. Filters by counted facets are
    /// omitted, because the facet counts show them.
    pub(in crate::search) fn read_as(&self, plan: &Plan) -> String {
        let query = plan.expanded.query.to_string();
        let parts = [query].into_iter().chain(self.conditions.iter().map(ToString::to_string));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns the facet and the value of a filter by a counted facet, which matches exact values.
fn counted(filter: &Filter) -> Option<(&Facet, &str)> {
    match &filter.0 {
        Asked::Value(facet, value) => {
            matches!(facet.matching(), ValueMatching::Exact { .. }).then_some((facet, value))
        }
        _ => None,
    }
}

/// Returns the filters by counted facets. A value that the index does not contain is an error, unless it contains nothing at all.
fn facet_filters(request: &SearchRequest, context: &SearchContext) -> Result<FacetFilters, SearchError> {
    let mut filters = FacetFilters::default();
    if context.engine().documents() == 0 {
        return Ok(filters);
    }
    for (facet, asked) in request.filters.iter().filter_map(counted) {
        let values = context.index.read(|| exact_values(facet, asked, context))??;
        values.into_iter().for_each(|value| filters.add(facet, value));
    }
    Ok(filters)
}

/// Returns the other conditions as clauses: at least one filter of each property must match, and no excluded
/// filter may.
fn conditions(request: &SearchRequest) -> Vec<Clause> {
    let mut properties: Vec<Vec<&Filter>> = Vec::new();
    for filter in request.filters.iter().filter(|filter| counted(filter).is_none()) {
        match properties.iter_mut().find(|property| property[0].name() == filter.name()) {
            Some(property) => property.push(filter),
            None => properties.push(vec![filter]),
        }
    }
    let clause = |filter: &Filter| Clause::Filter(filter.clone());
    let wanted = properties.iter().map(|property| match property.as_slice() {
        [filter] => clause(filter),
        filters => Clause::Any(filters.iter().map(|filter| clause(filter)).collect()),
    });
    let excluded = request.excluded.iter().map(|filter| Clause::Not(Box::new(clause(filter))));
    wanted.chain(excluded).collect()
}
