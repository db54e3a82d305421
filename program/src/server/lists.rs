//! The lists of the API: the values of facets, the meetings, the opinions of one, and the statistics of an index.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use gijiroku::conditions::Facet;
use gijiroku::index::IndexedMeeting;
use gijiroku::mining::Statistics;
use serde::{Deserialize, Serialize};

use super::parameters::{Parameters, parsed};
use super::part::{OwnQuery, Part, PartOfOpinion, PartialAnswer, next_offset, room};
use super::problem::Problem;
use crate::service::{Service, not_more_than};

/// Maximum number of sections that the statistics list, whose titles may have some hundred bytes each.
pub(super) const MOST_SECTIONS: usize = 1_000;

/// The part of a list that is asked for: of all, if there is no limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListParameters {
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

impl ListParameters {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }
}

pub(super) async fn facets(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    Parameters(list): Parameters<FacetParameters>,
) -> PartialAnswer<BTreeMap<String, Vec<String>>> {
    let asked = list.facets()?;
    let limit = list.limit.unwrap_or(usize::MAX);
    let values = service.search::<_, Problem>(move |searcher| {
        let asked = match asked.is_empty() {
            true => Facet::ALL.iter().cloned().chain(searcher.fields()?).collect(),
            false => asked,
        };
        let (mut room, mut parts) = (room(), Vec::new());
        for (place, facet) in asked.iter().enumerate() {
            let values = searcher.values(facet.clone())?;
            let all = values.len();
            let mut share = room.one_of(asked.len() - place);
            let told = share.first_of(values.into_iter().skip(list.offset).take(limit));
            room.take_back(share);
            parts.push((facet.clone(), next_offset(list.offset, told.len(), all), told));
        }
        Ok(parts)
    });
    let (mut lists, mut rest) = (BTreeMap::new(), Vec::new());
    for (facet, next, values) in values.await? {
        lists.insert(facet.name().to_owned(), values);
        rest.extend(next.map(|next| (facet, next)));
    }
    let follow = |part: Part<_>, (facet, next): (Facet, usize)| {
        part.followed_at(&own, &[("by", facet.name()), ("offset", &next.to_string())])
    };
    Ok(rest.into_iter().fold(Part::new(lists), follow))
}

/// The part of the lists of values that is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FacetParameters {
    #[serde(default)]
    by: Vec<String>,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

impl FacetParameters {
    /// Returns the facets whose values are asked for; none stand for all, with the extra fields of the index.
    fn facets(&self) -> Result<Vec<Facet>, Problem> {
        not_more_than(Facet::ALL.len(), "by", self.by.len())?;
        self.by.iter().map(|name| parsed("by", name)).collect()
    }
}

pub(super) async fn meetings(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    Parameters(list): Parameters<ListParameters>,
) -> PartialAnswer<Vec<IndexedMeeting>> {
    let found = service.search::<_, Problem>(move |searcher| {
        let meetings = searcher.index().meetings()?;
        let all = meetings.len();
        let told = room().first_of(meetings.into_iter().skip(list.offset).take(list.limit()));
        let next = next_offset(list.offset, told.len(), all);
        Ok((told, next))
    });
    let (meetings, next) = found.await?;
    Ok(Part::new(meetings).followed_from(&own, next))
}

/// A meeting with its opinions.
#[derive(Serialize)]
pub(super) struct PartOfMeeting {
    meeting: IndexedMeeting,
    opinions: Vec<PartOfOpinion>,
}

pub(super) async fn meeting(
    State(service): State<Service>,
    Path(id): Path<String>,
    OwnQuery(own): OwnQuery,
    Parameters(list): Parameters<ListParameters>,
) -> PartialAnswer<PartOfMeeting> {
    let found = service.search::<_, Problem>(move |searcher| {
        let meeting = searcher.index().meeting(&id)?;
        let meeting = meeting.ok_or(Problem::NoMeeting(id))?;
        let opinions = searcher.index().opinions_of_meeting(&meeting.id, 0, u64::MAX)?;
        let all = opinions.len();
        let mut room = room();
        room.must_take(&meeting);
        let told = opinions.into_iter().skip(list.offset).take(list.limit());
        let opinions = room.first_of(told.map(|opinion| PartOfOpinion::new(opinion, 0)));
        let next = next_offset(list.offset, opinions.len(), all);
        Ok((PartOfMeeting { meeting, opinions }, next))
    });
    let (meeting, next) = found.await?;
    Ok(Part::new(meeting).followed_from(&own, next))
}

pub(super) async fn stats(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    Parameters(list): Parameters<ListParameters>,
) -> PartialAnswer<Statistics> {
    let found = service.search::<_, Problem>(move |searcher| {
        let mut statistics = searcher.statistics()?.clone();
        statistics.sections.truncate(MOST_SECTIONS);
        let (mut room, all) = (room(), statistics.regions.len());
        room.must_take(&(&statistics.sections, &statistics.facets));
        let regions = std::mem::take(&mut statistics.regions).into_iter();
        statistics.regions = room.first_of(regions.skip(list.offset).take(list.limit()).map(|mut region| {
            region.opinions.truncate(MOST_SECTIONS);
            region
        }));
        let next = next_offset(list.offset, statistics.regions.len(), all);
        Ok((statistics, next))
    });
    let (statistics, next) = found.await?;
    Ok(Part::new(statistics).followed_from(&own, next))
}
