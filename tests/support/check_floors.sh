#!/bin/bash
#
# check_floors.sh [ROOT] - includes point down, and foreign libraries come in by their doors only.
#
# Floors, lowest first: geo, symbology, data, render, render/service. A file includes headers of its own floor
# and of those below it. A foreign header may be included by the files named in door_of() and by no other.
# Prints one line per violation and ends with status 1 when there is one.
set -u
root=${1:-$(dirname "$0")/../..}
cd "$root" || exit 2
violations=0

# The floor of a source file or of an included path; tests stand on the floor that they test.
floor_of() {
    case ${1#tests/} in
    geo/*) echo 0 ;;
    symbology/*) echo 1 ;;
    data/*) echo 2 ;;
    render/service/*) echo 4 ;;
    render/*) echo 3 ;;
    *) case $1 in tests/*) echo 4 ;; *) echo none ;; esac ;;
    esac
}

# The files that may include a foreign header, as shell patterns; "-" where it is no foreign header.
door_of() {
    case $1 in
    assert.h | ctype.h | errno.h | fcntl.h | float.h | ftw.h | getopt.h | glob.h | inttypes.h | limits.h | \
        locale.h | math.h | netdb.h | poll.h | pthread.h | sched.h | signal.h | spawn.h | stdarg.h | \
        stdatomic.h | stdbool.h | stddef.h | stdint.h | stdio.h | stdlib.h | string.h | strings.h | \
        syslog.h | termios.h | time.h | unistd.h | wchar.h | dirent.h | endian.h | libgen.h | elf.h | link.h | sys/* | netinet/* | arpa/* | linux/*) echo "-" ;;
    proj.h) echo "geo/crs.c" ;;
    geos_c.h) echo "geo/shape_buffer.c geo/shape_repair.c" ;;
    yaml.h) echo "geo/base/yaml.c" ;;
    libxml/*) echo "geo/base/xml.c" ;;
    jansson.h) echo "geo/tile_matrix_set.c symbology/import/*.c data/geojson*.c render/service/*.c render/service/*/*.c" ;;
    gdal*.h | ogr_*.h | cpl_*.h) echo "data/source_*.c" ;;
    sqlite3.h) echo "data/store_*.c render/service/tile/sqlite_file.c render/service/seed/seed_draft.c render/service/seed/mbtiles.c render/service/tile/disk_cache_file.c render/service/briefing/briefing_rows.c" ;;
    cairo*.h | cairo/*)
        echo "render/canvas/canvas*.c render/canvas/image*.c render/canvas/page.c render/symbol/svg.c render/symbol/symbol_picture.c render/text/text*.c render/vector/glyph_range.c"
        ;;
    pango/*) echo "render/text/text*.c render/vector/glyph_range.c" ;;
    librsvg/*) echo "render/symbol/svg.c" ;;
    fontconfig/*) echo "render/text/text*.c render/text/fonts.c" ;;
    png.h) echo "render/encode/png_read.c" ;;
    webp/*) echo "render/encode/webp.c" ;;
    qpdf/*) echo "render/pdf/pdf_*.c" ;;
    malloc.h) echo "render/service/worker/worker.c" ;;
    turbojpeg.h) echo "render/encode/jpeg.c" ;;
    libdeflate.h) echo "render/encode/png.c render/encode/gzip.c render/encode/zip.c" ;;
    openssl/*) echo "render/pdf/seal_key.c" ;;
    qrencode.h) echo "render/briefing/qr.c" ;;
    microhttpd.h) echo "render/service/http/http*.c" ;;
    check.h) echo "tests/*" ;;
    *) echo "" ;;
    esac
}

say() {
    echo "$1"
    violations=$((violations + 1))
}

# Tests may use any library to judge ours.
check_foreign() {
    local file=$1 line=$2 header=$3 doors door
    doors=$(door_of "$header")
    [ "$doors" = "-" ] && return
    case $file in tests/*) return ;; esac
    set -f
    for door in $doors; do
        # shellcheck disable=SC2254 # the door is a pattern
        case $file in
        $door)
            # * stops at a folder's edge: as many slashes on both sides
            if [ "${file//[^\/]/}" = "${door//[^\/]/}" ]; then
                set +f
                return
            fi
            ;;
        esac
    done
    set +f
    say "$file:$line: <$header> may be included by ${doors:-no file} only"
}

check_own() {
    local file=$1 line=$2 header=$3 from to
    from=$(floor_of "$file")
    to=$(floor_of "$header")
    case $header in
    tests/*) case $file in tests/*) return ;; esac ;;
    esac
    if [ "$to" = none ]; then
        say "$file:$line: \"$header\" does not begin with the folder of a floor"
    elif [ "$from" -lt "$to" ]; then
        say "$file:$line: \"$header\" is on a higher floor"
    elif [ ! -e "$header" ]; then
        say "$file:$line: \"$header\" does not exist"
    fi
}

pattern='^([^:]+):([0-9]+):[[:space:]]*#[[:space:]]*include[[:space:]]*([<"])([^>"]+)'
count=0
while IFS= read -r found; do
    [[ $found =~ $pattern ]] || continue
    count=$((count + 1))
    if [ "${BASH_REMATCH[3]}" = "<" ]; then
        check_foreign "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]}"
    else
        check_own "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]}"
    fi
done < <(grep -rnE --include='*.c' --include='*.h' '^[[:space:]]*#[[:space:]]*include' geo symbology data render tests)

echo "$count includes, $violations violations"
[ "$count" -gt 0 ] && [ "$violations" -eq 0 ]
