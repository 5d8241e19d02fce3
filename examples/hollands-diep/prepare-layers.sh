#!/usr/bin/env bash
# prepare-layers.sh - makes the base layers of the example maps from Debian's gmt-gshhg-full and gmt-dcw.
#
#   examples/hollands-diep/prepare-layers.sh [FOLDER]     default: work/layers beside this script
#
# What is in the folder already is kept: delete a file to have it made again.
set -euo pipefail
folder=${1:-$(dirname "$0")/work/layers}
near=2/9/50/54.5     # west/east/south/north, degrees: in full resolution
far=-12/24/42/62     # for small scales: in intermediate resolution
export GMT_SESSION_NAME=$$ OGR_ENABLE_PARTIAL_REPROJECTION=YES

fail() { echo "prepare-layers.sh: $*" >&2 && exit 1; }

command -v gmt >/dev/null || fail "gmt is not there (Debian package gmt)"
command -v ogr2ogr >/dev/null && command -v gdal_translate >/dev/null || fail "GDAL's programs are not there (gdal-bin)"
[ -e /usr/share/gmt-gshhg/binned_GSHHS_f.nc ] || fail "the coast line is not there (Debian package gmt-gshhg-full)"
[ -e /usr/share/gmt-dcw/dcw-gmt.nc ] || fail "the country outlines are not there (Debian package gmt-dcw)"

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" # GMT leaves its history in the working folder

is_there() { [ -s "$folder/$1" ]; }

# A finished file appears under its name in one step, so an interrupted run leaves no half layer.
finish() { mv "$scratch/$1" "$folder/$1" && echo "$folder/$1"; }

# GMT's multisegment text to GeoJSON lines. "> River Bin # 12608, Level 1" gives the level.
to_lines() {
    awk 'BEGIN { print "{\"type\":\"FeatureCollection\",\"features\":[" }
        function flush() {
            if (count > 1) {
                printf "%s{\"type\":\"Feature\",\"properties\":{\"level\":%d},\"geometry\":" \
                    "{\"type\":\"LineString\",\"coordinates\":[%s]}}\n", comma, level, points
                comma = ","
            }
            points = ""; count = 0
        }
        /^>/ { flush(); level = 0; if (match($0, /Level [0-9]+/)) level = substr($0, RSTART + 6, RLENGTH - 6); next }
        { points = points (count++ ? "," : "") "[" $1 "," $2 "]" }
        END { flush(); print "]}" }'
}

# The outline of a region, as one more segment.
outline() {
    echo "$1" | tr / ' ' | awk '{ print "> Level 9"; print $1, $3; print $2, $3; print $2, $4; print $1, $4; print $1, $3 }'
}

# query FILE TABLE SQL: adds a table of the answer to work.gpkg.
query() {
    local update=""
    [ ! -e work.gpkg ] || update=-update
    ogr2ogr -q -f GPKG $update -nln "$2" -nlt "${4:-GEOMETRY}" -lco GEOMETRY_NAME=geom -explodecollections \
        work.gpkg "$1" -dialect sqlite -sql "$3"
}

# land_of REGION RESOLUTION: work.gpkg with the table "land": the land of the region as polygons, lakes cut out.
# Coast and lake shores come in pieces, cut at the edges of GSHHG's bins. Joined they are rings (islands and lakes)
# and lines from edge to edge, which part the region into faces; GMT knows of a point in a face whether it is dry.
# Rings within rings are then land, lake, island ... in turn.
land_of() {
    rm -f work.gpkg
    gmt coast "-R$1" "-D$2" -W -M | to_lines >shores.json
    outline "$1" | to_lines >outline.json
    query shores.json shores "SELECT ST_LineMerge(ST_Collect(geometry)) AS geom FROM shores"
    query outline.json outline "SELECT geometry AS geom FROM outline"
    query work.gpkg faces "SELECT ST_Polygonize(lines) AS geom FROM (SELECT ST_Node(ST_Collect(geom)) AS lines FROM
        (SELECT geom FROM shores WHERE NOT ST_IsClosed(geom) UNION ALL SELECT geom FROM outline))"
    query work.gpkg points "SELECT ST_PointOnSurface(ST_Difference(f.geom, r.geom)) AS geom, f.rowid + 0 AS face FROM faces f,
        (SELECT ST_BuildArea(ST_Collect(geom)) AS geom FROM shores WHERE ST_IsClosed(geom)) r"
    ogr2ogr -q -f CSV points.csv work.gpkg points -lco GEOMETRY=AS_XY
    { echo face,dry; tail -n +2 points.csv | tr ',' ' ' | gmt select "-R$1" "-D$2" -Ns/k/s/k/s | awk '{ print $3 ",1" }'; } >dry.csv
    [ "$(wc -l <dry.csv)" -gt 1 ] || fail "no land was found in $1"
    ogr2ogr -q -f GPKG -update work.gpkg dry.csv -nln dry -oo AUTODETECT_TYPE=YES
    query work.gpkg land "SELECT ST_BuildArea(ST_Collect(geom)) AS geom FROM
        (SELECT geom FROM shores WHERE ST_IsClosed(geom) UNION ALL
         SELECT ST_ExteriorRing(geom) AS geom FROM faces WHERE rowid IN (SELECT face FROM dry))" POLYGON
}

