//! The cluster that `--index` names, with what the environment says of it.

use std::env::{self, VarError};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use gijiroku::index::Cluster;

use super::configuration;
use super::context::Place;
use crate::cli::texts;

/// The variables: the user, the password or a file with it, and a file with the certificates of the authorities.
pub(super) const USER: &str = "GIJIROKU_CLUSTER_USER";
pub(super) const PASSWORD: &str = "GIJIROKU_CLUSTER_PASSWORD";
pub(super) const PASSWORD_FILE: &str = "GIJIROKU_CLUSTER_PASSWORD_FILE";
pub(super) const AUTHORITIES: &str = "GIJIROKU_CLUSTER_CA";

/// Returns the cluster or the folder that was named.
pub(crate) fn named(index: &Path) -> anyhow::Result<Place<'_>> {
    let Some(address) = index.to_str().filter(|address| Cluster::is_address(address)) else {
        return Ok(Place::Folder(index));
    };
    let mut cluster = Cluster::parse(address)?;
    if let Some(folder) = cache() {
        cluster = cluster.cache(folder);
    }
    if let Some(file) = variable(AUTHORITIES)? {
        cluster = cluster.authorities(read(&file, AUTHORITIES)?);
    }
    if let Some(user) = variable(USER)? {
        let password = match (variable(PASSWORD)?, variable(PASSWORD_FILE)?) {
            (Some(password), _) => password,
            (None, Some(file)) => read(&file, PASSWORD_FILE)?.trim_end_matches(['\n', '\r']).to_owned(),
            (None, None) => {
                anyhow::bail!(texts::errors().no_password(USER, PASSWORD, PASSWORD_FILE))
            }
        };
        cluster = cluster.user(user, password);
    }
    Ok(Place::Cluster(Box::new(cluster)))
}

/// Returns the folder for copies of what does not change. Without a home folder there is none, and nothing is kept.
fn cache() -> Option<PathBuf> {
    Some(configuration::base_folder("XDG_CACHE_HOME", ".cache")?.join("clusters"))
}

fn variable(name: &str) -> anyhow::Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        // The message of the error would show the value.
        Err(VarError::NotUnicode(_)) => anyhow::bail!(texts::errors().no_utf8_in(name)),
    }
}

fn read(file: &str, variable: &str) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| texts::errors().file_of_variable(file, variable))
}
