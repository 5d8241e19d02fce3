#!/usr/bin/env bash
# run.sh - measures Plottafel beside MapServer and nginx, in one run, as ratios.
#
#   tests/bench/run.sh [--short | --seeding | --memory N] [--features N] [--rest SECONDS] [--work FOLDER] PLOTTAFEL
#
#   PLOTTAFEL       the program that is measured: a release build
#   --short         in about a minute, for CI
#   --seeding       only how much faster two cores fill a package than one
#   --memory N      only how much memory a service with N features and two workers takes at most: two minutes for a
#                   million, and two more for making such a plot the first time
#   --features N    a made plot of N features in place of the exercise (10000 is what PERFORMANCE tables use)
#   --rest SECONDS  how long each server is left alone after its first tile; Plottafel makes districts ahead meanwhile
#   --work FOLDER   for what is made on the way, and the pictures to compare; default /tmp/plottafel-bench
#
# Six things are measured: cold tiles on one core, cached tiles, how soon a change is seen, an A3 briefing, the start,
# and (not in short) seeding by one core and by two. Exit status 1 when a target is clearly missed. Two cores at least:
# one for the server, one for the client.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
examples=$here/../../examples

"$examples/packages.sh" bench
"$examples/hollands-diep/prepare-layers.sh" >/dev/null
exec /usr/bin/python3 -B "$here/bench.py" "$@"
