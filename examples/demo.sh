#!/usr/bin/env bash
# demo.sh - from a fresh Debian 12 to a drawn exercise, in one command.
#
#   examples/demo.sh           installs, builds, imports, draws, and serves http://localhost:8080/
#   examples/demo.sh --once    does all but stay up
#   PORT=8090 examples/demo.sh serves on another port
#
# What it makes stands in examples/hollands-diep/work and examples/limburg-2021/work.
set -euo pipefail
cd "$(dirname "$0")/.."
once=no
case ${1:-} in
"") ;;
--once) once=yes ;;
*) echo "usage: examples/demo.sh [--once]" >&2 && exit 2 ;;
esac
port=${PORT:-8080}
builds=${PLOTTAFEL_BUILD:-build}
work=examples/hollands-diep/work
plottafel=$builds/release/plottafel
step() { printf '\n== %s\n' "$*"; }

step "Packages"
bash examples/packages.sh build demo

step "Build"
mkdir -p "$builds" "$work/out"
cmake -S . -B "$builds/release" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPLOTTAFEL_TESTS=OFF >"$builds/configure.log" 2>&1 ||
    { cat "$builds/configure.log" && exit 1; }
cmake --build "$builds/release" --target plottafel >"$builds/build.log" 2>&1 ||
    { tail -n 40 "$builds/build.log" && exit 1; }
tail -n 1 "$builds/build.log"

step "Base layers from GSHHG and DCW"
bash examples/hollands-diep/prepare-layers.sh "$work/layers"

step "The RD correction grid"
if ! ls "$work"/grids/nl_nsgi_rdcorr2018.tif >/dev/null 2>&1; then
    mkdir -p "$work/grids"
    if timeout 60 projsync --source-id nl_nsgi --target-dir "$work/grids" --quiet >/dev/null 2>&1 &&
        timeout 60 projsync --source-id be_ign --target-dir "$work/grids" --quiet >/dev/null 2>&1; then
        echo "fetched with projsync"
    else
        echo "projsync could not fetch it: RD is drawn without it, up to 0.25 m off, and the map says so."
        echo "Put nl_nsgi_rdcorr2018.tif into $work/grids to mend that."
    fi
fi

step "The page"
bash examples/viewer/build.sh >/dev/null && echo "examples/viewer/dist"

step "Import"
for example in hollands-diep limburg-2021; do
    mkdir -p "examples/$example/work/out"
    "$plottafel" --config "examples/$example/plottafel.yaml" check
    "$plottafel" --config "examples/$example/plottafel.yaml" import "$example" "examples/$example/situation.geojson"
done

step "A sheet of tiles, maps, and briefings"
config="--config examples/hollands-diep/plottafel.yaml"
bash examples/tile-sheet.sh "$plottafel" "examples/hollands-diep/plottafel.yaml" situation NetherlandsRDNewQuad/8 \
    110,141,5,4 "$work/out/sheet"
"$plottafel" $config map situation --crs EPSG:28992 --bbox 92000,404000,112000,419000 --size 1200x900 -o "$work/out/situation.png"
"$plottafel" $config briefing situation --paper A3 --landscape --center 101000,411500 --scale 50000 \
    --as-of 2026-10-08T12:45:00+02:00 --language nl -o "$work/out/briefing-a3.pdf"
"$plottafel" $config briefing situation --paper A4 --center 100500,411000 --scale 50000 --language en -o "$work/out/briefing-a4.pdf"
"$plottafel" --config examples/limburg-2021/plottafel.yaml briefing flood-2021 --paper A4 --center 195000,349000 --scale 400000 \
    --as-of 2021-07-16T09:00:00+02:00 -o examples/limburg-2021/work/out/briefing-a4.pdf
"$plottafel" $config symbols sheet --set nl@1 -o "$work/out/symbols.pdf"
"$plottafel" $config symbols book --set nl@1 --language nl,en -o "$work/out/symbol-book.pdf"
ls -1 "$work"/out/*.p* "$work"/out/sheet/index.html examples/limburg-2021/work/out/*.pdf

step "The service"
if [ "$once" = yes ]; then
    PORT=$port exec bash examples/try-service.sh "$plottafel" examples/hollands-diep/plottafel.yaml
fi
cat <<TEXT
Open   http://localhost:$port/                      the map: switch to Web Mercator, move the time slider, make a briefing
Try    curl -s localhost:$port/maps/situation       what there is
       curl -s localhost:$port/plots/hollands-diep/features/ugs-1
       gdalinfo "WMTS:http://localhost:$port/wmts,layer=situation,tilematrixset=NetherlandsRDNewQuad"
       QGIS: add a WMTS layer from http://localhost:$port/wmts/1.0.0/WMTSCapabilities.xml
       the flood of 2021: plottafel --config examples/limburg-2021/plottafel.yaml serve, on port 8081
Stop   Ctrl-C
TEXT
exec "$plottafel" $config serve --port "$port"
