//! CSV and TSV → sheet.

use csv::{ReaderBuilder, StringRecord};

use super::FormatError;
use super::names::{Part, part_named};
use super::sheet::{Budget, Sheet};
use crate::language::text;
use crate::minutes::{Parsed, Warning};

/// The column separators that are recognized.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Returns the column separator if the first line is the header row of a table of records.
pub(super) fn separator(text: &str) -> Option<u8> {
    let header = text.lines().next()?;
    SEPARATORS.into_iter().find(|&separator| {
        let sign = char::from(separator);
        let mut names = header.split(sign).map(|name| name.trim().trim_matches('"'));
        header.contains(sign) && names.any(|name| part_named(name) == Some(Part::Text))
    })
}

/// Reads a table. Returns warnings beside it about rows that can't be read.
pub(super) fn read(
    text: &str,
    separator: u8,
    file: &str,
    budget: &mut Budget,
) -> Result<(Sheet, Vec<Parsed>), FormatError> {
    let (mut sheet, mut warnings) = (Sheet::default(), Vec::new());
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut row = StringRecord::new();
    loop {
        // The reader skips blank lines before a row without counting them in its position.
        let place = reader.position();
        let before =
            text.as_bytes().get(usize::try_from(place.byte()).unwrap_or(usize::MAX)..).unwrap_or_default();
        let blank =
            before.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').filter(|&&byte| byte == b'\n');
        let number = u32::try_from(place.line() + blank.count() as u64).unwrap_or(u32::MAX);
        match reader.read_record(&mut row) {
            Ok(false) => return Ok((sheet, warnings)),
            Ok(true) => {
                for (column, cell) in (0..).zip(row.iter()).filter(|(_, cell)| !cell.trim().is_empty()) {
                    budget.take(cell)?;
                    sheet.push(number, column, cell.to_owned());
                }
            }
            Err(error) => {
                let message = text!("この行は読めません: {error}", "this row can't be read: {error}");
                warnings.push(Parsed::Warning(Warning {
                    file: file.to_owned(),
                    line: Some(number),
                    message,
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Regions;
    use crate::minutes::kind::Origin;
    use crate::minutes::limits::Limits;

    fn parse(text: &str) -> Vec<Parsed> {
        let mut budget = Budget::of(Limits::default());
        let (sheet, warnings) = read(text, b',', "a.csv", &mut budget).unwrap();
        assert_eq!(warnings, []);
        let regions = Regions::tokyo();
        let origin = Origin { file: "a.csv", stem: "a", regions: &regions, kind: None };
        sheet.parse(&origin, &mut budget).unwrap().1
    }

    #[test]
    fn rows_are_opinions_with_names_in_either_language() {
        let text = "会議名,開催日,発言者,役職,発言内容\n定例会,2017/12/13,山田太郎,委員,\"薬が、\n多い\"\n\n\
                    定例会,2017/12/13,,議長,はい\n定例会,平成29年12月14日,,,\n";
        assert_eq!(separator(text), Some(b','));
        let parsed = parse(text);
        let [Parsed::Warning(warning), Parsed::Meeting(meeting)] = parsed.as_slice() else {
            panic!("{parsed:?}")
        };
        assert_eq!(warning.line, Some(6));
        assert_eq!(
            (meeting.title.as_str(), meeting.date.map(|day| day.to_string())),
            ("定例会", Some("2017-12-13".into()))
        );
        let opinions: Vec<_> = meeting.sections[0]
            .opinions
            .iter()
            .map(|o| (o.line, o.speaker.as_deref(), o.role.as_deref(), o.text.as_str()))
            .collect();
        assert_eq!(
            opinions,
            [(2, Some("山田太郎"), Some("委員"), "薬が、\n多い"), (5, None, Some("議長"), "はい")]
        );
        let twice = parse("発言者,氏名,発言内容\n議長,山田,はい\n");
        let [Parsed::Meeting(meeting)] = twice.as_slice() else { panic!("{twice:?}") };
        assert_eq!(meeting.sections[0].opinions[0].speaker.as_deref(), Some("議長"));
        assert_eq!(separator("id\ttext\n"), Some(b'\t'));
        assert_eq!(separator("在宅医療,本当\n"), None);
    }
}
