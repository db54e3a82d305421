//! Near-duplicate detection.
//!
//! Two texts are near-duplicates if they share seven tenths of their shingles, strings of four letters (the
//! resemblance of Broder, *On the resemblance and containment of documents*, 1997). Minimum hashes select
//! which texts are compared: the minimum hashes of two texts are equal with a probability equal to their
//! resemblance. Each shingle is hashed once, and its hash falls into one of several bins (Li, Owen and Zhang,
//! *One permutation hashing*, 2012).

use std::collections::{HashMap, HashSet};

use super::matched::{Match, Ranked};
use crate::index::{Engine, EngineResult};

/// Minimum resemblance of near-duplicates: the number of shingles in both texts divided by the number in
/// either.
const RESEMBLANCE: f64 = 0.7;

/// Number of letters in a shingle.
const LETTERS: usize = 4;

/// Number of bands, and of bins in each. Two texts are compared if they have a band in common. Of the texts
/// that share seven tenths, one in a hundred is missed.
const BANDS: usize = 12;
const ROWS: usize = 3;

/// The value of a bin without hashes.
const EMPTY: u64 = u64::MAX;

/// Keeps the first match of each set of near-duplicates, and counts the others.
pub(in crate::search) fn collapse(matches: &[Match], engine: &dyn Engine) -> EngineResult<Vec<Ranked>> {
    let mut kept: Vec<Ranked> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    let mut of_band: HashMap<(usize, [u64; ROWS]), Vec<usize>> = HashMap::new();
    for &matched in matches {
        let text = engine.opinion_at(matched.opinion)?.text;
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
            let other = engine.opinion_at(kept[place].matched.opinion)?.text;
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

/// Returns the hashes of the shingles of a text, in order. Signs and white space are skipped.
fn hashes(text: &str) -> Vec<u64> {
    let letters = text.chars().filter(|&c| c.is_ascii_alphanumeric() || c >= '\u{3040}' && !is_sign(c));
    let letters: Vec<char> = letters.collect();
    let length = LETTERS.min(letters.len()).max(1);
    let hash_of = |string: &[char]| string.iter().fold(0, |hash, &letter| mix(hash ^ u64::from(letter)));
    letters.windows(length).map(hash_of).collect()
}

/// Whether the character is a bracket or a punctuation mark of Japanese text.
fn is_sign(character: char) -> bool {
    matches!(character, '・' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･')
}

/// Returns the minimum hash of each bin, in bands. A band in which all bins are empty is omitted, because it
/// says nothing about the text.
fn bands(hashes: &[u64]) -> impl Iterator<Item = (usize, [u64; ROWS])> {
    let mut bins = [[EMPTY; ROWS]; BANDS];
    for &hash in hashes {
        // The upper half of the hash selects the bin; the minimum is by the rotated hash.
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

/// Returns the number of shingles in both texts divided by the number in either.
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
