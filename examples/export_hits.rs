//! Builds a query by code and writes all of its hits as CSV, with the filters beside the query.
//!
//! ```sh
//! cargo run --example export_hits > hits.csv
//! ```

use std::error::Error;
use std::io;

use gijiroku::minutes::DateRange;
use gijiroku::table::{HIT, row, write_separated};
use gijiroku::{Facet, Filter, IndexBuilder, Query, SearchRequest, Searcher, Sort};

fn main() -> Result<(), Box<dyn Error>> {
    let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);

    // (訪問看護 OR "24時間") -病院, as it can also be typed.
    let query = Query::all([
        Query::any([Query::words("訪問看護"), Query::phrase("24時間")]),
        Query::words("病院").not(),
    ]);
    eprintln!("{query}");

    let winter = DateRange::parse("2017-12..2018-02").ok_or("not a range of dates")?;
    let request = SearchRequest::new(query)
        .filter(Filter::dates(winter))
        .exclude(Filter::region("西多摩"))
        .sort(Sort::Ascending(Facet::Date))
        .limit(usize::MAX);
    let answer = searcher.answer(&request)?;
    let rows = answer.hits().map(|hit| -> Result<_, Box<dyn Error>> { Ok(row(&hit?)?) });
    write_separated(b',', HIT.default, rows, &mut io::stdout().lock())
}
