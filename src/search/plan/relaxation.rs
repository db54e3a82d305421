//! Relaxation: a query that finds nothing is widened step by step until something is found.

use std::slice::Iter;

use super::prepared::Prepared;
use crate::index::{Collected, Counting, EngineResult, Kept, Seen};
use crate::query::{Matching, Plan, Reach, Required};
use crate::search::{SearchRequest, Widening};

/// The matches of a query.
pub(in crate::search) struct Matched {
    /// The opinions with all required words.
    pub(in crate::search) first: FoundTier,
    /// The opinions with only some of the words; `None` if there is no second tier.
    pub(in crate::search) second: Option<FoundTier>,
    /// How the query was relaxed, if it was.
    pub(in crate::search) widened: Option<Widening>,
}

/// The matches of one tier.
pub(in crate::search) struct FoundTier {
    /// The plan that found them.
    pub(in crate::search) plan: Plan,
    pub(in crate::search) collected: Collected,
}

/// The steps of relaxation, from the closest to what was typed to the widest. The first step that finds
/// anything is used. Each requires all words, or half of those of a sentence.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Alternatives that may have been meant.
    Far,
    /// Also words within longer words of the text.
    WithinWords,
}

const STEPS: [Step; 2] = [Step::Far, Step::WithinWords];

/// How much of the matches is collected.
pub(in crate::search) struct Extent {
    pub(in crate::search) first: Kept,
    /// `None` if the second tier is not searched.
    pub(in crate::search) second: Option<Kept>,
    /// The number of opinions in the first tier from which on those of the second are only counted.
    pub(in crate::search) enough: usize,
    pub(in crate::search) counting: Counting,
}

/// Searches the query of a request, and relaxes it unless the request prevents that.
pub(in crate::search) fn match_opinions(
    prepared: &Prepared<'_>,
    request: &SearchRequest,
    extent: Extent,
) -> EngineResult<Matched> {
    let mut relaxation = Relaxation::new(prepared, request)?;
    let second = extent.second.filter(|_| relaxation.has_second);
    let seen = if second.is_some() { Seen::Note } else { Seen::Ignore };
    let collect = |plan: &Plan| prepared.collect(plan, extent.first, &extent.counting, seen.clone());
    let plan = relaxation.near.clone();
    let widened = relaxation.widening.sentence.then_some(relaxation.widening);
    let mut matched =
        Matched { first: FoundTier { collected: collect(&plan)?, plan }, second: None, widened };
    while matched.first.collected.total == 0
        && let Some((plan, widening)) = relaxation.next()?
    {
        let collected = collect(&plan)?;
        if collected.total > 0 {
            matched = Matched { first: FoundTier { plan, collected }, second: None, widened: Some(widening) };
        }
    }
    if let Some(kept) = second {
        let FoundTier { plan, collected } = &mut matched.first;
        let is_enough = collected.total >= extent.enough && !plan.expanded.ranking.mixes_tiers();
        let kept = if is_enough { Kept::None } else { kept };
        let plan = second_tier(plan);
        let seen = Seen::Skip(std::mem::take(&mut collected.seen));
        let collected = prepared.collect(&plan, kept, &extent.counting, seen)?;
        matched.second = Some(FoundTier { plan, collected });
    }
    let found = |tier: &FoundTier| tier.collected.total > 0;
    if !found(&matched.first) && !matched.second.as_ref().is_some_and(found) {
        // What was done to find something is of no interest if it found nothing.
        matched.widened = None;
    }
    Ok(matched)
}

/// Returns the plan of the second tier, by that of the first.
pub(super) fn second_tier(first: &Plan) -> Plan {
    Plan { required: Required::Strict, ..first.clone() }
}

/// The plans of the steps. The wider ones are made only when they are needed.
pub(super) struct Relaxation<'a> {
    prepared: &'a Prepared<'a>,
    /// How many of the words an opinion of the first tier must have.
    matching: Matching,
    /// The words as they were typed, with alternatives that mean the same unless the request prevents them.
    pub(super) near: Plan,
    /// The same with alternatives that may have been meant, once it was needed.
    far: Option<Plan>,
    /// The part of the report that all steps share.
    widening: Widening,
    /// The steps that were not taken yet.
    steps: Iter<'static, Step>,
    /// Whether there can be a second tier.
    pub(super) has_second: bool,
}

impl<'a> Relaxation<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, request: &SearchRequest) -> EngineResult<Self> {
        let relaxes = !request.exact && request.matching == Matching::All;
        let words = prepared.query.optional_clauses();
        let is_sentence = relaxes && prepared.query.is_sentence();
        let required = required(words, is_sentence);
        let matching = if is_sentence { Matching::AtLeast(required) } else { request.matching };
        let reach = if request.exact { None } else { Some(Reach::Near) };
        let near = prepared.plan(prepared.query.clone(), reach, matching)?;
        let widening = Widening { sentence: is_sentence, words, required, ..Widening::default() };
        let steps = if relaxes && words > 0 { STEPS.iter() } else { [].iter() };
        let has_second = relaxes && prepared.query.has_loose_words();
        Ok(Self { prepared, matching, near, far: None, widening, steps, has_second })
    }

    /// Takes the next step that can find more than those before it, and returns its plan and its report.
    pub(super) fn next(&mut self) -> EngineResult<Option<(Plan, Widening)>> {
        let widening = self.widening;
        while let Some(step) = self.steps.next() {
            let plan = self.far()?;
            match step {
                Step::Far if plan.expanded.query == self.near.expanded.query => {}
                Step::Far => return Ok(Some((plan, Widening { far: true, ..widening }))),
                Step::WithinWords => {
                    let plan = Plan { within_words: true, ..plan };
                    return Ok(Some((plan, Widening { within_words: true, ..widening })));
                }
            }
        }
        Ok(None)
    }

    fn far(&mut self) -> EngineResult<Plan> {
        if let Some(far) = &self.far {
            return Ok(far.clone());
        }
        let far = self.prepared.plan(self.prepared.query.clone(), Some(Reach::Far), self.matching)?;
        self.far = Some(far.clone());
        Ok(far)
    }
}

/// Returns the number of words that an opinion must have.
fn required(words: usize, is_sentence: bool) -> usize {
    if is_sentence { words.div_ceil(2) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_sentence_half_of_the_words_are_required() {
        assert_eq!([1, 2, 3, 4, 5].map(|words| required(words, true)), [1, 1, 2, 2, 3]);
        assert_eq!(required(5, false), 5);
    }
}
