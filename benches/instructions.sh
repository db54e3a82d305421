#!/usr/bin/env bash
# Counts the instructions of three runs over the minutes of the project and compares them with the counts in
# benches/instructions.tsv. Unlike times they hardly vary on a busy machine. Needs valgrind.
#
#   benches/instructions.sh            fails if a run takes a tenth more instructions than recorded
#   benches/instructions.sh --update   records the current counts
set -euo pipefail
cd "$(dirname "$0")/.."
# With the crates that the tests have compiled, which are optimized; here the library is, too, in which a run spends its time. Compiled as it
# is handed out the program takes fewer instructions, and the checks of a change three times as long for it.
options=()
for setting in opt-level=2 debug-assertions=false overflow-checks=false; do
    options+=("--config=profile.dev.package.gijiroku.$setting")
done
cargo build --locked --quiet --bin gijiroku --test mcp "${options[@]}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIJIROKU_INDEX=$work/index LC_ALL=C.UTF-8

count() { # name of the run, arguments of the program
    local name=$1
    shift
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file="$work/log" \
        target/debug/gijiroku "$@" >/dev/null
    printf '%s\t%s\n' "$name" "$(sed -n 's/.*I *refs: *//p' "$work/log" | tr -d ,)"
}
{
    count index index data/minutes
    count word search 訪問看護
    count sentence search 退院してから在宅で看取りができる体制
} >"$work/now"

if [ "${1:-}" = --update ]; then
    cp "$work/now" benches/instructions.tsv
fi
join -t "$(printf '\t')" <(sort benches/instructions.tsv) <(sort "$work/now") | awk -F'\t' '
    {
        printf "%-10s %12d instructions, %+.1f %% of %d\n", $1, $3, ($3 / $2 - 1) * 100, $2
        if ($3 > 1.1 * $2) slower = 1
    }
    END {
        if (NR != 3) { print "benches/instructions.tsv lacks a run; record it with --update"; exit 1 }
        if (slower) { print "a run takes a tenth more; if that is meant, record it with --update"; exit 1 }
    }'
