//! `gijiroku mcp`: answer an assistant.

use gijiroku::mcp::Assistant;
use tokio::runtime::Runtime;

use super::arguments::McpArguments;
use super::{Context, Outcome};

pub(crate) fn run(arguments: &McpArguments, context: &Context) -> anyhow::Result<Outcome> {
    // It is built where it is missing, as for a search.
    drop(context.searcher()?);
    let assistant = Assistant::open(context.index(), &arguments.site)?;
    Runtime::new()?.block_on(assistant.serve_stdio())?;
    Ok(Outcome::Found)
}
