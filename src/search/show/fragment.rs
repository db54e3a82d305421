//! Marked texts: fragments that match or do not, HTML, and where marks are in bytes.

use std::ops::Range;

use super::{Hit, Snippet};

/// A fragment of a text that either matches or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// Whether the fragment matches.
    pub is_match: bool,
}

impl Hit {
    /// Splits a part of the text where highlights begin and end. The part is a range of characters.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = "退院と訪問看護について".to_owned();
    /// let hit = Hit::new(opinion, vec![0..2, 3..7]);
    /// let fragments = hit.fragments(1..9).into_iter();
    /// let shown: Vec<_> = fragments.map(|fragment| (fragment.text, fragment.is_match)).collect();
    /// let expected = [("院", true), ("と", false), ("訪問看護", true), ("につ", false)];
    /// assert_eq!(shown, expected.map(|(text, is_match)| (text.to_owned(), is_match)));
    /// ```
    #[must_use]
    pub fn fragments(&self, part: Range<usize>) -> Vec<Fragment> {
        fragments(&self.opinion.text, &self.highlights, part)
    }

    /// Returns the text as HTML: escaped, with each highlight in an element of this name. Line breaks stay as they are.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = "訪問看護 < 往診".to_owned();
    /// let hit = Hit::new(opinion, vec![0..4]);
    /// assert_eq!(hit.html("mark"), "<mark>訪問看護</mark> &lt; 往診");
    /// ```
    #[must_use]
    pub fn html(&self, element: &str) -> String {
        html(&self.fragments(0..usize::MAX), element)
    }

    /// Returns the highlights in bytes of the text, so that they can be sliced.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let results = searcher.search(&SearchRequest::new("訪問看護"))?;
    /// let hit = &results.hits[0];
    /// let marked: Vec<&str> = hit.highlight_bytes().into_iter().map(|range| &hit.opinion.text[range]).collect();
    /// assert_eq!(marked[0], "訪問看護");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn highlight_bytes(&self) -> Vec<Range<usize>> {
        in_bytes(&self.opinion.text, &self.highlights)
    }
}

impl Snippet {
    /// Splits the snippet where highlights begin and end.
    #[must_use]
    pub fn fragments(&self) -> Vec<Fragment> {
        fragments(&self.text, &self.highlights, 0..usize::MAX)
    }

    /// Returns the snippet as HTML, as [`Hit::html`] returns the whole text.
    #[must_use]
    pub fn html(&self, element: &str) -> String {
        html(&self.fragments(), element)
    }

    /// Returns the highlights in bytes of the snippet.
    #[must_use]
    pub fn highlight_bytes(&self) -> Vec<Range<usize>> {
        in_bytes(&self.text, &self.highlights)
    }
}

fn fragments(text: &str, highlights: &[Range<usize>], part: Range<usize>) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut highlights = highlights.iter().peekable();
    for (place, character) in text.chars().enumerate().take(part.end).skip(part.start) {
        while highlights.next_if(|range| range.end <= place).is_some() {}
        let is_match = highlights.peek().is_some_and(|range| range.contains(&place));
        match fragments.last_mut() {
            Some(fragment) if fragment.is_match == is_match => fragment.text.push(character),
            _ => fragments.push(Fragment { text: character.to_string(), is_match }),
        }
    }
    fragments
}

fn html(fragments: &[Fragment], element: &str) -> String {
    let mut html = String::new();
    for Fragment { text, is_match } in fragments {
        let [open, close] =
            if *is_match { [format!("<{element}>"), format!("</{element}>")] } else { Default::default() };
        html.push_str(&open);
        for character in text.chars() {
            match character {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                _ => html.push(character),
            }
        }
        html.push_str(&close);
    }
    html
}

/// Returns ranges of characters, in ascending order and disjoint, as ranges of bytes. What is beyond the text ends with it.
fn in_bytes(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut characters = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).enumerate().peekable();
    let mut byte_of = |character: usize| {
        while characters.next_if(|&(place, _)| place < character).is_some() {}
        characters.peek().map_or(text.len(), |&(_, byte)| byte)
    };
    ranges.iter().map(|range| byte_of(range.start)..byte_of(range.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_text_is_escaped_html_and_is_sliced_by_bytes() {
        let text = "a<b>&\"c\"'𠮷野家'";
        let marks = [0..2, 3..5, 9..12];
        let shown = fragments(text, &marks, 0..usize::MAX);
        assert_eq!(html(&shown, "b"), "<b>a&lt;</b>b<b>&gt;&amp;</b>&quot;c&quot;&#39;<b>𠮷野家</b>&#39;");
        assert_eq!(html(&fragments(text, &marks, 1..4), "em"), "<em>&lt;</em>b<em>&gt;</em>");
        let sliced =
            |ranges| in_bytes(text, ranges).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(sliced(&marks), ["a<", ">&", "𠮷野家"]);
        assert_eq!(sliced(&[9..99, 99..100]), ["𠮷野家'", ""]);
        assert!(in_bytes("", &[]).is_empty());
    }
}
