//! The links to files with the hits of a search, and to its feed.

use gijiroku::search::SearchResults;

use crate::server::parameters::SearchParameters;
use crate::service::{DEEPEST, number};

/// The addresses of files with all hits. A file has only the first tier unless its address asks for both, which it
/// does if the first has no opinions.
pub(super) struct Exports {
    pub(super) csv: String,
    pub(super) json: String,
    pub(super) api: String,
    pub(super) feed: String,
    /// The table with both tiers, if the other has only the first and there is a second.
    pub(super) csv_of_both: Option<String>,
    /// If not all hits fit in a file: the number of those that do.
    pub(super) most: Option<String>,
}

impl Exports {
    pub(super) fn new(search: &SearchParameters, results: &SearchResults) -> Self {
        let SearchResults { total, partial, .. } = *results;
        let any = || Some("any".to_owned());
        let both = search.changed(|search| (search.others.limit, search.others.tier) = (None, any()));
        let whole = search.changed(|search| {
            search.others.limit = None;
            if total == 0 && search.others.tier.is_none() {
                search.others.tier = any();
            }
        });
        let saved = if whole.others.tier == any() { total + partial } else { total };
        Self {
            csv: whole.at("/search.csv"),
            json: whole.at("/search.json"),
            api: search.at("/api/v1/search"),
            feed: search.watched().at("/feed"),
            csv_of_both: (whole.others.tier.is_none() && partial > 0).then(|| both.at("/search.csv")),
            most: (saved > DEEPEST).then(|| number(DEEPEST)),
        }
    }
}
