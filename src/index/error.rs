//! The errors of an index, and how tantivy's errors become one of them.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};

use super::engine::EngineError;
use super::folder::LockedFolder;
use crate::analysis::AnalysisError;
use crate::language::{Localized, Text, text};
use crate::minutes::{ReadError, RecordError};
use crate::stop::Stopped;

/// The longest excerpt of a tantivy message that is kept, in characters: a message about damaged data may
/// contain all of the data.
const LONGEST_REASON: usize = 160;

/// An index can't be built, opened or read.
///
/// Each message is one line that names the folder or file first and then the fault. It is written for the
/// program that embeds the library; a remedy in terms of that program's own commands is for the program to
/// add.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The folder contains no index.
    #[error("{}: there is no index here", .0.display())]
    NotFound(PathBuf),
    /// The folder contains a file that is not part of an index, and that a build must not delete.
    #[error("{}: {file} is not part of an index; choose an empty folder for the index", folder.display())]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The index was built by a version of the program with another index format, or with another dictionary.
    /// It must be built again, or upgraded.
    #[error("{}: the index was made by {made_by}", folder.display())]
    OtherVersion {
        /// The folder of the index.
        folder: PathBuf,
        /// The program that built the index, as far as it is known.
        made_by: Text,
        /// Whether [`Index::upgrade`](super::Index::upgrade) brings it to the format of this program.
        is_upgradable: bool,
    },
    /// Files of the index are missing or damaged. It must be built again.
    #[error("{}: the index is damaged ({reason})", folder.display())]
    Damaged {
        /// The folder of the index.
        folder: PathBuf,
        /// What is damaged.
        reason: Text,
    },
    /// Another process is writing to the index.
    #[error("{}: another process is writing to this index; wait until it has ended", .0.display())]
    Locked(PathBuf),
    /// The given files and folders contain no opinion that could be indexed.
    #[error("{}: no opinions were found; give files or folders that hold minutes", list(.0))]
    NoOpinions(Vec<PathBuf>),
    /// The index was built with another dictionary, and it holds opinions that can't be read again, or it is to be kept.
    #[error(
        "{}: the index was built with another dictionary; open it with that one, or build a new index in \
         another folder", .0.display()
    )]
    OtherDictionaries(PathBuf),
    /// Bytes were given under the name of a file that the index has read from a folder.
    #[error("{}: {file} is a file that was read from a folder; give the bytes another name", folder.display())]
    NameOfFile {
        /// The folder of the index.
        folder: PathBuf,
        /// The name.
        file: String,
    },
    /// A record can't be indexed.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The folder can't be created, read or written.
    #[error("{}: {reason}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The message of the operating system.
        reason: Text,
    },
    /// A source file can't be read, and the build is [strict](super::IndexBuilder::strict).
    #[error(transparent)]
    Source(#[from] ReadError),
    /// The analyzer can't be created.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// The cluster can't be asked, or its answer is not whole.
    #[cfg(feature = "cluster")]
    #[error(transparent)]
    Cluster(#[from] super::ClusterError),
    /// The model can't be run.
    #[error(transparent)]
    Model(#[from] crate::meaning::ModelError),
    /// The deadline has passed, or what was asked was cancelled.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl Localized for IndexError {
    fn in_japanese(&self) -> String {
        match self {
            Self::NotFound(folder) => format!("{}: ここに索引はありません", folder.display()),
            Self::ForeignFolder { folder, file } => format!(
                "{}: {file} は索引のファイルではありません。索引には空のフォルダーを指定してください",
                folder.display()
            ),
            Self::OtherVersion { folder, made_by, .. } => {
                format!("{}: この索引は {} が作ったものです", folder.display(), made_by.in_japanese())
            }
            Self::Damaged { folder, reason } => {
                format!("{}: 索引が壊れています（{}）", folder.display(), reason.in_japanese())
            }
            Self::Locked(folder) => format!(
                "{}: 別のプロセスがこの索引に書き込んでいます。終わるまで待ってください",
                folder.display()
            ),
            Self::NoOpinions(paths) => format!(
                "{}: 意見が見つかりません。議事録のファイルかフォルダーを指定してください",
                list(paths)
            ),
            Self::OtherDictionaries(folder) => format!(
                "{}: この索引は別の辞書で作られています。その辞書で開くか、別のフォルダーに新しい索引を作ってください",
                folder.display()
            ),
            Self::NameOfFile { folder, file } => format!(
                "{}: {file} はフォルダーから読んだファイルの名前です。別の名前を付けてください",
                folder.display()
            ),
            Self::Record(error) => error.in_japanese(),
            Self::Folder { folder, reason } => format!("{}: {}", folder.display(), reason.in_japanese()),
            Self::Source(error) => error.in_japanese(),
            Self::Analysis(error) => error.in_japanese(),
            #[cfg(feature = "cluster")]
            Self::Cluster(error) => error.in_japanese(),
            Self::Model(error) => error.in_japanese(),
            Self::Stopped(stopped) => stopped.in_japanese(),
        }
    }
}

impl IndexError {
    /// Converts an error of an engine, which does not name the index.
    pub(super) fn from_engine(error: EngineError, folder: &Path) -> Self {
        match error {
            EngineError::Tantivy(error) => Self::from_tantivy(&error, folder),
            #[cfg(feature = "cluster")]
            EngineError::Cluster(error) => error.into(),
            EngineError::Model(error) => error.into(),
            EngineError::Stopped(stopped) => stopped.into(),
        }
    }

    /// Converts an error of tantivy, which does not name the folder of the index.
    pub(super) fn from_tantivy(error: &TantivyError, folder: &Path) -> Self {
        let folder = folder.to_owned();
        let reason = match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => return Self::Locked(folder),
            TantivyError::IncompatibleIndex(_)
            | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
                let made_by = Text::new("このプログラムの別のバージョン", "another version of the program");
                return Self::OtherVersion { folder, made_by, is_upgradable: false };
            }
            TantivyError::OpenDirectoryError(error) => {
                return Self::Folder { folder, reason: Text::foreign(error) };
            }
            TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error)
                if !is_about_data(error) =>
            {
                return Self::Folder { folder, reason: error.as_ref().into() };
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                text!("ファイル {} がありません", "its file {} is missing"; file_name(file))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath: file })
                if io_error.kind() == ErrorKind::InvalidData =>
            {
                text!("ファイル {} が書き換えられています", "its file {} was changed"; file_name(file))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
                if io_error.kind() == ErrorKind::PermissionDenied =>
            {
                return Self::Folder { folder, reason: io_error.as_ref().into() };
            }
            TantivyError::OpenReadError(OpenReadError::IoError { filepath: file, .. }) => {
                text!("ファイル {} が読めません", "its file {} can't be read"; file_name(file))
            }
            // These words are our own, or those of a thread of the build that has ended.
            TantivyError::InternalError(message) | TantivyError::SystemError(message) => {
                let on_one_line = message.split_whitespace().collect::<Vec<_>>().join(" ");
                Text::foreign(on_one_line.chars().take(LONGEST_REASON).collect::<String>())
            }
            // What tantivy says of its data would help nobody but its makers.
            TantivyError::DataCorruption(_) => {
                Text::new("書いたときと異なるファイルがあります", "one of its files is not as it was written")
            }
            TantivyError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
                Text::new("短すぎるファイルがあります", "one of its files is too short")
            }
            _ => Text::new("ファイルどうしが合いません", "its files do not belong together"),
        };
        Self::Damaged { folder, reason }
    }

    /// The error for a file of the index that does not match its checksum. `fault` says what is wrong with it.
    pub(super) fn damaged_file(file: &str, fault: &Text, folder: &Path) -> Self {
        let reason =
            Text::new(format!("ファイル {file} {}", fault.in_japanese()), format!("its file {file} {fault}"));
        Self::Damaged { folder: folder.to_owned(), reason }
    }
}

