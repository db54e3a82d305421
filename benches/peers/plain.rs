//! tantivy with lindera, as anyone would put them together: all words as they stand in the text, BM25, the text stored.

#![allow(unreachable_pub)]

use std::borrow::Cow;
use std::path::Path;

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{BoxTokenStream, Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexReader, TantivyDocument, doc};

use super::ipadic::ipadic;

const TOKENIZER: &str = "lindera";
const MEMORY: usize = 256 * 1024 * 1024;
const HITS: usize = 10;

pub struct PlainIndex {
    reader: IndexReader,
    parser: QueryParser,
    text: Field,
}

impl PlainIndex {
    pub fn build(texts: &[String], folder: &Path) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text =
            schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
        let index = Index::create_in_dir(folder, schema.build()).unwrap();
        let temporary = tempfile::tempdir().unwrap();
        let segmenter = Segmenter::new(Mode::Normal, ipadic(temporary.path()), None);
        index.tokenizers().register(TOKENIZER, Lindera(segmenter));
        let mut writer = index.writer(MEMORY).unwrap();
        for opinion in texts {
            writer.add_document(doc!(text => opinion.as_str())).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_ids().unwrap();
        writer.merge(&segments).wait().unwrap();
        writer.garbage_collect_files().wait().unwrap();
        writer.wait_merging_threads().unwrap();
        let reader = index.reader().unwrap();
        Self { reader, parser: QueryParser::for_index(&index, vec![text]), text }
    }

    /// Counts all matches, and reads the best ten.
    pub fn search(&self, query: &str) {
        let searcher = self.reader.searcher();
        let (query, _) = self.parser.parse_query_lenient(query);
        let best = TopDocs::with_limit(HITS).order_by_score();
        let (best, _) = searcher.search(&query, &(best, Count)).unwrap();
        for (_, address) in best {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            assert!(document.get_first(self.text).is_some());
        }
    }
}

#[derive(Clone)]
struct Lindera(Segmenter);

impl Tokenizer for Lindera {
    type TokenStream<'a> = BoxTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BoxTokenStream<'a> {
        let words = self.0.segment(Cow::Borrowed(text)).unwrap();
        let token = |(position, word): (usize, lindera::token::Token<'_>)| Token {
            offset_from: word.byte_start,
            offset_to: word.byte_end,
            position,
            text: word.surface.into_owned(),
            position_length: 1,
        };
        let tokens: Vec<Token> = words.into_iter().enumerate().map(token).collect();
        BoxTokenStream::new(Tokens { tokens, next: 0 })
    }
}

struct Tokens {
    tokens: Vec<Token>,
    /// The number of tokens that were passed.
    next: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
