#!/usr/bin/env bash
# Asks the API all that its description allows, and much that it does not: no answer may be a 5xx, or one that is not described.
# Needs Python 3 with venv, and the network for its first run: schemathesis comes from PyPI.
set -euo pipefail
cd "$(dirname "$0")/../.."
# The build of the tests will do, and is there already: with a test it has the crates that the tests have.
cargo build --locked --quiet --bin gijiroku --test mcp
tools=target/schemathesis
if [ ! -x $tools/bin/schemathesis ]; then
    python3 -m venv $tools
    $tools/bin/pip install --quiet 'schemathesis~=4.0'
fi
work=$(mktemp -d)
target/debug/gijiroku --index "$work/index" index data/minutes >/dev/null
target/debug/gijiroku --index "$work/index" serve --port 0 --access-log "$work/access.log" >"$work/address" &
trap 'kill %1; rm -rf "$work"' EXIT
until [ -s "$work/address" ]; do sleep 0.1; done
# Not every text is a date or a region: that one is refused does not break the description.
# Schemathesis keeps the failures that it finds in a folder .schemathesis where it runs: let that be under target/.
cd $tools
bin/schemathesis run "$(cat "$work/address")api/v1/openapi.json" \
    --exclude-checks positive_data_acceptance --max-examples "${EXAMPLES:-60}" --generation-deterministic --no-color
