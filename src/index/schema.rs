//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// The name under which [`TextTokenizer`](crate::analysis::TextTokenizer) is known to tantivy.
pub(super) const TOKENIZER: &str = "gijiroku";

/// The fields of a document, which is an opinion, or a meeting with what is known of it but its opinions.
///
/// Region and section are facets. They are kept as plain strings with a column, and not as tantivy's `Facet`:
/// that is a path, in which the `/` of a title such as 「救急/在宅」 would open a level that is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The identifier of an opinion. A meeting's own document has none: what a source calls its opinions must not
    /// be taken for a meeting.
    pub(crate) id: Field,
    /// Of an opinion: the identifier of its meeting.
    pub(crate) meeting: Field,
    /// Of an opinion: its number in its meeting, from 1. A meeting's own document has none.
    pub(crate) number: Field,
    pub(crate) text: Field,
    pub(crate) title: Field,
    pub(crate) region: Field,
    pub(crate) section: Field,
    /// ISO 8601: dates in the order of their spelling are in the order of time.
    pub(crate) date: Field,
    pub(crate) speaker: Field,
    pub(crate) role: Field,
    pub(crate) body: Field,
    pub(crate) url: Field,
    /// The file that it was read from, or the archive: what is removed with it.
    pub(crate) origin: Field,
    pub(crate) file: Field,
    pub(crate) line: Field,
    /// Of a meeting: its identifier.
    pub(crate) meeting_id: Field,
    /// Of a meeting: what is known of it, as JSON.
    pub(crate) record: Field,
}

impl Fields {
    pub(crate) const ID: &str = "id";
    pub(crate) const NUMBER: &str = "number";
    pub(crate) const REGION: &str = "region";
    pub(crate) const SECTION: &str = "section";
    pub(crate) const TITLE: &str = "title";
    pub(crate) const DATE: &str = "date";
    pub(crate) const SPEAKER: &str = "speaker";
    pub(crate) const BODY: &str = "body";

    /// Makes the schema; the same each time.
    pub(super) fn schema() -> (Schema, Self) {
        let analyzed = TextOptions::default().set_stored().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field(Self::ID, STRING | FAST | STORED),
            meeting: schema.add_text_field("meeting", STRING | STORED),
            number: schema.add_u64_field(Self::NUMBER, INDEXED | FAST | STORED),
            text: schema.add_text_field("text", analyzed),
            title: schema.add_text_field(Self::TITLE, STRING | FAST | STORED),
            region: schema.add_text_field(Self::REGION, STRING | FAST | STORED),
            section: schema.add_text_field(Self::SECTION, STRING | FAST | STORED),
            date: schema.add_text_field(Self::DATE, STRING | FAST | STORED),
            speaker: schema.add_text_field(Self::SPEAKER, STRING | FAST | STORED),
            role: schema.add_text_field("role", STRING | STORED),
            body: schema.add_text_field(Self::BODY, STRING | FAST | STORED),
            url: schema.add_text_field("url", STORED),
            origin: schema.add_text_field("origin", STRING),
            file: schema.add_text_field("file", STORED),
            line: schema.add_u64_field("line", STORED),
            meeting_id: schema.add_text_field("meeting_id", STRING),
            record: schema.add_text_field("record", STORED),
        };
        (schema.build(), fields)
    }
}
