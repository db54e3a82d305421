//! The nodes of a query's syntax tree: texts, before anything is looked up in a dictionary or an index.

use crate::conditions::Filter;

/// A node of the tree. An `Any` has at least two elements, and is not itself an element of an `Any` or of a
/// `Not`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// A text without white space.
    Text {
        text: String,
        /// Whether the text is a prefix: `看護*`.
        is_prefix: bool,
        boost: f32,
    },
    /// A string that matches wherever it occurs.
    Phrase {
        text: String,
        boost: f32,
        /// Whether the second tier requires the string as well. It does if the quotation marks were typed as an
        /// operator and are not those of a title in a running text.
        is_strict: bool,
    },
    Filter(Filter),
    /// A group in parentheses, all of which must match.
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// The largest boost; the smallest is its inverse.
pub(super) const LARGEST_BOOST: f32 = 100.0;

impl Node {
    /// Whether the node is a text or a phrase that is not blank.
    pub(super) fn is_leaf(&self) -> bool {
        match self {
            Self::Text { .. } => true,
            Self::Phrase { text, .. } => !text.trim().is_empty(),
            _ => false,
        }
    }

    /// Returns the address of the web that the node is, if it is one.
    pub(super) fn address(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => {
                Some(text.as_str()).filter(|text| text.starts_with("http://") || text.starts_with("https://"))
            }
            _ => None,
        }
    }

    /// Whether the node, or a node within it, is a choice.
    pub(super) fn has_alternatives(&self) -> bool {
        match self {
            Self::Any(_) => true,
            Self::All(nodes) => nodes.iter().any(Self::has_alternatives),
            Self::Not(node) => node.has_alternatives(),
            Self::Text { .. } | Self::Phrase { .. } | Self::Filter(_) => false,
        }
    }

    pub(super) fn boosted(self, by: f32) -> Self {
        let times = |boost: f32| (boost * by).clamp(1.0 / LARGEST_BOOST, LARGEST_BOOST);
        match self {
            Self::Text { text, is_prefix, boost } => Self::Text { text, is_prefix, boost: times(boost) },
            Self::Phrase { text, boost, is_strict } => Self::Phrase { text, boost: times(boost), is_strict },
            Self::All(nodes) => Self::All(nodes.into_iter().map(|node| node.boosted(by)).collect()),
            Self::Any(nodes) => Self::Any(nodes.into_iter().map(|node| node.boosted(by)).collect()),
            Self::Filter(_) | Self::Not(_) => self,
        }
    }
}
