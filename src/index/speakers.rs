//! [`Speakers`]: who speaks in an index, one name for each person.
//!
//! A record often calls people by their surnames. Within one, its list of those present completes them when it is read
//! (`minutes/kind/people.rs`); here, the other records of the same body do. It is decided when an index is asked for speakers, from the
//! mentions that its documents have, and not when a file is read: a file that is added or removed may make clear, or doubtful, who
//! 山田 is in others, and these need not be read again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::engine::{Engine, EngineResult};
use super::{Fields, Index, IndexError};
use crate::analysis::NormalizedText;
use crate::index::mention::Mention;
use crate::minutes::{Identity, People, is_same_office, name_and_office};

/// Who speaks in an index.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    /// The name of the person for each mention by which somebody speaks; `None` where only an office is given.
    names: HashMap<String, Option<String>>,
    doubtful: Vec<DoubtfulSpeaker>,
}

/// A speaker who may be any of several people, and so is called in all counts as in the records.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DoubtfulSpeaker {
    /// The assembly or committee that met.
    pub body: String,
    /// The name as the records have it: `山田`.
    pub name: String,
    /// The people whom its other records name: `山田太郎`, `山田花子`.
    pub people: Vec<String>,
    /// The years in which it is doubtful, where they are known.
    pub years: Vec<u32>,
}

/// An office that a person held, with the years of the first and the last record that give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfficeHeld {
    /// The office: `議長`, `総務課長`.
    pub office: String,
    /// The year of the first record with a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// The year of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// Prints the office and the years: `議長 2019–2021`.
impl fmt::Display for OfficeHeld {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.office)?;
        match (self.from, self.to) {
            (Some(from), Some(to)) if from != to => write!(formatter, " {from}–{to}"),
            (Some(year), _) | (_, Some(year)) => write!(formatter, " {year}"),
            (None, None) => Ok(()),
        }
    }
}

impl Index {
    /// Returns the speakers who may be any of several people of their body: 山田, where 山田太郎 and 山田花子 are named within four
    /// years.
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn doubtful_speakers(&self) -> Result<Vec<DoubtfulSpeaker>, IndexError> {
        self.read(|| Ok(Speakers::of(self.engine())?.doubtful))
    }
}

impl Speakers {
    /// Decides who speaks in an index.
    pub(crate) fn of(engine: &dyn Engine) -> EngineResult<Self> {
        let speaking = engine.values(Fields::MENTION)?;
        let listed = engine.values(Fields::MEMBER)?;
        let bodies = people_of_bodies(speaking.iter().chain(&listed));
        let mut names = HashMap::new();
        let mut doubtful: BTreeMap<(&str, &str), DoubtfulSpeaker> = BTreeMap::new();
        for value in &speaking {
            let Some(mention) = Mention::of_value(value) else { continue };
            let Mention { body, year, name, .. } = mention;
            let identity = bodies.get(body).map(|people| people.identify(name, mention.office(), year));
            let person = match identity.unwrap_or(Identity::AsPrinted) {
                Identity::One(person) => person,
                Identity::AsPrinted => name,
                Identity::Several(people) => {
                    doubtful.entry((body, name)).or_default().add(people, year);
                    name
                }
            };
            names.insert(value.clone(), Some(person.to_owned()).filter(|person| !person.is_empty()));
        }
        let doubtful = doubtful.into_iter().map(|((body, name), doubtful)| DoubtfulSpeaker {
            body: body.to_owned(),
            name: name.to_owned(),
            ..doubtful
        });
        let doubtful = doubtful.collect();
        Ok(Self { names, doubtful })
    }

    /// Returns the name of the person for a mention; `None` where only an office is given.
    pub(crate) fn name(&self, mention: &str) -> Option<&str> {
        self.names.get(mention)?.as_deref()
    }

