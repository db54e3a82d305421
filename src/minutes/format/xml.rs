//! What the readers of XML formats have in common.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;
#[cfg(feature = "office")]
use quick_xml::events::BytesStart;

/// The value of an attribute, whatever the prefix of its name.
#[cfg(feature = "office")]
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// What a reference such as `&amp;` or `&#12354;` stands for. quick-xml reports it as an event of its own.
pub(super) fn character_of(reference: &BytesRef<'_>) -> Result<String, quick_xml::Error> {
    Ok(match reference.resolve_char_ref()? {
        Some(character) => character.to_string(),
        None => resolve_predefined_entity(reference).unwrap_or_default().to_owned(),
    })
}
