#!/usr/bin/env bash
# Runs a fuzz target for a time: fuzz/run.sh TARGET [SECONDS]. The targets are those of fuzz/fuzz_targets: query, reader
# and lexicon. What they find is left in fuzz/artifacts, and what they learn in fuzz/corpus.
#
# A stable compiler does: it compiles for coverage by its own options, which cargo-fuzz would give it too. A C++ compiler is
# needed for libFuzzer.
set -euo pipefail
cd "$(dirname "$0")"
target=${1:?name a target: query, reader or lexicon}
seconds=${2:-60}
host=$(rustc -vV | sed -n 's/^host: //p')
options=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg=fuzzing)
RUSTFLAGS="${options[*]}" cargo build --release --target "$host" --bin "$target"
mkdir -p "corpus/$target" "artifacts/$target"
if [ "$target" = reader ]; then
    # The first byte chooses the extension.
    for file in ../tests/formats/fixtures/*; do
        case $file in *.txt) byte=0 ;; *.html) byte=2 ;; *.pdf) byte=3 ;; *) byte=4 ;; esac
        { printf "\\x0$byte"; cat "$file"; } >"corpus/reader/$(basename "$file")"
    done
fi
"target/$host/release/$target" "corpus/$target" -artifact_prefix="artifacts/$target/" -max_total_time="$seconds" \
    -timeout=10 -rss_limit_mb=2048 -max_len=200000
