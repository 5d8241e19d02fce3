#!/usr/bin/env bash
# accept.sh - makes what was drawn the reference, after a person has looked at it.
#
#   tests/pictures/accept.sh NAME ...          of the build in build/release, or $PLOTTAFEL_PICTURES
#
# Look at every picture at full size first: build/release/tests/pictures/index.html. Never run by CI.
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,6p' "$0" >&2 && exit 2; }
[ -z "${CI:-}" ] || { echo "accept.sh: a person accepts pictures, CI does not" >&2 && exit 1; }
folder=$(cd "$(dirname "$0")" && pwd)
drawn=${PLOTTAFEL_PICTURES:-$folder/../../build/release/tests/pictures}
for name in "$@"; do
    [ -f "$folder/cases/$name.yaml" ] || { echo "accept.sh: there is no case '$name'" >&2 && exit 1; }
    [ -f "$drawn/$name.out.png" ] || { echo "accept.sh: $drawn/$name.out.png is not there: run ctest -R pictures" >&2 && exit 1; }
    cp "$drawn/$name.out.png" "$folder/cases/$name.ref.png"
    echo "accepted $name"
done
echo "references: $(cat "$folder"/cases/*.png | wc -c) bytes of at most 3,500,000"
