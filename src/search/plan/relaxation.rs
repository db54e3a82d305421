//! Relaxation: a query that finds nothing is widened step by step until something is found.

use super::prepared::Prepared;
use super::wanted::Wanted;
use crate::query::{Matching, Plan, Reach};
use crate::search::collect::{Collected, Kept};
use crate::search::{SearchRequest, Widening};

/// The matches of a query.
pub(in crate::search) struct Matched {
    /// The plan that found them.
    pub(in crate::search) plan: Plan,
    pub(in crate::search) collected: Collected,
    /// How the query was relaxed, if it was.
    pub(in crate::search) widened: Option<Widening>,
}

/// The steps of relaxation, from the closest to what was typed to the widest. The first step that finds
/// anything is used.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// All words, or half of those of a sentence, with alternatives that mean the same.
    AsTyped,
    /// Also alternatives that may have been meant.
    Far,
    /// Also words within longer words of the text.
    WithinWords,
    /// The parts of compounds, which need not be adjacent.
    Parts,
    /// As many of the words as any opinion has.
    MostWords,
    /// As many of the words as any opinion has, with alternatives that may have been meant and within longer
    /// words of the text.
    MostWordsFar,
}

const STEPS: [Step; 6] =
    [Step::AsTyped, Step::Far, Step::WithinWords, Step::Parts, Step::MostWords, Step::MostWordsFar];

/// Searches the query of a request, and relaxes it unless the request prevents that.
pub(in crate::search) fn match_opinions(
    prepared: &Prepared<'_>,
    request: &SearchRequest,
    wanted: Wanted,
    best: usize,
) -> tantivy::Result<Matched> {
    let kept = match wanted {
        Wanted::Count => Kept::None,
        Wanted::Set => Kept::All,
        Wanted::Ranking | Wanted::Hits | Wanted::HitsAndSet => Kept::Best(best),
    };
    let collect = |plan: &Plan| prepared.collect(plan, kept, wanted.is_shown());
    if request.exact || request.matching != Matching::All {
        let reach = if request.exact { None } else { Some(Reach::Near) };
        let plan = prepared.plan(prepared.query.clone(), reach, request.matching)?;
        let collected = collect(&plan)?;
        return Ok(Matched { plan, collected, widened: None });
    }

    let mut relaxation = Relaxation::new(prepared)?;
    let mut first = None;
    for step in STEPS {
        let Some((plan, widened)) = relaxation.take(step)? else { continue };
        let collected = collect(&plan)?;
        let is_done = collected.total > 0 || relaxation.words == 0;
        let matched = Matched { plan, collected, widened };
        if is_done {
            return Ok(matched);
        }
        first.get_or_insert(Matched { widened: None, ..matched });
    }
    match first {
        Some(nothing) => Ok(nothing),
        // Unreachable: the first step always has a plan.
        None => {
            let plan = relaxation.near;
            Ok(Matched { collected: collect(&plan)?, plan, widened: None })
        }
    }
}

/// The plans of the steps. The wider ones are made only when they are needed.
struct Relaxation<'a> {
    prepared: &'a Prepared<'a>,
    /// The words as they were typed, with alternatives that mean the same.
    near: Plan,
    /// The same with alternatives that may have been meant, once it was needed.
    far: Option<Plan>,
    /// The number of words that a relaxed search may leave unmatched.
    words: usize,
    /// The part of the report that all steps share.
    widening: Widening,
}

impl<'a> Relaxation<'a> {
    fn new(prepared: &'a Prepared<'a>) -> tantivy::Result<Self> {
        let words = prepared.query.optional_clauses();
        let is_sentence = prepared.query.is_sentence();
        let required = required(words, is_sentence);
        let matching = if is_sentence { Matching::AtLeast(required) } else { Matching::All };
        let near = prepared.plan(prepared.query.clone(), Some(Reach::Near), matching)?;
        let widening = Widening { sentence: is_sentence, words, required, ..Widening::default() };
        Ok(Self { prepared, near, far: None, words, widening })
    }

    /// Returns the plan and the report of a step; `None` if the step can't find more than the steps before
    /// it.
    fn take(&mut self, step: Step) -> tantivy::Result<Option<(Plan, Option<Widening>)>> {
        let widening = self.widening;
        Ok(match step {
            Step::AsTyped => Some((self.near.clone(), widening.sentence.then_some(widening))),
            Step::Far => {
                let plan = self.far()?;
                self.is_far(&plan).then_some((plan, Some(Widening { far: true, ..widening })))
            }
            Step::WithinWords => {
                let plan = Plan { within_words: true, ..self.far()? };
                Some((plan, Some(Widening { within_words: true, ..widening })))
            }
            Step::Parts => match self.prepared.query.with_compounds_cut() {
                None => None,
                Some(cut) => {
                    let words = cut.optional_clauses();
                    let required = required(words, cut.is_sentence());
                    let plan = self.prepared.plan(cut, Some(Reach::Near), Matching::AtLeast(required))?;
                    Some((plan, Some(Widening { parts: true, words, required, ..widening })))
                }
            },
            Step::MostWords => self.most_words(self.near.clone(), Widening::default())?,
            Step::MostWordsFar => {
                let far = self.far()?;
                let told = Widening { far: self.is_far(&far), within_words: true, ..Widening::default() };
                self.most_words(Plan { within_words: true, ..far }, told)?
            }
        })
    }

    fn far(&mut self) -> tantivy::Result<Plan> {
        if let Some(far) = &self.far {
            return Ok(far.clone());
        }
        let far = self.prepared.plan(self.prepared.query.clone(), Some(Reach::Far), self.near.matching)?;
        self.far = Some(far.clone());
        Ok(far)
    }

    /// Whether the plan has alternatives other than those that mean the same.
    fn is_far(&self, plan: &Plan) -> bool {
        plan.expanded.query != self.near.expanded.query
    }

    /// Returns the plan for as many of the words as any opinion has; `None` if no opinion has any.
    fn most_words(&self, plan: Plan, told: Widening) -> tantivy::Result<Option<(Plan, Option<Widening>)>> {
        let at_least = |required| Plan { matching: Matching::AtLeast(required), ..plan.clone() };
        let finds = |required| Ok(self.prepared.collect(&at_least(required), Kept::None, false)?.total > 0);
        let required = largest(self.widening.required, finds)?;
        let widening = Widening { words: self.words, required, ..told };
        Ok((required > 0).then(|| (at_least(required), Some(widening))))
    }
}

/// Returns the number of words that an opinion must have.
fn required(words: usize, is_sentence: bool) -> usize {
    if is_sentence { words.div_ceil(2) } else { words }
}

/// Returns the largest number below `limit` for which something is found, or 0 if there is none. If a number
/// finds something, every smaller one must as well.
fn largest(limit: usize, finds: impl Fn(usize) -> tantivy::Result<bool>) -> tantivy::Result<usize> {
    let (mut low, mut high) = (0, limit);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if finds(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_is_found_by_halving() {
        for limit in 0..20 {
            for found in 0..limit.max(1) {
                assert_eq!(largest(limit, |number| Ok(number <= found)).unwrap(), found, "{limit}");
            }
        }
    }

    #[test]
    fn of_a_sentence_half_of_the_words_are_required() {
        assert_eq!([1, 2, 3, 4, 5].map(|words| required(words, true)), [1, 1, 2, 2, 3]);
        assert_eq!(required(5, false), 5);
    }
}
