#!/usr/bin/env bash
# Checks the packages for crates.io: the library has at most 9 MB, and both can be built from what is in them.
#
# `cargo package` would build each by itself, with crates of other features than the tests, for minutes. Here they are a workspace
# of their own with the profile and the lock file of this one, so that what is compiled already is used.
set -euo pipefail
cd "$(dirname "$0")/.."

# A commit that is tried out may have changes that are not in git.
cargo package --quiet --locked --allow-dirty --workspace --exclude gijiroku-python --no-verify --target-dir target
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
package=target/package/gijiroku-$version.crate
if [ "$(stat --format %s "$package")" -gt 9000000 ]; then
    echo "$package has more than 9 MB: see \`include\` in Cargo.toml" >&2
    exit 1
fi

unpacked=target/package/unpacked
rm -rf "$unpacked"
mkdir "$unpacked"
for name in gijiroku gijiroku-cli; do
    tar --extract --file "target/package/$name-$version.crate" --directory "$unpacked"
done
{
    echo '[workspace]'
    echo "members = [\"gijiroku-$version\", \"gijiroku-cli-$version\"]"
    echo 'resolver = "3"'
    echo '[patch.crates-io]'
    echo "gijiroku = { path = \"gijiroku-$version\" }"
    sed -n '/^\[profile/,$p' Cargo.toml
} >"$unpacked/Cargo.toml"
cp Cargo.lock "$unpacked"
CARGO_TARGET_DIR=target cargo check --quiet --manifest-path "$unpacked/Cargo.toml" --workspace
