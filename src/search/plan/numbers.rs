//! Numbers: how many opinions each of several requests finds.
//!
//! They are asked for together, because a cluster answers many conditions in about the time of one.

use super::prepared::Prepared;
use super::relaxation::{Relaxation, second_tier};
use crate::index::{Condition, EngineResult};
use crate::query::Plan;
use crate::search::{SearchRequest, Tiers};

/// Returns the number of opinions that each of some requests of one index finds, in the same order.
pub(in crate::search) fn numbers(requests: &[(Prepared<'_>, &SearchRequest)]) -> EngineResult<Vec<usize>> {
    let Some((first, _)) = requests.first() else { return Ok(Vec::new()) };
    let engine = first.context.engine();
    let searches = requests.iter().map(|(prepared, request)| Search::new(prepared, request));
    let mut searches: Vec<Search> = searches.collect::<EngineResult<_>>()?;
    let mut unanswered: Vec<&mut Search> = searches.iter_mut().collect();
    while !unanswered.is_empty() {
        let conditions: Vec<Condition> = unanswered.iter().map(|search| search.first()).collect();
        let mut widened = Vec::new();
        for (search, number) in unanswered.into_iter().zip(engine.counts(&conditions)?) {
            search.number = number;
            if number == 0 && search.widen()? {
                widened.push(search);
            }
        }
        unanswered = widened;
    }
    let mut two_tiers: Vec<&mut Search> = searches.iter_mut().filter(|search| search.adds_second).collect();
    let conditions: Vec<Condition> = two_tiers.iter().map(|search| search.second()).collect();
    for (search, number) in two_tiers.iter_mut().zip(engine.counts(&conditions)?) {
        search.number += number;
    }
    Ok(searches.into_iter().map(|search| search.number).collect())
}

/// The state of the search of one request.
struct Search<'a> {
    prepared: &'a Prepared<'a>,
    relaxation: Relaxation<'a>,
    /// The plan of the first tier.
    plan: Plan,
    number: usize,
    adds_second: bool,
}

impl<'a> Search<'a> {
    fn new(prepared: &'a Prepared<'a>, request: &SearchRequest) -> EngineResult<Self> {
        let relaxation = Relaxation::new(prepared, request)?;
        let plan = relaxation.near.clone();
        let adds_second = relaxation.has_second && request.tiers_of(false) == Tiers::Any;
        Ok(Self { prepared, relaxation, plan, number: 0, adds_second })
    }

    /// Whether there is a wider plan, which then takes the place of that which found nothing.
    fn widen(&mut self) -> EngineResult<bool> {
        let Some((plan, _)) = self.relaxation.next()? else { return Ok(false) };
        self.plan = plan;
        Ok(true)
    }

    /// Returns what the opinions of the first tier meet.
    fn first(&self) -> Condition {
        self.prepared.condition(&self.plan)
    }

    /// Returns what the opinions of the second tier meet.
    fn second(&self) -> Condition {
        let either = self.prepared.condition(&second_tier(&self.plan));
        Condition::All(vec![either, Condition::Not(Box::new(self.first()))])
    }
}
