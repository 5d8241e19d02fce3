#!/usr/bin/env bash
# run.sh - measures Plottafel beside MapServer and nginx, in one run, as ratios.
#
#   tests/bench/run.sh [--short] [--only PART] [--features N] [--growth N] [--rest SECONDS] [--work FOLDER] PLOTTAFEL
#
#   PLOTTAFEL       the program that is measured: a release build
#   --short         in about a minute, for CI
#   --only PART     tiles (cold ones, on one core), growth, cached, changes, briefing, seeding, insides (where the time of
#                   a tile goes), or memory: what a service with two workers takes at most; with --features 1000000 two
#                   minutes, and two more for making such a plot the first time
#   --growth N      also how each grows from 1,000 features to N
#   --features N    a made plot of N features in place of the exercise (10000 is what PERFORMANCE tables use)
#   --rest SECONDS  how long each server is left alone after its first tile; Plottafel makes districts ahead meanwhile
#   --work FOLDER   for what is made on the way, and the pictures to compare; default /tmp/plottafel-bench
#
# Without --only all of them but growth and memory, in short no seeding either. Exit status 1 when a target is clearly
# missed. Two cores at least: one for the server, one for the client.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
examples=$here/../../examples

"$examples/packages.sh" bench
"$examples/hollands-diep/prepare-layers.sh" >/dev/null
exec /usr/bin/python3 -B "$here/bench.py" "$@"
