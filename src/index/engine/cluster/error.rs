//! The errors of a cluster.

use crate::stop::Stopped;

/// A cluster can't be asked, or its answer is not whole.
///
/// Each message is one line that names the cluster first and then the fault. None contains a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// A text is not the address of an index in a cluster.
    #[error("{address}: {reason}")]
    Address {
        /// The text.
        address: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The certificates of the authorities can't be read.
    #[error("{cluster}: the certificates of the authorities can't be read: {reason}")]
    Authorities {
        /// The address.
        cluster: String,
        /// The message of the reader.
        reason: String,
    },
    /// No node of the cluster answers.
    #[error("{cluster}: no node answers ({reason})")]
    NoNode {
        /// The address.
        cluster: String,
        /// The nodes with what is wrong with them.
        reason: String,
    },
    /// A node shows a certificate that is not to be trusted, so that nothing was asked.
    #[error("{cluster}: the certificate of the cluster is not trusted ({reason})")]
    Certificate {
        /// The address.
        cluster: String,
        /// The node with what is wrong with its certificate.
        reason: String,
    },
    /// The cluster does not know a user with this name and password, or asks for one where none was given.
    #[error("{cluster}: the cluster does not know this user with this password")]
    UnknownUser {
        /// The address.
        cluster: String,
    },
    /// The user may not do this.
    #[error("{cluster}: the cluster does not allow this to the user ({reason})")]
    Forbidden {
        /// The address.
        cluster: String,
        /// Its message.
        reason: String,
    },
    /// The deadline has passed, or what was asked was cancelled.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Another build of this index is at work, or has ended since this one began.
    #[error("{cluster}: another build is changing the index, and nothing was done")]
    OtherBuild {
        /// The address.
        cluster: String,
    },
    /// Some shards of the index are not there, so that an answer would lack opinions.
    #[error("{cluster}: a part of the index does not answer ({reason})")]
    Incomplete {
        /// The address.
        cluster: String,
        /// Which shards, and why.
        reason: String,
    },
    /// A query has more words and strings, with all that they are also searched as, than the cluster takes at once.
    #[error("{cluster}: the query has more parts than the cluster takes at once")]
    TooManyClauses {
        /// The address.
        cluster: String,
    },
    /// The cluster answers with an error.
    #[error("{cluster}: the cluster answers {status} ({reason})")]
    Answer {
        /// The address.
        cluster: String,
        /// The status.
        status: u16,
        /// Its message.
        reason: String,
    },
    /// The cluster answers with something else than was asked for.
    #[error("{cluster}: the cluster's answer lacks {what}")]
    Unexpected {
        /// The address.
        cluster: String,
        /// What is missing.
        what: &'static str,
    },
}
