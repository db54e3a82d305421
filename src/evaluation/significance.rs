//! A significance test for the difference between two engines.

/// The number of random assignments that are drawn.
const DRAWS: u32 = 10_000;

/// Returns the probability that two engines of equal quality differ in their means at least as much as these
/// two do: the two-sided paired randomization test with 10,000 draws. A difference is usually called
/// significant below 0.05.
///
/// If both engines were equally good, which of the two values of a query belongs to which engine would be
/// chance. The test therefore swaps the values of each query at random, and counts how often the means differ
/// at least as much as observed. Smucker, Allan and Carterette, *A Comparison of Statistical Significance
/// Tests for Information Retrieval Evaluation*, CIKM 2007. The draws are the same in each call.
///
/// The values must be those of the same queries in the same order. If one list is longer, the rest of it is
/// ignored.
#[must_use]
pub fn significance(ours: &[f64], theirs: &[f64]) -> f64 {
    let differences: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours - theirs).collect();
    let observed = differences.iter().sum::<f64>().abs();
    // Sums of the same numbers in another order differ in their last bits.
    let tolerance = 1e-9;
    let mut coin = Coin { state: 0x9e37_79b9_7f4a_7c15 };
    let as_large = (0..DRAWS).filter(|_| {
        let drawn: f64 =
            differences.iter().map(|difference| if coin.toss() { *difference } else { -difference }).sum();
        drawn.abs() >= observed - tolerance
    });
    // The observed assignment is one of the possible ones, hence the added 1.
    (as_large.count() as f64 + 1.0) / (f64::from(DRAWS) + 1.0)
}

/// A fair coin: the highest bit of xorshift64*. Vigna, *An experimental exploration of Marsaglia's xorshift
/// generators, scrambled*, ACM Transactions on Mathematical Software 42(4), 2016.
struct Coin {
    state: u64,
}

impl Coin {
    fn toss(&mut self) -> bool {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 63 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_engines_do_not_differ_and_opposite_ones_do() {
        assert_eq!(significance(&[0.3; 20], &[0.3; 20]), 1.0);
        assert!(significance(&[0.9; 20], &[0.1; 20]) < 0.001);
        assert_eq!(significance(&[], &[]), 1.0);
    }

    #[test]
    fn few_queries_show_no_significance() {
        // Of the eight assignments of three equal differences, two are as large: a quarter.
        let probability = significance(&[0.6, 0.6, 0.6], &[0.5, 0.5, 0.5]);
        assert!((probability - 0.25).abs() < 0.02, "{probability}");
    }
}
