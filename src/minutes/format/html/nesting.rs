//! Whether a page can be parsed in the time that its length permits.

use crate::minutes::limits::Limits;

/// Maximum number of steps that the nesting of a page may cost: the parser may look at all open elements for each tag, so
/// that they are added up over the tags. A page of minutes has a hundredth of it.
const MAXIMUM_NESTING: usize = 100_000_000;

/// Elements that the parser opens again in each paragraph until they are closed, which multiplies them.
const REOPENED: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// The memory that each of these multiplied elements is taken for, in bytes.
const REOPENED_BYTES: u64 = 256;

/// Maximum number of attributes of an element. The parser compares each with all others.
const MAXIMUM_ATTRIBUTES: usize = 500;

/// Elements whose end tag is optional or forbidden. Many pages omit it, and the parser closes them itself, so these
/// elements do not count as open.
const WITHOUT_END_TAG: [&str; 24] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "br", "hr", "img", "input", "meta",
    "link", "area", "base", "col", "embed", "source", "track", "wbr", "param",
];

/// Whether the elements of a page are nested so deeply, or have so many attributes, that to parse it would take longer than
/// its length permits.
pub(super) fn is_too_deep(page: &str, limits: Limits) -> bool {
    let most_reopened = usize::try_from(limits.memory_for(REOPENED_BYTES)).unwrap_or(usize::MAX);
    // The numbers of open elements, and their sums over all tags.
    let (mut open, mut reopened) = (0_usize, 0_usize);
    let (mut nesting, mut multiplied) = (0_usize, 0_usize);
    page.split('<').skip(1).any(|tag| {
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name =
            name.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || WITHOUT_END_TAG.contains(&name.as_str()) {
            // Counted below, as a tag.
        } else if is_end {
            // The end of a ruby ends the readings in it, whose own end tags are often omitted.
            open = open.saturating_sub(if name == "ruby" { 3 } else { 1 });
            reopened = reopened.saturating_sub(usize::from(REOPENED.contains(&name.as_str())));
        } else {
            open += 1;
            reopened += usize::from(REOPENED.contains(&name.as_str()));
        }
        nesting += open;
        multiplied += reopened;
        nesting > MAXIMUM_NESTING || multiplied > most_reopened || attribute_count(tag) > MAXIMUM_ATTRIBUTES
    })
}

/// The number of words in a tag that may be attributes. What stands in the quotation marks of a value is none.
fn attribute_count(tag: &str) -> usize {
    let (mut count, mut quote, mut last) = (0, None, ' ');
    for character in tag.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '>' => break,
            None if last == '=' && matches!(character, '"' | '\'') => quote = Some(character),
            None => count += usize::from(last.is_ascii_whitespace() && !character.is_ascii_whitespace()),
        }
        // White space may stand around the sign.
        if !(last == '=' && character.is_ascii_whitespace()) {
            last = character;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_would_take_too_long_are_told() {
        let told = |page: String| is_too_deep(&page, Limits::default());
        assert!(told("<div>".repeat(20_000)));
        assert!(told("<rt>".repeat(20_000)));
        assert!(told("<div>".repeat(5_000) + &"<p>あ</p>".repeat(50_000)));
        assert!(told((0..3_000).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>あ".repeat(3_000)));
        let attributes = |count: usize| -> String { (0..count).map(|n| format!(" a{n}=\"b c\"")).collect() };
        assert!(told(format!("<p{}>", attributes(501))));
        assert!(!told(format!("<p{}>", attributes(400))));
        assert!(!told("<ruby>訪問<rt>ほうもん</ruby>".repeat(50_000)));
        assert!(!told("<tr><td><font size=2>あ</font></td></tr>\n".repeat(50_000)));
        assert!(!told(format!("<p title=\"{}\">", "長い 題 ".repeat(1_000))));
    }
}
