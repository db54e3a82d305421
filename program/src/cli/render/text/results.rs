//! The results of a search, as text.

use std::io::{self, Write};
use std::ops::Range;

use gijiroku::minutes::who;
use gijiroku::search::{Change, Reading, Repair};
use gijiroku::{
    Facet, FacetCount, Hit, IndexError, IndexedOpinion, Language, Localized as _, Query, SearchRequest,
    Suggestion, Summary, Tier, Widening,
};

use super::explanation::write_explanation;
use crate::cli::published::Published;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, shorten, width, wrap};
use crate::cli::{language, texts};

/// Maximum number of characters that a search shows of an opinion; `show` prints all.
const SNIPPET: usize = 300;

/// The indentation of the lines below the first line of a hit, in columns.
const INDENT: usize = 4;

/// Writes the notes on the query, the hits, and then the total and the counts of each region and section.
pub(crate) fn write_results(
    summary: &Summary,
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    request: &SearchRequest,
    screen: Screen,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let notes = notes(&summary.reading);
    for note in &notes {
        writeln!(output, "{}", screen.faint(note))?;
    }
    if !notes.is_empty() {
        writeln!(output)?;
    }
    let line = if summary.reading.mixes_tiers() { TierLine::None } else { TierLine::At(summary.partial) };
    let Written { ranks, count, is_grouped } = write_hits(hits, line, screen, output)?;
    let texts = texts::search();
    let shown = match ranks {
        _ if is_grouped && count < summary.total => texts.count_shown(count),
        Some((first, last)) if count < summary.total + summary.partial => texts.range_shown(first, last),
        None => texts.none_shown(),
        _ => String::new(),
    };
    let time = format!("{:.1}", summary.took.as_secs_f64() * 1e3);
    if summary.total == 0 && summary.partial > 0 {
        let lacking = match summary.reading.widened {
            Some(Widening { sentence: true, required, .. }) => texts::notes().none_has_enough(required),
            _ => texts::notes().none_has_all(),
        };
        writeln!(output, "{lacking}")?;
        let partial = screen.heading(&summary.partial.to_string());
        writeln!(output, "{}", texts::notes().some_found(partial, shown, time))?;
    } else if summary.total == 0 {
        let Reading { query, read_as, .. } = &summary.reading;
        let query = if query.is_empty() { read_as } else { query };
        writeln!(output, "{}", texts::notes().nothing_found(query.as_str(), time))?;
    } else {
        let total = screen.heading(&texts::common().opinions(summary.total, summary.total));
        writeln!(output, "{}", texts.found(total, shown, time))?;
        if summary.partial > 0 {
            writeln!(output, "{}", texts.more_with_some(summary.partial))?;
        }
    }
    if summary.near > 0 {
        writeln!(output, "{}", texts::notes().only_near(summary.near))?;
    }
    for proposal in proposals(&summary.suggestions, &summary.repairs) {
        writeln!(output, "{proposal}")?;
    }
    let facets = &summary.facets;
    let usual = [(&Facet::Region, &facets.region), (&Facet::Section, &facets.section)].into_iter();
    let chosen = facets.chosen.iter().map(|counted| (&counted.facet, &counted.values));
    let counted: Vec<(&Facet, &Vec<FacetCount>)> =
        usual.chain(chosen).filter(|(_, counts)| !counts.is_empty()).collect();
    let section = width(facet_name(&Facet::Section));
    let longest = counted.iter().map(|(facet, _)| width(facet_name(facet))).fold(section, usize::max);
    for (facet, counts) in counted {
        write_facet(
            pad(facet_name(facet), longest + 2),
            counts,
            request.has_filter_by(facet),
            screen,
            output,
        )?;
    }
    Ok(())
}

