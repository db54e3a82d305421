//! Advice on how to fix an error. The errors of the library say what is wrong and where; the remedy is a
//! command of this program.

#[cfg(feature = "cluster")]
use gijiroku::index::ClusterError;
use gijiroku::{IndexError, SearchError};

use super::configuration::ConfigurationError;

#[cfg(feature = "cluster")]
use super::cluster::{AUTHORITIES, PASSWORD, PASSWORD_FILE, USER};

/// Returns what to do about an error, in a few words to append to its message.
pub(crate) fn advice(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(SearchError::EmptyQuery) = cause.downcast_ref() {
            return Some("type one or more words, or give a filter".to_owned());
        }
        if cause.is::<ConfigurationError>() {
            return Some("mend the file, or go without with --config none".to_owned());
        }
        // A transparent error does not list its cause in the chain.
        let of_search = match cause.downcast_ref() {
            Some(SearchError::Index(error)) => Some(error),
            _ => None,
        };
        of_index(of_search.or_else(|| cause.downcast_ref())?)
    })
}

fn of_index(error: &IndexError) -> Option<String> {
    match error {
        IndexError::NotFound(folder) => {
            Some(format!("make one with `gijiroku index --index {}`", folder.display()))
        }
        IndexError::OtherVersion { folder, .. } | IndexError::Damaged { folder, .. } => {
            let anew = format!("make it anew with `gijiroku index --index {}`", folder.display());
            let upgraded = format!("`gijiroku upgrade --index {}`", folder.display());
            let is_upgradable = matches!(error, IndexError::OtherVersion { is_upgradable: true, .. });
            Some(if is_upgradable {
                format!("{anew}, or from what is stored in it with {upgraded}")
            } else {
                anew
            })
        }
        #[cfg(feature = "cluster")]
        IndexError::Cluster(error) => of_cluster(error),
        _ => None,
    }
}

#[cfg(feature = "cluster")]
fn of_cluster(error: &ClusterError) -> Option<String> {
    match error {
        ClusterError::Certificate { .. } => Some(format!(
            "name a file with the certificates of whoever has signed it in {AUTHORITIES}, and each node as its certificate names it"
        )),
        ClusterError::Authorities { .. } => {
            Some(format!("the file that {AUTHORITIES} names must have certificates in PEM"))
        }
        ClusterError::UnknownUser { .. } => Some(format!(
            "give the name in {USER}, and the password in {PASSWORD} or in a file that {PASSWORD_FILE} names"
        )),
        ClusterError::Forbidden { .. } => {
            Some("give the user the rights that the chapter on clusters in the book lists".to_owned())
        }
        ClusterError::NoNode { cluster, .. } if cluster.starts_with("opensearch://") => {
            Some("start the cluster, or write opensearchs:// if it speaks TLS".to_owned())
        }
        ClusterError::TooManyClauses { .. } => {
            Some("shorten it, or raise indices.query.bool.max_clause_count in the cluster".to_owned())
        }
        ClusterError::NoNode { .. } => Some("start the cluster".to_owned()),
        ClusterError::OtherBuild { .. } => Some("index again when that build has ended".to_owned()),
        _ => None,
    }
}
