//! The tokenizer of headings: titles, regions, bodies and speakers, which many opinions share.

use std::collections::HashMap;
use std::slice;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::TextTokenizer;

/// Maximum number of headings whose terms are kept.
const MOST: usize = 10_000;

/// Turns a heading into the terms that a text with the same words has, each once and without its position. The
/// terms of a heading are kept, because the next opinion mostly has the same headings.
pub(crate) struct HeadingTokenizer {
    tokenizer: TextTokenizer,
    known: HashMap<String, Arc<[String]>>,
    terms: Arc<[String]>,
    token: Token,
}

impl HeadingTokenizer {
    pub(crate) fn new(tokenizer: TextTokenizer) -> Self {
        Self {
            tokenizer,
            known: HashMap::new(),
            terms: Arc::default(),
            token: Token { position: 0, ..Token::default() },
        }
    }

    fn terms(&mut self, heading: &str) -> Arc<[String]> {
        if let Some(terms) = self.known.get(heading) {
            return Arc::clone(terms);
        }
        let mut terms = Vec::new();
        self.tokenizer.token_stream(heading).process(&mut |token| terms.push(token.text.clone()));
        terms.sort_unstable();
        terms.dedup();
        let terms: Arc<[String]> = terms.into();
        if self.known.len() == MOST {
            self.known.clear();
        }
        self.known.insert(heading.to_owned(), Arc::clone(&terms));
        terms
    }
}

impl Clone for HeadingTokenizer {
    /// A clone has memory of its own.
    fn clone(&self) -> Self {
        Self::new(self.tokenizer.clone())
    }
}

impl Tokenizer for HeadingTokenizer {
    type TokenStream<'a> = HeadingTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, heading: &'a str) -> HeadingTokenStream<'a> {
        self.terms = self.terms(heading);
        HeadingTokenStream { terms: self.terms.iter(), token: &mut self.token }
    }
}

/// The terms of one heading.
pub(crate) struct HeadingTokenStream<'a> {
    terms: slice::Iter<'a, String>,
    token: &'a mut Token,
}

impl TokenStream for HeadingTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.next() else { return false };
        self.token.text.clone_from(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn a_heading_has_the_terms_of_a_text_each_once() {
        let mut tokenizer = HeadingTokenizer::new(TextTokenizer::new(Analyzer::new().unwrap()));
        let mut terms = |heading: &str| {
            let mut terms = Vec::new();
            tokenizer.token_stream(heading).process(&mut |token| terms.push(token.text.clone()));
            terms
        };
        let mut of_text = Vec::new();
        let mut text = TextTokenizer::new(Analyzer::new().unwrap());
        text.token_stream("予算委員会、予算").process(&mut |token| of_text.push(token.text.clone()));
        of_text.sort();
        of_text.dedup();
        assert_eq!(terms("予算委員会、予算"), of_text);
        assert_eq!(terms("本会議"), terms("本会議"));
        assert_eq!(terms(""), [""; 0]);
        assert_eq!(terms("予算委員会、予算"), of_text);
    }
}
