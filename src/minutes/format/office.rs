//! The files of old Office programs (DOC, XLS, PPT) → files that can be read.
//!
//! These formats are the memory of the programs that wrote them, and no crate reads the text of a DOC well. LibreOffice does, which many
//! offices have. It runs as a process of its own, with a profile of its own that forbids macros, and a limit on its time; a program
//! that embeds the library must hand it in, so that nothing is started that nobody asked for.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::FormatError;
use crate::language::Localized;
use crate::minutes::limits::{Limits, in_words};

/// The first bytes of these files.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0";

/// The time that a file may take. The first start on a slow machine takes twenty seconds.
const SECONDS: u64 = 120;

/// How often it is asked whether LibreOffice has ended.
const INTERVAL: Duration = Duration::from_millis(20);

/// The settings of the profile: no macros, and nothing that a document would load from elsewhere.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// A file of an old Office program that can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfficeError {
    /// There is no program to convert it with: what the file is, and what to save it as.
    #[error(
        "this is {}, which LibreOffice must convert and which was not found; install LibreOffice (`soffice` on the \
         PATH), or save the file as {}", .0[1], .1
    )]
    NoProgram([&'static str; 2], &'static str),
    /// The file can't be opened without a password.
    #[error("the file is encrypted; save it without a password")]
    Encrypted,
    /// The file is none of the known ones, or not whole.
    #[error(
        "this is a damaged file of an old Office program, or one of another kind; save it as DOCX, PDF or CSV"
    )]
    Damaged,
    /// LibreOffice can't be started, or its result can't be read.
    #[error("LibreOffice can't convert it: {0}; save the file as DOCX, PDF or CSV")]
    Io(#[from] io::Error),
    /// LibreOffice gave no result: what the file is.
    #[error(
        "LibreOffice can't read it as {}; open it with the program that made it and save it as DOCX, PDF or CSV", .0[1]
    )]
    NotConverted([&'static str; 2]),
    /// LibreOffice did not end in this number of seconds, and was stopped.
    #[error("LibreOffice did not convert it within {0} seconds; save the file as DOCX, PDF or CSV")]
    TooSlow(u64),
    /// The result is larger than the limit, which is given.
    #[error("converted it is larger than {0}; split it")]
    TooLarge(String),
}

impl Localized for OfficeError {
    fn in_japanese(&self) -> String {
        const AS_ANOTHER: &str = "DOCX、PDF、CSV のどれかで保存してください";
        match self {
            Self::NoProgram([what, _], other) => format!(
                "{what}を変換する LibreOffice が見つかりません。LibreOffice をインストールするか（PATH に `soffice` が必要です）、\
                 {} で保存してください",
                other.replace(" or ", " か ")
            ),
            Self::Encrypted => "ファイルが暗号化されています。パスワードなしで保存してください".to_owned(),
            Self::Damaged => {
                format!("古い Office の壊れたファイルか、別の種類のファイルです。{AS_ANOTHER}")
            }
            Self::Io(error) => {
                format!("LibreOffice で変換できません（{}）。{AS_ANOTHER}", error.in_japanese())
            }
            Self::NotConverted([what, _]) => {
                format!("LibreOffice が{what}として読めません。作ったプログラムで開き、{AS_ANOTHER}")
            }
            Self::TooSlow(seconds) => {
                format!("LibreOffice での変換が {seconds} 秒で終わりませんでした。{AS_ANOTHER}")
            }
            Self::TooLarge(most) => format!("変換すると {most} を超えます。分けてください"),
        }
    }
}

/// LibreOffice, which converts the files of old Office programs.
#[derive(Clone, Debug)]
pub struct Office {
    program: PathBuf,
}

impl Office {
    /// Converts files with the program `soffice` at this path.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }
}

/// A kind of file: the name by which it contains its content, the extension, what it is, the extension of what it is
/// converted to, what a person may save it as, and the filter.
struct Kind {
    /// The names of the part that tells this kind from others.
    streams: &'static [&'static str],
    extension: &'static str,
    /// In Japanese and in English.
    name: [&'static str; 2],
    result: &'static str,
    other: &'static str,
    filter: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        streams: &["WordDocument"],
        extension: "doc",
        name: ["古い Word の文書（DOC）", "an old Word document (DOC)"],
        result: "docx",
        other: "DOCX",
        filter: "docx:MS Word 2007 XML",
    },
    Kind {
        streams: &["Workbook", "Book"],
        extension: "xls",
        name: ["古い表計算のファイル（XLS）", "an old spreadsheet (XLS)"],
        result: "xlsx",
        other: "XLSX or CSV",
        filter: "xlsx:Calc MS Excel 2007 XML",
    },
    Kind {
        streams: &["PowerPoint Document"],
        extension: "ppt",
        name: ["古いプレゼンテーション（PPT）", "an old presentation (PPT)"],
        result: "pdf",
        other: "PDF",
        filter: "pdf:impress_pdf_Export",
    },
];

