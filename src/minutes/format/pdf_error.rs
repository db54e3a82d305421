//! Why a PDF can't be read.

use serde::{Deserialize, Serialize};

use crate::language::Localized;

/// A PDF that can't be read.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PdfError {
    /// The feature `pdf` is off.
    #[error("this program was built without PDF; build it with the feature `pdf`, or save the file as text")]
    NotBuiltIn,
    /// The file is truncated or damaged.
    #[error("the PDF is damaged or cut short; get it again from where it came")]
    Damaged,
    /// The file can't be opened without a password.
    #[error("the PDF is encrypted; save it without a password")]
    Encrypted,
    /// The pages have no characters; their number is given.
    #[error(
        "the PDF has no text on its {0} pages, but perhaps pictures of it; make a text of it by OCR first"
    )]
    NoText(usize),
    /// The file exceeds the limit on drawing operations, as one does whose forms draw each other recursively.
    #[error("the PDF draws more than any minutes do; save it anew, or as text")]
    Endless,
}

impl Localized for PdfError {
    fn in_japanese(&self) -> String {
        match self {
            Self::NotBuiltIn => {
                "このプログラムは PDF を読めません。機能 `pdf` を付けて作ったものを使うか、テキストとして保存してください"
                    .to_owned()
            }
            Self::Damaged => "PDF が壊れているか、途中で切れています。入手し直してください".to_owned(),
            Self::Encrypted => "PDF が暗号化されています。パスワードなしで保存してください".to_owned(),
            Self::NoText(pages) => format!(
                "PDF の {pages} ページに文字がありません。画像なのかもしれません。先に OCR で文字にしてください"
            ),
            Self::Endless => {
                "PDF の描画が、どの議事録よりも多すぎます。保存し直すか、テキストとして保存してください".to_owned()
            }
        }
    }
}
