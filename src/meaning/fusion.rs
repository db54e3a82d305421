//! What nearness adds to the scores of words.
//!
//! Scores of words are sums of rarities, and cosines lie between some bounds that each model has for itself. Both are
//! therefore measured by how much they vary among the candidates of one query: an opinion that is nearer by one standard
//! deviation gains as much as one whose words are better by [`WEIGHT`] standard deviations. The order alone says less:
//! by ranks (reciprocal rank fusion), a clear best match and a chance one look the same.

/// What one standard deviation of nearness counts in standard deviations of the score of the words.
const WEIGHT: f32 = 0.15;

/// Returns what to add to the score of each candidate, given the score of its words and its cosine, if it has a vector.
/// The one that is least near gets nothing, as do those without a vector.
pub(crate) fn additions(candidates: &[(f32, Option<f32>)]) -> Vec<f32> {
    let cosines: Vec<f32> = candidates.iter().filter_map(|(_, cosine)| *cosine).collect();
    let scores: Vec<f32> = candidates.iter().map(|(score, _)| *score).collect();
    let least = cosines.iter().copied().fold(f32::INFINITY, f32::min);
    let spread = deviation(&cosines);
    // Where no words rank, any scale will do.
    let scale = Some(deviation(&scores)).filter(|&scale| scale > 0.0).unwrap_or(1.0);
    let addition = |cosine: f32| WEIGHT * scale * (cosine - least) / spread;
    candidates.iter().map(|(_, cosine)| cosine.filter(|_| spread > 0.0).map_or(0.0, addition)).collect()
}

/// Returns the standard deviation of values.
fn deviation(values: &[f32]) -> f32 {
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearer_gains_more_on_the_scale_of_the_scores() {
        let cosines = [Some(0.8), Some(0.9), None, Some(0.85)];
        let with = |scores: [f32; 4]| additions(&scores.into_iter().zip(cosines).collect::<Vec<_>>());
        let gains = with([4.0, 2.0, 3.0, 0.0]);
        assert_eq!((gains[0], gains[2]), (0.0, 0.0));
        assert!(gains[1] > gains[3] && gains[3] > 0.0);
        let doubled = with([8.0, 4.0, 6.0, 0.0]);
        assert!(gains.iter().zip(&doubled).all(|(gain, doubled)| (2.0 * gain - doubled).abs() < 1e-5));
        assert!(with([0.0; 4])[1] > 0.0, "without words it is nearness that ranks");
        assert_eq!(additions(&[(1.0, Some(0.5)), (2.0, Some(0.5))]), [0.0, 0.0]);
        assert!(additions(&[]).is_empty());
    }
}
