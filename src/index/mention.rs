//! [`Mention`]: a person as a record names one. It is one value of a column, so that who it is can be decided over all records of an
//! index without writing any of them again.

/// A person as a record names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention<'a> {
    /// The assembly or committee that met; empty if it is not known.
    pub(crate) body: &'a str,
    /// The year of the meeting.
    pub(crate) year: Option<u32>,
    /// The name; empty where only the office is given.
    pub(crate) name: &'a str,
    office: &'a str,
}

/// Stands between the parts of a value. No text of minutes has this control character.
const SEPARATOR: char = '\u{1f}';

impl<'a> Mention<'a> {
    /// Returns the mention of a person in a meeting on a day in ISO 8601, or `None` without a name and an office.
    pub(super) fn new(
        body: Option<&'a str>,
        date: Option<&str>,
        name: Option<&'a str>,
        office: Option<&'a str>,
    ) -> Option<Self> {
        name.or(office)?;
        Some(Self {
            body: body.unwrap_or_default(),
            year: date.and_then(|date| date.get(..4)?.parse().ok()),
            name: name.unwrap_or_default(),
            office: office.unwrap_or_default(),
        })
    }

    /// Returns the office, if one is given.
    pub(crate) fn office(self) -> Option<&'a str> {
        Some(self.office).filter(|office| !office.is_empty())
    }

    /// Returns the mention as a value of a column.
    pub(super) fn to_value(self) -> String {
        let Self { body, year, name, office } = self;
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        // What has the separator nevertheless is a name in no other record.
        [body, &year, name, office].map(|part| part.replace(SEPARATOR, " ")).join("\u{1f}")
    }

    /// Parses a value of a column. Returns `None` for what [`to_value`](Self::to_value) did not make.
    pub(crate) fn of_value(value: &'a str) -> Option<Self> {
        let mut parts = value.split(SEPARATOR);
        let [body, year, name, office] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
        Some(Self { body, year: year.parse().ok(), name, office })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_a_value_and_back() {
        for (body, date, name, office) in [
            (Some("みどり市議会"), Some("2019-06-05"), Some("山田太郎"), Some("議長")),
            (None, None, Some("山田"), None),
            (None, None, None, Some("議長")),
        ] {
            let mention = Mention::new(body, date, name, office).unwrap();
            assert_eq!(Mention::of_value(&mention.to_value()), Some(mention));
        }
        assert_eq!(Mention::new(Some("みどり市議会"), None, None, None), None);
        assert_eq!(Mention::of_value("山田"), None);
        let separated = Mention::new(None, None, Some("山\u{1f}田"), None).unwrap().to_value();
        assert_eq!(Mention::of_value(&separated).unwrap().name, "山 田");
    }
}
