//! `gijiroku mcp`: answer an assistant by the Model Context Protocol.

use gijiroku_cli::mcp::Assistant;
use tokio::runtime::Runtime;

use super::arguments::McpArguments;
use super::{Context, Outcome};

pub(crate) fn run(arguments: &McpArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut service = context.service()?.synonyms(arguments.synonyms.load()?)?;
    if let Some(model) = arguments.model.load()? {
        service = service.model(model)?;
    }
    let assistant = Assistant::new(service, &arguments.site);
    Runtime::new()?.block_on(assistant.serve_stdio())?;
    Ok(Outcome::Found)
}