/// Converts a file.
pub(super) fn convert(bytes: &[u8], office: Option<&Office>, limits: Limits) -> Result<Vec<u8>, FormatError> {
    if has_stream(bytes, "EncryptedPackage") {
        return Err(OfficeError::Encrypted.into());
    }
    let is_of = |kind: &&Kind| kind.streams.iter().any(|stream| has_stream(bytes, stream));
    let kind = KINDS.iter().find(is_of).ok_or(OfficeError::Damaged)?;
    let office = office.ok_or(OfficeError::NoProgram(kind.name, kind.other))?;
    Ok(office.convert(bytes, kind, limits)?)
}

/// Whether a file has a part of this name. The names are in UTF-16, each with a zero at its end.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    // Before the name stands another entry, or its own zeros: 「Workbook」 is not 「Book」.
    let wide: Vec<u8> =
        [0].into_iter().chain(name.encode_utf16()).chain([0]).flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

impl Office {
    fn convert(&self, bytes: &[u8], kind: &Kind, limits: Limits) -> Result<Vec<u8>, OfficeError> {
        let folder = tempfile::Builder::new().prefix("gijiroku-office-").tempdir()?;
        let user = folder.path().join("profile").join("user");
        fs::create_dir_all(&user)?;
        fs::write(user.join("registrymodifications.xcu"), SETTINGS)?;
        let source = folder.path().join("in").with_extension(kind.extension);
        fs::write(&source, bytes)?;
        let results = folder.path().join("out");
        let mut child = self.start(folder.path(), kind, &source, &results)?;
        let ended = wait(&mut child);
        stop(&mut child);
        if !ended? {
            return Err(OfficeError::TooSlow(SECONDS));
        }
        let Ok(result) = fs::File::open(results.join("in").with_extension(kind.result)) else {
            return Err(OfficeError::NotConverted(kind.name));
        };
        let mut converted = Vec::new();
        result.take(limits.largest_file() + 1).read_to_end(&mut converted)?;
        if converted.len() as u64 > limits.largest_file() {
            return Err(OfficeError::TooLarge(in_words(limits.largest_file())));
        }
        Ok(converted)
    }

    fn start(&self, folder: &Path, kind: &Kind, source: &Path, results: &Path) -> io::Result<Child> {
        let mut profile = std::ffi::OsString::from("-env:UserInstallation=file://");
        if !cfg!(unix) {
            profile.push("/");
        }
        profile.push(folder.join("profile"));
        let mut command = Command::new(&self.program);
        command
            .arg(profile)
            .args([
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                kind.filter,
                "--outdir",
            ])
            .args([results, source])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // A group of processes, because `soffice` is a script that starts others.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }
}

/// Waits until a process ends. Returns whether it did in time.
fn wait(child: &mut Child) -> io::Result<bool> {
    let end = Instant::now() + Duration::from_secs(SECONDS);
    while child.try_wait()?.is_none() {
        if Instant::now() >= end {
            return Ok(false);
        }
        thread::sleep(INTERVAL);
    }
    Ok(true)
}

/// Ends a process and those that it started, if they have not ended.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
