//! Near-duplicate detection, in a time that grows with the number of texts.
//!
//! Two texts are near-duplicates if they share seven tenths of their shingles, strings of four letters (the
//! resemblance of Broder, *On the resemblance and containment of documents*, 1997). Each text becomes a sketch:
//!
//! - Its smallest hashes, from which the resemblance of two texts is computed: exactly for texts of usual length, and
//!   within a few hundredths for longer ones (Broder, the same).
//! - Its minimum hashes, of which any one is equal in two texts with a probability equal to their resemblance. Each shingle is
//!   hashed once, and its hash falls into one of several bins (Li, Owen and Zhang, *One permutation hashing*, 2012); a bin
//!   without hashes borrows from another (Shrivastava, *Optimal densification for fast and accurate minwise hashing*, 2017).
//!   Only texts with equal minimum hashes in a whole band of bins are compared (Indyk and Motwani, *Approximate nearest
//!   neighbors*, 1998), and of these only those that have the most bands in common. Else a form that is filled in ten thousand
//!   times, of which each pair has a band in common, would take a time that grows with the square.

use std::cmp::{Ordering, Reverse};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread::{self, available_parallelism};

use rustc_hash::FxHashMap;

use super::matched::{Match, Ranked};
use crate::index::{Engine, EngineResult, Index, OpinionKey};

/// Minimum resemblance of near-duplicates: the number of shingles in both texts divided by the number in
/// either.
const RESEMBLANCE: f64 = 0.7;

/// Number of letters in a shingle.
const LETTERS: usize = 4;

/// Number of bands, and of bins in each. Of the texts that share seven tenths, four in a thousand have no band in common; of those
/// that share three tenths, six in seven.
const BANDS: usize = 20;
const ROWS: usize = 4;
const BINS: usize = BANDS * ROWS;

/// The number of smallest hashes that are kept of a text.
const SMALLEST: usize = 256;

/// The number of words of 64 bits that have a bit for each of these hashes.
const WORDS: usize = 4;

/// The number of texts with the same band that are looked at, and of those the number that is compared.
const MOST_IN_BAND: usize = 8;
const MOST_COMPARED: usize = 8;

/// The number of texts that are sketched at once. The sketches of those that are kept stay in memory.
const AT_ONCE: usize = 50_000;

/// The number of texts that are read at once.
const READ_AT_ONCE: usize = 500;

/// Keeps the first match of each set of near-duplicates, and counts the others.
pub(in crate::search) fn collapse(matches: &[Match], index: &Index) -> EngineResult<Vec<Ranked>> {
    let mut kept: Vec<Ranked> = Vec::new();
    let mut watch = index.stop().watch();
    let mut texts = Texts::default();
    for matches in matches.chunks(AT_ONCE) {
        for (&matched, sketch) in matches.iter().zip(sketches(matches, index.engine())?) {
            watch.step()?;
            match texts.like(&sketch) {
                Some(place) => kept[place].alike += 1,
                None => {
                    texts.add(sketch);
                    kept.push(Ranked::from(matched));
                }
            }
        }
    }
    Ok(kept)
}

