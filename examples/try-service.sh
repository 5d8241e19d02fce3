#!/usr/bin/env bash
# try-service.sh - starts the service, asks it for what a viewer would, stops it.
#
#   [PORT=8090] try-service.sh PLOTTAFEL CONFIG
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4p' "$0" >&2 && exit 2; }
port=${PORT:-8080}
base=http://localhost:$port
log=$(mktemp)
"$1" --config "$2" serve --port "$port" >"$log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null || true; wait "$service" 2>/dev/null || true; rm -f "$log" "$log.answer"' EXIT
for _ in $(seq 100); do
    curl -fs "$base/readyz" >/dev/null 2>&1 && break
    kill -0 "$service" 2>/dev/null || { cat "$log" >&2 && exit 1; }
    sleep 0.1
done
ask() { # address, words that the answer must hold
    curl -fsS "$base$1" -o "$log.answer" || { echo "no answer: $1" >&2 && exit 1; }
    grep -qa "$2" "$log.answer" || { echo "$1 does not hold '$2'" >&2 && exit 1; }
    echo "$base$1"
}
ask /readyz ready
ask / Plottafel
ask /maps/situation hollands-diep
ask /xyz/situation/NetherlandsRDNewQuad/8/112/142.png PNG
ask /xyz/situation/WebMercatorQuad/11/1050/680@2x.png PNG
ask "/wmts?service=WMTS&request=GetCapabilities" NetherlandsRDNewQuad
ask /plots/hollands-diep/features/ugs-1 Klaverpolder
ask /symbols/nl@1/bw.ugs.svg "<svg"
# Another one on the same port would have answered just as well.
kill -0 "$service" 2>/dev/null || { cat "$log" >&2 && exit 1; }
echo "The service answers. Start it with: $1 --config $2 serve"
