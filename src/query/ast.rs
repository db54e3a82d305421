//! A query as a value: read from a line, built by code, changed.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::node::Node;
use super::parse;
use super::remark::Remark;
use crate::analysis::NormalizedText;
use crate::conditions::Filter;

/// A query: a tree of texts, phrases and operators.
///
/// A query is parsed from a typed line or built by code. It prints as a line that parses to the same query:
/// `Query::parse(&query.to_string()) == query`, for all queries within the limits of the parser (1,000
/// characters, eight nested parentheses).
///
/// ```
/// use gijiroku::Query;
///
/// let query = Query::all([
///     Query::any([Query::words("訪問看護"), Query::phrase("24時間")]),
///     Query::words("病院").not(),
/// ]);
/// assert_eq!(query.to_string(), "訪問看護 OR \"24時間\" -病院");
/// assert_eq!(query, Query::parse("訪問看護　ＯＲ　“24時間”　−病院"));
/// assert_eq!(query.replace("訪問看護", "訪看").without("病院").to_string(), "訪看 OR \"24時間\"");
/// // In a text, no character is an operator.
/// assert_eq!(Query::words("(-C++)").to_string(), "\\(\\-C\\+\\+\\)");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The nodes, all of which must match.
    nodes: Vec<Node>,
    /// The line from which the query was parsed.
    typed: Option<String>,
    remarks: Vec<Remark>,
}

impl Query {
    /// Parses a typed line in the [query language](crate::query). Every line can be parsed;
    /// [`remarks`](Self::remarks) lists what may have been meant differently.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let (nodes, mut remarks) = parse::parse(line);
        remarks.extend(
            nodes.iter().filter_map(Node::address).map(|address| Remark::Address(address.to_owned())),
        );
        Self { nodes, typed: Some(line.to_owned()), remarks }
    }

    /// Returns a query for the words of a text, all of which must match. White space separates them, and no
    /// character is an operator.
    #[must_use]
    pub fn words(text: &str) -> Self {
        let node = |text: &str| Node::Text { text: text.to_owned(), is_prefix: false, boost: 1.0 };
        Self::of(text.split_whitespace().map(node).collect())
    }

    /// Returns a query for a string, which matches wherever it occurs, however the segmenter cut the text.
    #[must_use]
    pub fn phrase(text: impl Into<String>) -> Self {
        Self::of(vec![Node::Phrase { text: text.into(), boost: 1.0, is_strict: true }])
    }

    /// Returns a query that matches where all of the given queries match.
    #[must_use]
    pub fn all(queries: impl IntoIterator<Item = Self>) -> Self {
        Self::of(queries.into_iter().flat_map(|query| query.nodes).collect())
    }

    /// Returns a query that matches where at least one of the given queries matches. Empty queries are
    /// ignored.
    #[must_use]
    pub fn any(queries: impl IntoIterator<Item = Self>) -> Self {
        Self::of(any_of(queries.into_iter().filter_map(Self::into_node).collect()).into_iter().collect())
    }

    /// Returns a query that matches where this one does not. The negation of an empty query is empty.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "the operator is there too; a chain of methods reads better"
    )]
    pub fn not(self) -> Self {
        Self::of(self.into_node().map(|node| Node::Not(Box::new(as_operand(node)))).into_iter().collect())
    }

    /// Returns the query with the weight of all of its texts and phrases multiplied by `by`. Resulting
    /// weights are limited to the range from 0.01 to 100.
    #[must_use]
    pub fn boost(self, by: f32) -> Self {
        Self::of(self.nodes.into_iter().map(|node| node.boosted(by)).collect())
    }

    /// Returns the query with a word replaced by another text. A word is a whole text or phrase of the query,
    /// compared regardless of the width and the case of its characters; a part of a text is not replaced.
    #[must_use]
    pub fn replace(&self, word: &str, by: &str) -> Self {
        self.replace_word(word, &Self::words(by).nodes)
    }

    /// Returns the query without a word, in the sense of [`replace`](Self::replace).
    #[must_use]
    pub fn without(&self, word: &str) -> Self {
        self.replace_word(word, &[])
    }

    /// Returns the query with a condition that must hold as well.
    #[must_use]
    pub fn and(mut self, filter: Filter) -> Self {
        self.nodes.push(Node::Filter(filter));
        Self::of(self.nodes)
    }

    /// Whether the query is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the line from which the query was parsed, or, if it was built by code, a line that parses to
    /// it.
    #[must_use]
    pub fn text(&self) -> String {
        self.typed.clone().unwrap_or_else(|| self.to_string())
    }

    /// Returns remarks on the parts of the line that may have been meant differently.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the query with one leaf replaced by other texts. Leaves are the positive texts and phrases,
    /// counted from 0 in the order of the query; a blank phrase does not count.
    pub(crate) fn with_leaf(&self, leaf: usize, by: &[Leaf]) -> Self {
        let by: Vec<Node> = by.iter().map(Leaf::to_node).collect();
        let mut place = 0;
        let mut replace = |_: &Node| {
            place += 1;
            (place == leaf + 1).then(|| by.clone())
        };
        Self::of(replace_leaves(&self.nodes, true, &mut replace))
    }

    /// Returns the query with the words of its phrases in their place. Phrases that are excluded stay.
    pub(crate) fn unquoted(&self) -> Self {
        let mut replace = |node: &Node| match node {
            Node::Phrase { text, boost, .. } => Some(Self::words(text).boost(*boost).nodes),
            _ => None,
        };
        Self::of(replace_leaves(&self.nodes, true, &mut replace))
    }

    /// Returns the query without what it excludes and without the filters in its text.
    pub(crate) fn without_conditions(&self) -> Self {
        let is_kept = |node: &&Node| !matches!(node, Node::Not(_) | Node::Filter(_));
        Self::of(self.nodes.iter().filter(is_kept).cloned().collect())
    }

    /// Whether a part of the query is one of several that may match.
    pub(crate) fn has_alternatives(&self) -> bool {
        self.nodes.iter().any(Node::has_alternatives)
    }

    fn replace_word(&self, word: &str, by: &[Node]) -> Self {
        let normalized = |text: &str| NormalizedText::new(text).as_str().to_owned();
        let word = normalized(word.trim());
        let is_word = |node: &Node| match node {
            Node::Text { text, .. } | Node::Phrase { text, .. } => normalized(text) == word,
            _ => false,
        };
        let mut replace = |node: &Node| is_word(node).then(|| by.to_vec());
        let kept = replace_leaves(&self.nodes, true, &mut replace);
        // Negated leaves are words of the query, too.
        Self::of(replace_leaves(&kept, false, &mut replace))
    }

    fn of(nodes: Vec<Node>) -> Self {
        Self { nodes, typed: None, remarks: Vec::new() }
    }

    /// Returns the query as one node; `None` if it is empty.
    fn into_node(self) -> Option<Node> {
        one_of(self.nodes)
    }
}

