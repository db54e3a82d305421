//! Regions (圏域) and the municipalities that belong to them.

use std::collections::HashMap;

use serde::Deserialize;

/// The table that says which region a municipality belongs to.
///
/// ```
/// use gijiroku::minutes::Regions;
///
/// let regions = Regions::tokyo();
/// assert_eq!(regions.of_municipality("世田谷区"), Some("区西南部"));
/// assert!(regions.contains("島しょ"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// In the order of the table.
    regions: Vec<String>,
    /// In the order of the table.
    municipalities: Vec<String>,
    region_of: HashMap<String, String>,
}

/// A table of regions that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("the table of regions can't be read: {0}; it is CSV with the columns region,municipality")]
pub struct RegionsError(#[from] csv::Error);

#[derive(Deserialize)]
struct Row {
    region: String,
    municipality: String,
}

impl Regions {
    /// Tokyo's 13 secondary medical areas (二次保健医療圏) and their 62 municipalities: `data/lexicon/regions.csv`.
    #[must_use]
    pub fn tokyo() -> Self {
        // The table is part of the program, and a test reads it whole: what can't be read is never shipped.
        Self::from_csv(include_str!("../../data/lexicon/regions.csv")).unwrap_or_default()
    }

    /// Reads a table with a header row and the columns `region` and `municipality`.
    ///
    /// # Errors
    /// Where a row lacks one of the two.
    pub fn from_csv(table: &str) -> Result<Self, RegionsError> {
        let mut regions = Self::default();
        for row in csv::Reader::from_reader(table.as_bytes()).into_deserialize() {
            let Row { region, municipality } = row?;
            if !regions.regions.contains(&region) {
                regions.regions.push(region.clone());
            }
            regions.municipalities.push(municipality.clone());
            regions.region_of.insert(municipality, region);
        }
        Ok(regions)
    }

    /// The region that a name has in it as a part set apart by signs: 議事録_区西部_第2回. A municipality stands for its region.
    pub(super) fn named_in(&self, name: &str) -> Option<&str> {
        let mut parts = name.split(|character: char| !character.is_alphanumeric());
        parts.find_map(|part| {
            let region = self.regions.iter().find(|region| *region == part).map(String::as_str);
            region.or_else(|| self.of_municipality(part))
        })
    }

    /// A number that another table does not have.
    pub(super) fn fingerprint(&self) -> u64 {
        // FNV-1a, which is the same in every program, where the hashes of the standard library are not.
        let regions_of = self.municipalities.iter().filter_map(|name| self.region_of.get(name));
        let names = self.regions.iter().chain(&self.municipalities).chain(regions_of);
        names
            .flat_map(|name| name.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// Whether the table has a region of exactly this name: 東部 is not 区東部.
    #[must_use]
    pub fn contains(&self, region: &str) -> bool {
        self.regions.iter().any(|known| known == region)
    }

    /// The region that a municipality belongs to.
    #[must_use]
    pub fn of_municipality(&self, municipality: &str) -> Option<&str> {
        self.region_of.get(municipality).map(String::as_str)
    }

    /// The names of the municipalities, in the order of the table.
    pub fn municipalities(&self) -> impl Iterator<Item = &str> {
        self.municipalities.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tokyo_is_whole() {
        let regions = Regions::tokyo();
        assert_eq!((regions.regions.len(), regions.municipalities().count()), (13, 62));
        assert_eq!(regions.of_municipality("足立区"), Some("区東北部"));
        assert_eq!(regions.of_municipality("足立"), None);
        assert!(!regions.contains("東部"));
    }

    #[test]
    fn a_table_without_the_columns_is_an_error() {
        let error = Regions::from_csv("area,city\n区西南部,世田谷区\n").unwrap_err();
        assert!(error.to_string().contains("region,municipality"), "{error}");
    }
}
