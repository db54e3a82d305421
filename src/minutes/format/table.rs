//! CSV and TSV with a header row → meetings: one opinion to a row, with the columns of [`Record`].

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord};

use super::records::{Record, Records, part_named};
use crate::minutes::Parsed;
use crate::minutes::limits::Limits;

/// The column separators that are recognized.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Returns the column separator if the first line is the header row of a table.
pub(super) fn separator(text: &str) -> Option<u8> {
    let header = text.lines().next()?;
    SEPARATORS.into_iter().find(|&separator| {
        let sign = char::from(separator);
        let mut names = header.split(sign).map(|name| name.trim().trim_matches('"'));
        header.contains(sign) && names.any(|name| part_named(name) == Some("text"))
    })
}

/// Reads a table.
pub(super) fn read(text: &str, separator: u8, file: &str, stem: &str, limits: Limits) -> Vec<Parsed> {
    let mut records = Records::new(file, stem, limits);
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().ok().map(|row| row.iter().map(str::trim).collect::<StringRecord>());
    records.note_names(header.iter().flatten(), 1);
    let header = header.map(|header| unambiguous(&header));
    let mut row = StringRecord::new();
    loop {
        // The reader skips blank lines before a row without counting them in its position.
        let place = reader.position();
        let before =
            text.as_bytes().get(usize::try_from(place.byte()).unwrap_or(usize::MAX)..).unwrap_or_default();
        let blank =
            before.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').filter(|&&byte| byte == b'\n');
        let line = u32::try_from(place.line() + blank.count() as u64).unwrap_or(u32::MAX);
        match reader.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) if row.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(true) => match row.deserialize::<Record>(header.as_ref()) {
                Ok(record) => records.add(record, line),
                Err(error) => records.warn(line, format!("this row can't be read: {error}")),
            },
            Err(error) => records.warn(line, format!("this row can't be read: {error}")),
        }
    }
    records.finish()
}

/// Names each part of a record once. Of several columns for the same part the first is read: 氏名 beside 発言者 is left out.
fn unambiguous(header: &StringRecord) -> StringRecord {
    let mut named = HashSet::new();
    header
        .iter()
        .map(|name| part_named(name).filter(|part| named.insert(*part)).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_opinions_with_names_in_either_language() {
        let text = "会議名,開催日,発言者,役職,発言内容\n定例会,2017/12/13,山田太郎,委員,\"薬が、\n多い\"\n\n\
                    定例会,2017/12/13,,議長,はい\n定例会,平成29年12月14日,,,\n";
        assert_eq!(separator(text), Some(b','));
        let parsed = read(text, b',', "a.csv", "a", Limits::default());
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
        let twice = read("発言者,氏名,発言内容\n議長,山田,はい\n", b',', "a.csv", "a", Limits::default());
        let [Parsed::Meeting(meeting)] = twice.as_slice() else { panic!("{twice:?}") };
        assert_eq!(meeting.sections[0].opinions[0].speaker.as_deref(), Some("議長"));
        assert_eq!(separator("id\ttext\n"), Some(b'\t'));
        assert_eq!(separator("在宅医療,本当\n"), None);
    }
}
