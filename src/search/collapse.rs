//! Opinions that say nearly the same.
//!
//! Two texts are alike if they share seven tenths of their strings of four letters (the resemblance of Broder, *On the
//! resemblance and containment of documents*, 1997). Which ones are worth comparing is told by the least hashes of their strings: two
//! texts have the same with just the probability of their resemblance. One hash is taken of each string, and falls into one of
//! some bins (Li, Owen and Zhang, *One permutation hashing*, 2012).

use std::collections::{HashMap, HashSet};

use super::answer::Ranked;
use super::rerank::Match;
use crate::index::{Index, IndexError};

/// What two texts must share of all that one of them has.
const RESEMBLANCE: f64 = 0.7;

/// So many letters are a string.
const LETTERS: usize = 4;

/// The bins come in bands of so many: two texts are compared if one band is the same. Of those that share seven tenths one in a hundred
/// is missed.
const BANDS: usize = 12;
const ROWS: usize = 3;

/// A bin that no hash fell into.
const EMPTY: u64 = u64::MAX;

/// Keeps of matches that are alike the first, and counts the others.
pub(super) fn collapse(matches: &[Match], index: &Index) -> Result<Vec<Ranked>, IndexError> {
    let mut kept: Vec<Ranked> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    let mut of_band: HashMap<(usize, [u64; ROWS]), Vec<usize>> = HashMap::new();
    for &matched in matches {
        let text = index.opinion_at(matched.address).map_err(|error| index.damaged(&error))?.text;
        let hashes = hashes(&text);
        let bands: Vec<_> = bands(&hashes).collect();
        let mut like = None;
        let mut compared: Vec<usize> = Vec::new();
        for &place in bands.iter().flat_map(|band| of_band.get(band).into_iter().flatten()) {
            let (shorter, longer) = (lengths[place].min(hashes.len()), lengths[place].max(hashes.len()));
            if compared.contains(&place) || (shorter as f64) < RESEMBLANCE * longer as f64 {
                continue;
            }
            compared.push(place);
            let other =
                index.opinion_at(kept[place].matched.address).map_err(|error| index.damaged(&error))?.text;
            if resemblance(&hashes, &self::hashes(&other)) >= RESEMBLANCE {
                like = Some(place);
                break;
            }
        }
        if let Some(place) = like {
            kept[place].alike += 1;
            continue;
        }
        for band in bands {
            of_band.entry(band).or_default().push(kept.len());
        }
        kept.push(Ranked::from(matched));
        lengths.push(hashes.len());
    }
    Ok(kept)
}

/// The hashes of the strings of a text, in their order. Signs and white space are passed over.
fn hashes(text: &str) -> Vec<u64> {
    let letters = text.chars().filter(|&c| c.is_ascii_alphanumeric() || c >= '\u{3040}' && !is_sign(c));
    let letters: Vec<char> = letters.collect();
    let length = LETTERS.min(letters.len()).max(1);
    let hash_of = |string: &[char]| string.iter().fold(0, |hash, &letter| mix(hash ^ u64::from(letter)));
    letters.windows(length).map(hash_of).collect()
}

/// Brackets and punctuation of full width.
fn is_sign(character: char) -> bool {
    matches!(character, '・' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･')
}

/// The least hash of each bin, in bands. A band into which none fell says nothing.
fn bands(hashes: &[u64]) -> impl Iterator<Item = (usize, [u64; ROWS])> {
    let mut bins = [[EMPTY; ROWS]; BANDS];
    for &hash in hashes {
        // The bin by the upper half of the hash, the least by all of it rotated.
        let bin = (hash >> 32) as usize % (BANDS * ROWS);
        let least = &mut bins[bin / ROWS][bin % ROWS];
        *least = (*least).min(hash.rotate_left(32));
    }
    bins.into_iter().enumerate().filter(|(_, band)| *band != [EMPTY; ROWS])
}

/// The finalizer of [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

/// What two texts share of all strings that one of them has.
fn resemblance(left: &[u64], right: &[u64]) -> f64 {
    let (left, right): (HashSet<_>, HashSet<_>) = (left.iter().collect(), right.iter().collect());
    let shared = left.intersection(&right).count();
    let all = left.len() + right.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "在宅療養に関する地域の現状と課題について、多職種で意見を交換した。";

    #[test]
    fn what_is_alike() {
        let of = |left: &str, right: &str| resemblance(&hashes(left), &hashes(right));
        assert_eq!(of("訪問看護、連携。", "訪問看護 連携"), 1.0);
        assert!(of(TEXT, &TEXT.replace("交換", "出した")) >= RESEMBLANCE);
        assert!(of("訪問看護の人材が不足", "訪問診療の医師が不足") < RESEMBLANCE);
        assert_eq!((of("", ""), of("", "薬"), of("薬", "薬")), (1.0, 0.0, 1.0));
    }

    #[test]
    fn texts_that_are_alike_share_a_band() {
        for place in 0..TEXT.chars().count() {
            let changed: String =
                TEXT.chars().enumerate().map(|(index, c)| if index == place { 'ん' } else { c }).collect();
            let (left, right) = (hashes(TEXT), hashes(&changed));
            assert!(resemblance(&left, &right) >= RESEMBLANCE, "{changed}");
            let right: Vec<_> = bands(&right).collect();
            assert!(bands(&left).any(|band| right.contains(&band)), "{changed}");
        }
    }
}
