//! Tables of rows with named fields: CSV, TSV, Markdown, an HTML page, and JSON of chosen fields. Rows are
//! written as they come, so that there can be any number of them; only a JSON array is collected first.

use std::io::Write;

use anyhow::ensure;
use gijiroku::table::{Columns, Row, cell, write_separated};
use serde::Serialize;
use serde_json::Value;

use crate::cli::arguments::{Format, OutputArguments, TableArguments};
use crate::cli::texts;
use crate::cli::visible::in_cell;

/// The characters before and after a match in a cell, for the formats that can mark it. They are private-use
/// characters, which no text has.
pub(crate) const MARK: [char; 2] = ['\u{f8f0}', '\u{f8f1}'];

/// Writes a result for programs: as one JSON value, or as rows.
pub(crate) fn write_result(
    result: &impl Serialize,
    columns: Columns,
    rows: impl Iterator<Item = anyhow::Result<Row>>,
    arguments: &OutputArguments,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    if arguments.format() == Format::Json && arguments.table.fields.is_empty() {
        return Ok(super::json::write(result, output)?);
    }
    write_rows(arguments.format(), columns, &arguments.table, rows, output)
}

/// Writes rows as they come.
pub(crate) fn write_rows(
    format: Format,
    columns: Columns,
    table: &TableArguments,
    rows: impl Iterator<Item = anyhow::Result<Row>>,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let names = chosen(columns, table)?;
    let cells = |row: Row| -> Vec<String> { names.iter().map(|name| cell(row.get(*name))).collect() };
    match format {
        Format::Csv => {
            if table.bom {
                write!(output, "\u{feff}")?;
            }
            write_separated(b',', &names, rows, output)?;
        }
        Format::Tsv | Format::Text => {
            write_separated(b'\t', &names, rows.map(|row| row.map(in_lines)), output)?;
        }
        Format::Markdown => {
            let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            writeln!(output, "{}", line(&names))?;
            writeln!(output, "{}", line(&vec!["---".to_owned(); names.len()]))?;
            for row in rows {
                let cells: Vec<String> = cells(row?).iter().map(|cell| markdown(cell)).collect();
                writeln!(output, "{}", line(&cells))?;
            }
        }
        Format::Html => {
            writeln!(output, "{PAGE_BEGIN}")?;
            let header: String = names.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
            writeln!(output, "<thead><tr>{header}</tr></thead>\n<tbody>")?;
            for row in rows {
                let cells: String =
                    cells(row?).iter().map(|cell| format!("<td>{}</td>", html(cell))).collect();
                writeln!(output, "<tr>{cells}</tr>")?;
            }
            writeln!(output, "</tbody>\n</table>\n</body>\n</html>")?;
        }
        Format::Json | Format::Jsonl => {
            let pick = |mut row: Row| -> Row {
                names.iter().filter_map(|name| Some(((*name).to_owned(), row.remove(*name)?))).collect()
            };
            if format == Format::Json {
                let rows: Vec<Row> = rows.map(|row| row.map(pick)).collect::<anyhow::Result<_>>()?;
                super::json::write(&rows, output)?;
            } else {
                for row in rows {
                    serde_json::to_writer(&mut *output, &pick(row?))?;
                    writeln!(output)?;
                }
            }
        }
    }
    Ok(())
}

/// Returns the names of the columns to print.
fn chosen(columns: Columns, table: &TableArguments) -> anyhow::Result<Vec<&str>> {
    if table.fields.is_empty() {
        return Ok(columns.default.to_vec());
    }
    for name in &table.fields {
        let known = columns.all.join(", ");
        ensure!(columns.all.contains(&name.as_str()), texts::errors().no_column(name.as_str(), known));
    }
    Ok(table.fields.iter().map(String::as_str).collect())
}

/// Makes a row one line: who cuts a tab-separated table at its tabs and line breaks knows of no quotation marks.
fn in_lines(mut row: Row) -> Row {
    for value in row.values_mut() {
        if let Value::String(text) = value {
            *text = in_cell(text);
        }
    }
    row
}

fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("<br>"),
            _ if MARK.contains(&character) => escaped.push_str("**"),
            _ => escaped.push(character),
        }
    }
    escaped
}

fn html(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("<br>"),
            _ if character == MARK[0] => escaped.push_str("<mark>"),
            _ if character == MARK[1] => escaped.push_str("</mark>"),
            _ => escaped.push(character),
        }
    }
    escaped
}

const PAGE_BEGIN: &str = r#"<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gijiroku</title>
<style>
body { font-family: sans-serif; line-height: 1.6; margin: 1rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
</style>
</head>
<body>
<table>"#;

#[cfg(test)]
mod tests {
    use gijiroku::table::row;
    use serde_json::json;

    use super::*;

    const COLUMNS: Columns = Columns { all: &["id", "text", "count"], default: &["id", "text"] };

    fn written(format: Format, fields: &[&str], bom: bool) -> String {
        let table = TableArguments { fields: fields.iter().map(|&field| field.to_owned()).collect(), bom };
        let rows = [
            json!({ "id": "1", "text": format!("a|b\n{}病院{}<script>", MARK[0], MARK[1]), "count": 3 }),
            json!({ "id": "2", "text": "=1+1, \"x\"", "count": -1 }),
        ];
        let rows = rows.iter().map(|value| Ok(row(value)?));
        let mut output = Vec::new();
        match write_rows(format, COLUMNS, &table, rows, &mut output) {
            Ok(()) => String::from_utf8(output).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn formats_escape_what_they_must() {
        let plain = |text: &str| text.replace(MARK, "");
        assert_eq!(
            plain(&written(Format::Csv, &[], true)),
            "\u{feff}id,text\n1,\"a|b\n病院<script>\"\n2,\"'=1+1, \"\"x\"\"\"\n"
        );
        assert_eq!(written(Format::Tsv, &["count", "id"], true), "count\tid\n3\t1\n-1\t2\n");
        assert_eq!(
            plain(&written(Format::Tsv, &[], false)),
            "id\ttext\n1\ta|b␊病院<script>\n2\t\"'=1+1, \"\"x\"\"\"\n"
        );
        assert_eq!(
            written(Format::Markdown, &[], false),
            "| id | text |\n| --- | --- |\n| 1 | a\\|b<br>**病院**\\<script\\> |\n| 2 | =1+1, \"x\" |\n"
        );
        let page = written(Format::Html, &["text"], false);
        assert!(page.contains("<tr><td>a|b<br><mark>病院</mark>&lt;script&gt;</td></tr>"), "{page}");
        assert_eq!(written(Format::Jsonl, &["count"], false), "{\"count\":3}\n{\"count\":-1}\n");
        assert_eq!(
            written(Format::Csv, &["name"], false),
            "there is no field name; the fields are id, text, count"
        );
    }
}
