//! Opinions that say nearly the same.
//!
//! Two texts are alike if they share four fifths of their pairs of characters (the resemblance of Broder, *On the
//! resemblance and containment of documents*, 1997). Which ones are worth comparing is told by the least of some hashes of their
//! pairs: two texts have the same with just the probability of their resemblance.

use std::collections::HashMap;

use super::answer::Ranked;
use super::rerank::Match;
use crate::analysis::NormalizedText;
use crate::index::{Index, IndexError};

/// What two texts must share of all that one of them has.
const RESEMBLANCE: f64 = 0.8;

/// So many hashes are taken, in bands of so many: two texts are compared if one band is the same. Of those that share four fifths one
/// in 6,000 is missed.
const BANDS: usize = 8;
const ROWS: usize = 2;

/// Keeps of matches that are alike the first, and counts the others.
pub(super) fn collapse(matches: &[Match], index: &Index) -> Result<Vec<Ranked>, IndexError> {
    let mut kept: Vec<Ranked> = Vec::new();
    let mut pairs_of: Vec<Vec<u64>> = Vec::new();
    let mut of_band: HashMap<(usize, [u64; ROWS]), Vec<usize>> = HashMap::new();
    for &matched in matches {
        let pairs = pairs(&index.opinion_at(matched.address)?.text);
        let bands = bands(&pairs);
        let like = bands
            .iter()
            .flat_map(|band| of_band.get(band).into_iter().flatten())
            .find(|&&place| resemblance(&pairs, &pairs_of[place]) >= RESEMBLANCE);
        if let Some(&place) = like {
            kept[place].alike += 1;
            continue;
        }
        for band in bands {
            of_band.entry(band).or_default().push(kept.len());
        }
        kept.push(Ranked::from(matched));
        pairs_of.push(pairs);
    }
    Ok(kept)
}

/// The pairs of letters and digits of a text, as sorted hashes, each once.
fn pairs(text: &str) -> Vec<u64> {
    let normalized = NormalizedText::new(text);
    let letters: Vec<char> = normalized.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
    let number =
        |pair: &[char]| u64::from(pair[0]) << 32 | pair.get(1).map_or(0, |&second| u64::from(second));
    let mut pairs: Vec<u64> = letters.windows(2.min(letters.len().max(1))).map(number).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn bands(pairs: &[u64]) -> [(usize, [u64; ROWS]); BANDS] {
    let least = |seed: usize| pairs.iter().map(|&pair| hash(pair, seed as u64)).min().unwrap_or(0);
    std::array::from_fn(|band| (band, std::array::from_fn(|row| least(band * ROWS + row))))
}

/// The finalizer of [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
fn hash(value: u64, seed: u64) -> u64 {
    let mut mixed = value.wrapping_add(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

/// What two sorted lists share of all that is in one of them.
fn resemblance(left: &[u64], right: &[u64]) -> f64 {
    let shared = left.iter().filter(|pair| right.binary_search(pair).is_ok()).count();
    let all = left.len() + right.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike() {
        let of = |left: &str, right: &str| resemblance(&pairs(left), &pairs(right));
        assert_eq!(of("訪問看護、連携。", "訪問看護 連携"), 1.0);
        assert!(
            of("訪問看護ステーションの人材が不足している", "訪問看護ステーションの人材が不足している。")
                >= RESEMBLANCE
        );
        assert!(of("訪問看護の人材が不足", "訪問診療の医師が不足") < RESEMBLANCE);
        assert_eq!((of("", ""), of("", "薬"), of("薬", "薬")), (1.0, 0.0, 1.0));
    }

    #[test]
    fn texts_that_are_alike_share_a_band() {
        let text = "在宅療養に関する地域の現状と課題について、多職種で意見を交換した。".repeat(1);
        for place in 0..text.chars().count() {
            let changed: String =
                text.chars().enumerate().map(|(index, c)| if index == place { 'ん' } else { c }).collect();
            let (left, right) = (pairs(&text), pairs(&changed));
            assert!(resemblance(&left, &right) >= RESEMBLANCE);
            assert!(bands(&left).iter().any(|band| bands(&right).contains(band)), "{changed}");
        }
    }
}
