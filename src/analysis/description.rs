//! What a dictionary says of a word, as far as an analysis asks.

use std::borrow::Cow;

use lindera_dictionary::dictionary::schema::Schema;

/// What a dictionary says of a word. What it does not say is empty, or `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Description<'a> {
    pub(super) part_of_speech: &'a str,
    pub(super) subcategory: &'a str,
    pub(super) base_form: Option<&'a str>,
    pub(super) reading: Option<Cow<'a, str>>,
}

/// The columns of one of lindera's dictionaries that are used. They are counted from the part of speech on.
pub(super) struct Columns {
    base_form: Option<usize>,
    reading: Option<usize>,
    part_of_speech: usize,
    /// Whether base forms also unify variant spellings, as in SudachiDict: 受け入れ for 受入れ.
    pub(super) unifies_spellings: bool,
    /// The last of these columns.
    last: usize,
}

impl Columns {
    /// Finds the columns by their names in lindera's dictionaries. The base form is called so in IPADIC;
    /// UniDic has an orthographic base form, and SudachiDict a normalized form, which also unifies 受け入れ and
    /// 受入れ.
    pub(super) fn new(schema: &Schema) -> Self {
        let column = |name| schema.get_custom_field_index(name);
        let base_form =
            ["base_form", "normalized_form", "orthographic_base_form"].into_iter().find_map(column);
        let reading = column("reading");
        let part_of_speech = column("part_of_speech").unwrap_or(0);
        Self {
            base_form,
            reading,
            part_of_speech,
            unifies_spellings: column("normalized_form").is_some(),
            last: base_form.max(reading).max(Some(part_of_speech + 1)).unwrap_or(0),
        }
    }

    /// Picks the description out of all that a dictionary has on a word. `*` stands for what it does not have.
    pub(super) fn describe<'a>(&self, details: impl Iterator<Item = &'a str>) -> Description<'a> {
        let mut description = Description::default();
        for (column, value) in details.enumerate().filter(|&(_, value)| value != "*") {
            if column == self.part_of_speech {
                description.part_of_speech = value;
            } else if column == self.part_of_speech + 1 {
                description.subcategory = value;
            } else if Some(column) == self.base_form {
                description.base_form = Some(value);
            } else if Some(column) == self.reading {
                description.reading = Some(Cow::Borrowed(value));
            }
            if column >= self.last {
                break;
            }
        }
        description
    }
}