/// The error of a private function of this module that calls both tantivy and functions that return
/// [`IndexError`].
///
/// The private functions pass either error on with `?`; the public method that knows the folder converts the
/// failure once, by [`in_folder`](Self::in_folder).
#[derive(Debug)]
pub(super) enum Failure {
    Index(IndexError),
    Tantivy(TantivyError),
}

impl Failure {
    /// Converts the failure into the error of an index in this folder.
    pub(super) fn in_folder(self, folder: &Path) -> IndexError {
        match self {
            Self::Index(error) => error,
            Self::Tantivy(error) => IndexError::from_tantivy(&error, folder),
        }
    }

    /// Converts the failure of writing to a folder. Where the system refused to write, that is the cause of any error
    /// of tantivy, which may tell only that a thread has ended.
    pub(super) fn in_locked(self, folder: &LockedFolder) -> IndexError {
        match (self, folder.directory().failure()) {
            (Self::Tantivy(_), Some(reason)) => {
                IndexError::Folder { folder: folder.path().to_owned(), reason }
            }
            (failure, _) => failure.in_folder(folder.path()),
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

impl From<AnalysisError> for Failure {
    fn from(error: AnalysisError) -> Self {
        Self::Index(error.into())
    }
}

impl From<crate::meaning::ModelError> for Failure {
    fn from(error: crate::meaning::ModelError) -> Self {
        Self::Index(error.into())
    }
}

#[cfg(feature = "cluster")]
impl From<super::ClusterError> for Failure {
    fn from(error: super::ClusterError) -> Self {
        Self::Index(error.into())
    }
}

impl From<TantivyError> for Failure {
    fn from(error: TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

/// Whether an input/output error means that the data is damaged, and not that reading or writing failed.
fn is_about_data(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::Other)
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn list(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    paths.join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn messages_name_the_folder_and_the_fault_and_no_command() {
        let folder = Path::new("here");
        let told = |error: TantivyError| IndexError::from_tantivy(&error, folder).to_string();
        assert_eq!(IndexError::NotFound(folder.to_owned()).to_string(), "here: there is no index here");
        assert_eq!(
            told(TantivyError::LockFailure(LockError::LockBusy, None)),
            "here: another process is writing to this index; wait until it has ended"
        );
        let missing = OpenReadError::FileDoesNotExist(PathBuf::from("here/meta.json"));
        assert_eq!(told(missing.into()), "here: the index is damaged (its file meta.json is missing)");
        let io = |kind| TantivyError::IoError(Arc::new(io::Error::new(kind, "the system's message")));
        assert_eq!(told(io(ErrorKind::StorageFull)), "here: the system's message");
        assert!(told(io(ErrorKind::UnexpectedEof)).starts_with("here: the index is damaged ("));
        assert!(!told(TantivyError::SchemaError("a field".into())).contains("field"));
        let long = told(TantivyError::InternalError("data\n".repeat(1000)));
        assert!(!long.contains('\n') && long.chars().count() < 2 * LONGEST_REASON, "{long}");
    }
}
