//! The run format of TREC, which evaluation programs such as trec_eval read. A line is a hit: the query,
//! `Q0`, the opinion, its rank, its score and the name of the run.

use std::io::{self, Write};

const RUN: &str = "gijiroku";

pub(crate) fn write(
    ranking: &[(String, f32)],
    query_id: &str,
    first_rank: usize,
    output: &mut impl Write,
) -> io::Result<()> {
    for (rank, (id, score)) in (first_rank..).zip(ranking) {
        // Spaces separate the columns, so an identifier must not have any.
        let id = id.split_whitespace().collect::<Vec<_>>().join("_");
        writeln!(output, "{query_id} Q0 {id} {rank} {score} {RUN}")?;
    }
    Ok(())
}