/// A text that replaces a leaf.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) text: String,
    pub(crate) is_phrase: bool,
    pub(crate) boost: f32,
}

impl Leaf {
    fn to_node(&self) -> Node {
        let (text, boost) = (self.text.clone(), self.boost);
        match self.is_phrase {
            true => Node::Phrase { text, boost, is_strict: true },
            false => Node::Text { text, is_prefix: false, boost },
        }
    }
}

/// Combines several nodes into one, which matches if all of them match.
fn one_of(mut nodes: Vec<Node>) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(Node::All(nodes)),
    }
}

/// Combines alternatives into one node.
fn any_of(alternatives: Vec<Node>) -> Option<Node> {
    let flat = alternatives.into_iter().flat_map(|node| match node {
        Node::Any(nodes) => nodes,
        other => vec![other],
    });
    let mut flat: Vec<Node> = flat.collect();
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => Some(Node::Any(flat)),
    }
}

/// Returns the node in parentheses if it cannot follow a `-` by itself.
fn as_operand(node: Node) -> Node {
    match node {
        Node::Any(_) | Node::Not(_) => Node::All(vec![node]),
        other => other,
    }
}

/// Replaces leaves of a sequence, either the positive or the negated ones. Where `replace` returns `None`,
/// the leaf is kept. Nodes that become empty are removed.
fn replace_leaves(
    nodes: &[Node],
    are_wanted: bool,
    replace: &mut impl FnMut(&Node) -> Option<Vec<Node>>,
) -> Vec<Node> {
    let mut replaced = Vec::new();
    for node in nodes {
        match node {
            leaf if leaf.is_leaf() && are_wanted => match replace(leaf) {
                Some(by) => replaced.extend(by),
                None => replaced.push(leaf.clone()),
            },
            Node::All(inner) if !inner.is_empty() => {
                let inner = replace_leaves(inner, are_wanted, replace);
                replaced.extend((!inner.is_empty()).then_some(Node::All(inner)));
            }
            Node::Any(inner) => {
                let alternatives = inner.iter().filter_map(|node| {
                    one_of(replace_leaves(std::slice::from_ref(node), are_wanted, replace))
                });
                replaced.extend(any_of(alternatives.collect()));
            }
            Node::Not(inner) => {
                let inner = replace_leaves(std::slice::from_ref(inner.as_ref()), !are_wanted, replace);
                replaced.extend(one_of(inner).map(|inner| Node::Not(Box::new(as_operand(inner)))));
            }
            other => replaced.push(other.clone()),
        }
    }
    replaced
}

