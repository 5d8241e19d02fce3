#!/usr/bin/env bash
# run.sh - does the service keep the OGC API standards that it declares?
#
#   tests/conformance/run.sh PLOTTAFEL [WORK]
#
# OGC's own suites (CITE) are not on Maven Central, so the judges are programs of others from PyPI (requirements.txt,
# into WORK, default build/conformance; without network: SKIPPED) and the requirements of OGC API Processes, each
# asked of the running exercise under its own name. One line a check; the last line counts.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,8p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(realpath -m "${2:-$here/../../build/conformance}")
source "$here/../support/exercise.sh"

mkdir -p "$work"
if ! cmp -s "$here/requirements.txt" "$work/installed.txt"; then
    { python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install -r "$here/requirements.txt"; } >"$work/pip.log" 2>&1 ||
        { echo "SKIPPED conformance: its programs are not to be had, see $work/pip.log" && exit 0; }
    cp "$here/requirements.txt" "$work/installed.txt"
fi
exercise_start "$plottafel" ""
PYTHONPATH="$here/../clients" "$work/venv/bin/python" -B "$here/conformance.py" "$base" "$folder"
