#!/usr/bin/env bash
# Compares gijiroku with Groonga (both tokenizers), SQLite's FTS5 with trigrams, and ripgrep, where they are
# installed: runs the same queries over the same corpus and prints a table for docs/benchmarks.md.
#
#   benches/peers.sh CORPUS.jsonl [NUMBER OF QUERIES]
#
# The queries are strings of three or four kanji from the corpus itself, which trigrams can find too. They are
# the same in each run. Each engine counts all matches and returns the best ten. Times are of one warm thread.
set -euo pipefail

corpus=$(realpath "${1:?give a corpus of JSON Lines with id and text}")
number=${2:-1000}
cd "$(dirname "$0")/.."
cargo build --release --quiet
gijiroku=$PWD/target/release/gijiroku
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

seconds() { # runs a command and prints its duration
    local start end
    start=$(date +%s.%N)
    "$@" >/dev/null
    end=$(date +%s.%N)
    awk "BEGIN { printf \"%.2f\", $end - $start }"
}
size() { du -sb "$1" | cut -f1; }
row() { # name, seconds to index, bytes of the index, seconds for all queries, number of queries
    awk -v name="$1" -v index_s="$2" -v bytes="$3" -v query_s="$4" -v n="$5" \
        'BEGIN { printf "| %s | %s | %s | %.2f |\n", name, index_s, bytes, query_s * 1000 / n }'
}

grep -oP '[\x{4e00}-\x{9fa5}]{3,4}' "$corpus" | LC_ALL=C sort -u |
    LC_ALL=C shuf -n "$number" --random-source=<(yes) >"$work/words"
awk '{ printf "{\"id\":\"%d\",\"text\":\"%s\"}\n", NR, $0 }' "$work/words" >"$work/queries.jsonl"
awk '{ printf "{\"id\":\"%d\",\"text\":\"\\\"%s\\\"\"}\n", NR, $0 }' "$work/words" >"$work/quoted.jsonl"

echo "corpus: $(wc -l <"$corpus") lines, $(size "$corpus") bytes; $number queries; $(nproc) cores"
echo "| engine | index, s | index, bytes | a query, ms |"
echo "| --- | --- | --- | --- |"

indexing=$(seconds "$gijiroku" index "$corpus" --index "$work/gijiroku")
run() { "$gijiroku" search --index "$work/gijiroku" --queries "$1" --match all --format json "${@:2}"; }
row "gijiroku $("$gijiroku" --version | cut -d' ' -f2), as typed by a user" \
    "$indexing" "$(size "$work/gijiroku")" "$(seconds run "$work/queries.jsonl")" "$number"
row "… strings in quotation marks" "" "" "$(seconds run "$work/quoted.jsonl" --exact)" "$number"

if command -v groonga >/dev/null; then
    for tokenizer in TokenBigram TokenMecab; do
        database=$work/$tokenizer/db
        mkdir -p "$work/$tokenizer"
        {
            echo 'table_create Docs TABLE_HASH_KEY ShortText'
            echo 'column_create Docs text COLUMN_SCALAR LongText'
            echo "table_create Terms TABLE_PAT_KEY ShortText" \
                "--default_tokenizer $tokenizer --normalizer NormalizerAuto"
            echo 'column_create Terms index COLUMN_INDEX|WITH_POSITION Docs text'
            echo 'load --table Docs --ifexists 1'
            echo '['
            jq -c '{_key: .id, text: .text}' "$corpus" | sed '$!s/$/,/'
            echo ']'
        } >"$work/load.grn"
        build() { groonga -n "$database" <"$work/load.grn"; }
        indexing=$(seconds build)
        options="--output_columns _key,_score,text --sort_keys -_score --limit 10"
        awk -v options="$options" \
            '{ printf "select Docs --match_columns text --query \"\\\"%s\\\"\" %s\n", $0, options }' \
            "$work/words" >"$work/select.grn"
        select_all() { groonga "$database" <"$work/select.grn"; }
        row "Groonga $(groonga --version | head -1 | cut -d' ' -f2), $tokenizer" \
            "$indexing" "$(size "$work/$tokenizer")" "$(seconds select_all)" "$number"
    done
fi

if command -v sqlite3 >/dev/null; then
    build() {
        sqlite3 "$work/fts.db" \
            "create virtual table docs using fts5(id unindexed, text, tokenize='trigram');" \
            "create temp table lines(line);" \
            ".mode ascii" ".separator \"\\001\" \"\\n\"" ".import '$corpus' lines" \
            "insert into docs select json_extract(line, '\$.id'), json_extract(line, '\$.text') from lines;"
    }
    indexing=$(seconds build)
    where="from docs where docs match '\"&\"'"
    sed "s/.*/select count(*) $where; select id, text $where order by rank limit 10;/" \
        "$work/words" >"$work/select.sql"
    select_all() { sqlite3 "$work/fts.db" <"$work/select.sql"; }
    row "SQLite $(sqlite3 --version | cut -d' ' -f1), FTS5 trigram" \
        "$indexing" "$(size "$work/fts.db")" "$(seconds select_all)" "$number"
fi

if command -v rg >/dev/null; then
    few=$((number < 50 ? number : 50))
    scan() {
        head -n "$few" "$work/words" | while read -r word; do
            rg --count --fixed-strings --threads 1 "$word" "$corpus" || true
        done
    }
    row "ripgrep $(rg --version | head -1 | cut -d' ' -f2), a scan, unranked" "" "" "$(seconds scan)" "$few"
fi
