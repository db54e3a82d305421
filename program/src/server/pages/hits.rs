//! Opinions and hits as pages show them.

use gijiroku::Language;
use gijiroku::analysis::View;
use gijiroku::index::IndexedOpinion;
use gijiroku::minutes::{japanese_date, who};
use gijiroku::query::AlternativeKind;
use gijiroku::search::{Citation, Explanation, Hit, TermExplanation, Tier, path_part};

use super::address;
use super::passages::Part;
use crate::server::parameters::SearchParameters;
use crate::texts::{self, pages::L10nLanguage as Texts};

/// Maximum number of characters of an opinion in a list of hits; the page of the opinion shows all.
const SNIPPET: usize = 120;

/// The coverage of the query from which on it rounds to all of it.
const COVERS_ALL: f32 = 0.995;

/// An opinion as a page shows it, with the addresses that it links to.
pub(super) struct ShownOpinion {
    pub(super) id: String,
    pub(super) number: u64,
    pub(super) region: Option<String>,
    pub(super) section: Option<String>,
    pub(super) meeting: String,
    pub(super) date: Option<ShownDate>,
    pub(super) speaker: Option<String>,
    /// Who spoke; else for which region; else in which meeting.
    pub(super) lead: String,
    pub(super) text: Vec<Part>,
    /// Whether text was cut off before these parts, and after them.
    pub(super) is_cut: (bool, bool),
    pub(super) citation: String,
    /// The address where the opinion was published.
    pub(super) url: Option<String>,
    pub(super) address: String,
    /// The address of opinions like it.
    pub(super) similar: String,
    pub(super) in_meeting: String,
}

/// A date in the form for readers and in ISO 8601.
pub(super) struct ShownDate {
    pub(super) text: String,
    pub(super) iso: String,
}

impl ShownDate {
    pub(super) fn new(iso: &str, language: Language) -> Self {
        let text = match language {
            Language::Japanese => japanese_date(iso).unwrap_or_else(|| iso.to_owned()),
            Language::English => iso.to_owned(),
        };
        Self { text, iso: iso.to_owned() }
    }
}

impl ShownOpinion {
    /// Returns an opinion with its whole text.
    pub(super) fn new(opinion: IndexedOpinion, words: &SearchParameters, language: Language) -> Self {
        Self::whole(&Hit::new(opinion, Vec::new()), words, language)
    }

    /// Returns a hit with its whole text.
    pub(super) fn whole(hit: &Hit, words: &SearchParameters, language: Language) -> Self {
        Self::of(hit, Part::of(hit), words, language)
    }

    /// Returns a hit with a snippet of its text.
    pub(super) fn snippet(hit: &Hit, words: &SearchParameters, language: Language) -> Self {
        let snippet = hit.snippet(SNIPPET);
        let text = Part::plain(snippet.fragments());
        Self { is_cut: snippet.is_cut, ..Self::of(hit, text, words, language) }
    }

    fn of(hit: &Hit, text: Vec<Part>, words: &SearchParameters, language: Language) -> Self {
        let opinion = &hit.opinion;
        let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
        // The pages that the links lead to open where the first word was found.
        let mark =
            (!hit.highlights.is_empty() && !words.others.q.is_empty()).then(|| mark(opinion.number, 1));
        let words = &match hit.tier {
            Tier::First => words.clone(),
            Tier::Second => words.changed(|words| words.others.tier = Some("any".to_owned())),
        };
        let in_meeting = mark.clone().unwrap_or_else(|| path_part(&opinion.id));
        Self {
            number: opinion.number,
            region: opinion.region.clone(),
            section: opinion.section.clone(),
            meeting: opinion.meeting.clone(),
            date: opinion.date.as_deref().map(|date| ShownDate::new(date, language)),
            lead: speaker.as_ref().or(opinion.region.as_ref()).unwrap_or(&opinion.meeting).clone(),
            speaker,
            text,
            is_cut: (false, false),
            citation: Citation::new(opinion).to_string(),
            // Only addresses of the web become links, because minutes may contain any text.
            url: opinion.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            address: address::opinion(&opinion.id, words, mark.as_deref()),
            similar: address::opinion(&opinion.id, words, Some("similar")),
            in_meeting: address::meeting(&opinion.meeting_id, words, Some(&in_meeting)),
            id: opinion.id.clone(),
        }
    }

