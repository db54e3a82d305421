//! Compares what was read with the truth.

use std::collections::HashMap;

use serde_json::Value;

use crate::text::{Places, characters, normalized};
use crate::truth::{Speech, Truth};

/// The number of characters that are compared at once to see what was kept.
const SHINGLE: usize = 8;

/// Counts of one file, or of several.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    files: usize,
    kind: Share,
    title: Share,
    date: Share,
    time: Share,
    venue: Share,
    body: Share,
    /// Speeches that begin where they should, under a speaker.
    labels: Share,
    /// Speeches whose name is told from the office, of those that have a name.
    names: Share,
    /// Characters of speeches that have the right name and office.
    speakers: Share,
    kept: Share,
    doubled: Share,
    /// What is wrong, for a person to read.
    pub(crate) problems: Vec<String>,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }

    fn percent(self) -> String {
        if self.all == 0 {
            return "–".to_owned();
        }
        format!("{:.1}", 100.0 * self.right as f64 / self.all as f64)
    }
}

impl Measured {
    pub(crate) const HEADER: &str = "| samples | files | kind | title | date | time | venue | body | labels | names | speakers | kept | doubled |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    pub(crate) fn row(&self, name: &str) -> String {
        let shares = [
            self.kind,
            self.title,
            self.date,
            self.time,
            self.venue,
            self.body,
            self.labels,
            self.names,
            self.speakers,
            self.kept,
            self.doubled,
        ];
        let shares: Vec<String> = shares.into_iter().map(Share::percent).collect();
        format!("| {name} | {} | {} |", self.files, shares.join(" | "))
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.files += other.files;
        let pairs = [
            (&mut self.kind, other.kind),
            (&mut self.title, other.title),
            (&mut self.date, other.date),
            (&mut self.time, other.time),
            (&mut self.venue, other.venue),
            (&mut self.body, other.body),
            (&mut self.labels, other.labels),
            (&mut self.names, other.names),
            (&mut self.speakers, other.speakers),
            (&mut self.kept, other.kept),
            (&mut self.doubled, other.doubled),
        ];
        pairs.into_iter().for_each(|(share, other)| share.add(other));
    }

    /// Counts a field that the file states; where it does not, any answer is wrong.
    fn field(
        name: &str,
        share: &mut Share,
        problems: &mut Vec<String>,
        truth: &[Option<String>],
        read: Option<&str>,
    ) {
        if truth.iter().all(Option::is_none) && read.is_none() {
            return;
        }
        let is_right = truth.iter().any(|truth| match (truth, read) {
            (None, None) => true,
            (Some(truth), Some(read)) => letters(truth) == letters(read),
            _ => false,
        });
        // What a file does not say, and a reader may still conclude, is not counted.
        if !is_right && truth.iter().all(Option::is_none) {
            problems.push(format!("{name}: {read:?}, and the file says none"));
            return;
        }
        share.count(is_right);
        if !is_right {
            problems.push(format!("{name}: {read:?}, not {truth:?}"));
        }
    }
}

