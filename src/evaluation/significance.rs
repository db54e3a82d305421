//! Whether the difference between two engines may be chance.

/// How often a difference is drawn anew.
const DRAWS: u32 = 10_000;

/// The probability that two engines of the same quality differ in their means as much as these two do, or more: the
/// two-sided paired randomization test, with 10,000 draws. Below 0.05 a difference is usually called significant.
///
/// If both were equally good, it would be chance which of the two figures of a query is whose: so for each query they
/// are swapped or not at random, and it is counted how often the means then differ as much. Smucker, Allan and
/// Carterette, *A Comparison of Statistical Significance Tests for Information Retrieval Evaluation*, CIKM 2007.
/// The draws are the same each time.
///
/// The figures are those of the same queries in the same order; what one of the two has more is left out.
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
    // The observed assignment is one of those that could be drawn.
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
    fn equals_do_not_differ_and_opposites_do() {
        assert_eq!(significance(&[0.3; 20], &[0.3; 20]), 1.0);
        assert!(significance(&[0.9; 20], &[0.1; 20]) < 0.001);
        assert_eq!(significance(&[], &[]), 1.0);
    }

    #[test]
    fn few_queries_prove_little() {
        // Of the eight assignments of three equal differences, two are as large: a quarter.
        let probability = significance(&[0.6, 0.6, 0.6], &[0.5, 0.5, 0.5]);
        assert!((probability - 0.25).abs() < 0.02, "{probability}");
    }
}
