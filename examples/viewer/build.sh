#!/usr/bin/env bash
# build.sh - puts the page together in dist/: our files and OpenLayers' and proj4's own bundles from npm.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p dist
cp ./*.html ./viewer.css ./symbols.css ./*.js dist/
cp node_modules/ol/dist/ol.js node_modules/ol/ol.css node_modules/proj4/dist/proj4.js dist/
