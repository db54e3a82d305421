//! A chart by year: how many opinions match, and which share of the year's opinions that is. Each bar is a link.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gijiroku::Language;
use gijiroku::conditions::Facet;
use gijiroku::mining::Count;

use super::counts::percent;
use crate::server::parameters::SearchParameters;
use crate::service::{Counts as _, number};
use crate::texts;

/// The size of the drawing. Bars begin below the label of the largest value, and end above those of the years.
const WIDTH: usize = 400;
const TOP: usize = 16;
const HEIGHT: usize = 90;

/// Maximum number of years with a label, and half the width of one.
const LABELS: usize = 7;
const HALF_LABEL: usize = 20;

/// A chart by year. A drawing is [`WIDTH`] units wide.
pub(super) struct Timeline {
    /// The text before the drawing for whoever does not see it.
    pub(super) label: String,
    /// Whether the shares differ from the whole, so that they are worth showing.
    pub(super) has_shares: bool,
    /// The labels of the longest bars.
    pub(super) most: String,
    pub(super) most_share: String,
    pub(super) years: Vec<Year>,
}

/// One year as two bars, of which one is shown.
pub(super) struct Year {
    pub(super) address: Option<String>,
    /// The text for screen readers and tooltips.
    pub(super) description: String,
    pub(super) is_selected: bool,
    /// The bars and the place that can be clicked, as `d` attributes of paths.
    pub(super) count: String,
    pub(super) share: String,
    pub(super) place: String,
    /// The label below the bar, if there is room for one, and its middle.
    pub(super) year: Option<String>,
    pub(super) middle: usize,
}

impl Timeline {
    /// Draws the counts by year. The bars have the scale of `most`, the largest count and the largest share, so that
    /// several charts can be compared. Returns `None` if there are fewer than two years.
    pub(super) fn new(
        counts: &BTreeMap<String, Count>,
        most: Count,
        most_share: f64,
        search: &SearchParameters,
        language: Language,
    ) -> Option<Self> {
        let years = without_gaps(counts);
        if years.len() < 2 {
            return None;
        }
        let step = years.len().div_ceil(LABELS);
        let asked = search.conditions.get(Facet::Year);
        let drawn = years.iter().enumerate().map(|(place, (year, count))| {
            let (left, right) = (place * WIDTH / years.len(), (place + 1) * WIDTH / years.len());
            let gap = (right - left) / 6;
            let bar = |part: f64| {
                // Every count above 0 is visible.
                let height = (part.clamp(0.0, 1.0) * HEIGHT as f64).round() as usize;
                let height = if part > 0.0 { height.max(1) } else { 0 };
                path(left + gap, TOP + HEIGHT - height, right - left - 2 * gap, height)
            };
            let is_selected = asked.contains(year);
            let next = if is_selected {
                search.without_filter_by(&Facet::Year)
            } else {
                search.only(&Facet::Year, year)
            };
            Year {
                address: (count.matches > 0).then(|| next.at("/search")),
                description: described(year, *count, is_selected, language),
                is_selected,
                count: bar(count.matches as f64 / most.matches.max(1) as f64),
                share: bar(if most_share > 0.0 { count.share() / most_share } else { 0.0 }),
                place: path(left, TOP, right - left, HEIGHT),
                // The labels end with the last year, because it is the one that is looked for.
                year: (years.len() - 1 - place).is_multiple_of(step).then(|| year.clone()),
                // The label of a narrow bar at an edge stays inside the drawing.
                middle: usize::midpoint(left, right).clamp(HALF_LABEL, WIDTH - HALF_LABEL),
            }
        });
        Some(Self {
            label: texts::pages(language).opinions_by_year(),
            has_shares: counts.values().any(|count| count.matches < count.of),
            most: language.opinions(most.matches),
            most_share: percent(most_share),
            years: drawn.collect(),
        })
    }

