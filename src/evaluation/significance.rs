//! How certain a measured quality is: a significance test for the difference between two engines, and a
//! confidence interval for the mean of one.

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
    let mut random = Random::new();
    let as_large = (0..DRAWS).filter(|_| {
        let drawn: f64 =
            differences.iter().map(|difference| if random.toss() { *difference } else { -difference }).sum();
        drawn.abs() >= observed - tolerance
    });
    // The observed assignment is one of the possible ones, hence the added 1.
    (as_large.count() as f64 + 1.0) / (f64::from(DRAWS) + 1.0)
}

/// Returns the 95 % confidence interval of the mean of some values, by the percentile bootstrap with 10,000
/// draws: the queries are drawn anew with replacement, and the middle 95 % of the means are kept (Efron and
/// Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13). The draws are the same in each call.
/// Without values the interval is that of 0.
#[must_use]
pub fn confidence_interval(values: &[f64]) -> (f64, f64) {
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let mut random = Random::new();
    let mut mean = || {
        let drawn = (0..values.len()).map(|_| values[random.below(values.len())]);
        // The sum of negative zeros is one; adding zero makes it positive.
        drawn.sum::<f64>() / values.len() as f64 + 0.0
    };
    let mut means: Vec<f64> = (0..DRAWS).map(|_| mean()).collect();
    means.sort_by(f64::total_cmp);
    let cut = means.len() / 40;
    (means[cut], means[means.len() - 1 - cut])
}

/// Random numbers: xorshift64*. Vigna, *An experimental exploration of Marsaglia's xorshift generators,
/// scrambled*, ACM Transactions on Mathematical Software 42(4), 2016.
struct Random {
    state: u64,
}

impl Random {
    fn new() -> Self {
        Self { state: 0x9e37_79b9_7f4a_7c15 }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Tosses a fair coin: the highest bit.
    fn toss(&mut self) -> bool {
        self.next() >> 63 == 1
    }

    /// Returns a number below `limit`, from the high bits.
    fn below(&mut self, limit: usize) -> usize {
        let scaled = (u128::from(self.next()) * limit as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
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
    fn an_interval_is_around_the_mean_and_narrows_with_the_number_of_queries() {
        assert_eq!(confidence_interval(&[]), (0.0, 0.0));
        assert_eq!(confidence_interval(&[0.5; 9]), (0.5, 0.5));
        let width = |count: usize| {
            let values: Vec<f64> = (0..count).map(|index| (index % 2) as f64).collect();
            let (low, high) = confidence_interval(&values);
            assert!(low < 0.5 && high > 0.5, "{low} {high}");
            high - low
        };
        // The mean of n tosses of a coin: 0.5 ± 1.96 × 0.5 / √n.
        assert!((width(100) - 0.196).abs() < 0.02, "{}", width(100));
        assert!(width(1000) < width(100));
    }

    #[test]
    fn few_queries_show_no_significance() {
        // Of the eight assignments of three equal differences, two are as large: a quarter.
        let probability = significance(&[0.6, 0.6, 0.6], &[0.5, 0.5, 0.5]);
        assert!((probability - 0.25).abs() < 0.02, "{probability}");
    }
}