/// Returns the sketches of matches. Their texts are read on all cores, in the order in which they are stored.
fn sketches(matches: &[Match], engine: &dyn Engine) -> EngineResult<Vec<Sketch>> {
    let mut stored: Vec<(OpinionKey, usize)> =
        matches.iter().zip(0..).map(|(matched, place)| (matched.opinion, place)).collect();
    stored.sort_unstable();
    let cores = available_parallelism().map_or(1, NonZero::get);
    let share = stored.len().div_ceil(cores).max(READ_AT_ONCE);
    let read = |stored: &[(OpinionKey, usize)]| -> EngineResult<Vec<Sketch>> {
        let mut sketches = Vec::with_capacity(stored.len());
        for some in stored.chunks(READ_AT_ONCE) {
            let keys: Vec<OpinionKey> = some.iter().map(|(key, _)| *key).collect();
            sketches.extend(engine.opinions(&keys)?.iter().map(|opinion| Sketch::of(&opinion.text)));
        }
        Ok(sketches)
    };
    let sketched: Vec<EngineResult<Vec<Sketch>>> = thread::scope(|scope| {
        let readers: Vec<_> = stored.chunks(share).map(|share| scope.spawn(move || read(share))).collect();
        readers.into_iter().map(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut places = stored.iter().map(|(_, place)| *place);
    let mut sketches = vec![Sketch::default(); matches.len()];
    for sketched in sketched {
        for (sketch, place) in sketched?.into_iter().zip(places.by_ref()) {
            sketches[place] = sketch;
        }
    }
    Ok(sketches)
}

/// What is kept of a text to compare it.
#[derive(Clone, Default)]
struct Sketch {
    /// The smallest hashes of its shingles, in ascending order.
    smallest: Vec<u32>,
    /// A bit for each of these hashes, of which several may share one.
    bits: [u64; WORDS],
    /// A hash of each band of minimum hashes; none of a text without letters.
    bands: Vec<u64>,
}

impl Sketch {
    fn of(text: &str) -> Self {
        let hashes = hashes(text);
        let mut smallest: Vec<u32> = hashes.iter().map(|hash| *hash as u32).collect();
        smallest.sort_unstable();
        smallest.dedup();
        smallest.truncate(SMALLEST);
        smallest.shrink_to_fit();
        let mut bits = [0; WORDS];
        for &hash in &smallest {
            bits[hash as usize / 64 % WORDS] |= 1 << (hash % 64);
        }
        Self { smallest, bits, bands: bands(&hashes) }
    }

    /// Whether two texts are near-duplicates.
    fn is_like(&self, other: &Self) -> bool {
        self.resemblance(other, RESEMBLANCE).is_some_and(|resemblance| resemblance >= RESEMBLANCE)
    }

    /// Returns the number of shingles in both texts divided by the number in either, or `None` once it is known to be below
    /// `least`, as it soon is for most texts.
    fn resemblance(&self, other: &Self, least: f64) -> Option<f64> {
        let (mut left, mut right) = (self.smallest.as_slice(), other.smallest.as_slice());
        let (shorter, longer) = (left.len().min(right.len()), left.len().max(right.len()));
        if (shorter as f64) < least * longer as f64 {
            return None;
        }
        // Where all hashes of both are known, all are compared; else the smallest of both together, which are a sample.
        let most = if longer < SMALLEST { usize::MAX } else { SMALLEST };
        // No more than the shorter has can be shared, and to so many belong so many at most that are not. The one more makes up
        // for rounding.
        let most_apart = ((shorter as f64 * (1.0 - least) / least) as usize).saturating_add(1);
        // A bit that only one of them has stands for a hash that the other lacks. A sample may be without it.
        if most == usize::MAX && self.bits_apart(other) > most_apart {
            return None;
        }
        let (mut shared, mut apart) = (0, 0);
        while shared + apart < most
            && let (Some(first), Some(second)) = (left.first(), right.first())
        {
            let order = first.cmp(second);
            shared += usize::from(order == Ordering::Equal);
            apart += usize::from(order != Ordering::Equal);
            left = &left[usize::from(order != Ordering::Greater)..];
            right = &right[usize::from(order != Ordering::Less)..];
            if apart > most_apart {
                return None;
            }
        }
        let all = (shared + apart + left.len() + right.len()).min(most);
        Some(if all == 0 { 1.0 } else { shared as f64 / all as f64 })
    }

    fn bits_apart(&self, other: &Self) -> usize {
        self.bits.iter().zip(&other.bits).map(|(left, right)| (left ^ right).count_ones() as usize).sum()
    }
}

/// Texts that are no near-duplicates of each other.
#[derive(Default)]
struct Texts {
    sketches: Vec<Sketch>,
    /// The last text with each hash of a band.
    last: FxHashMap<u64, u32>,
    /// For each text and each of its bands the text before it with the same hash.
    before: Vec<[Option<u32>; BANDS]>,
}

impl Texts {
    /// Returns the place of a text that is a near-duplicate.
    fn like(&self, sketch: &Sketch) -> Option<usize> {
        let mut candidates: Vec<u32> = Vec::new();
        for (band, hash) in sketch.bands.iter().enumerate() {
            let before = |&place: &u32| self.before[place as usize][band];
            let places = std::iter::successors(self.last.get(hash).copied(), before);
            candidates.extend(places.take(MOST_IN_BAND));
        }
        candidates.sort_unstable();
        let mut counted: Vec<(Reverse<usize>, u32)> =
            candidates.chunk_by(|one, next| one == next).map(|same| (Reverse(same.len()), same[0])).collect();
        // Those with the most bands in common, and of these the first ones.
        if counted.len() > MOST_COMPARED {
            counted.select_nth_unstable(MOST_COMPARED);
            counted.truncate(MOST_COMPARED);
        }
        counted.sort_unstable();
        let mut places = counted.into_iter().map(|(_, place)| place as usize);
        places.find(|&place| self.sketches[place].is_like(sketch))
    }

    fn add(&mut self, sketch: Sketch) {
        let place = u32::try_from(self.sketches.len()).unwrap_or(u32::MAX);
        let mut before = [None; BANDS];
        for (before, hash) in before.iter_mut().zip(&sketch.bands) {
            *before = self.last.insert(*hash, place);
        }
        self.before.push(before);
        self.sketches.push(sketch);
    }
}

/// Returns the hashes of the shingles of a text, in order. Signs and white space are skipped. A text of fewer letters has one
/// shingle, of all of them.
fn hashes(text: &str) -> Vec<u64> {
    let letters = text.chars().filter(|&c| c.is_ascii_alphanumeric() || c >= '\u{3040}' && !is_sign(c));
    // A shingle is a number of four digits, one for each letter. The few letters beyond 16 bits share digits with others.
    let digit = |letter: char| u64::from(letter) & 0xffff;
    let shingles = letters.scan(0, |shingle: &mut u64, letter| {
        *shingle = *shingle << 16 | digit(letter);
        Some(*shingle)
    });
    let mut hashes: Vec<u64> = shingles.collect();
    // The first ones lack letters, which is known once there are others.
    let short = (LETTERS - 1).min(hashes.len().saturating_sub(1));
    hashes.drain(..short);
    hashes.iter_mut().for_each(|shingle| *shingle = mix(*shingle));
    hashes
}

/// Whether the character is a bracket or a punctuation mark of Japanese text.
fn is_sign(character: char) -> bool {
    matches!(character, '・' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･')
}

/// Returns a hash of each band of minimum hashes.
fn bands(hashes: &[u64]) -> Vec<u64> {
    let mut bins: [Option<u32>; BINS] = [None; BINS];
    for &hash in hashes {
        // The upper half of the hash selects the bin; the minimum is of the lower half.
        let bin = &mut bins[(hash >> 32) as usize % BINS];
        let least = bin.map_or(hash as u32, |least| least.min(hash as u32));
        *bin = Some(least);
    }
    if hashes.is_empty() {
        return Vec::new();
    }
    // Where a bin borrows depends on nothing but the bin, so that texts that are alike borrow alike.
    let borrowed = |bin: usize| {
        let others = (1..).map(|attempt: u64| mix((bin as u64) << 32 | attempt) as usize % BINS);
        others.filter_map(|other| bins[other]).next().unwrap_or_default()
    };
    let row = |bin: usize| u64::from(bins[bin].unwrap_or_else(|| borrowed(bin)));
    let band = |band: usize| (0..ROWS).fold(band as u64, |hash, place| mix(hash ^ row(band * ROWS + place)));
    (0..BANDS).map(band).collect()
}

/// The finalizer of [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const TEXT: &str = "在宅療養に関する地域の現状と課題について、多職種で意見を交換した。";

    fn resemblance(left: &str, right: &str) -> f64 {
        Sketch::of(left).resemblance(&Sketch::of(right), 0.0).unwrap()
    }

    #[test]
    fn what_is_alike() {
        assert_eq!(resemblance("訪問看護、連携。", "訪問看護 連携"), 1.0);
        assert!(resemblance(TEXT, &TEXT.replace("交換", "出した")) >= RESEMBLANCE);
        assert!(resemblance("訪問看護の人材が不足", "訪問診療の医師が不足") < RESEMBLANCE);
        let of = resemblance;
        assert_eq!((of("", ""), of("", "薬"), of("薬", "薬")), (1.0, 0.0, 1.0));
    }

    #[test]
    fn the_resemblance_of_long_texts_is_nearly_that_of_all_their_shingles() {
        let text = |from: u32, to: u32| -> String {
            (from..to).map(|number| format!("{}番の意見", number * 7919)).collect()
        };
        for shared in [1000, 900, 500, 0] {
            let (left, right) = (text(0, 1000), text(1000 - shared, 2000 - shared));
            let (first, second): (HashSet<u64>, HashSet<u64>) =
                (hashes(&left).into_iter().collect(), hashes(&right).into_iter().collect());
            let all = first.intersection(&second).count() as f64 / first.union(&second).count() as f64;
            let found = resemblance(&left, &right);
            assert!((found - all).abs() < 0.1, "{shared}: {found} for {all}");
        }
    }

    #[test]
    fn texts_that_are_alike_share_a_band() {
        for place in 0..TEXT.chars().count() {
            let changed: String =
                TEXT.chars().enumerate().map(|(index, c)| if index == place { 'ん' } else { c }).collect();
            assert!(resemblance(TEXT, &changed) >= RESEMBLANCE, "{changed}");
            let (left, right) = (Sketch::of(TEXT).bands, Sketch::of(&changed).bands);
            assert!(left.iter().zip(&right).any(|(left, right)| left == right), "{changed}");
        }
    }

    #[test]
    fn a_text_is_found_among_many_of_one_form() {
        let form = |number: usize| {
            format!(
                "第{}号議案について、{}課から説明があり、原案のとおり決した。",
                number * 7919,
                number * 104_729
            )
        };
        let mut texts = Texts::default();
        for number in 1..=500 {
            texts.add(Sketch::of(&form(number)));
        }
        for number in 1..=500 {
            let place = texts.like(&Sketch::of(&form(number).replace('、', "")));
            assert_eq!(place, Some(number - 1));
        }
        assert_eq!(texts.like(&Sketch::of("別の意見である。")), None);
        assert_eq!(texts.like(&Sketch::of("")), None);
    }
}
