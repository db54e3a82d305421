//! The names and addresses that a server answers to.
//!
//! A page on the internet can let its own name resolve to an address of this network, and then read through a
//! visitor's browser what the visitor can read here ([DNS
//! rebinding](https://en.wikipedia.org/wiki/DNS_rebinding)): for the browser, page and server are one site. But
//! the request still says the name of the page, so what is not addressed to this server is refused. An IP address
//! can't be made to mean another server.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use gijiroku::Localized;

use super::problem::Problem;

/// The hosts that requests may be addressed to. Those of the loopback, such as `localhost`, always belong to
/// them.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    is_any: bool,
    allowed: Vec<Host>,
    bound: Option<IpAddr>,
}

/// A host, as it stands in the address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    /// In lower case, and without the dot at its end that a name can have.
    Name(String),
    Address(IpAddr),
}

/// The error for a text that is not the name of a host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no name of a host; give one such as minutes.example.jp, without https:// or a port, or *")]
pub struct NoHost(String);

impl Localized for NoHost {
    fn in_japanese(&self) -> String {
        format!(
            "{} はホスト名ではありません。minutes.example.jp のように https:// やポートを付けずに書くか、* と書いてください",
            self.0
        )
    }
}

impl Hosts {
    /// Adds a name or an IP address; `*` adds all.
    pub(super) fn allow(&mut self, host: &str) -> Result<(), NoHost> {
        if host == "*" {
            self.is_any = true;
        } else {
            self.allowed.push(Host::read(host).ok_or_else(|| NoHost(host.to_owned()))?);
        }
        Ok(())
    }

    /// Adds the address that a server listens at, or all IP addresses if it listens at every address of its
    /// machine.
    pub(super) fn bound_to(mut self, address: IpAddr) -> Self {
        self.bound = Some(address.to_canonical());
        self
    }

    pub(super) fn were_allowed(&self) -> bool {
        self.is_any || !self.allowed.is_empty()
    }

    fn include(&self, host: &Host) -> bool {
        let is_own = match host {
            Host::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Address(address) => {
                address.is_loopback()
                    || self.bound.is_some_and(|bound| bound.is_unspecified() || bound == *address)
            }
        };
        is_own || self.allowed.contains(host)
    }

    fn check(&self, request: &Request) -> Result<(), Problem> {
        // Without a host a request is faulty whoever is answered (RFC 9112, 3.2), but before HTTP/1.1 there was none.
        let host = match host_of(request) {
            Some(host) => host,
            None if self.is_any && request.version() < Version::HTTP_11 => return Ok(()),
            None => return Err(Problem::WithoutHost),
        };
        if self.is_any {
            return Ok(());
        }
        match Host::read(&host) {
            Some(known) if self.include(&known) => Ok(()),
            _ => Err(Problem::OtherHost(host)),
        }
    }
}

impl Host {
    fn read(text: &str) -> Option<Self> {
        let text = text.strip_suffix('.').unwrap_or(text);
        let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = inner.parse::<IpAddr>() {
            return Some(Self::Address(address.to_canonical()));
        }
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (!text.is_empty() && text.bytes().all(is_name)).then(|| Self::Name(text.to_ascii_lowercase()))
    }
}

/// Returns the host that a request is addressed to: that of its target if this is a whole address, whatever the
/// header says ([RFC 9112, 3.2.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2)), or else that of the
/// header.
fn host_of(request: &Request) -> Option<String> {
    if let Some(host) = request.uri().host() {
        return Some(host.to_owned());
    }
    let mut given = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (given.next(), given.next()) else { return None };
    Some(Authority::try_from(host.as_bytes()).ok()?.host().to_owned())
}

/// Refuses requests that are not addressed to this server.
pub(super) async fn guard(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    match hosts.check(&request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// Returns the status of the problem with a request, or 200.
    fn status(hosts: &Hosts, target: &str, given: &[&str]) -> u16 {
        let mut request = Request::get(target);
        for host in given {
            request = request.header(header::HOST, *host);
        }
        let request = request.body(Body::empty()).unwrap();
        hosts.check(&request).err().map_or(200, |problem| problem.status().as_u16())
    }

    fn answers(hosts: &Hosts, host: &str) -> bool {
        status(hosts, "/", &[host]) == 200
    }

    fn bound_to(address: &str) -> Hosts {
        Hosts::default().bound_to(address.parse().unwrap())
    }

    #[test]
    fn a_request_without_a_host_is_faulty_whoever_is_answered() {
        let mut any = Hosts::default();
        any.allow("*").unwrap();
        assert_eq!(status(&any, "/", &["anything.example"]), 200);
        assert_eq!(status(&any, "/", &[]), 400);
        let old = Request::get("/").version(Version::HTTP_10).body(Body::empty()).unwrap();
        assert!(any.check(&old).is_ok());
    }

    #[test]
    fn a_server_answers_to_its_own_names() {
        let loopback = bound_to("127.0.0.1");
        for own in ["localhost", "LocalHost.:8000", "a.localhost", "127.0.0.1:8000", "127.1.2.3", "[::1]:80"]
        {
            assert!(answers(&loopback, own), "{own}");
        }
        for other in
            ["example.jp", "localhost.example.jp", "notlocalhost", "127.0.0.1.nip.io", "192.168.1.5", "[::2]"]
        {
            assert_eq!(status(&loopback, "/", &[other]), 421, "{other}");
        }
        let one = bound_to("192.168.1.5");
        assert!(answers(&one, "192.168.1.5:8000") && answers(&one, "[::ffff:192.168.1.5]"));
        assert!(!answers(&one, "192.168.1.6") && !answers(&one, "minutes"));
        for all in ["0.0.0.0", "::"] {
            let all = bound_to(all);
            assert!(answers(&all, "192.168.1.5") && answers(&all, "[2001:db8::1]:8000"));
            assert!(!answers(&all, "minutes") && !answers(&all, "192.168.1.5.nip.io"));
        }
    }

    #[test]
    fn names_are_allowed() {
        let mut hosts = bound_to("127.0.0.1");
        for name in ["Minutes.example.jp", "gijiroku", "10.0.0.1", "::2"] {
            hosts.allow(name).unwrap();
        }
        for name in ["minutes.example.jp:443", "GIJIROKU", "10.0.0.1", "[::2]"] {
            assert!(answers(&hosts, name), "{name}");
        }
        assert!(!answers(&hosts, "example.jp") && !answers(&hosts, "a.minutes.example.jp"));
        for wrong in ["", "https://example.jp", "example.jp:80", "example.jp/", "a b", "議事録.jp"] {
            assert_eq!(hosts.allow(wrong), Err(NoHost(wrong.to_owned())));
        }
        hosts.allow("*").unwrap();
        assert!(answers(&hosts, "example.jp"));
    }

    #[test]
    fn a_request_says_its_host_once() {
        let hosts = bound_to("127.0.0.1");
        for given in [&[][..], &[""], &["a b"], &["a%b"], &["localhost", "localhost"]] {
            assert_eq!(status(&hosts, "/", given), 400, "{given:?}");
        }
        assert_eq!(status(&hosts, "http://localhost:8000/search", &["example.jp"]), 200);
        assert_eq!(status(&hosts, "http://example.jp/search", &["localhost"]), 421);
    }
}
