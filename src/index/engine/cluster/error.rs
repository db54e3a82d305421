//! The errors of a cluster.

use crate::language::{Localized, Text};
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
        reason: Text,
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

impl Localized for ClusterError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Address { address, reason } => format!("{address}: {}", reason.in_japanese()),
            Self::Authorities { cluster, reason } => {
                format!("{cluster}: 認証局の証明書が読めません: {reason}")
            }
            Self::NoNode { cluster, reason } => format!("{cluster}: どのノードも応答しません（{reason}）"),
            Self::Certificate { cluster, reason } => {
                format!("{cluster}: クラスターの証明書を信頼できません（{reason}）")
            }
            Self::UnknownUser { cluster } => {
                format!("{cluster}: クラスターは、この利用者とパスワードを認めません")
            }
            Self::Forbidden { cluster, reason } => {
                format!("{cluster}: クラスターは、この利用者にこの操作を認めません（{reason}）")
            }
            Self::Stopped(stopped) => stopped.in_japanese(),
            Self::OtherBuild { cluster } => {
                format!("{cluster}: 別の処理が索引を変更しているため、何もしませんでした")
            }
            Self::Incomplete { cluster, reason } => {
                format!("{cluster}: 索引の一部が応答しません（{reason}）")
            }
            Self::TooManyClauses { cluster } => {
                format!("{cluster}: 検索語の数が、クラスターが一度に受け付ける数を超えています")
            }
            Self::Answer { cluster, status, reason } => {
                format!("{cluster}: クラスターの応答は {status} です（{reason}）")
            }
            Self::Unexpected { cluster, what } => {
                format!("{cluster}: クラスターの応答に、あるべき内容がありません（{what}）")
            }
        }
    }
}
