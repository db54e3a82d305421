//! Standard input and output as the transport of a session with an assistant.
//!
//! The transport of `rmcp` leaves a line that is no JSON without an answer, so that whoever sent it waits forever. Here lines are
//! looked at first: such a line is answered by the error that
//! [JSON-RPC](https://www.jsonrpc.org/specification#error_object) has for it, and `rmcp` sees only the others.

use std::io;
use std::pin::Pin;

use rmcp::model::ErrorData;
use rmcp::service::{RoleServer, RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::AsyncRwTransport;
use serde::de::IgnoredAny;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
    DuplexStream, Stdout,
};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Maximum number of bytes of a line. No request of an assistant comes near it.
const LONGEST_LINE: u64 = 1024 * 1024;

/// Number of bytes that wait to be read as messages.
const WAITING: usize = 64 * 1024;

pub(super) struct Stdio {
    messages: AsyncRwTransport<RoleServer, DuplexStream, Stdout>,
    /// Why lines are no messages.
    unreadable: Receiver<String>,
    /// The answer to such a line while it is written. `receive` is dropped where another event comes first, and goes on with it.
    answering: Option<Pin<Box<dyn Future<Output = io::Result<()>> + Send>>>,
}

impl Stdio {
    /// Takes standard input and output. Must be called within a runtime of tokio.
    pub(super) fn open() -> Self {
        let (lines, messages) = tokio::io::duplex(WAITING);
        let (sender, unreadable) = mpsc::channel(1);
        // It ends with the input, or with this transport, which holds the other ends.
        tokio::spawn(async move { forward(BufReader::new(tokio::io::stdin()), lines, sender).await });
        Self {
            messages: AsyncRwTransport::new_server(messages, tokio::io::stdout()),
            unreadable,
            answering: None,
        }
    }
}

impl Transport<RoleServer> for Stdio {
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        self.messages.send(message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if let Some(answering) = &mut self.answering {
                let written = answering.await;
                self.answering = None;
                written.ok()?;
            }
            tokio::select! {
                biased;
                Some(reason) = self.unreadable.recv() => {
                    let error = ErrorData::parse_error(reason, None);
                    self.answering = Some(Box::pin(self.messages.send(TxJsonRpcMessage::<RoleServer>::error(error, None))));
                }
                message = self.messages.receive() => return message,
            }
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        self.messages.close().await
    }
}

/// Forwards the lines that are JSON, and tells of the others why they are none.
async fn forward(
    mut input: impl AsyncBufRead + Unpin,
    mut messages: impl AsyncWrite + Unpin,
    unreadable: Sender<String>,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let problem = if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            skip_line(&mut input).await?;
            Some(format!("a line has more than {LONGEST_LINE} bytes; send less in one message"))
        } else {
            problem(&line)
        };
        if let Some(problem) = problem {
            // Nobody is there any more to whom it could be told.
            if unreadable.send(problem).await.is_err() {
                return Ok(());
            }
            continue;
        }
        // The last line may end with the input.
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        messages.write_all(&line).await?;
    }
}

/// Returns why a line is no JSON. An empty line and a byte order mark are no mistakes.
fn problem(line: &[u8]) -> Option<String> {
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return None;
    }
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => return Some(format!("a line is not UTF-8 after {} bytes", error.valid_up_to())),
    };
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    Some(format!("a line is no JSON: {error}; send each message as one line"))
}

async fn skip_line(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf().await?;
        let (length, is_end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        if is_end {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forwards an input; returns what was forwarded, and what was told of the rest.
    async fn forwarded(input: &[u8]) -> (String, Vec<String>) {
        let (mut messages, (sender, mut unreadable)) = (Vec::new(), mpsc::channel(100));
        forward(input, &mut messages, sender).await.unwrap();
        let mut problems = Vec::new();
        while let Some(problem) = unreadable.recv().await {
            problems.push(problem);
        }
        (String::from_utf8(messages).unwrap(), problems)
    }

    #[tokio::test]
    async fn lines_that_are_no_json_are_told_and_left_out() {
        let input = b"{\"id\":1}\n{\"id\":2,\n\n\xff\n[]\r\nping\n\xef\xbb\xbf{\"id\":3}";
        let (messages, problems) = forwarded(input).await;
        assert_eq!(messages, "{\"id\":1}\n\n[]\r\n\u{feff}{\"id\":3}\n");
        assert_eq!(
            problems,
            [
                "a line is no JSON: EOF while parsing an object at line 1 column 8; send each message as one line",
                "a line is not UTF-8 after 0 bytes",
                "a line is no JSON: expected value at line 1 column 1; send each message as one line",
            ]
        );
    }

    #[tokio::test]
    async fn a_line_without_end_is_not_kept() {
        let mut input = vec![b' '; 3 * usize::try_from(LONGEST_LINE).unwrap()];
        input.extend(b"\n{\"id\":1}\n");
        let (messages, problems) = forwarded(&input).await;
        assert_eq!(messages, "{\"id\":1}\n");
        assert_eq!(problems, ["a line has more than 1048576 bytes; send less in one message"]);
    }
}
