#!/usr/bin/env bash
# Measures gijiroku beside Lucene, tantivy with lindera, SQLite, Groonga and ripgrep: the same corpora, the same queries, one run.
#
#   benches/peers/run.sh FOLDER CORPUS.jsonl…     keeps what was measured in the folder, and prints its tables
#
# Each engine counts all matches of a query and reads the best ten, on one warm thread. The queries are drawn from the corpus and are the
# same in each run (benches/support/queries.rs): words, pairs of words, quoted strings, and parts of sentences. Needs Java and Maven,
# which downloads Lucene, jq, and Groonga and ripgrep where they are to be measured.
set -euo pipefail

runs=$(realpath --canonicalize-missing "${1:?give a folder for the measures, such as benches/runs/2026-01-31}")
shift
corpora=()
for corpus in "$@"; do corpora+=("$(realpath "$corpus")"); done
cd "$(dirname "$0")/../.."
cargo bench --quiet --locked --bench peers --no-run
jars=$PWD/target/lucene
for artifact in core analysis-common analysis-kuromoji; do
    mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
        -Dartifact="org.apache.lucene:lucene-$artifact:9.12.3" -DoutputDirectory="$jars"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$runs"
{
    date --utc --iso-8601=seconds
    uname --kernel-release --machine
    grep --max-count 1 'model name' /proc/cpuinfo
    echo "$(nproc) cores, $(free --giga | awk '/^Mem/ { print $2 }') GB"
    rustc --version
    java -version 2>&1 | head -1
    git describe --always --dirty
} >"$runs/machine.txt"

now() { date +%s%3N; }
measure() { # lines of milliseconds, name of the engine, kind of the queries
    sort -n "$1" | jq --slurp --compact-output --arg engine "$2" --arg kind "$3" \
        '{$engine, $kind, p50_ms: .[length / 2 | floor], p99_ms: .[(length - 1) * .99 | floor]}'
}

groonga_with() { # name of a tokenizer
    local engine database=$work/$1/db start
    engine="Groonga $(groonga --version | head -1 | cut -d' ' -f2), $1"
    mkdir "$work/$1"
    {
        echo 'table_create Docs TABLE_NO_KEY'
        echo 'column_create Docs text COLUMN_SCALAR LongText'
        echo "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer $1 --normalizer NormalizerAuto"
        echo 'load --table Docs'
        echo '['
        jq --compact-output '{text}' "$corpus" | sed '$!s/$/,/'
        echo ']'
        echo 'column_create Terms index COLUMN_INDEX|WITH_POSITION Docs text'
    } >"$work/load.grn"
    start=$(now)
    groonga -n "$database" <"$work/load.grn" >"$work/loaded"
    jq --null-input --compact-output --arg engine "$engine" --argjson took $(($(now) - start)) \
        --argjson bytes "$(du -sb "$work/$1" | cut -f1)" '{$engine, indexing_s: ($took / 1000), $bytes}'
    cut -f1 "$work/queries.tsv" | uniq | while read -r kind; do
        # A sentence is asked as its pairs of characters, of which any suffices; of all else each word is needed.
        grep "^$kind	" "$work/queries.tsv" | cut -f2 | python3 -c '
import sys
for line in sys.stdin:
    text = line.strip()
    words = [text[at:at + 2] for at in range(len(text) - 1)] if sys.argv[1] == "a sentence" else text.strip("\"").split(" ")
    query = (" OR " if sys.argv[1] == "a sentence" else " ").join(f"\\\"{word}\\\"" for word in words)
    print(f"select Docs --match_columns text --query \"{query}\" --output_columns _id,_score,text --sort_keys -_score --limit 10")
' "$kind" >"$work/select.grn"
        cat "$work/select.grn" "$work/select.grn" | groonga "$database" |
            tail --lines "$(wc -l <"$work/select.grn")" | jq '.[0][2] * 1000' >"$work/times"
        measure "$work/times" "$engine" "$kind"
    done
    rm -rf "${work:?}/$1"
}

ripgrep() {
    local engine start
    engine="ripgrep $(rg --version | head -1 | cut -d' ' -f2), a scan, unranked"
    grep '^a word	' "$work/queries.tsv" | cut -f2 | head --lines 50 | while read -r word; do
        start=$(date +%s%N)
        rg --count --fixed-strings --threads 1 -- "$word" "$corpus" >/dev/null || true
        echo "$((($(date +%s%N) - start) / 1000))e-3"
    done >"$work/times"
    measure "$work/times" "$engine" 'a word'
}

for corpus in "${corpora[@]}"; do
    name=$(wc --lines <"$corpus")
    {
        GIJIROKU_BENCH_CORPUS=$corpus cargo bench --quiet --locked --bench peers -- "$work/queries.tsv"
        java -cp "$jars/*" benches/peers/Lucene.java "$corpus" "$work/queries.tsv" "$work/lucene"
        rm -rf "$work/lucene"
        if command -v groonga >/dev/null; then
            groonga_with TokenBigram
            groonga_with TokenMecab
        fi
        if command -v rg >/dev/null; then ripgrep; fi
    } | tee "$runs/$name.jsonl"
done
benches/peers/report.py "$runs"
