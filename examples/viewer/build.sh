#!/usr/bin/env bash
# build.sh - puts the page together in dist/: our files and the bundles of OpenLayers, proj4 and MapLibre from npm.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p dist
cp ./*.html ./viewer.css ./symbols.css ./*.js dist/
cp node_modules/ol/dist/ol.js node_modules/ol/ol.css node_modules/proj4/dist/proj4.js dist/
cp node_modules/maplibre-gl/dist/maplibre-gl{.mjs,-worker.mjs,.css} dist/
sed -i '/^\/\/# sourceMappingURL=/d' dist/*.mjs
