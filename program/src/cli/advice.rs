//! Advice on how to fix an error. The errors of the library say what is wrong and where; the remedy is a
//! command of this program.

#[cfg(feature = "cluster")]
use gijiroku::index::ClusterError;
use gijiroku::{IndexError, SearchError};

use super::configuration::ConfigurationError;
use crate::cli::texts;

#[cfg(feature = "cluster")]
use super::cluster::{AUTHORITIES, PASSWORD, PASSWORD_FILE, USER};

/// Returns what to do about an error, in a few words to append to its message.
pub(crate) fn advice(error: &anyhow::Error) -> Option<String> {
    let texts = texts::errors();
    error.chain().find_map(|cause| {
        if let Some(SearchError::EmptyQuery) = cause.downcast_ref() {
            return Some(texts.type_words());
        }
        if cause.is::<ConfigurationError>() {
            return Some(texts.mend_settings());
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
    let texts = texts::errors();
    match error {
        IndexError::NotFound(folder) => Some(texts.make_index(folder.display().to_string())),
        IndexError::OtherVersion { folder, is_upgradable: true, .. } => {
            Some(texts.make_anew_or_upgrade(folder.display().to_string()))
        }
        IndexError::OtherVersion { folder, .. } | IndexError::Damaged { folder, .. } => {
            Some(texts.make_anew(folder.display().to_string()))
        }
        #[cfg(feature = "cluster")]
        IndexError::Cluster(error) => of_cluster(error),
        _ => None,
    }
}

#[cfg(feature = "cluster")]
fn of_cluster(error: &ClusterError) -> Option<String> {
    let texts = texts::errors();
    match error {
        ClusterError::Certificate { .. } => Some(texts.trust_certificate(AUTHORITIES)),
        ClusterError::Authorities { .. } => Some(texts.mend_certificates(AUTHORITIES)),
        ClusterError::UnknownUser { .. } => Some(texts.give_user(USER, PASSWORD, PASSWORD_FILE)),
        ClusterError::Forbidden { .. } => Some(texts.give_rights()),
        ClusterError::NoNode { cluster, .. } if cluster.starts_with("opensearch://") => {
            Some(texts.start_or_tls())
        }
        ClusterError::TooManyClauses { .. } => Some(texts.shorten()),
        ClusterError::NoNode { .. } => Some(texts.start_cluster()),
        ClusterError::OtherBuild { .. } => Some(texts.index_again()),
        _ => None,
    }
}
