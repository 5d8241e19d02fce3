#!/usr/bin/env bash
# run.sh - tries the page in headless Chromium against a running service with the exercise.
#
#   tests/page/run.sh PLOTTAFEL          pictures of what it saw: build/page/*.png
set -euo pipefail
[ $# = 1 ] || { sed -n '2,4p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
project=$(cd "$(dirname "$0")/../.." && pwd)
pictures=$project/build/page
source "$project/tests/support/exercise.sh"
mkdir -p "$pictures"

bash "$project/examples/viewer/build.sh" >/dev/null
(cd "$project/tests/page" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
exercise_start "$plottafel" "$project/examples/viewer/dist"
for page in page language briefing symbols maplibre; do
    node "$project/tests/page/$page.test.js" "$base/" "$pictures" || { tail -n 20 "$folder/log" && exit 1; }
done
