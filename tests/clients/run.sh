#!/usr/bin/env bash
# run.sh - tries the service with clients that others wrote: GDAL, OWSLib, xmllint, curl.
#
#   tests/clients/run.sh PLOTTAFEL
#
# Starts it on a free loopback port with a copy of the exercise "Hollands Diep": over its base layers when the demo
# has made them (examples/hollands-diep/work/layers), else the plot alone. One line a check; the last line counts.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,7p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
example=$here/../../examples/hollands-diep
folder=$(mktemp -d /tmp/plottafel-clients-XXXXXX)
service=
trap '[ -z "$service" ] || { kill "$service" 2>/dev/null; wait "$service" 2>/dev/null; } || true; rm -rf "$folder"' EXIT

# python3-owslib is a package of Debian's own Python, which need not be the first on the path.
python=/usr/bin/python3
[ -x "$python" ] || python=python3

cp "$example"/{catalogue,maps,plottafel}.yaml "$example/places.geojson" "$folder/"
cp -r "$example/templates" "$folder/"
sed -i -e 's|port: .*|port: 0|' -e 's|viewer: .*|viewer: ""|' \
    -e "s|\.\./symbol-sets|$(realpath "$example/../symbol-sets")|" "$folder/plottafel.yaml"
mkdir -p "$folder/work"
if [ -d "$example/work/layers" ]; then
    ln -s "$(realpath "$example/work/layers")" "$folder/work/layers"
else
    echo "the base layers of the demo are not there: the plot alone is drawn"
fi
"$plottafel" --config "$folder/plottafel.yaml" import hollands-diep "$example/situation.geojson" 2>"$folder/import.log" ||
    { cat "$folder/import.log" >&2 && exit 1; }
"$plottafel" --config "$folder/plottafel.yaml" serve >"$folder/log" 2>&1 &
service=$!
base=
for _ in $(seq 100); do
    base=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$folder/log" || true)
    [ -n "$base" ] && curl -fs "$base/readyz" >/dev/null 2>&1 && break
    kill -0 "$service" 2>/dev/null || { cat "$folder/log" >&2 && exit 1; }
    sleep 0.1
done
PLOTTAFEL="$plottafel" GDAL_DEFAULT_WMS_CACHE_PATH="$folder/gdal-cache" "$python" -B "$here/clients.py" "$base" "$folder" ||
    { grep -v '"http.request"' "$folder/log" | tail -n 20 >&2 && exit 1; }