    /// Draws the counts by year at their own scale.
    pub(super) fn of(
        counts: &BTreeMap<String, Count>,
        search: &SearchParameters,
        language: Language,
    ) -> Option<Self> {
        let (most, most_share) = most([counts]);
        Self::new(counts, most, most_share, search, language)
    }

    pub(super) fn bottom(&self) -> usize {
        TOP + HEIGHT
    }
}

/// Returns the largest count and the largest share of several charts.
pub(super) fn most<'a>(charts: impl IntoIterator<Item = &'a BTreeMap<String, Count>>) -> (Count, f64) {
    let counts = charts.into_iter().flat_map(BTreeMap::values);
    counts.fold((Count::default(), 0.0), |(most, share), count| {
        (if count.matches > most.matches { *count } else { most }, f64::max(share, count.share()))
    })
}

fn described(year: &str, count: Count, is_selected: bool, language: Language) -> String {
    let (texts, matches) = (texts::pages(language), language.opinions(count.matches));
    let described = if count.matches == count.of {
        format!("{year} {matches}")
    } else {
        texts.of_year(year, matches, percent(count.share()), number(count.of))
    };
    if is_selected { texts.selected(described) } else { described }
}

fn path(left: usize, top: usize, width: usize, height: usize) -> String {
    let mut path = String::new();
    // Writing to a string does not fail.
    let _ = write!(path, "M{left} {top}h{width}v{height}h-{width}z");
    path
}

/// Returns the years with those between them, so that gaps in time are visible.
fn without_gaps(counts: &BTreeMap<String, Count>) -> Vec<(String, Count)> {
    let mut years: Vec<(String, Count)> = Vec::new();
    for (year, count) in counts {
        while let Some(next) = years.last().and_then(|(last, _)| Facet::Year.next(last))
            && next < *year
        {
            years.push((next, Count::default()));
        }
        years.push((year.clone(), *count));
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(counts: &[(&str, usize, usize)]) -> Option<Timeline> {
        let counts =
            counts.iter().map(|&(year, matches, of)| (year.to_owned(), Count { matches, of })).collect();
        Timeline::of(&counts, &SearchParameters::default(), Language::Japanese)
    }

    #[test]
    fn the_longest_bar_has_the_whole_height() {
        let chart = chart(&[("2017", 5, 10), ("2019", 10, 100), ("2020", 0, 50)]).unwrap();
        let bars: Vec<(&str, &str)> =
            chart.years.iter().map(|year| (year.count.as_str(), year.share.as_str())).collect();
        assert_eq!(
            bars,
            [
                ("M16 61h68v45h-68z", "M16 16h68v90h-68z"),
                ("M116 106h68v0h-68z", "M116 106h68v0h-68z"),
                ("M216 16h68v90h-68z", "M216 88h68v18h-68z"),
                ("M316 106h68v0h-68z", "M316 106h68v0h-68z"),
            ]
        );
        assert_eq!(
            (chart.most.as_str(), chart.most_share.as_str(), chart.has_shares),
            ("10件", "50.0%", true)
        );
        assert_eq!(chart.years[2].address.as_deref(), Some("/search?year=2019"));
        assert_eq!(chart.years[3].address, None);
        assert_eq!(chart.years[0].description, "2017年 5件（10件のうち50.0%）");
    }

    #[test]
    fn a_long_time_has_few_labels_and_a_year_alone_no_chart() {
        let years: Vec<String> = (1947..=2024).map(|year| year.to_string()).collect();
        let counts: Vec<(&str, usize, usize)> = years.iter().map(|year| (year.as_str(), 1, 1)).collect();
        let long = chart(&counts).unwrap();
        let labels: Vec<&str> = long.years.iter().filter_map(|year| year.year.as_deref()).collect();
        assert_eq!(labels, ["1952", "1964", "1976", "1988", "2000", "2012", "2024"]);
        let last = long.years.last().unwrap();
        assert_eq!((last.place.as_str(), last.middle), ("M394 16h6v90h-6z", 380));
        assert!(!long.has_shares);
        assert!(chart(&counts[..1]).is_none() && chart(&[]).is_none());
    }
}
