//! The address of an index in a cluster.

use std::fmt;
use std::path::PathBuf;

use super::ClusterError;
use crate::language::Text;

/// An index in a cluster of OpenSearch.
///
/// ```
/// use gijiroku::index::Cluster;
///
/// let cluster = Cluster::parse("opensearch://127.0.0.1:9201,127.0.0.1:9202/minutes")?;
/// assert_eq!(cluster.to_string(), "opensearch://127.0.0.1:9201,127.0.0.1:9202/minutes");
/// # Ok::<(), gijiroku::index::ClusterError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Cluster {
    pub(super) nodes: Vec<String>,
    pub(super) is_secure: bool,
    /// The alias that stands for the current generation.
    pub(super) name: String,
    /// The name and the password of a user.
    pub(super) user: Option<(String, String)>,
    /// The certificates, in PEM, of whoever vouches for the nodes.
    pub(super) authorities: Option<String>,
    pub(super) shards: u32,
    pub(super) replicas: u32,
    /// The folder for copies of what does not change.
    pub(super) cache: Option<PathBuf>,
}

/// What begins the address of a cluster, without TLS and with it.
const SCHEMES: [(&str, bool); 2] = [("opensearch://", false), ("opensearchs://", true)];

/// The port of a node that is named without one.
const PORT: u16 = 9200;

impl Cluster {
    /// Whether a text is meant as the address of a cluster, and not as a folder.
    #[must_use]
    pub fn is_address(text: &str) -> bool {
        SCHEMES.iter().any(|(scheme, _)| text.starts_with(scheme))
    }

    /// Parses `opensearch://HOST:PORT,HOST:PORT/NAME`, or `opensearchs://` for TLS. The hosts are nodes of one cluster,
    /// which are asked in turn where one does not answer.
    ///
    /// # Errors
    /// If the text is no such address.
    pub fn parse(text: &str) -> Result<Self, ClusterError> {
        let wrong = |japanese: &'static str, english: &'static str| ClusterError::Address {
            address: text.to_owned(),
            reason: Text::new(japanese, english),
        };
        let scheme = SCHEMES.iter().find_map(|&(scheme, secure)| Some((text.strip_prefix(scheme)?, secure)));
        let (rest, is_secure) = scheme.ok_or_else(|| {
            wrong(
                "opensearch:// か opensearchs:// で始めてください",
                "it begins with neither opensearch:// nor opensearchs://",
            )
        })?;
        let (hosts, name) = rest
            .split_once('/')
            .ok_or_else(|| wrong("索引の名前がありません", "the name of the index is missing"))?;
        let name = name.trim_end_matches('/');
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if !name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            || !name.chars().all(fits)
        {
            return Err(wrong(
                "索引の名前には、英小文字、数字、-、_ が使えます。英小文字か数字で始めてください",
                "the name of an index has small letters, digits, - and _, and begins with a letter or a digit",
            ));
        }
        if rest.contains('@') {
            return Err(wrong(
                "アドレスはほかの人にも見えるため、利用者とパスワードを書かないでください",
                "a user and a password don't belong into the address, which others can see",
            ));
        }
        let node = |host: &str| match host.rsplit_once(':') {
            Some((name, port)) if !name.is_empty() && !port.ends_with(']') => {
                port.parse::<u16>().ok().map(|_| host.to_owned())
            }
            None if host.is_empty() => None,
            Some(("", _)) => None,
            _ => Some(format!("{host}:{PORT}")),
        };
        let nodes: Option<Vec<String>> = hosts.split(',').map(node).collect();
        let nodes = nodes.ok_or_else(|| {
            wrong(
                "ホストは名前か IP アドレスで、ポートはコロンの後に書いてください",
                "a host is a name or an IP address, with a port after a colon",
            )
        })?;
        let name = name.to_owned();
        Ok(Self {
            nodes,
            is_secure,
            name,
            user: None,
            authorities: None,
            shards: 3,
            replicas: 1,
            cache: None,
        })
    }

    /// Sets the name and the password of the user that the cluster knows.
    #[must_use]
    pub fn user(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.user = Some((name.into(), password.into()));
        self
    }

    /// Sets the certificates, in PEM, of the authorities that vouch for the nodes. By default these are those of Mozilla.
    #[must_use]
    pub fn authorities(mut self, pem: impl Into<String>) -> Self {
        self.authorities = Some(pem.into());
        self
    }

    /// Sets into how many shards a new index is cut; 3 by default. An index that is there keeps its number.
    #[must_use]
    pub fn shards(mut self, shards: u32) -> Self {
        self.shards = shards.max(1);
        self
    }

    /// Sets how many copies each shard has beside the first; 1 by default.
    #[must_use]
    pub fn replicas(mut self, replicas: u32) -> Self {
        self.replicas = replicas;
        self
    }

    /// Sets a folder in which the terms of the index are kept, so that the next program does not fetch them. They contain
    /// words of the minutes. By default nothing is kept.
    #[must_use]
    pub fn cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }
}

impl fmt::Display for Cluster {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.is_secure { "s" } else { "" };
        write!(formatter, "opensearch{s}://{}/{}", self.nodes.join(","), self.name)
    }
}

/// Shows the address, and not the password.
impl fmt::Debug for Cluster {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Cluster").field(&self.to_string()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_what_is_wrong_with_others() {
        let parsed = |text: &str| Cluster::parse(text).map(|cluster| cluster.to_string());
        for (address, expected) in [
            ("opensearch://a:9201/minutes", "opensearch://a:9201/minutes"),
            ("opensearch://a/minutes/", "opensearch://a:9200/minutes"),
            ("opensearchs://a,b:1/m-1", "opensearchs://a:9200,b:1/m-1"),
            ("opensearch://[::1]/m", "opensearch://[::1]:9200/m"),
            ("opensearch://[::1]:9201/m", "opensearch://[::1]:9201/m"),
        ] {
            assert_eq!(parsed(address).unwrap(), expected, "{address}");
        }
        for wrong in [
            "minutes",
            "opensearch://a:9201",
            "opensearch://a:9201/",
            "opensearch://a:9201/Minutes",
            "opensearch://a:9201/_all",
            "opensearch:///minutes",
            "opensearch://a:port/minutes",
            "opensearch://a,/minutes",
            "opensearch://user:secret@a/minutes",
        ] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let cluster = Cluster::parse("opensearch://a/m").unwrap().user("me", "secret");
        assert_eq!(format!("{cluster:?}"), "Cluster(\"opensearch://a:9200/m\")");
    }
}