/// Returns what may have been meant, and changes that find more, one line each.
pub(crate) fn proposals(suggestions: &[Suggestion], repairs: &[Repair]) -> Vec<String> {
    let mut proposals = Vec::new();
    let meant: Vec<String> =
        suggestions.iter().map(|meant| format!("{} ({})", meant.text, meant.count)).collect();
    if !meant.is_empty() {
        proposals.push(texts::notes().did_you_mean(meant.join(&texts::common().comma())));
    }
    let (filters, repairs): (Vec<&Repair>, Vec<&Repair>) =
        repairs.iter().partition(|repair| matches!(repair.change, Change::AsFilter { .. }));
    proposals.extend(filters.into_iter().map(repair));
    if !repairs.is_empty() {
        let repairs: Vec<String> = repairs.into_iter().map(repair).collect();
        proposals.push(texts::notes().more_found(repairs.join(&texts::common().comma())));
    }
    proposals
}

/// Returns the part of a hit to show in one line of about `characters` characters.
pub(crate) fn in_one_line(hit: &Hit, characters: usize) -> String {
    let snippet = hit.snippet(characters);
    snippet.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which hits were written.
pub(crate) struct Written {
    /// The ranks of the first and the last hit.
    ranks: Option<(usize, usize)>,
    count: usize,
    is_grouped: bool,
}

/// Where a line stands between the tiers.
#[derive(Clone, Copy)]
pub(crate) enum TierLine {
    /// Before the second tier, which has this number of opinions.
    At(usize),
    /// Nowhere: there is only one tier, or the tiers are ranked together.
    None,
}

/// Writes hits, with a heading for each group if they are grouped, and a line before the second tier.
pub(crate) fn write_hits(
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    line: TierLine,
    screen: Screen,
    output: &mut impl Write,
) -> anyhow::Result<Written> {
    let (mut ranks, mut count) = (None, 0);
    let mut group = None;
    let mut tier = Tier::First;
    for hit in hits {
        let hit = hit?;
        if hit.group != group {
            tier = Tier::First;
            group.clone_from(&hit.group);
            let none = texts::common().none();
            let name = group.as_deref().filter(|name| !name.is_empty()).unwrap_or(&none);
            let partial =
                if hit.group_partial > 0 { format!("+{}", hit.group_partial) } else { String::new() };
            let count = format!(" {}{partial}", hit.group_count.unwrap_or_default());
            writeln!(output, "{}{count}\n", screen.heading(&format!("■ {name}")))?;
        }
        if let TierLine::At(partial) = line
            && hit.tier != tier
        {
            let texts = texts::notes();
            let count = if group.is_none() { texts.second_tier_count(partial) } else { String::new() };
            writeln!(output, "{}\n", screen.heading(&texts.second_tier(count)))?;
            tier = hit.tier;
        }
        let (first, _) = *ranks.get_or_insert((hit.rank, hit.rank));
        ranks = Some((first, hit.rank));
        count += 1;
        write_hit(&hit, matches!(line, TierLine::None), screen, output)?;
    }
    Ok(Written { ranks, count, is_grouped: group.is_some() })
}

/// Returns a change that finds more, and how many opinions it finds.
fn repair(repair: &Repair) -> String {
    let texts = texts::notes();
    let change = match &repair.change {
        Change::WithoutFilters => texts.without_filters(),
        Change::WithoutFilter(facet) => texts.without_filter(facet_name(facet)),
        Change::WithoutWord(word) => texts.without_word(word.as_str()),
        Change::OnlyWord(word) => texts.only_word(word.as_str()),
        Change::Unquoted => texts::common().unquoted(),
        Change::WithoutConditions => texts.without_conditions(),
        Change::As(word) => texts.as_word(word.as_str()),
        Change::AsFilter { word, .. } => {
            let query = repair.query.as_ref().map(Query::text).unwrap_or_default();
            texts.as_filter(word.as_str(), query)
        }
        _ => texts.otherwise(),
    };
    texts.change(change, repair.count)
}

/// Returns notes on how a query was read and searched, one line each.
pub(crate) fn notes(reading: &Reading) -> Vec<String> {
    let mut notes: Vec<String> =
        reading.remarks.iter().map(|remark| remark.localized(language::spoken())).collect();
    let also: Vec<String> = reading
        .also
        .chunk_by(|left, right| left.word == right.word)
        .map(|of_word| {
            let words: Vec<&str> = of_word.iter().map(|also| also.alternative.as_str()).collect();
            let (between, word) = (texts::common().between_words(), of_word[0].word.as_str());
            texts::notes().of_word(word, words.join(&between))
        })
        .collect();
    if !also.is_empty() {
        notes.push(texts::notes().also_searched(also.join(&texts::common().semicolon())));
    }
    notes.extend(reading.widened.map(widening));
    notes
}

/// Returns a note on how a search was widened, in one line.
fn widening(widening: Widening) -> String {
    let Widening { sentence, far, within_words, words, required } = widening;
    let texts = texts::notes();
    let mut steps = Vec::new();
    if sentence {
        steps.push(texts.sentence(required, words));
    }
    if far {
        steps.push(texts.spelled_nearly_so());
    }
    if within_words {
        steps.push(texts.within_words());
    }
    let steps = steps.join(&texts.between_steps());
    if sentence { texts.exact_wants_all(steps) } else { texts.exact_forbids(steps) }
}

fn write_hit(hit: &Hit, is_mixed: bool, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let opinion = &hit.opinion;
    let rank = format!("{:>2}  ", hit.rank);
    write!(output, "{}", screen.heading(&rank))?;
    let columns = screen.width.saturating_sub(rank.len());
    writeln!(output, "{}", origin(opinion, hit.group.as_deref(), screen, columns))?;
    let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
    if let Some(speaker) = speaker.filter(|_| opinion.speaker != hit.group) {
        writeln!(output, "{}{}", " ".repeat(INDENT), screen.heading(&speaker))?;
    }
    hit.before.iter().try_for_each(|other| write_neighbour(other, screen, output))?;
    write_marked(&opinion.text, hit.snippet(SNIPPET).range, &hit.highlights, screen, output)?;
    hit.after.iter().try_for_each(|other| write_neighbour(other, screen, output))?;
    if let Some(explanation) = &hit.explanation {
        writeln!(
            output,
            "{}{}",
            " ".repeat(INDENT),
            screen.faint(&texts::notes().score(format!("{:.2}", hit.score)))
        )?;
        write_explanation(explanation, INDENT, screen, output)?;
    }
    if hit.tier == Tier::Second && is_mixed {
        writeln!(output, "{}{}", " ".repeat(INDENT), screen.faint(&texts::notes().with_some_only()))?;
    }
    if hit.alike > 0 {
        let alike = texts::notes().alike(hit.alike);
        writeln!(output, "{}{}", " ".repeat(INDENT), screen.faint(&alike))?;
    }
    write!(output, "{}{}", " ".repeat(INDENT), screen.faint(&opinion.id))?;
    if let Some(place) = opinion.place() {
        let place = screen.linked(screen.faint(&place), || Published::of(opinion));
        write!(output, "  {place}")?;
    }
    writeln!(output, "\n")
}

/// Writes an opinion that stands beside a hit, in one line.
fn write_neighbour(opinion: &IndexedOpinion, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let who = who(opinion.speaker.as_deref(), opinion.role.as_deref());
    let said = who.map_or_else(|| opinion.text.clone(), |who| format!("{who}: {}", opinion.text));
    let line = format!("{}  {said}", opinion.number);
    let indent = " ".repeat(INDENT);
    writeln!(output, "{indent}{}", screen.faint(&shorten(&line, screen.width.saturating_sub(INDENT))))
}

/// Returns region, date and section in one line, without what the heading of the group says. The section, or the title of the
/// meeting if there is none, is shortened to what fits.
fn origin(opinion: &IndexedOpinion, group: Option<&str>, screen: Screen, columns: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for (value, is_region) in [(&opinion.region, true), (&opinion.date, false)] {
        if let Some(value) = value.as_ref().filter(|value| Some(value.as_str()) != group) {
            line += &if is_region { screen.region(value) } else { value.clone() };
            line += "  ";
            used += width(value) + 2;
        }
    }
    let place = match &opinion.section {
        Some(section) if Some(section.as_str()) != group => format!("【{section}】"),
        None if Some(opinion.meeting.as_str()) != group => opinion.meeting.clone(),
        _ => return line.trim_end().to_owned(),
    };
    line + &shorten(&place, columns.saturating_sub(used))
}

/// Writes a part of a text in lines, with the matches marked. `part` and `highlights` are in characters.
fn write_marked(
    text: &str,
    part: Range<usize>,
    highlights: &[Range<usize>],
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let indent = " ".repeat(INDENT);
    let characters = text.chars().count();
    let shown: String = text.chars().skip(part.start).take(part.len()).collect();
    let before = if part.start > 0 { "…" } else { "" };
    let after = if part.end < characters { "…" } else { "" };
    let shown = format!("{before}{shown}{after}");
    // The positions of the highlights in the shown text. An ellipsis is not part of any.
    let shift = |place: usize| place.clamp(part.start, part.end) - part.start + before.chars().count();
    let marked: Vec<Range<usize>> =
        highlights.iter().map(|range| shift(range.start)..shift(range.end)).collect();
    let mut place = 0;
    let mut end_of_line = 0;
    for line in wrap(&shown, screen.width.saturating_sub(INDENT)) {
        place += shown[end_of_line..line.start].chars().count();
        write!(output, "{indent}")?;
        let mut run = String::new();
        let mut run_matches = false;
        for character in shown[line.clone()].chars() {
            let matches = marked.iter().any(|range| range.contains(&place));
            if matches != run_matches {
                write_run(&mut run, run_matches, screen, output)?;
                run_matches = matches;
            }
            run.push(character);
            place += 1;
        }
        write_run(&mut run, run_matches, screen, output)?;
        writeln!(output)?;
        end_of_line = line.end;
    }
    Ok(())
}

fn write_run(run: &mut String, matches: bool, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    if !run.is_empty() {
        write!(output, "{}", if matches { screen.matched(run) } else { run.clone() })?;
    }
    run.clear();
    Ok(())
}

/// Returns the name of a facet: in English as it is typed, and that of an extra field as its records have it.
pub(super) fn facet_name(facet: &Facet) -> &str {
    let [japanese, _] = facet.label();
    match (language::spoken(), facet) {
        (Language::Japanese, _) => japanese,
        (Language::English, Facet::Extra(field)) => field.name(),
        (Language::English, known) => known.name(),
    }
}

/// Writes the number of opinions of each value, for as many values as fit on a few lines.
fn write_facet(
    label: String,
    counts: &[FacetCount],
    filtered: bool,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    const LINES: usize = 4;
    let name = label.trim_end();
    let indent = width(&label);
    let columns = screen.width.saturating_sub(indent);
    let mut lines: Vec<String> = vec![String::new()];
    let mut left = counts.len();
    for FacetCount { value, count, partial, .. } in counts {
        let number = match partial {
            0 => format!(" {count}"),
            _ => format!(" {count}+{partial}"),
        };
        let item = shorten(value, columns.saturating_sub(number.len())) + &number;
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last] = item;
        } else if width(&lines[last]) + 2 + width(&item) <= columns {
            lines[last] += &format!("  {item}");
        } else if lines.len() < LINES {
            lines.push(item);
        } else {
            lines.push(texts::search().values_left(left));
            break;
        }
        left -= 1;
    }
    for (index, line) in lines.iter().enumerate() {
        let label = if index == 0 { label.clone() } else { " ".repeat(indent) };
        writeln!(output, "{}{line}", screen.faint(&label))?;
    }
    if filtered {
        // Without this note readers would wonder why there are values that the filter excludes.
        let note = texts::notes().without_filter_by(name);
        writeln!(output, "{}{}", " ".repeat(indent), screen.faint(&note))?;
    }
    Ok(())
}
