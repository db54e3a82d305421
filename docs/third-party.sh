#!/usr/bin/env bash
# Writes THIRD_PARTY.md: what is inside the compiled program and the module for Python, and under which licence.
#
#   docs/third-party.sh            writes the file
#   docs/third-party.sh --check    fails if the file is not what would be written
#
# The list is what Cargo.lock has for default features on Linux, without what only builds and tests need. Cargo reads it
# from the crates that a build has downloaded, so a check after a build needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The crates that are reached by edges of a kind: name, licence and repository, one line each.
crates() { # the kinds of edges
    cargo tree --locked --workspace --target x86_64-unknown-linux-gnu --edges "$1" --prefix none --no-dedupe --format '{p}|{l}|{r}' |
        awk -F'|' '
            # The same choice in one spelling: "MIT/Apache-2.0" and "MIT OR Apache-2.0" are "Apache-2.0 OR MIT".
            function one_spelling(licence, operator,    parts, count, i, j, part) {
                count = split(licence, parts, operator)
                for (i = 2; i <= count; i++) {
                    part = parts[i]
                    for (j = i - 1; j >= 1 && parts[j] > part; j--) parts[j + 1] = parts[j]
                    parts[j + 1] = part
                }
                licence = parts[1]
                for (i = 2; i <= count; i++) licence = licence operator parts[i]
                return licence
            }
            # A blank line stands between the trees of two packages.
            NF {
                split($1, package, " ")
                if (package[1] ~ /^gijiroku/) next
                licence = $2
                gsub(/ *\/ */, " OR ", licence)
                if (licence !~ /AND/) licence = one_spelling(licence, " OR ")
                else if (licence !~ /OR/) licence = one_spelling(licence, " AND ")
                if (licence == "") { print package[1] " says no licence" >"/dev/stderr"; exit 1 }
                print package[1] "|" licence "|" $3
            }' | sort -u
}

third_party() {
    crates normal >"$work/all"
    crates normal,no-proc-macro >"$work/inside"
    # A macro is not in the program, but what it writes is.
    comm -23 "$work/all" "$work/inside" | sed 's/$/|macro/' >"$work/macros"

    cat <<'END'
# What is inside the program

A compiled gijiroku contains the works below, each under its own licence; the module for Python contains those of the library,
pyo3 and pythonize. gijiroku itself is under MIT or Apache-2.0, as you choose ([LICENSE-MIT](LICENSE-MIT),
[LICENSE-APACHE](LICENSE-APACHE)). Whoever passes the program on passes these on too: keep this file with it, and the notices
that the licences ask for. Each crate has its licence and its copyright notice in its source.

`docs/third-party.sh` writes this file from `Cargo.lock`; change the script, not the file.

## Data

| work | where | licence |
| --- | --- | --- |
| IPADIC, the dictionary, © 2000–2003 Nara Institute of Science and Technology; parts from ICOT Free Software | `data/dictionary/ipadic` | [terms of NAIST and ICOT](data/dictionary/COPYING): every copy must keep both |
| Adobe's character maps for Japanese, Chinese and Korean, © 1990–2023 Adobe | in the crate hayro-cmap | BSD-3-Clause |
| Foxit's substitutes for the standard fonts of PDF, © 2014 Foxit Software and the PDFium authors | in the crate hayro-font | BSD-3-Clause |
| Colour profiles (CGATS001, LAB, ProPhoto) | in the crates hayro-interpret and hayro-jpeg2000 | CC0-1.0 |

The tables in `data/lexicon` are part of gijiroku; their origins are in [data/README.md](data/README.md).

## Crates under the Mozilla Public License

END
    sort -t'|' -k1,1 "$work/all" | awk -F'|' '$2 == "MPL-2.0" {
        printf "- %s: source at <https://crates.io/crates/%s> and <%s>\n", $1, $1, $3
    }'
    cat <<'END'

These crates are used unmodified, in the versions that `Cargo.lock` names. Their source is available at the addresses
above under the [Mozilla Public License 2.0](https://www.mozilla.org/MPL/2.0/), which asks whoever passes on the program to
say so. It covers the files of these crates, and not the rest of the program.

## All crates

By licence. Where a licence says OR, any one of them is enough. A crate marked † is a macro that runs while the program is
compiled: the code that it writes is inside, the macro itself is not. Rust's standard library is inside too, under Apache-2.0
or MIT; its source names what it contains in turn (<https://github.com/rust-lang/rust>).
END
    sort -t'|' -k2,2 -k1,1 "$work/inside" "$work/macros" | awk -F'|' '
        $2 != licence { licence = $2; printf "\n### %s\n\n", licence }
        { printf "- %s%s\n", $3 == "" ? $1 : "[" $1 "](" $3 ")", $4 == "macro" ? " †" : "" }'
}

third_party >"$work/now"
case "${1:-}" in
    "") cp "$work/now" THIRD_PARTY.md ;;
    --check)
        if ! diff -u THIRD_PARTY.md "$work/now"; then
            echo "THIRD_PARTY.md is not what Cargo.lock has: run docs/third-party.sh" >&2
            exit 1
        fi
        ;;
    *)
        echo "usage: docs/third-party.sh [--check]" >&2
        exit 2
        ;;
esac
