//! Where LibreOffice is, which reads the files of old Office programs.

use std::env;
use std::path::{Path, PathBuf};

use gijiroku::minutes::Office;

/// The names of the program.
const NAMES: [&str; 3] = ["soffice", "libreoffice", "soffice.com"];

/// Where it is installed on systems that do not put it on the path.
const PLACES: [&str; 2] = [
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
];

/// Finds LibreOffice.
pub(super) fn office() -> Option<Office> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path)
        // A relative folder on the path would be that of the minutes.
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let mut places = on_path.chain(PLACES.map(PathBuf::from));
    places.find(|program| Path::is_file(program)).map(Office::new)
}
