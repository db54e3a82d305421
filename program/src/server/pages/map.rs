//! A map of regions. Each municipality is a tile, and the tiles of a region are joined into one shape.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use gijiroku::minutes::{Regions, Tile};

use super::scale::{Scale, Swatch};

/// The side of a tile, in the units of the drawing.
pub(super) const SIDE: i32 = 40;

/// A region as the map shows it.
pub(super) struct Area {
    pub(super) region: String,
    /// The address that the region links to, if it has opinions.
    pub(super) address: Option<String>,
    /// The text for screen readers and tooltips: the region, its municipalities, and the counts.
    pub(super) description: String,
    pub(super) count: Measure,
    pub(super) share: Measure,
    pub(super) is_selected: bool,
    /// The shape, as the `d` attribute of a path.
    pub(super) shape: String,
    /// The outline of the shape, as the `d` attribute of a path.
    pub(super) outline: String,
    /// The middle of the label.
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A map, drawn in units; the side of a tile is [`SIDE`] units long.
pub(super) struct Map {
    /// Whether the shares differ from the whole, so that they are worth showing.
    pub(super) has_shares: bool,
    pub(super) areas: Vec<Area>,
    /// What the shades stand for, of the counts and of the shares.
    pub(super) counts: Vec<Swatch>,
    pub(super) shares: Vec<Swatch>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A number as text, and its shade.
pub(super) struct Measure {
    pub(super) label: String,
    pub(super) shade: u8,
}

/// The facts about a region that the map shows.
pub(super) struct Told {
    pub(super) address: Option<String>,
    pub(super) count: Measure,
    pub(super) share: Measure,
    pub(super) description: String,
    pub(super) is_selected: bool,
}

impl Map {
    /// Draws the regions that have places. Returns `None` if none has.
    pub(super) fn new(
        regions: &Regions,
        [counts, shares]: [Scale; 2],
        has_shares: bool,
        tell: impl Fn(&str) -> Told,
    ) -> Option<Self> {
        let (counts, shares) = (counts.legend(), shares.legend());
        let mut map = Self { has_shares, areas: Vec::new(), counts, shares, width: 0, height: 0 };
        for region in regions.names() {
            let tiles: Vec<Tile<'_>> = regions.tiles(region).collect();
            if tiles.is_empty() {
                continue;
            }
            for tile in &tiles {
                map.width = map.width.max((i32::from(tile.column) + 1) * SIDE);
                map.height = map.height.max((i32::from(tile.row) + 1) * SIDE);
            }
            map.areas.push(area(region, &tiles, tell(region)));
        }
        // Selected regions are drawn last, so that their outlines lie over those of their neighbours.
        map.areas.sort_by_key(|area| area.is_selected);
        (!map.areas.is_empty()).then_some(map)
    }
}

fn area(region: &str, tiles: &[Tile<'_>], told: Told) -> Area {
    let municipalities: Vec<&str> = tiles.iter().map(|tile| tile.municipality).collect();
    let places: HashSet<(i32, i32)> =
        tiles.iter().map(|tile| (i32::from(tile.column), i32::from(tile.row))).collect();
    let mut in_order: Vec<(i32, i32)> = places.iter().copied().collect();
    in_order.sort_unstable();
    let (mut shape, mut outline) = (String::new(), String::new());
    for (column, row) in in_order {
        let (left, top) = (column * SIDE, row * SIDE);
        // Writing to a string does not fail.
        let _ = write!(shape, "M{left} {top}h{SIDE}v{SIDE}h-{SIDE}z");
        for (neighbour, side) in [
            ((column, row - 1), format!("M{left} {top}h{SIDE}")),
            ((column, row + 1), format!("M{left} {}h{SIDE}", top + SIDE)),
            ((column - 1, row), format!("M{left} {top}v{SIDE}")),
            ((column + 1, row), format!("M{} {top}v{SIDE}", left + SIDE)),
        ] {
            if !places.contains(&neighbour) {
                outline.push_str(&side);
            }
        }
    }
    let (x, y) = widest(&places);
    let Told { address, count, share, description, is_selected } = told;
    let description = format!("{region}（{}） {description}", municipalities.join("、"));
    Area { region: region.to_owned(), address, description, count, share, is_selected, shape, outline, x, y }
}

/// Returns the middle of the row with the most tiles, because a label has the most room there. If there are
/// several such rows, the middle one is taken.
fn widest(places: &HashSet<(i32, i32)>) -> (i32, i32) {
    let mut rows: HashMap<i32, Vec<i32>> = HashMap::new();
    for &(column, row) in places {
        rows.entry(row).or_default().push(column);
    }
    let most = rows.values().map(Vec::len).max().unwrap_or(0);
    let mut widest: Vec<i32> =
        rows.iter().filter(|(_, columns)| columns.len() == most).map(|(&row, _)| row).collect();
    widest.sort_unstable();
    let row = widest.get((widest.len().max(1) - 1) / 2).copied().unwrap_or(0);
    let columns = rows.get(&row).map(Vec::as_slice).unwrap_or_default();
    let first = columns.iter().min().copied().unwrap_or(0);
    let last = columns.iter().max().copied().unwrap_or(0);
    ((first + last + 1) * SIDE / 2, row * SIDE + SIDE / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(regions: &Regions) -> Option<Map> {
        let scales = [Scale::of_numbers(3), Scale::of_shares(0.01)];
        Map::new(regions, scales, true, |region| Told {
            address: Some(format!("/{region}")),
            count: Measure { label: "3".to_owned(), shade: 2 },
            share: Measure { label: "1%".to_owned(), shade: 5 },
            description: "3件".to_owned(),
            is_selected: false,
        })
    }

    #[test]
    fn tokyo_is_drawn_of_its_thirteen_regions() {
        let map = map(&Regions::tokyo()).unwrap();
        assert_eq!((map.areas.len(), map.width, map.height), (13, 13 * SIDE, 8 * SIDE));
        let south = map.areas.iter().find(|area| area.region == "区南部").unwrap();
        assert_eq!(south.description, "区南部（品川区、大田区） 3件");
        // Two tiles side by side: their common side is not part of the outline.
        assert_eq!(south.shape, "M360 200h40v40h-40zM400 200h40v40h-40z");
        assert_eq!(south.outline.matches('M').count(), 6);
        assert_eq!((south.x, south.y), (400, 220));
    }

    #[test]
    fn regions_without_places_are_not_drawn() {
        let regions = Regions::from_csv("region,municipality\n北,甲市\n").unwrap();
        assert!(map(&regions).is_none());
    }
}
