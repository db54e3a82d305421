//! Whom a printed name stands for: 山田 is 山田太郎 where a record, or a body in some years, has one person of that surname.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, surname_of, usual_form};

/// Maximum number of years between two mentions of one person by whom a surname is completed. It is the term of councils and of most
/// committees; records seldom tell theirs.
const TERM: u32 = 4;

/// The people of a record or of a body, by the usual form of their names.
#[derive(Debug, Default)]
pub(crate) struct People(BTreeMap<String, Person>);

#[derive(Debug)]
struct Person {
    name: String,
    /// The years in which they are named, and the offices that they are given. A year that is not known is near to all.
    named: BTreeSet<(Option<u32>, Option<String>)>,
}

/// Whom a name stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Identity<'a> {
    /// It is the name of the person, or nobody is known whose surname it is.
    AsPrinted,
    /// This person.
    One(&'a str),
    /// Any of these.
    Several(Vec<&'a str>),
}

impl People {
    /// Adds a person, or another office of one.
    pub(crate) fn add(&mut self, name: &str, office: Option<&str>, year: Option<u32>) {
        let person = self
            .0
            .entry(usual_form(name).into_owned())
            .or_insert_with(|| Person { name: name.to_owned(), named: BTreeSet::new() });
        // Typists write 高 for the 髙 that somebody's name has, and not the other way. So of several spellings the one with the rarer
        // kanji is right, which are those that come last.
        if *person.name < *name {
            name.clone_into(&mut person.name);
        }
        person.named.insert((year, office.map(str::to_owned)));
    }

    /// Returns whom a printed name stands for in a year: 山田太郎 for 山田, 渡邉光子 for 渡邉（光）. Of several people of one surname
    /// the office may tell which one it is.
    pub(crate) fn identify(&self, printed: &str, office: Option<&str>, year: Option<u32>) -> Identity<'_> {
        let form = usual_form(&printed.replace(['（', '(', '）', ')'], "")).into_owned();
        if let Some(person) = self.0.get(&form).filter(|person| !names::is_surname(&person.name)) {
            return if person.name == printed { Identity::AsPrinted } else { Identity::One(&person.name) };
        }
        let is_near =
            |seen: Option<u32>| seen.zip(year).is_none_or(|(seen, year)| seen.abs_diff(year) <= TERM);
        let begins_alike = self.0.range(form.clone()..).take_while(|(name, _)| name.starts_with(&form));
        let people: Vec<&Person> = begins_alike
            .filter(|(name, _)| {
                let surname = surname_of(name);
                name.len() > form.len() && surname.is_some_and(|surname| surname.len() <= form.len())
            })
            .map(|(_, person)| person)
            .filter(|person| person.named.iter().any(|(seen, _)| is_near(*seen)))
            .collect();
        let has_office = |person: &&&Person| {
            office.is_some_and(|office| {
                let mut near = person.named.iter().filter(|(seen, _)| is_near(*seen));
                near.any(|(_, theirs)| theirs.as_deref().is_some_and(|theirs| is_same_office(theirs, office)))
            })
        };
        let of_office: Vec<&Person> = people.iter().filter(has_office).copied().collect();
        match (&people[..], &of_office[..]) {
            ([], _) => Identity::AsPrinted,
            ([person], _) | (_, [person]) => Identity::One(&person.name),
            _ => Identity::Several(people.iter().map(|person| person.name.as_str()).collect()),
        }
    }
}

/// Whether two offices may be one: 委員 and みどり市環境審議会委員, 課長 and 総務課長.
pub(crate) fn is_same_office(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_person_of_a_surname() {
        let mut people = People::default();
        for name in [
            "森田太郎",
            "吉野",
            "吉野利明",
            "山田太郎",
            "山田花子",
            "佐藤一",
            "高橋正",
            "髙橋正",
            "渡邉光子",
            "渡邉清",
        ] {
            people.add(name, None, None);
        }
        for (printed, expected) in [
            ("佐藤", Identity::One("佐藤一")),
            ("山田", Identity::Several(vec!["山田太郎", "山田花子"])),
            ("高橋", Identity::One("髙橋正")),
            ("高橋正", Identity::One("髙橋正")),
            ("渡邉（光）", Identity::One("渡邉光子")),
            ("山田太郎", Identity::AsPrinted),
            ("森", Identity::AsPrinted),
            ("吉野", Identity::One("吉野利明")),
            ("鈴木", Identity::AsPrinted),
        ] {
            assert_eq!(people.identify(printed, None, None), expected, "{printed}");
        }
    }

    #[test]
    fn offices_and_years_tell_people_apart() {
        let mut people = People::default();
        people.add("山田太郎", Some("議長"), Some(2015));
        people.add("山田花子", Some("総務課長"), Some(2018));
        people.add("山田次郎", Some("議員"), Some(2030));
        for (office, year, expected) in [
            (Some("課長"), Some(2018), Identity::One("山田花子")),
            (Some("議長"), Some(2017), Identity::One("山田太郎")),
            (Some("議員"), Some(2017), Identity::Several(vec!["山田太郎", "山田花子"])),
            (None, Some(2020), Identity::One("山田花子")),
            (None, Some(2013), Identity::One("山田太郎")),
            (None, Some(2025), Identity::AsPrinted),
            (None, Some(2031), Identity::One("山田次郎")),
            (Some("議員"), None, Identity::One("山田次郎")),
            (None, None, Identity::Several(vec!["山田太郎", "山田次郎", "山田花子"])),
        ] {
            assert_eq!(people.identify("山田", office, year), expected, "{office:?} {year:?}");
        }
    }
}
