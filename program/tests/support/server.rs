//! A server that tests start as a user starts it, and ask over the network.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::Project;

/// A running server over the index of a project. It is stopped at the end of the test.
pub struct Running {
    child: Child,
    pub address: String,
    /// What the server prints after its address, until a test takes it.
    pub output: Option<BufReader<ChildStdout>>,
}

/// The answer of a server.
pub struct Answered {
    pub status: u16,
    /// The head of the answer in lower case.
    pub head: String,
    pub body: Vec<u8>,
}

impl Running {
    pub fn start(project: &Project) -> Self {
        Self::start_with(project, &["--access-log", "none"])
    }

    pub fn start_with(project: &Project, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        program.args(["serve", "--port", "0"]).args(arguments).current_dir(project.path(""));
        program.env("XDG_CACHE_HOME", project.path("cache")).env("LC_ALL", "C.UTF-8");
        program.env_remove("GIJIROKU_INDEX").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = program.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").unwrap().split('/').next().unwrap();
        // Not every system can connect to every address at once.
        Self { child, address: address.replace("0.0.0.0", "127.0.0.1"), output: Some(output) }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answered {
        let host = format!("host: {}\r\n", self.address);
        self.send(&format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n{host}{headers}\r\n"))
    }

    /// Sends the head of a request, after which the server closes the connection.
    pub fn send(&self, head: &str) -> Answered {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answered { status, head, body: answer[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Answered {
        self.ask("GET", &encoded(path), "")
    }

    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    /// Ends the server as Ctrl-C does. Returns its exit status, or `None` if it does not end within ten seconds.
    #[cfg(unix)]
    pub fn interrupt(mut self) -> Option<i32> {
        use std::thread;
        use std::time::{Duration, Instant};

        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answered {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Encodes an address as a browser does.
pub fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?&=-_.~%".contains(&byte);
    let write = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(write).collect()
}
