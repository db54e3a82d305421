//! HTML: hits with what matches marked, and results as notebooks show them.

use std::fmt::Write as _;

use gijiroku::{Hit, SearchResults, Snippet};

/// The number of hits that a notebook shows. All of a corpus would make it slow.
const MOST_SHOWN: usize = 50;

/// The length of an opinion in a list, in characters.
const LENGTH: usize = 200;

/// Escapes a text for the content of an element.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns a hit with each match in an element; at most so many characters of it, if there is a number.
pub(crate) fn marked(hit: &Hit, characters: Option<usize>, element: &str) -> String {
    match characters.map(|characters| hit.snippet(characters)) {
        Some(snippet) => cut(&snippet, &snippet.html(element)),
        None => hit.html(element),
    }
}

/// Returns a snippet with a … where it is cut, in whichever form it is.
pub(crate) fn cut(snippet: &Snippet, shown: &str) -> String {
    let end = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", end(snippet.is_cut.0), end(snippet.is_cut.1))
}

/// Returns the results of a search as a list.
pub(crate) fn results<'a>(results: &SearchResults, hits: impl ExactSizeIterator<Item = &'a Hit>) -> String {
    let mut html = "<div class=\"gijiroku\"><p>".to_owned();
    if !results.reading.query.trim().is_empty() {
        let _ = write!(html, "<strong>{}</strong>: ", escaped(&results.reading.query));
    }
    let _ = write!(html, "{}", counted(results.total));
    if results.partial > 0 {
        let _ = write!(html, ", and {} with only some of the words", results.partial);
    }
    html.push_str("</p>");
    for remark in &results.reading.remarks {
        let _ = write!(html, "<p>{}</p>", escaped(&remark.to_string()));
    }
    let left_out = hits.len().saturating_sub(MOST_SHOWN);
    html.push_str("<table>");
    for hit in hits.take(MOST_SHOWN) {
        let opinion = &hit.opinion;
        let about = [&hit.group, &opinion.date, &opinion.region, &opinion.section, &opinion.speaker];
        let about = about.into_iter().filter_map(|value| value.as_deref()).chain([opinion.meeting.as_str()]);
        let _ = write!(
            html,
            "<tr><td>{}</td><td style=\"text-align: left\">{}<br><small>{}</small></td></tr>",
            hit.rank,
            marked(hit, Some(LENGTH), "mark"),
            escaped(&about.collect::<Vec<_>>().join(" · ")),
        );
    }
    html.push_str("</table>");
    if left_out > 0 {
        let _ = write!(html, "<p>… {} more</p>", left_out);
    }
    html + "</div>"
}

fn counted(number: usize) -> String {
    if number == 1 { "1 opinion".to_owned() } else { format!("{number} opinions") }
}
