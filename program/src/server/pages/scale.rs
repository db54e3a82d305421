//! The shades of a map: a few steps of equal width from zero on, so that twice the number is twice the step.

use crate::service::number;

/// Maximum number of shades for numbers above 0.
const SHADES: f64 = 4.0;

/// What a step may be, as a multiple of a power of ten.
const ROUND: [f64; 10] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];

/// The shades of numbers from 0 to a maximum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    step: f64,
    most: f64,
    is_percent: bool,
}

/// A shade in the legend.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Swatch {
    pub(super) shade: u8,
    pub(super) label: String,
}

impl Scale {
    /// Returns the scale of numbers up to `most`.
    pub(super) fn of_numbers(most: usize) -> Self {
        let step = round_up(most as f64 / SHADES).max(1.0).ceil();
        Self { step, most: most as f64, is_percent: false }
    }

    /// Returns the scale of shares up to `most`, from 0 to 1. Its numbers are percentages.
    pub(super) fn of_shares(most: f64) -> Self {
        Self { step: round_up(most * 100.0 / SHADES), most: most * 100.0, is_percent: true }
    }

    /// Returns the shade of a number, 0 only for zero.
    pub(super) fn shade(self, value: f64) -> u8 {
        // Rounding in binary must not lift a number that is at the end of a step over it.
        (value / self.step - 1e-9).ceil().clamp(0.0, SHADES) as u8
    }

    /// Returns the shades that occur, with the numbers that they stand for.
    pub(super) fn legend(self) -> Vec<Swatch> {
        let shades = 1..=self.shade(self.most);
        let label = |shade: u8| {
            let end = self.step * f64::from(shade);
            if self.is_percent {
                return format!("≤{}%", (end * 100.0).round() / 100.0);
            }
            let (first, last) = (end - self.step + 1.0, end);
            if first >= last {
                number(last as u64)
            } else {
                format!("{}–{}", number(first as u64), number(last as u64))
            }
        };
        shades.map(|shade| Swatch { shade, label: label(shade) }).collect()
    }
}

/// Returns the shade for a part of the largest number, of the same steps.
pub(super) fn shade(part: f64) -> u8 {
    (part.clamp(0.0, 1.0) * SHADES).ceil() as u8
}

/// Returns the smallest round number that is at least `value`; 1 for zero.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor());
    ROUND.into_iter().map(|round| round * power).find(|&round| round >= value - 1e-9).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legend(scale: Scale) -> Vec<String> {
        scale.legend().into_iter().map(|swatch| swatch.label).collect()
    }

    #[test]
    fn a_legend_has_few_round_steps() {
        for (most, expected) in [
            (0, &[][..]),
            (1, &["1"]),
            (3, &["1", "2", "3"]),
            (22, &["1–6", "7–12", "13–18", "19–24"]),
            (2003, &["1–600", "601–1,200", "1,201–1,800", "1,801–2,400"]),
        ] {
            assert_eq!(legend(Scale::of_numbers(most)), expected, "{most}");
        }
        assert_eq!(legend(Scale::of_shares(0.187)), ["≤5%", "≤10%", "≤15%", "≤20%"]);
        assert_eq!(legend(Scale::of_shares(0.0021)), ["≤0.06%", "≤0.12%", "≤0.18%", "≤0.24%"]);
    }

    #[test]
    fn what_is_not_nothing_is_seen_and_nothing_is_exaggerated() {
        let scale = Scale::of_numbers(22);
        assert_eq!([0.0, 1.0, 6.0, 7.0, 22.0].map(|value| scale.shade(value)), [0, 1, 1, 2, 4]);
        assert_eq!(Scale::of_shares(0.2).shade(20.0), 4);
        assert_eq!(Scale::of_numbers(0).shade(0.0), 0);
        assert_eq!([0.0, 0.001, 0.25, 0.26, 1.0, 7.0].map(shade), [0, 1, 1, 2, 4, 4]);
    }
}