/// The letters and digits of a text, by which titles are compared.
fn letters(text: &str) -> String {
    normalized(text).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Compares the JSON of `gijiroku parse` with the truth about the file.
pub(crate) fn measure(truth: &Truth, read: &Value, reference: Option<&str>) -> Measured {
    let mut measured = Measured { files: 1, ..Measured::default() };
    let file = &read[0];
    let no_meetings = Vec::new();
    let meetings = file["meetings"].as_array().unwrap_or(&no_meetings);
    let kind = match file["kind"].as_str() {
        Some("verbatim record") => "verbatim",
        Some("bullets under headings") => "bullets",
        Some("headings and paragraphs") => "summary",
        Some("records") => "records",
        _ => "none",
    };
    if !truth.kinds.iter().any(|kind| kind == "none") {
        let is_right = truth.kinds.iter().any(|truth| truth == kind);
        measured.kind.count(is_right);
        if !is_right {
            measured.problems.push(format!("kind: {kind}, not {:?}", truth.kinds));
        }
    }
    let first = meetings.first();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let field = |name: &str| first.and_then(|meeting| text(&meeting[name]));
    let time = |name: &str| first.and_then(|meeting| text(&meeting["time"][name]));
    let Measured { title, date, time: times, venue, body, problems, .. } = &mut measured;
    Measured::field("title", title, problems, &truth.titles, field("title").as_deref());
    Measured::field("date", date, problems, &truth.dates, field("date").as_deref());
    if truth.ends.iter().any(Option::is_some) {
        Measured::field("start", times, problems, &truth.starts, time("start").as_deref());
    }
    Measured::field("venue", venue, problems, &truth.venues, field("venue").as_deref());
    Measured::field("body", body, problems, &truth.bodies, field("body").as_deref());

    let read = ReadText::of(meetings);
    speeches(&mut measured, truth, &read);
    if let Some(reference) = reference {
        text_kept(&mut measured, truth, &read, reference);
    }
    measured
}

/// The text of all opinions, one after the other.
struct ReadText<'a> {
    characters: Vec<char>,
    /// The opinion of each character.
    opinion_at: Vec<usize>,
    opinions: Vec<&'a Value>,
    /// All that was read: titles and fields too.
    everything: Vec<char>,
}

impl<'a> ReadText<'a> {
    fn of(meetings: &'a [Value]) -> Self {
        let mut read = Self {
            characters: Vec::new(),
            opinion_at: Vec::new(),
            opinions: Vec::new(),
            everything: Vec::new(),
        };
        for meeting in meetings {
            read.everything.extend(characters(meeting["title"].as_str().unwrap_or_default()));
            for section in meeting["sections"].as_array().into_iter().flatten() {
                read.everything.extend(characters(section["title"].as_str().unwrap_or_default()));
                for opinion in section["opinions"].as_array().into_iter().flatten() {
                    let text = characters(opinion["text"].as_str().unwrap_or_default());
                    read.opinion_at.extend(std::iter::repeat_n(read.opinions.len(), text.len()));
                    read.characters.extend(&text);
                    read.everything.extend(&text);
                    read.opinions.push(opinion);
                }
            }
        }
        read
    }

    fn begins_opinion(&self, place: usize) -> bool {
        place == 0 || self.opinion_at[place] != self.opinion_at[place - 1]
    }
}

fn speeches(measured: &mut Measured, truth: &Truth, read: &ReadText) {
    let mut places = Places::of(&read.characters);
    let (mut from, mut expected) = (0, 0);
    let mut found = Vec::new();
    for Speech(beginnings, length, ..) in &truth.speeches {
        let candidates = beginnings.iter().filter_map(|&beginning| places.nearest(beginning, from, expected));
        let place = candidates.min_by_key(|place| place.abs_diff(expected));
        if let Some(place) = place {
            (from, expected) = (place + 1, place + length);
        } else {
            expected += length;
        }
        found.push(place);
    }
    for (index, speech) in truth.speeches.iter().enumerate() {
        let Speech(_, length, names, offices, label) = speech;
        let Some(place) = found[index] else {
            measured.labels.count(false);
            measured.speakers.all += length;
            if names.iter().all(Option::is_some) {
                measured.names.count(false);
            }
            measured.problems.push(format!("the speech under {label} is not found"));
            continue;
        };
        let next = found[index + 1..].iter().flatten().next().copied().unwrap_or(read.characters.len());
        let is_right = |place: usize| {
            let opinion = read.opinions[read.opinion_at[place]];
            is_one_of(names, &opinion["speaker"], Some(&opinion["speaker_as_printed"]))
                && is_one_of(offices, &opinion["role"], None)
        };
        let opinion = read.opinions[read.opinion_at[place]];
        let has_speaker = !opinion["speaker"].is_null() || !opinion["role"].is_null();
        let is_label = read.begins_opinion(place) && has_speaker;
        measured.labels.count(is_label);
        if !is_label {
            measured.problems.push(format!("the label {label} is not seen"));
        } else if !is_right(place) {
            measured.problems.push(format!("{label} is {} / {}", opinion["speaker"], opinion["role"]));
        }
        if names.iter().all(Option::is_some) {
            measured.names.count(is_label && is_right(place));
        }
        let end = next.min(place + length);
        measured.speakers.all += end - place;
        measured.speakers.right += (place..end).filter(|&place| is_right(place)).count();
    }
}

