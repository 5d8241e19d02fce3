#!/usr/bin/env bash
# packages.sh - installs what is missing from Debian, by purpose.
#
#   examples/packages.sh build demo test bench
#
# Says in one line what cannot be had, and what it is needed for. Needs root or sudo only when
# something is missing.
set -euo pipefail

packages_of() {
    case $1 in
    build) echo "gcc libc6-dev cmake ninja-build pkg-config libproj-dev libgeos-dev libgdal-dev libsqlite3-dev" \
        "libjansson-dev libyaml-dev libxml2-dev libcairo2-dev libpango1.0-dev librsvg2-dev libfontconfig-dev libpng-dev libwebp-dev" \
        "libturbojpeg0-dev libdeflate-dev libmicrohttpd-dev libssl-dev libqrencode-dev libqpdf-dev fonts-b612 fonts-noto-core proj-data" ;;
    demo) echo "gmt gmt-gshhg-full gmt-dcw gdal-bin proj-bin curl ca-certificates npm" ;;
    test) echo "check gdal-bin sqlite3 poppler-utils qpdf zbar-tools curl ca-certificates python3 python3-venv python3-owslib libxml2-utils npm" \
        "chromium procps binutils" ;;
    bench) echo "cgi-mapserver qgis-server python3-qgis python3-mapnik mapnik-utils gdal-bin nginx-light wrk python3 python3-yaml imagemagick gmt gmt-gshhg-full gmt-dcw" ;;
    fuzz) echo "clang libclang-rt-14-dev" ;;
    *) echo "packages.sh: unknown purpose '$1': build, demo, test, bench or fuzz" >&2 && exit 2 ;;
    esac
}

# A tool that is on the machine from elsewhere (npm from nodejs.org, say) counts as installed.
is_there() {
    dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed && return 0
    case $1 in
    npm | cmake | chromium | curl | python3 | gcc) command -v "$1" >/dev/null 2>&1 ;;
    ninja-build) command -v ninja >/dev/null 2>&1 ;;
    *) return 1 ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "packages.sh: needs root or sudo to install: $missing" >&2
        exit 1
    fi
}

[ $# -gt 0 ] || { echo "usage: packages.sh build|demo|test|bench|fuzz ..." >&2 && exit 2; }
wanted=""
for purpose in "$@"; do
    wanted="$wanted $(packages_of "$purpose")"
done
missing=""
for package in $(printf '%s\n' $wanted | sort -u); do
    is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -qq || echo "packages.sh: 'apt-get update' had trouble; going on with the lists that are there" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    for package in $missing; do
        is_there "$package" || echo "packages.sh: missing: $package (for: $*)" >&2
    done
    exit 1
fi
