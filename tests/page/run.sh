#!/usr/bin/env bash
# run.sh - tries the page in headless Chromium against a running service with the exercise.
#
#   tests/page/run.sh PLOTTAFEL          pictures of what it saw: build/page/*.png
set -euo pipefail
[ $# = 1 ] || { sed -n '2,4p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
project=$(cd "$(dirname "$0")/../.." && pwd)
pictures=$project/build/page
folder=$(mktemp -d /tmp/plottafel-page-XXXXXX)
service=
trap '[ -z "$service" ] || { kill "$service" 2>/dev/null; wait "$service" 2>/dev/null; } || true; rm -rf "$folder"' EXIT
mkdir -p "$pictures"

bash "$project/examples/viewer/build.sh" >/dev/null
(cd "$project/tests/page" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
cp -r "$project"/examples/hollands-diep/{catalogue.yaml,maps.yaml,plottafel.yaml,places.geojson,templates} "$folder/"
sed -i -e "s|viewer: .*|viewer: $project/examples/viewer/dist|" -e "s|\.\./symbol-sets|$project/examples/symbol-sets|" -e "s|port: .*|port: 0|" "$folder/plottafel.yaml"
if [ -d "$project/examples/hollands-diep/work/layers" ]; then
    mkdir -p "$folder/work" && ln -s "$project/examples/hollands-diep/work/layers" "$folder/work/layers"
else
    mkdir -p "$folder/work" && echo "the base layers of the demo are not there: the page shows the plot alone"
fi
"$plottafel" --config "$folder/plottafel.yaml" import hollands-diep "$project/examples/hollands-diep/situation.geojson"
"$plottafel" --config "$folder/plottafel.yaml" serve >"$folder/log" 2>&1 &
service=$!
base=
for _ in $(seq 100); do
    base=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$folder/log" || true)
    [ -n "$base" ] && curl -fs "$base/readyz" >/dev/null 2>&1 && break
    kill -0 "$service" 2>/dev/null || { cat "$folder/log" >&2 && exit 1; }
    sleep 0.1
done
for page in page language briefing symbols maplibre; do
    node "$project/tests/page/$page.test.js" "$base/" "$pictures" || { tail -n 20 "$folder/log" && exit 1; }
done
