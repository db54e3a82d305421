//! JSON → names and texts, without a tree of values in memory, which may take thirty times the length of the file.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

/// The greatest number of names in an object. A record has some twenty.
const MOST_NAMES: usize = 500;

/// An object with its names and texts, in their order.
#[derive(Debug)]
pub(super) struct Object(Vec<(String, String)>);

impl Object {
    /// The names and texts, as a record takes them.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl Object {
    fn collect<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut parts = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if parts.len() >= MOST_NAMES {
                return Err(de::Error::custom(format_args!("more than {MOST_NAMES} names in an object")));
            }
            parts.push((name, map.next_value::<Flat>()?.0));
        }
        Ok(Self(parts))
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfObject;
        impl<'de> Visitor<'de> for OfObject {
            type Value = Object;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object, A::Error> {
                Object::collect(map)
            }
        }
        deserializer.deserialize_map(OfObject)
    }
}

/// A value as a text: a list as its members, an object as its names and values, each after the other. `null` is empty.
pub(super) struct Flat(pub(super) String);

impl<'de> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::new();
        Append(&mut text).deserialize(deserializer)?;
        Ok(Self(text))
    }
}

/// Appends a value to a text.
struct Append<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Append<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Append<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.0.push_str(value);
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.visit_str(&value.to_string())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let before = separate(self.0);
            let place = self.0.len();
            let has_more = list.next_element_seed(Append(self.0))?.is_some();
            if self.0.len() == place {
                self.0.truncate(before);
            }
            if !has_more {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let before = separate(self.0);
            self.0.push_str(&name);
            self.0.push('：');
            let place = self.0.len();
            map.next_value_seed(Append(self.0))?;
            if self.0.len() == place {
                self.0.truncate(before);
            }
        }
        Ok(())
    }
}

/// Separates what follows from the text before it. Returns the length of that.
fn separate(text: &mut String) -> usize {
    let before = text.len();
    if before > 0 && !text.ends_with(['、', '：']) {
        text.push('、');
    }
    before
}

/// Calls `found` with each object of a list, wherever in a file the list stands: `[{…}]`, or `{"data": [{…}]}`.
pub(super) fn each_object(json: &str, mut found: impl FnMut(Object)) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Walk { found: &mut found, in_list: false }.deserialize(&mut deserializer)?;
    deserializer.end()
}

struct Walk<'a, F> {
    found: &'a mut F,
    in_list: bool,
}

impl<'de, F: FnMut(Object)> DeserializeSeed<'de> for Walk<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Object)> Visitor<'de> for Walk<'_, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.in_list {
            (self.found)(Object::collect(map)?);
            return Ok(());
        }
        while map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value_seed(Walk { found: &mut *self.found, in_list: false })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Walk { found: &mut *self.found, in_list: true })?.is_some() {}
        Ok(())
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_text() {
        for (json, text) in [
            ("\"一\"", "一"),
            ("12", "12"),
            ("12.5", "12.5"),
            ("null", ""),
            ("true", "true"),
            ("[\"一\",null,[\"二\",3]]", "一、二、3"),
            ("{\"名\":\"山田\",\"無\":null,\"班\":[1,2]}", "名：山田、班：1、2"),
        ] {
            assert_eq!(serde_json::from_str::<Flat>(json).unwrap().0, text, "{json}");
        }
    }
}
