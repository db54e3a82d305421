//! Printing a query as a line that parses to the same query.

use std::fmt;

use super::ast::Query;
use super::node::Node;
use super::parse::{closing_marks, is_operator, parse, sign};

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_joined(self.nodes(), " ", formatter)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text, is_prefix, boost } => {
                let mut suffix = if *is_prefix { "*".to_owned() } else { String::new() };
                write_boost(*boost, &mut suffix)?;
                formatter.write_str(&escaped_text(text, &suffix, self))?;
                formatter.write_str(&suffix)
            }
            Self::Phrase { text, boost, is_strict } => {
                let (open, close) = if *is_strict { ('"', '"') } else { ('「', '」') };
                write!(formatter, "{open}{}{close}", escaped_phrase(text, open))?;
                write_boost(*boost, formatter)
            }
            Self::Filter(filter) => filter.fmt(formatter),
            Self::Not(node) => {
                let operand = node.to_string();
                // Two hyphens in a row would be text.
                let is_hyphen = operand.chars().next().is_some_and(|first| sign(first) == '-');
                write!(formatter, "-{}{operand}", if is_hyphen { "\\" } else { "" })
            }
            Self::All(nodes) => {
                formatter.write_str("(")?;
                write_joined(nodes, " ", formatter)?;
                formatter.write_str(")")
            }
            Self::Any(nodes) => write_joined(nodes, " OR ", formatter),
        }
    }
}

fn write_joined(nodes: &[Node], between: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            formatter.write_str(between)?;
        }
        fmt::Display::fmt(node, formatter)?;
    }
    Ok(())
}

fn write_boost(boost: f32, formatter: &mut impl fmt::Write) -> fmt::Result {
    if boost == 1.0 { Ok(()) } else { write!(formatter, "^{boost}") }
}

/// Returns a text as it must be typed before its suffix to be parsed as a node: unchanged if it parses so by
/// itself, otherwise with a backslash before an operator or before each character that is not alphanumeric.
fn escaped_text(text: &str, suffix: &str, node: &Node) -> String {
    let is_operator = is_operator(text) && suffix.is_empty();
    let is_plain = text.chars().all(char::is_alphanumeric) && !is_operator;
    // A backslash at the end would escape what follows.
    let reads_so = || {
        let (nodes, remarks) = parse(&format!("{text}{suffix}"));
        !text.ends_with('\\') && remarks.is_empty() && nodes.as_slice() == std::slice::from_ref(node)
    };
    if is_plain || reads_so() {
        return text.to_owned();
    }
    let mut escaped = String::new();
    if is_operator {
        escaped.push('\\');
    }
    for character in text.chars() {
        if !character.is_alphanumeric() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn escaped_phrase(text: &str, open: char) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if character == '\\' || closing_marks(open).is_some_and(|marks| marks.contains(&character)) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf() -> impl Strategy<Value = Query> {
        let signs = "[-aOR看護 \"“「」『()（:：^＊*\\\\2.ー。]{0,6}";
        prop_oneof![
            "(看護|OR|ＮＯＴ|region:x|-|--|\\\\|C\\+\\+|7:1|在宅\\(専門\\)|a\\*|b\\^2)"
                .prop_map(|text| Query::words(&text)),
            signs.prop_map(|text| Query::words(&text)),
            signs.prop_map(Query::phrase),
            "(region:区西部|title:\"a b\"|date:2017|IC\\*|護\\^3)".prop_map(Query::from),
        ]
    }

    fn query() -> impl Strategy<Value = Query> {
        leaf().prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Query::all),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Query::any),
                inner.clone().prop_map(Query::not),
                (inner, 0.1_f32..5.0).prop_map(|(query, by)| query.boost(by)),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_as_the_same_query(query in query()) {
            let printed = query.to_string();
            let read = Query::parse(&printed);
            prop_assert_eq!(&read, &query, "{}", printed);
            prop_assert_eq!(read.remarks(), []);
        }

        #[test]
        fn what_was_typed_prints_as_the_same_query(line in "[-aOR看護 \"“「」()（）:^＊*\\\\2.　ＮＯＴ]{0,24}") {
            let query = Query::parse(&line);
            prop_assert_eq!(Query::parse(&query.to_string()), query.clone(), "{} {}", line, query);
        }
    }
}