    /// Returns the offices in which each of some people speaks, in the order of their years, by their names. A number of a seat
    /// (12番) is one. Who has none is left out.
    pub(crate) fn offices(&self, people: &[&str]) -> BTreeMap<String, Vec<OfficeHeld>> {
        let mut years: BTreeMap<&str, BTreeMap<&str, BTreeSet<u32>>> = BTreeMap::new();
        for (value, name) in &self.names {
            let (Some(name), Some(mention)) = (name.as_deref(), Mention::of_value(value)) else { continue };
            if let Some(office) = mention.office().filter(|_| people.contains(&name)) {
                years.entry(name).or_default().entry(office).or_default().extend(mention.year);
            }
        }
        let held = |(office, years): (&str, BTreeSet<u32>)| OfficeHeld {
            office: office.to_owned(),
            from: years.first().copied(),
            to: years.last().copied(),
        };
        let of_person = |(name, offices): (&str, BTreeMap<&str, BTreeSet<u32>>)| {
            let mut offices: Vec<OfficeHeld> = offices.into_iter().map(held).collect();
            offices.sort_by_key(|held| held.from);
            (name.to_owned(), offices)
        };
        years.into_iter().map(of_person).collect()
    }

    /// Whether somebody who speaks has exactly this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.values().flatten().any(|known| known == name)
    }

    /// Returns the mentions of the people who are called so: by a part of the name or of the office, in full or as printed, or by a
    /// name with an office or a title (山田太郎君, 山田委員).
    pub(crate) fn called(&self, called: &str) -> Vec<&str> {
        let having = |part: &str| {
            let wanted = NormalizedText::new(part.trim());
            move |text: &str| NormalizedText::new(text).as_str().contains(wanted.as_str())
        };
        let is_called = having(called);
        let found = self.mentions_of(|name, mention| {
            [name, mention.name].into_iter().chain(mention.office()).any(&is_called)
        });
        if !found.is_empty() {
            return found;
        }
        let Some((name, office)) = name_and_office(called) else { return found };
        let is_named = having(&name);
        let named = self.mentions_of(|name, mention| is_named(name) || is_named(mention.name));
        // 山田委員 is who was 委員 in any of the records, whatever the office is elsewhere.
        let holders: BTreeSet<&str> = named
            .iter()
            .filter(|value| {
                let theirs = Mention::of_value(value).and_then(Mention::office);
                theirs.zip(office.as_deref()).is_some_and(|(theirs, office)| is_same_office(theirs, office))
            })
            .filter_map(|value| self.name(value))
            .collect();
        if holders.is_empty() {
            return named;
        }
        named
            .into_iter()
            .filter(|value| self.name(value).is_some_and(|name| holders.contains(name)))
            .collect()
    }

    /// Returns the mentions that satisfy a predicate, which is given the name of the person too.
    fn mentions_of(&self, is_wanted: impl Fn(&str, Mention<'_>) -> bool) -> Vec<&str> {
        let wanted = self.names.iter().filter(|(value, name)| {
            Mention::of_value(value)
                .is_some_and(|mention| is_wanted(name.as_deref().unwrap_or_default(), mention))
        });
        wanted.map(|(value, _)| value.as_str()).collect()
    }
}

/// Returns the people of each body. Of records without a body nobody knows whether they are of one.
fn people_of_bodies<'a>(mentions: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, People> {
    let mut bodies: BTreeMap<&str, People> = BTreeMap::new();
    let mentions = mentions.filter_map(|value| Mention::of_value(value));
    for mention in mentions.filter(|mention| !mention.body.is_empty() && !mention.name.is_empty()) {
        bodies.entry(mention.body).or_default().add(mention.name, mention.office(), mention.year);
    }
    bodies
}

impl DoubtfulSpeaker {
    fn add(&mut self, people: Vec<&str>, year: Option<u32>) {
        self.people.extend(people.into_iter().map(str::to_owned));
        self.people.sort();
        self.people.dedup();
        self.years.extend(year);
        self.years.sort_unstable();
        self.years.dedup();
    }
}
