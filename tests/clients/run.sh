#!/usr/bin/env bash
# run.sh - tries the service with clients that others wrote: GDAL, OWSLib, xmllint, curl.
#
#   tests/clients/run.sh PLOTTAFEL
#
# Starts it on a free loopback port with the exercise "Hollands Diep". One line a check; the last line counts.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,6p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../support/exercise.sh"

# python3-owslib is a package of Debian's own Python, which need not be the first on the path.
python=/usr/bin/python3
[ -x "$python" ] || python=python3

exercise_start "$plottafel" ""
PLOTTAFEL="$plottafel" GDAL_DEFAULT_WMS_CACHE_PATH="$folder/gdal-cache" "$python" -B "$here/clients.py" "$base" "$folder" ||
    { grep -v '"http.request"' "$folder/log" | tail -n 20 >&2 && exit 1; }