impl std::ops::Not for Query {
    type Output = Self;

    /// The same as [`not`](Query::not).
    fn not(self) -> Self {
        Self::not(self)
    }
}

/// Two queries are equal if they have the same tree, however they were typed.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.nodes == other.nodes
    }
}

impl Eq for Query {}

impl Hash for Query {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal queries print the same line.
        self.to_string().hash(state);
    }
}

impl From<&str> for Query {
    /// Parses a typed line.
    fn from(line: &str) -> Self {
        Self::parse(line)
    }
}

impl From<String> for Query {
    /// Parses a typed line.
    fn from(line: String) -> Self {
        Self::parse(&line)
    }
}

impl From<&String> for Query {
    /// Parses a typed line.
    fn from(line: &String) -> Self {
        Self::parse(line)
    }
}

impl std::str::FromStr for Query {
    type Err = std::convert::Infallible;

    /// Parses a typed line.
    fn from_str(line: &str) -> Result<Self, Self::Err> {
        Ok(Self::parse(line))
    }
}

/// A query is serialized as its [text](Self::text).
impl Serialize for Query {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Query {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_built_by_code() {
        let words = Query::words;
        for (query, expected) in [
            (words("訪問看護　連携"), "訪問看護 連携"),
            (words("OR -病院 region:x a* b^2"), "\\OR \\-病院 region\\:x a\\* b\\^2"),
            (Query::phrase(r#"a"b\"#), r#""a\"b\\""#),
            (Query::any([words("a"), Query::any([words("b"), words("c d")]), words("")]), "a OR b OR (c d)"),
            (Query::any([words("a")]), "a"),
            (Query::any([words("a"), words("b")]).not(), "-(a OR b)"),
            (words("a b").not().not(), "-(-(a b))"),
            (words("").not(), ""),
            (words("a b").boost(2.0).boost(1000.0), "a^100 b^100"),
        ] {
            assert_eq!(query.to_string(), expected);
            assert_eq!(Query::parse(expected), query, "{expected}");
        }
    }

    #[test]
    fn conditions_are_added() {
        let query = Query::parse("訪問看護 -病院").and(Filter::region("区西部"));
        assert_eq!(query, Query::parse("訪問看護 -病院 region:区西部"));
        assert!(!query.has_alternatives());
        assert!(Query::parse("-(a OR b)").has_alternatives());
    }

    #[test]
    fn words_are_replaced_wherever_they_are() {
        let query = Query::parse("訪問看護 (ＩＣＴ OR 往診) -ICT \"ict\" region:区西部");
        assert_eq!(
            query.replace("ict", "デジタル 化").to_string(),
            "訪問看護 ((デジタル 化) OR 往診) -(デジタル 化) デジタル 化 region:区西部"
        );
        assert_eq!(query.without("ict").to_string(), "訪問看護 (往診) region:区西部");
        assert_eq!(query.without("訪問"), query);
        let leaf = |text: &str| Leaf { text: text.to_owned(), is_phrase: false, boost: 1.0 };
        assert_eq!(query.with_leaf(2, &[]).to_string(), "訪問看護 (ＩＣＴ) -ICT \"ict\" region:区西部");
        assert_eq!(
            query.with_leaf(3, &[leaf("a"), leaf("b")]).to_string(),
            "訪問看護 (ＩＣＴ OR 往診) -ICT a b region:区西部"
        );
    }
}
