# Short names for commands that are often run. `just` without a name lists them.

[private]
default:
    @{{ just_executable() }} --list --unsorted

# check format, lints and compilation, for the sets of features that are built most
check:
    cargo fmt --all --check
    cargo check --locked --all-targets
    cargo clippy --locked --all-targets -- -D warnings
    cargo clippy --locked --all-targets --features cluster,semantic -- -D warnings
    cargo clippy --locked --package gijiroku --lib --no-default-features -- -D warnings
    cargo clippy --locked --package gijiroku-python -- -D warnings

# run the tests; `just test NAME` runs those with NAME in their name
test *arguments:
    cargo test --locked {{ arguments }}

# build the module for Python and run its tests; `just python -k NAME` runs those with NAME in their name
python *arguments:
    python/tests/run.sh {{ arguments }}

# run all checks that a change must pass
ci:
    .ci/run

# measure times; `just bench --bench search` measures one bench
bench *arguments:
    cargo bench --locked {{ arguments }}

# compare the instructions of three runs with what they were (needs valgrind)
instructions *arguments:
    benches/instructions.sh {{ arguments }}

# build the documentation of both libraries in target/doc
doc:
    cargo doc --locked --no-deps --lib

# build the book in both languages (needs mdbook)
book:
    mdbook build docs/book/en
    mdbook build docs/book/ja

# run what a fuzzer makes up: `just fuzz reader 600` (needs a C++ compiler)
fuzz target seconds="60":
    fuzz/run.sh {{ target }} {{ seconds }}

# compile the dictionary from its source (needs a C compiler)
dictionary *arguments:
    cargo run --release --locked --manifest-path data/dictionary/compiler/Cargo.toml -- {{ arguments }}

# check the licences, advisories and sources of the dependencies (needs cargo-deny)
deny:
    cargo deny --workspace check

# write THIRD_PARTY.md from Cargo.lock
third-party:
    docs/third-party.sh
