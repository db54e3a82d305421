//! The opinions of a long meeting: some of them shown, and the stretches between them folded, so that the page of a long meeting
//! is not endless. Whatever is folded is in the page: the browser's search finds it, and a link to it opens it.

/// Number of opinions up to which a meeting is shown as a whole.
const SHORT: usize = 24;

/// Number of opinions that are shown of a longer one: the first matches, or the first of each section.
const SHOWN: usize = 16;

/// Number of opinions up to which a stretch is not folded: it would save no room.
const FEW: usize = 2;

/// Successive opinions, which are shown at once or folded.
pub(super) struct Stretch<T> {
    pub(super) is_folded: bool,
    pub(super) lines: Vec<T>,
}

/// Parts the opinions of each section into stretches.
pub(super) fn folded<T>(sections: Vec<Vec<T>>, is_match: impl Fn(&T) -> bool) -> Vec<Vec<Stretch<T>>> {
    let lines = sections.iter().flatten();
    let is_short = lines.clone().count() <= SHORT;
    let has_matches = lines.clone().any(&is_match);
    let first = SHOWN / sections.len().max(1);
    let mut matches = 0;
    let mut stretches = Vec::new();
    for section in sections {
        let mut parts: Vec<Stretch<T>> = Vec::new();
        for (place, line) in section.into_iter().enumerate() {
            let is_shown = if has_matches {
                matches += usize::from(is_match(&line));
                is_match(&line) && matches <= SHOWN
            } else {
                place < first
            };
            let is_folded = !is_short && !is_shown;
            match parts.last_mut() {
                Some(last) if last.is_folded == is_folded => last.lines.push(line),
                _ => parts.push(Stretch { is_folded, lines: vec![line] }),
            }
        }
        for part in &mut parts {
            part.is_folded &= part.lines.len() > FEW;
        }
        stretches.push(parts);
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches of sections with so many opinions, of which those with these numbers match.
    fn told(sizes: &[usize], matches: &[usize]) -> Vec<String> {
        let mut number = 0;
        let sections = sizes.iter().map(|&size| {
            number += size;
            (number - size + 1..=number).collect()
        });
        let stretches = folded(sections.collect(), |number| matches.contains(number));
        let told = |stretch: &Stretch<usize>| match stretch.is_folded {
            true => format!("({})", stretch.lines.len()),
            false => stretch.lines.len().to_string(),
        };
        stretches.iter().map(|parts| parts.iter().map(told).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_long_meeting_is_folded() {
        assert_eq!(told(&[10, 14], &[]), ["10", "14"]);
        assert_eq!(told(&[100], &[]), ["16 (84)"]);
        assert_eq!(told(&[50, 5, 6, 40], &[]), ["4 (46)", "4 1", "4 2", "4 (36)"]);
        assert_eq!(told(&[3; 20], &[])[0], "(3)");
        assert_eq!(told(&[], &[]), [""; 0]);
    }

    #[test]
    fn what_matches_is_shown_in_its_place() {
        assert_eq!(told(&[30, 10], &[5, 8, 35]), ["(4) 1 2 1 (22)", "(4) 1 (5)"]);
        assert_eq!(told(&[10, 10], &[5]), ["10", "10"]);
        // Of very many matches the first.
        let all: Vec<usize> = (1..=50).collect();
        assert_eq!(told(&[50], &all), ["16 (34)"]);
    }
}
