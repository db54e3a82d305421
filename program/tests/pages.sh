#!/usr/bin/env bash
# Checks every kind of page with the Nu HTML Checker, and the description of the API with Redocly: neither may find anything wrong.
# Needs Java, npm, curl, and the network for its first run.
set -euo pipefail
cd "$(dirname "$0")/../.."
# The build of the tests will do, and is there already: with a test it has the crates that the tests have.
cargo build --locked --quiet --bin gijiroku --test mcp
tools=target/npm
npm install --silent --no-audit --no-fund --prefix $tools vnu-jar@26 @redocly/cli@2
work=$(mktemp -d)
# A meeting that is so long that its page folds most of it, in speeches that are folded, too.
for number in $(seq 40); do
    printf '{"id":"long-%s","title":"定例会","date":"2020-06-01","speaker":"山田太郎","text":"%s"}\n' \
        "$number" "$(printf '連携を進めるために、順に説明します。%.0s' $(seq 40))"
done >"$work/long.jsonl"
target/debug/gijiroku --index "$work/index" index data/minutes "$work/long.jsonl" >/dev/null
target/debug/gijiroku --index "$work/index" serve --port 0 --access-log "$work/access.log" >"$work/address" &
trap 'kill %1; rm -rf "$work"' EXIT
until [ -s "$work/address" ]; do sleep 0.1; done
address=$(cat "$work/address")

# The pages in both languages, also those of mistakes, which are no less pages.
mkdir "$work/pages"
number=0
while read -r page; do
    for language in ja en; do
        number=$((number + 1))
        curl --silent --show-error --header "accept-language: $language" "$address$page" >"$work/pages/$number-$language.html"
        grep -q '<html' "$work/pages/$number-$language.html" || { echo "$page is no page" >&2; exit 1; }
    done
done <<'PAGES'

search?q=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7
search?q=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7&region=%E5%8C%BA%E5%8D%97%E9%83%A8&from=2017-11&to=2018-03&match=any
search?q=%E9%80%A3%E6%90%BA&group_by=region&collapse=true
search?q=%E9%80%A3%E6%90%BA&offset=20
search?q=%E5%AE%87%E5%AE%99%E9%A3%9B%E8%A1%8C%E5%A3%AB&exact=true
search?q=%E9%80%A3%E6%90%BA&from=yesterday
opinions/20180110-%E5%8C%BA%E6%9D%B1%E5%8C%97%E9%83%A8-6?q=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7
meetings/20180110-%E5%8C%BA%E6%9D%B1%E5%8C%97%E9%83%A8
meetings/20180110-%E5%8C%BA%E6%9D%B1%E5%8C%97%E9%83%A8?q=%E9%80%A3%E6%90%BA
meetings/20200601-long
meetings?year=2017
compare
compare?q=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7&q=ICT&q=24%E6%99%82%E9%96%93
compare?q=%E9%80%A3%E6%90%BA&by=region&by=section
statistics
developers
weather
PAGES
java -jar $tools/node_modules/vnu-jar/build/dist/vnu.jar --Werror "$work"/pages/*.html
target/debug/gijiroku --index "$work/index" export-site "$work/site" >/dev/null
# A file has no origin, so that to the checker no file is of the same one: of these pages it may only find errors.
java -jar $tools/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html "$work/site"

curl --silent --show-error "${address}api/v1/openapi.json" >"$work/openapi.json"
REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_TELEMETRY=off $tools/node_modules/.bin/redocly lint --config program/tests/redocly.yaml --max-problems 1000 "$work/openapi.json"
