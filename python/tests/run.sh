#!/usr/bin/env bash
# Builds the wheel of the module for Python, without optimization, installs it into a virtual environment of its own, and runs its
# tests; and makes a source distribution. Needs Python 3.10 or later with venv, and the network for its first run: tools and data frames come from PyPI.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=$PWD/target/python
if [ ! -x "$tools/bin/pytest" ]; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement python/tests/requirements.txt
fi

# maturin has cargo compile the module by itself, with the features that it alone needs of its crates, and nearly all of them would
# be compiled again. Beside a test of the library it gets the crates that `cargo test` has compiled.
mkdir -p "$tools/shared"
cat >"$tools/shared/cargo" <<'END'
#!/usr/bin/env bash
if [ "$1" = rustc ]; then
    shift
    set -- build "$@" --workspace --test writer
fi
exec "$REAL_CARGO" "$@"
END
chmod +x "$tools/shared/cargo"
REAL_CARGO=$(command -v cargo) CARGO=$tools/shared/cargo PATH=$tools/shared:$PATH \
    "$tools/bin/maturin" build --quiet --locked --profile dev --manifest-path python/Cargo.toml \
    --interpreter "$tools/bin/python" --out "$tools/wheels"
"$tools/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$tools"/wheels/gijiroku-*.whl

# A source distribution has what cargo needs to read it: maturin takes from the library only what is in its package.
rm -rf "$tools/source"
mkdir "$tools/source"
"$tools/bin/maturin" sdist --manifest-path python/Cargo.toml --out "$tools/source"
tar --extract --file "$tools"/source/gijiroku-*.tar.gz --directory "$tools/source" --strip-components 1
cargo fetch --quiet --target "$(rustc --print host-tuple)" --manifest-path "$tools/source/python/Cargo.toml"
rm -rf "$tools/source"

cd python
export PYTHONDONTWRITEBYTECODE=1
"$tools/bin/python" -m pytest --quiet -p no:cacheprovider "$@"