    /// Returns the identifier of a match on the page.
    pub(super) fn mark(&self, place: &usize) -> String {
        mark(self.number, *place)
    }
}

/// Returns the identifier of a match of an opinion, which is given by its number in the meeting.
fn mark(opinion: u64, place: usize) -> String {
    format!("mark-{opinion}-{place}")
}

/// A hit in a list.
pub(super) struct ShownHit {
    pub(super) rank: usize,
    /// The heading of its group, if it is the first hit of the group.
    pub(super) group: Option<String>,
    /// The heading of the second tier, if the tier begins with this hit.
    pub(super) below: Option<String>,
    /// Whether the hit is told to have only some of the words, because it stands among hits with all.
    pub(super) is_partial: bool,
    pub(super) alike: usize,
    pub(super) opinion: ShownOpinion,
    pub(super) reasons: Vec<Reason>,
}

/// A part of a score, with its reason.
pub(super) struct Reason {
    pub(super) score: String,
    pub(super) text: String,
}

impl ShownHit {
    pub(super) fn list(hits: &[Hit], words: &SearchParameters, language: Language) -> Vec<Self> {
        let mut group: Option<&String> = None;
        let mut shown = Vec::with_capacity(hits.len());
        for hit in hits {
            let is_first = hit.group.is_some() && group != hit.group.as_ref();
            group = hit.group.as_ref();
            let name = |group: &String| match group.as_str() {
                "" => texts::common(language).none(),
                group => group.to_owned(),
            };
            shown.push(Self {
                rank: hit.rank,
                group: group.filter(|_| is_first).map(name),
                below: None,
                is_partial: false,
                alike: hit.alike,
                opinion: ShownOpinion::snippet(hit, words, language),
                reasons: hit
                    .explanation
                    .as_ref()
                    .map(|explanation| reasons(explanation, language))
                    .unwrap_or_default(),
            });
        }
        shown
    }
}

/// Returns the parts of a score, one for each line.
fn reasons(explanation: &Explanation, language: Language) -> Vec<Reason> {
    let texts = texts::pages(language);
    let mut reasons = Vec::new();
    let mut add = |score: f32, text: String| {
        if score > 0.0 {
            reasons.push(Reason { score: format!("{score:.2}"), text });
        }
    };
    for terms in explanation.by_word() {
        let [first, ..] = terms else { continue };
        let found = match (&first.alternative, first.kind) {
            (Some(alternative), Some(kind)) => {
                texts.score_alternative(alternative, kind_name(kind, texts), &first.typed)
            }
            _ => texts.score_word(&first.typed),
        };
        let times = |term: &TermExplanation| match term.count {
            1 => term.term.clone(),
            count => format!("{} ×{count}", term.term),
        };
        let counted = terms.iter().map(times).collect::<Vec<_>>().join(&texts::common(language).comma());
        let told = match first.view {
            View::Words => texts.score_words(found, counted),
            _ => texts.score_characters(found, counted),
        };
        add(terms.iter().map(|term| term.score).sum(), told);
    }
    add(explanation.single_characters, texts.score_single_character());
    add(explanation.together, texts.score_together());
    add(explanation.headings, texts.score_headings());
    add(explanation.related, texts.score_related());
    if explanation.covered < COVERS_ALL {
        let score = format!("×{:.2}", explanation.covered);
        reasons.push(Reason { score, text: texts.score_covered() });
    }
    reasons
}

/// Returns how an alternative is related to the typed word.
fn kind_name(kind: AlternativeKind, texts: &Texts) -> String {
    match kind {
        AlternativeKind::Spelling => texts.kind_spelling(),
        AlternativeKind::Reading => texts.kind_reading(),
        AlternativeKind::Synonym => texts.kind_synonym(),
        AlternativeKind::Similar => texts.kind_similar(),
        AlternativeKind::Related => texts.kind_related(),
        _ => texts.kind_other(),
    }
}