# Cells of half a degree that overlap by 0.02 degrees, so that no seam shows between the pieces.
cells() {
    echo "$1" | tr / ' ' | awk '{
        print "{\"type\":\"FeatureCollection\",\"features\":["
        for (x = $1; x < $2; x += 0.5) for (y = $3; y < $4; y += 0.5) {
            printf "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" \
                "[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}\n", comma, x - 0.01, y - 0.01, x + 0.51, y - 0.01,
                x + 0.51, y + 0.51, x - 0.01, y + 0.51, x - 0.01, y - 0.01
            comma = ","
        }
        print "]}" }'
}

make_land() {
    land_of $near f
    cells $near >cells.json
    query cells.json cells "SELECT geometry AS geom FROM cells"
    ogr2ogr -q -f FlatGeobuf -nln land -nlt POLYGON -explodecollections -a_srs EPSG:4326 land.fgb work.gpkg \
        -dialect sqlite -sql "SELECT ST_CollectionExtract(ST_Intersection(l.geom, c.geom), 3) AS geometry
            FROM land l JOIN cells c ON ST_Intersects(l.geom, c.geom)"
    finish land.fgb
}

make_land_overview() {
    land_of $far i
    ogr2ogr -q -f FlatGeobuf -nln land -nlt POLYGON -a_srs EPSG:4326 land-overview.fgb work.gpkg land
    finish land-overview.fgb
}

# make_lines FILE REGION RESOLUTION WHAT...: shores (-W), rivers (-I) or borders (-N) as lines with their level.
make_lines() {
    gmt coast "-R$2" "-D$3" "${@:4}" -M | to_lines >lines.json
    ogr2ogr -q -f FlatGeobuf -nln lines -nlt LINESTRING -a_srs EPSG:4326 "$1" lines.json
    finish "$1"
}

# One multipolygon a country, for its name.
make_countries() {
    gmt coast -ENL,BE,DE,LU,FR,GB -M | awk -F'[ \t]+Segment' 'BEGIN { print "{\"type\":\"FeatureCollection\",\"features\":["
            split("Netherlands,Belgium,Germany,Luxembourg,France,United Kingdom", english, ",")
            split("Nederland,België,Deutschland,Luxembourg,France,United Kingdom", own, ",")
            for (i in english) title[english[i]] = own[i] }
        function close_ring() { if (points != "") rings = rings (rings ? "," : "") "[[" points "," first "]]"; points = "" }
        function flush() { close_ring()
            if (rings) { printf "%s{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\"},\"geometry\":" \
                "{\"type\":\"MultiPolygon\",\"coordinates\":[%s]}}\n", comma, title[name], rings; comma = "," }
            rings = "" }
        /^>/ { close_ring(); next_name = $1; sub(/^>[ \t]*/, "", next_name); sub(/[ \t]+$/, "", next_name)
            if (next_name != name) flush(); name = next_name; next }
        { split($0, xy, /[ \t]+/); point = "[" xy[1] "," xy[2] "]"
            if (points == "") first = point
            points = points (points == "" ? "" : ",") point }
        END { flush(); print "]}" }' >countries.json
    ogr2ogr -q -f FlatGeobuf -nln countries -nlt MULTIPOLYGON -a_srs EPSG:4326 countries.fgb countries.json
    finish countries.fgb
}

# A fictional inundation, computed: the dike has breached beside the village of Moerdijk. There the water stands
# highest, it falls by 1 m in 3.3 km, and fills the polders south of the Hollands Diep as far as their ground allows.
# The ground is made up: a gentle relief, and polders of some 1,600 by 1,100 m that differ by up to 1 m.
make_depth() {
    local region=88000/118000/400000/418000 breach="104300 413300"
    ogr2ogr -q -f GPKG -t_srs EPSG:28992 land-rd.gpkg "$folder/land.fgb" -nln land
    gdal_rasterize -q -l land -burn 1 -init 0 -te 88000 400000 118000 418000 -tr 25 25 -ot Byte land-rd.gpkg land-rd.tif
    gmt grdmath "-R$region" -I25 -r X 0.94 MUL Y 0.34 MUL ADD 1600 DIV Y 2300 DIV SIN 0.3 MUL ADD FLOOR 12.9898 MUL \
        Y 0.94 MUL X 0.34 MUL SUB 1100 DIV X 2900 DIV SIN 0.4 MUL ADD FLOOR 78.233 MUL ADD SIN ABS = polders.nc
    gmt grdmath polders.nc X 900 DIV SIN Y 700 DIV COS MUL 0.15 MUL ADD X Y ADD 2600 DIV SIN 0.2 MUL ADD = ground.nc
    gmt grdmath $breach CDIST 3300 DIV NEG 2.8 ADD ground.nc SUB DUP 0.05 GT 0 NAN MUL = stands.nc
    gmt grdmath stands.nc land-rd.tif 0 NAN MUL Y X 93000 SUB 0.22 MUL 412000 ADD LT 0 NAN MUL = depth.nc
    gdal_translate -q -of COG -a_srs EPSG:28992 -a_nodata nan -ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=3 \
        -co BLOCKSIZE=256 -co OVERVIEW_RESAMPLING=AVERAGE depth.nc flood-depth.tif
    finish flood-depth.tif
}

is_there land.fgb || make_land
is_there land-overview.fgb || make_land_overview
is_there coast.fgb || make_lines coast.fgb $near f -W
is_there coast-overview.fgb || make_lines coast-overview.fgb $far i -W
is_there rivers.fgb || make_lines rivers.fgb -4/16/46/58 f -I1 -I2 -I3 -I4 -Ic # wide rivers have shores instead
is_there borders.fgb || make_lines borders.fgb $far f -Na
is_there countries.fgb || make_countries
is_there flood-depth.tif || make_depth
