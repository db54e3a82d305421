//! The links between the pages of a list.

/// Maximum number of pages before and after this one that have a link.
const NEAR: usize = 3;

/// The links to the other pages of a list, none if it has only one page.
#[derive(Default)]
pub(super) struct Pages {
    pub(super) links: Vec<PageLink>,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    /// The first and the last page, where they are not among the links.
    pub(super) first: Option<PageLink>,
    pub(super) last: Option<PageLink>,
}

pub(super) struct PageLink {
    pub(super) number: usize,
    pub(super) address: String,
    pub(super) is_current: bool,
}

impl Pages {
    /// Returns the links of a list of `total` entries, of which `shown` are on a page and none after `deepest` can be
    /// asked for; `at` returns the address of the page that begins after a number of entries.
    pub(super) fn new(
        total: usize,
        offset: usize,
        shown: usize,
        deepest: usize,
        at: impl Fn(usize) -> String,
    ) -> Self {
        if shown == 0 || total <= shown && offset == 0 {
            return Self::default();
        }
        let reachable = total.min(deepest.saturating_add(shown));
        let last = reachable.saturating_sub(1) / shown;
        let current = offset / shown;
        let link = |page: usize| PageLink {
            number: page + 1,
            address: at(page * shown),
            is_current: page * shown == offset,
        };
        let near = current.saturating_sub(NEAR)..=current.saturating_add(NEAR).min(last);
        let is_near = |page: usize| near.contains(&page);
        Self {
            first: (!is_near(0)).then(|| link(0)),
            last: (!is_near(last)).then(|| link(last)),
            previous: (offset > 0).then(|| at(offset.saturating_sub(shown).min(last * shown))),
            next: (offset + shown < reachable).then(|| at(offset + shown)),
            links: near.clone().map(link).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_the_whole_list() {
        let at = |offset: usize| offset.to_string();
        let told = |pages: &Pages| {
            let numbers =
                pages.links.iter().map(|page| page.number.to_string()).collect::<Vec<_>>().join(" ");
            let end =
                |page: &Option<PageLink>| page.as_ref().map_or(String::new(), |page| page.address.clone());
            let step = |address: &Option<String>| address.clone().unwrap_or_default();
            format!(
                "{}|{}|{numbers}|{}|{}",
                end(&pages.first),
                step(&pages.previous),
                step(&pages.next),
                end(&pages.last)
            )
        };
        for (total, offset, expected) in [
            (45, 20, "|0|1 2 3|40|"),
            (20, 0, "||||"),
            (0, 0, "||||"),
            (1000, 0, "||1 2 3 4|20|980"),
            (1000, 500, "0|480|23 24 25 26 27 28 29|520|980"),
            (1000, 980, "0|960|47 48 49 50||"),
            // After the end there is a link back.
            (45, 600, "0|40|||40"),
            // What can't be asked for has no link.
            (1_000_000, 10_000, "0|9980|498 499 500 501||"),
        ] {
            assert_eq!(told(&Pages::new(total, offset, 20, 10_000, at)), expected, "{total} from {offset}");
        }
        assert!(Pages::new(45, 20, 20, 10_000, at).links[1].is_current);
    }
}
