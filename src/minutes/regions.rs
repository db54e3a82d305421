//! Regions (圏域) and their municipalities.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::encoding::decode;
use crate::language::Localized;
use crate::small_file;

/// A table of regions and the municipalities that belong to them.
///
/// ```
/// use gijiroku::minutes::Regions;
///
/// let regions = Regions::tokyo();
/// assert_eq!(regions.of_municipality("世田谷区"), Some("区西南部"));
/// assert!(regions.contains("島しょ"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Row>", into = "Vec<Row>")]
pub struct Regions {
    /// The rows, in the order of the table.
    rows: Vec<Row>,
    /// The index of each municipality's row.
    places: HashMap<String, usize>,
}

/// A table of regions that can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegionsError {
    /// The file can't be read.
    #[error("the table of regions can't be read")]
    Io(#[from] io::Error),
    /// The text is not a table of regions.
    #[error("this is no table of regions, which is CSV with the columns region,municipality")]
    Table(#[source] Box<dyn Error + Send + Sync>),
    /// The table has no rows.
    #[error("the table of regions has no rows; a row is a region and a municipality of it")]
    Empty,
}

impl Localized for RegionsError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Io(_) => "圏域の表が読めません",
            Self::Table(_) => "圏域の表ではありません。region,municipality の列を持つ CSV にしてください",
            Self::Empty => "圏域の表に行がありません。1 行に、圏域とその市区町村を 1 つずつ書いてください",
        }
        .to_owned()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    region: String,
    municipality: String,
    #[serde(default)]
    column: Option<u8>,
    #[serde(default)]
    row: Option<u8>,
}

/// The place of a municipality on a map of square tiles, one tile for each municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tile<'a> {
    /// The municipality.
    pub municipality: &'a str,
    /// The column, from 0 in the west.
    pub column: u8,
    /// The row, from 0 in the north.
    pub row: u8,
}

impl From<Vec<Row>> for Regions {
    fn from(rows: Vec<Row>) -> Self {
        let places = rows.iter().enumerate().map(|(place, row)| (row.municipality.clone(), place)).collect();
        Self { rows, places }
    }
}

impl From<Regions> for Vec<Row> {
    fn from(regions: Regions) -> Self {
        regions.rows
    }
}

impl Regions {
    /// Tokyo's 13 secondary medical areas (二次保健医療圏) and their 62 municipalities, from
    /// `data/lexicon/regions.csv`.
    #[must_use]
    pub fn tokyo() -> Self {
        // A build compares its table with this one more than once, and a copy costs a tenth of parsing.
        static TOKYO: LazyLock<Regions> = LazyLock::new(|| {
            // The table is compiled into the program, and a unit test reads it, so the fallback is never used.
            Regions::from_csv(include_str!("../../data/lexicon/regions.csv")).unwrap_or_default()
        });
        TOKYO.clone()
    }

    /// Reads a CSV table with a header row and the columns `region` and `municipality`. With the columns
    /// `column` and `row`, the place of each municipality on a [map of tiles](Self::tiles), the regions can
    /// also be drawn.
    ///
    /// # Errors
    /// Returns an error if a row lacks a region or a municipality, or if there is no row.
    pub fn from_csv(table: &str) -> Result<Self, RegionsError> {
        let rows: Result<Vec<Row>, csv::Error> =
            csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect();
        let rows = rows.map_err(|error| RegionsError::Table(error.into()))?;
        Some(rows).filter(|rows| !rows.is_empty()).map(Self::from).ok_or(RegionsError::Empty)
    }

    /// Reads a table from a file. The encoding is detected, because spreadsheets save CSV in several.
    ///
    /// # Errors
    /// Returns an error if the file can't be read, and where [`from_csv`](Self::from_csv) does.
    pub fn from_file(file: impl AsRef<Path>) -> Result<Self, RegionsError> {
        Self::from_csv(&decode(&small_file::read(file)?, None).text)
    }

    /// Finds a region in the name of a file, as a part between signs: 議事録_区西部_第2回. A municipality stands for
    /// its region.
    pub(super) fn named_in(&self, name: &str) -> Option<&str> {
        let mut parts = name.split(|character: char| !character.is_alphanumeric());
        parts.find_map(|part| {
            let region = self.rows.iter().map(|row| row.region.as_str()).find(|region| *region == part);
            region.or_else(|| self.of_municipality(part))
        })
    }

    /// Whether the table has a region of exactly this name: 東部 is not 区東部.
    #[must_use]
    pub fn contains(&self, region: &str) -> bool {
        self.rows.iter().any(|row| row.region == region)
    }

    /// Returns the region that a municipality belongs to.
    #[must_use]
    pub fn of_municipality(&self, municipality: &str) -> Option<&str> {
        self.places.get(municipality).map(|&place| self.rows[place].region.as_str())
    }

    /// Returns the names of the regions, in the order of the table.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !names.contains(&row.region.as_str()) {
                names.push(&row.region);
            }
        }
        names
    }

    /// The tiles of the municipalities of a region. Empty if the table lacks the columns `column` and `row`.
    ///
    /// ```
    /// use gijiroku::minutes::Regions;
    ///
    /// let regions = Regions::tokyo();
    /// let south: Vec<_> = regions.tiles("区南部").map(|tile| tile.municipality).collect();
    /// assert_eq!(south, ["品川区", "大田区"]);
    /// ```
    pub fn tiles<'a>(&'a self, region: &str) -> impl Iterator<Item = Tile<'a>> {
        self.rows.iter().filter(move |row| row.region == region).filter_map(|row| {
            Some(Tile { municipality: &row.municipality, column: row.column?, row: row.row? })
        })
    }

    /// The names of the municipalities, in the order of the table.
    pub fn municipalities(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.municipality.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tokyo_is_complete() {
        let regions = Regions::tokyo();
        let names = regions.names();
        assert_eq!((names.len(), regions.municipalities().count()), (13, 62));
        let tiles: Vec<_> = names.iter().flat_map(|name| regions.tiles(name)).collect();
        let places: std::collections::HashSet<_> = tiles.iter().map(|tile| (tile.column, tile.row)).collect();
        assert_eq!((tiles.len(), places.len()), (62, 62), "each municipality has a tile of its own");
        assert_eq!(regions.of_municipality("足立区"), Some("区東北部"));
        assert_eq!(regions.of_municipality("足立"), None);
        assert!(!regions.contains("東部"));
    }

    #[test]
    fn a_table_without_the_columns_is_an_error() {
        let error = Regions::from_csv("area,city\n区西南部,世田谷区\n").unwrap_err();
        assert!(error.to_string().contains("region,municipality"), "{error}");
        assert!(matches!(Regions::from_csv("region,municipality\n"), Err(RegionsError::Empty)));
    }
}
