//! Tables whose header names their columns: who speaks and what, or question and answer.
//!
//! Their rows are speeches, whatever stands in the column of the speakers.

use std::borrow::Cow;

use super::label::squeezed;
use crate::minutes::document::{Document, Line};

/// What the header says over the speakers, over their speeches, over questions, and over answers.
const SPEAKERS: [&str; 9] =
    ["発言者", "発言者名", "話者", "氏名", "発言者氏名", "委員名", "発言委員", "発言者等", "役職・氏名"];
const SPEECHES: [&str; 9] =
    ["発言内容", "発言", "内容", "発言要旨", "議事内容", "意見", "意見等", "発言の内容", "主な意見"];
const QUESTIONS: [&str; 16] = [
    "質問",
    "質疑",
    "意見",
    "ご意見",
    "御意見",
    "質問・意見",
    "意見・質問",
    "質問・意見等",
    "意見等",
    "問",
    "質問内容",
    "意見の概要",
    "ご意見の内容",
    "ご意見の概要",
    "質問事項",
    "委員意見",
];
const ANSWERS: [&str; 16] = [
    "回答",
    "答弁",
    "答",
    "対応",
    "対応方針",
    "市の考え方",
    "県の考え方",
    "町の考え方",
    "区の考え方",
    "村の考え方",
    "考え方",
    "回答内容",
    "事務局回答",
    "対応・回答",
    "意見に対する考え方",
    "対応状況",
];

/// The columns of a table that are speeches, each with what its speaker is.
enum Columns {
    /// The places of the speakers and of what they say.
    Speakers(usize, usize),
    /// The places of the questions and of the answers.
    Questions(usize, usize),
}

/// Makes speeches of the rows of such tables.
pub(super) fn name_speakers(document: &Document) -> Cow<'_, Document> {
    if !document.lines.iter().any(|line| columns(&line.text).is_some()) {
        return Cow::Borrowed(document);
    }
    let mut lines = Vec::with_capacity(document.lines.len());
    let mut table = None;
    for line in &document.lines {
        let cells: Vec<&str> = line.text.split('\t').collect();
        if let Some(columns) = columns(&line.text) {
            table = Some((columns, cells.len()));
            lines.push(line.clone());
            continue;
        }
        match &table {
            Some((columns, width)) if cells.len() == *width => lines.extend(speeches(columns, &cells, line)),
            // A line without cells goes on with the last cell, or stands between two tables.
            _ => lines.push(line.clone()),
        }
    }
    Cow::Owned(Document { lines, ..document.clone() })
}

/// Returns the columns that a line names, if it is the header of such a table.
fn columns(line: &str) -> Option<Columns> {
    if !line.contains('\t') {
        return None;
    }
    let cells: Vec<String> = line.split('\t').map(squeezed).collect();
    let place = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.as_str()));
    if let (Some(question), Some(answer)) = (place(&QUESTIONS), place(&ANSWERS)) {
        return Some(Columns::Questions(question, answer));
    }
    let (speaker, speech) = (place(&SPEAKERS)?, place(&SPEECHES)?);
    (speaker < speech).then_some(Columns::Speakers(speaker, speech))
}

/// Returns the speeches of a row. What else stands in it comes before them, as it does in the row.
fn speeches(columns: &Columns, cells: &[&str], line: &Line) -> Vec<Line> {
    let spoken = match *columns {
        Columns::Speakers(speaker, speech) => vec![(speech, Some(cells[speaker].trim()))],
        Columns::Questions(question, answer) => vec![(question, Some("質問")), (answer, Some("回答"))],
    };
    let is_told = |place: &usize| {
        let is_speaker = matches!(*columns, Columns::Speakers(speaker, _) if speaker == *place);
        !is_speaker && !spoken.iter().any(|(speech, _)| speech == place)
    };
    // The number of a row says nothing by itself.
    let is_number = |cell: &str| cell.trim().chars().all(|c| c.is_numeric() || "．.-－（）()".contains(c));
    let others: Vec<&str> =
        (0..cells.len()).filter(is_told).map(|place| cells[place]).filter(|cell| !is_number(cell)).collect();
    let mut lines = Vec::new();
    if !others.is_empty() {
        lines.push(Line { text: others.join("\u{3000}"), speaker: None, ..line.clone() });
    }
    for (speech, speaker) in spoken {
        let text = cells[speech].trim().to_owned();
        if !text.is_empty() {
            let speaker = speaker.filter(|speaker| !speaker.is_empty()).map(str::to_owned);
            lines.push(Line { text, speaker, ..line.clone() });
        }
    }
    lines
}