/// Whether a value is one of the answers, or what was printed in its place is.
fn is_one_of(answers: &[Option<String>], value: &Value, printed: Option<&Value>) -> bool {
    let is = |answer: &str, value: &Value| {
        value.as_str().is_some_and(|value| normalized(value) == normalized(answer))
    };
    answers.iter().any(|answer| match answer {
        Some(answer) => is(answer, value) || printed.is_some_and(|printed| is(answer, printed)),
        None => value.is_null(),
    })
}

/// Compares the parts of the text with those of the reference, from the first to the last characters that are worth keeping.
fn text_kept(measured: &mut Measured, truth: &Truth, read: &ReadText, reference: &str) {
    let reference = characters(reference);
    let mut places = Places::of(&reference);
    let end =
        truth.last.iter().filter_map(|&last| Some(places.of_beginning(last).last()? + last.length)).max();
    // A page has its title in menus too, which stand before the text.
    let is_page = truth.file.ends_with(".html");
    let mut begins = Vec::new();
    for &first in &truth.first {
        let places = places.of_beginning(first).iter().filter(|&&place| Some(place) < end);
        let place = if is_page { places.copied().max() } else { places.copied().min() };
        begins.extend(place);
    }
    let begin: Option<usize> = begins.into_iter().min();
    let (Some(begin), Some(end)) = (begin, end) else { return };
    let mut content: String = reference[begin..end.max(begin)].iter().collect();
    // Labels become speakers.
    for Speech(_, _, _, _, label) in truth.speeches.iter().chain(&truth.optional) {
        content = content.replacen(&normalized(label), "", 1);
    }
    let letters = |text: &mut dyn Iterator<Item = char>| -> Vec<char> {
        text.filter(|c| c.is_alphanumeric()).collect()
    };
    let content = letters(&mut content.chars());
    let read = letters(&mut read.everything.iter().copied());
    let count = |text: &[char]| {
        let mut counts: HashMap<Vec<char>, usize> = HashMap::new();
        text.windows(SHINGLE).for_each(|shingle| *counts.entry(shingle.to_vec()).or_default() += 1);
        counts
    };
    let (expected, found) = (count(&content), count(&read));
    for (shingle, &number) in &expected {
        measured.kept.all += number;
        measured.kept.right += number.min(found.get(shingle).copied().unwrap_or(0));
        measured.doubled.right += found.get(shingle).copied().unwrap_or(0).saturating_sub(number);
        measured.doubled.all += number;
    }
    let Share { right, all } = measured.doubled;
    if right * 100 > all {
        let is_doubled = |shingle: &&[char]| {
            let times = found.get(*shingle).copied().unwrap_or(0);
            expected.get(*shingle).is_some_and(|&number| number < times)
        };
        let twice: Vec<String> = read
            .windows(SHINGLE)
            .filter(is_doubled)
            .step_by(SHINGLE)
            .map(|part| part.iter().collect())
            .collect();
        measured.problems.push(format!("{right} of {all} parts are there too often: {}", twice.join(" ")));
    }
    let Share { right, all } = measured.kept;
    let kept = right as f64 / all.max(1) as f64;
    if kept < 0.99 {
        let lost = content.windows(SHINGLE).filter(|shingle| !found.contains_key(*shingle));
        let lost: Vec<String> = lost.step_by(SHINGLE).map(|shingle| shingle.iter().collect()).collect();
        measured.problems.push(format!(
            "{:.1} % of the text are kept, {} parts are not: {}",
            100.0 * kept,
            all - right,
            lost.join(" ")
        ));
    }
}
