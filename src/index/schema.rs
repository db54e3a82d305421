//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::conditions::ExtraField;

/// The name under which [`TextTokenizer`](crate::analysis::TextTokenizer) is registered with tantivy.
pub(super) const TOKENIZER: &str = "gijiroku";

/// The name of [`HeadingTokenizer`](crate::analysis::HeadingTokenizer).
pub(super) const HEADING_TOKENIZER: &str = "gijiroku-headings";

/// The fields of a document. A document is either an opinion, or a meeting without its opinions.
///
/// Region and section are facets. They are stored as plain strings with a column, and not as tantivy's
/// `Facet`, which is a path: the `/` in a title such as 「救急/在宅」 would open a level that does not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Opinion: its identifier. A meeting's document lacks this field, because a source may give an opinion
    /// the identifier of a meeting, and a lookup of the one must not find the other.
    pub(crate) id: Field,
    /// Opinion: the identifier of its meeting.
    pub(crate) meeting: Field,
    /// Opinion: its number in its meeting, from 1. A meeting's document lacks this field, so that it tells
    /// opinions from meetings.
    pub(crate) number: Field,
    /// Opinion: what was said. The field that is searched.
    pub(crate) text: Field,
    /// Opinion: what it stands under, in the terms of the text: titles of its meeting and section, region,
    /// body, speaker. It ranks opinions that match by their text.
    pub(crate) heading: Field,
    /// Opinion: the title of its meeting.
    pub(crate) title: Field,
    /// Opinion: the region that its meeting is about.
    pub(crate) region: Field,
    /// Opinion: the title of its section.
    pub(crate) section: Field,
    /// Opinion: the date of its meeting in ISO 8601. The lexical order of such dates is the order in time.
    pub(crate) date: Field,
    pub(crate) speaker: Field,
    /// Opinion: the office of the speaker.
    pub(crate) role: Field,
    /// Opinion: who speaks, as a [`Mention`](super::Mention), from which [`Speakers`](super::Speakers) tell the person.
    pub(crate) mention: Field,
    /// Meeting: who is listed as present or absent, as mentions. It is another field than that of opinions, so that a filter by
    /// speaker finds no meetings.
    pub(crate) member: Field,
    /// Opinion: the assembly or committee that met.
    pub(crate) body: Field,
    /// Opinion: the address of the web page that publishes it.
    pub(crate) url: Field,
    /// The source file, which for a file within an archive is the archive. All documents of a source file are
    /// deleted by this field.
    pub(crate) origin: Field,
    /// Opinion: the file to cite. For a file within an archive, it is the path of the archive followed by
    /// that of the file.
    pub(crate) file: Field,
    /// Opinion: the line in the file to cite.
    pub(crate) line: Field,
    /// Meeting: its identifier.
    pub(crate) meeting_id: Field,
    /// Meeting: an [`IndexedMeeting`](super::IndexedMeeting) as JSON.
    pub(crate) record: Field,
    /// The checksum of what is stored. tantivy's store has none that is verified when a document is read.
    pub(crate) sum: Field,
    /// Opinion: what few opinions have, as JSON.
    pub(crate) details: Field,
    /// Opinion: its extra fields, each value behind the name of its field ([`ExtraField`]).
    pub(crate) extra: Field,
}

/// The names of the columns (fast fields), by which tantivy opens them, and of the field of meetings.
impl Fields {
    pub(crate) const ID: &str = "id";
    pub(crate) const MEETING: &str = "meeting";
    pub(crate) const NUMBER: &str = "number";
    pub(crate) const REGION: &str = "region";
    pub(crate) const SECTION: &str = "section";
    pub(crate) const TITLE: &str = "title";
    pub(crate) const DATE: &str = "date";
    pub(crate) const MENTION: &str = "mention";
    pub(crate) const MEMBER: &str = "member";
    pub(crate) const BODY: &str = "body";

    /// Returns the schema and its fields. They are the same on each call.
    pub(super) fn schema() -> (Schema, Self) {
        let analyzed = TextOptions::default().set_stored().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let ranking = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(HEADING_TOKENIZER)
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        );
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field(Self::ID, STRING | FAST | STORED),
            meeting: schema.add_text_field(Self::MEETING, STRING | STORED),
            number: schema.add_u64_field(Self::NUMBER, INDEXED | FAST | STORED),
            text: schema.add_text_field("text", analyzed),
            heading: schema.add_text_field("heading", ranking),
            title: schema.add_text_field(Self::TITLE, STRING | FAST | STORED),
            region: schema.add_text_field(Self::REGION, STRING | FAST | STORED),
            section: schema.add_text_field(Self::SECTION, STRING | FAST | STORED),
            date: schema.add_text_field(Self::DATE, STRING | FAST | STORED),
            speaker: schema.add_text_field("speaker", STORED),
            role: schema.add_text_field("role", STORED),
            mention: schema.add_text_field(Self::MENTION, STRING | FAST),
            member: schema.add_text_field(Self::MEMBER, STRING),
            body: schema.add_text_field(Self::BODY, STRING | FAST | STORED),
            url: schema.add_text_field("url", STORED),
            origin: schema.add_text_field("origin", STRING),
            file: schema.add_text_field("file", STORED),
            line: schema.add_u64_field("line", STORED),
            meeting_id: schema.add_text_field("meeting_id", STRING),
            record: schema.add_text_field("record", STORED),
            sum: schema.add_u64_field("sum", STORED),
            details: schema.add_text_field("details", STORED),
            extra: schema.add_text_field(ExtraField::COLUMN, STRING | FAST),
        };
        (schema.build(), fields)
    }
}
