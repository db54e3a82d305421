//! The addresses of pages. Every state of a page has an address, which can be bookmarked and sent to a
//! colleague.

use gijiroku::search::path_part as part;

use crate::server::parameters::{OtherParameters, SearchParameters};

/// Returns the address of the page of an opinion, at a mark. It includes the words of the search, so that the page
/// marks them, too.
pub(super) fn opinion(id: &str, search: &SearchParameters, mark: Option<&str>) -> String {
    at(words(search).at(&format!("/opinions/{}", part(id))), mark)
}

/// Returns the address of the page of a meeting, at one of its opinions or at a mark, which is given as a fragment.
pub(super) fn meeting(id: &str, search: &SearchParameters, fragment: Option<&str>) -> String {
    at(words(search).at(&format!("/meetings/{}", part(id))), fragment)
}

fn at(page: String, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) => format!("{page}#{fragment}"),
        None => page,
    }
}

/// Returns only the parameters that decide which words match.
fn words(search: &SearchParameters) -> SearchParameters {
    let OtherParameters { q, matching, tier, exact, .. } = search.others.clone();
    let others = OtherParameters { q, matching, tier, exact, ..OtherParameters::default() };
    SearchParameters { others, ..SearchParameters::default() }
}

/// Whether an address has fields that a form has sent empty.
pub(super) fn has_empty_fields(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses_of_their_own() {
        let read = |query: &str| SearchParameters::read(query).unwrap();
        assert_eq!(opinion("a/b #1", &read("q=x&region=y"), None), "/opinions/a%2Fb%20%231?q=x");
        assert_eq!(opinion("a", &read("q=x"), Some("mark-3-1")), "/opinions/a?q=x#mark-3-1");
        assert_eq!(meeting("m", &read(""), Some(&part("区#1"))), "/meetings/m#%E5%8C%BA%231");
        assert!(has_empty_fields("/search?q=a&region="));
        assert!(!has_empty_fields("/search?q=a&region=b"));
    }
}
