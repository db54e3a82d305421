//! Verbatim records of assemblies and councils: every speech in full.
//!
//! The part before the first speech (the agenda, who was present) becomes an opinion without a speaker. An
//! item of the agenda between speeches (日程第１, 議題) opens a section.

use super::columns::name_speakers;
use super::heading::heading;
use super::label::{Label, Speaker, break_lines, labels_of};
use super::people::{complete_names, members};
use super::votes::{is_row, votes};
use super::{Kind, KindName, Origin, agenda};
use crate::minutes::document::{Document, Line, Shape, join_wrapped};
use crate::minutes::{Meeting, Opinion, Parsed, Section};

/// The characters after which the next line does not continue a sentence.
const ENDS_OF_PARAGRAPH: [char; 8] = ['。', '」', '）', ')', '〕', '』', '―', '─'];

pub(super) struct Verbatim;

impl Kind for Verbatim {
    fn name(&self) -> KindName {
        KindName::Verbatim
    }

    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>> {
        let document = &*name_speakers(document);
        let document = &*break_lines(document);
        let labels = labels_of(document);
        let (preface, speeches) = document.lines.split_at(labels.first()?.line);
        let mut record = Record {
            meeting: heading(document, preface.iter(), origin),
            open: None,
            in_agenda: false,
            is_paragraph_over: false,
            is_double_spaced: is_double_spaced(document),
        };
        let (preface, opening) = preface.split_at(heading_before_speeches(preface, &record.meeting.title));
        for line in preface {
            record.continue_speech(line);
        }
        record.close();
        opening.iter().filter(|line| !line.text.is_empty()).for_each(|line| {
            record.open_agenda(&line.text);
        });
        let mut labels = labels.into_iter().peekable();
        for (index, line) in (preface.len() + opening.len()..).zip(speeches) {
            match labels.next_if(|label| label.line == index) {
                Some(label) => record.begin_speech(label, line),
                None => record.line(line),
            }
        }
        record.close();
        let mut meeting = record.meeting;
        meeting.members = members(preface);
        meeting.agenda = agenda::agenda(preface);
        meeting.votes = votes(&document.lines);
        let warnings = complete_names(&mut meeting, origin);
        Some([Parsed::Meeting(meeting)].into_iter().chain(warnings).collect())
    }
}

/// Returns where in the lines before the speeches the heading begins under which they stand. Where other lines come between, or it is
/// the title of the meeting, there is none.
fn heading_before_speeches(preface: &[Line], title: &str) -> usize {
    let last = preface.iter().rposition(|line| !line.text.is_empty());
    let is_title = |line: &Line| line.text.split_whitespace().eq(title.split_whitespace());
    let is_heading = |index: &usize| preface[*index].shape == Shape::Heading && !is_title(&preface[*index]);
    last.filter(is_heading).unwrap_or(preface.len())
}

/// Whether a blank line follows nearly every line, so that it says nothing of paragraphs.
fn is_double_spaced(document: &Document) -> bool {
    let pairs = || document.lines.windows(2).filter(|pair| !pair[0].text.is_empty());
    let followed = pairs().filter(|pair| pair[1].text.is_empty()).count();
    followed * 10 > pairs().count() * 9
}

struct Record {
    meeting: Meeting,
    /// The speech that is being read.
    open: Option<Opinion>,
    /// Whether the lines before the current one are items of the agenda.
    in_agenda: bool,
    /// Whether a blank line, or a row of a table, stands before the current line.
    is_paragraph_over: bool,
    is_double_spaced: bool,
}

impl Record {
    fn begin_speech(&mut self, label: Label, line: &Line) {
        self.close();
        let Speaker { name, role, party } = label.speaker;
        let text = line.text[label.speech..].to_owned();
        self.open =
            Some(Opinion { speaker: name, role, party, text, line: line.number, ..Opinion::default() });
        self.is_paragraph_over = false;
        self.in_agenda = false;
    }

    fn line(&mut self, line: &Line) {
        let is_item = agenda::is_item(line);
        if !(is_item && self.open_agenda(line.text.trim_start_matches(agenda::SIGNS).trim_start())) {
            self.continue_speech(line);
        }
        self.in_agenda = is_item || line.text.is_empty() && self.in_agenda;
    }

    /// Opens a section, or extends the title of a section that has no opinions yet, because several items are
    /// often called at once. Returns `false` if the title would become too long: the rest of a long list of items is
    /// text.
    fn open_agenda(&mut self, title: &str) -> bool {
        let is_open = self.open.is_some();
        if is_open && self.in_agenda {
            return false;
        }
        match self.meeting.sections.last_mut() {
            Some(Section { title: Some(before), opinions }) if opinions.is_empty() && !is_open => {
                if before.chars().count() + title.chars().count() > agenda::LONGEST_TITLE {
                    return false;
                }
                before.push('\u{3000}');
                before.push_str(title);
            }
            _ => {
                self.close();
                self.meeting.open_section(title);
            }
        }
        true
    }

    /// Adds a line to the current speech.
    fn continue_speech(&mut self, line: &Line) {
        if line.text.is_empty() {
            self.is_paragraph_over |= !self.is_double_spaced;
            return;
        }
        // Some sites number the speeches in a separate line.
        if line.text.trim_end_matches([':', '：']).parse::<u32>().is_ok() {
            return;
        }
        let is_row = is_row(&line.text);
        let begins_paragraph = self.is_paragraph_over || is_row || begins_paragraph(line);
        self.is_paragraph_over = is_row;
        let is_speech = self.open.as_ref().is_some_and(|open| open.speaker.is_some() || open.role.is_some());
        let open = self.open.get_or_insert_with(|| Opinion { line: line.number, ..Opinion::default() });
        if is_speech && !begins_paragraph && !open.text.ends_with(ENDS_OF_PARAGRAPH) {
            join_wrapped(&mut open.text, &line.text);
        } else {
            if !open.text.is_empty() {
                open.text.push('\n');
            }
            open.text.push_str(&line.text);
        }
    }

    fn close(&mut self) {
        if let Some(opinion) = self.open.take().filter(|opinion| !opinion.text.is_empty()) {
            self.meeting.add(opinion);
        }
    }
}

/// Whether a line begins a paragraph by itself: it is indented, an item of a list, or numbered.
fn begins_paragraph(line: &Line) -> bool {
    let text = line.text.as_str();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let after_number = text.trim_start_matches(is_digit);
    let is_numbered = after_number.len() < text.len()
        && after_number.starts_with([' ', '\u{3000}', '．', '.', ')', '）'])
        && !after_number.trim_start_matches(['．', '.']).starts_with(is_digit);
    let is_bullet = text.starts_with(['・', '○', '◯', '●', '■', '◆', '◇', '※', '→', '－'])
        || text.starts_with(|c: char| matches!(c, '①'..='⑳'))
        || text.strip_prefix(['（', '(']).is_some_and(|rest| {
            rest.trim_start_matches(is_digit).len() < rest.len()
                && rest.trim_start_matches(is_digit).starts_with(['）', ')'])
        });
    line.indent > 0 || line.shape == Shape::Item || is_numbered || is_bullet
}
