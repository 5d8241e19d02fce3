#!/usr/bin/env bash
# run.sh - are our PDFs what they say they are? Judged by veraPDF (PDF/A-2a, PDF/UA-1) and qpdf, and placed by GDAL
# and QGIS.
#
#   tests/pdf/run.sh PLOTTAFEL [WORK]
#
# Makes briefings of the exercise "Hollands Diep" (with its base layers when the demo has made them) and the books
# of symbols. veraPDF comes from Maven Central into WORK (default build/verapdf); without Java, Maven or network its
# part is SKIPPED; so is that of QGIS without python3-qgis.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,9p' "$0" >&2 && exit 2; }
plottafel=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
work=$(realpath -m "${2:-$here/../../build/verapdf}")
example=$here/../../examples/hollands-diep
folder=$(mktemp -d /tmp/plottafel-pdf-XXXXXX)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$work" "$folder/work"

cp "$example"/{catalogue,maps,plottafel}.yaml "$example/places.geojson" "$folder/"
cp -r "$example/templates" "$folder/"
sed -i "s|\.\./symbol-sets|$(realpath "$example/../symbol-sets")|" "$folder/plottafel.yaml"
[ ! -d "$example/work/layers" ] || ln -s "$(realpath "$example/work/layers")" "$folder/work/layers"
cd "$folder"
"$plottafel" import hollands-diep "$example/situation.geojson" >/dev/null 2>&1

briefing() { # file, options …
    "$plottafel" briefing "${@:2}" --center 101000,411500 -o "$1" >"$1.log" 2>&1 || { cat "$1.log" && exit 1; }
}
briefing a3.pdf situation --paper A3 --landscape --scale 50000
briefing a5-en.pdf situation --paper A5 --scale 100000 --language en
briefing a4-fr-de.pdf situation --paper A4 --scale 50000 --language fr,de
briefing a0-flood.pdf flood --paper A0 --landscape --scale 25000 --dpi 150
"$plottafel" briefing situation --template atlas --bbox 95000,405000,107000,417000 -o atlas.pdf >atlas.pdf.log 2>&1 ||
    { cat atlas.pdf.log && exit 1; }
"$plottafel" symbols book --language nl,en -o book.pdf >/dev/null 2>&1

failed=0
for file in *.pdf; do
    if qpdf --check "$file" >"$file.log" 2>&1; then
        echo "ok      qpdf $file ($(stat -c %s "$file") bytes)"
    else
        cat "$file.log" && failed=1
    fi
done
most=2000000
[ "$(stat -c %s a3.pdf)" -lt "$most" ] || { echo "FAILED  a3.pdf has more than $most bytes" && failed=1; }

# python3-qgis is a package of Debian's own Python, which need not be the first on the path.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
XDG_RUNTIME_DIR=$folder "$python" -B "$here/georeference.py" "$folder" || failed=1

if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then
    echo "SKIPPED veraPDF: java or mvn is not there"
    exit $failed
fi
if [ ! -e "$work/lib/done" ]; then
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib" >"$work/mvn.log" 2>&1 ||
        { echo "SKIPPED veraPDF: not to be had, see $work/mvn.log" && exit $failed; }
    touch "$work/lib/done"
fi
java -cp "$work/lib/*" "$here/Validate.java" 2a,ua1 ./*.pdf || failed=1
exit $failed
