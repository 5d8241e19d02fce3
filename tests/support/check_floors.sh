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

# Puts into $floor that of a source file or of an included path; tests stand on the floor that they test.
# (Not echoed: a process for each of ten thousand includes would take a quarter of a minute.)
floor_of() {
    case ${1#tests/} in
    geo/*) floor=0 ;;
    symbology/*) floor=1 ;;
    data/*) floor=2 ;;
    render/service/*) floor=4 ;;
    render/*) floor=3 ;;
    *) case $1 in tests/*) floor=4 ;; *) floor=none ;; esac ;;
    esac
}

# Puts into $doors the files that may include a foreign header, as shell patterns; "-" where it is no foreign header.
door_of() {
    case $1 in
    assert.h | ctype.h | errno.h | fcntl.h | float.h | ftw.h | getopt.h | glob.h | inttypes.h | limits.h | \
        locale.h | math.h | netdb.h | poll.h | pthread.h | sched.h | signal.h | spawn.h | stdarg.h | \
        stdatomic.h | stdbool.h | stddef.h | stdint.h | stdio.h | stdlib.h | string.h | strings.h | \
        syslog.h | termios.h | time.h | unistd.h | wchar.h | dirent.h | endian.h | libgen.h | elf.h | link.h | sys/* | netinet/* | arpa/* | linux/*) doors="-" ;;
    proj.h) doors="geo/crs.c" ;;
    geos_c.h) doors="geo/shape_buffer.c geo/shape_repair.c" ;;
    yaml.h) doors="geo/base/yaml.c" ;;
    libxml/*) doors="geo/base/xml.c" ;;
    jansson.h) doors="geo/tile_matrix_set.c symbology/import/*.c data/geojson*.c render/service/*.c render/service/*/*.c" ;;
    gdal*.h | ogr_*.h | cpl_*.h) doors="data/source_*.c" ;;
    sqlite3.h) doors="data/store_*.c render/service/tile/sqlite_file.c render/service/seed/seed_draft.c render/service/seed/mbtiles.c render/service/tile/disk_cache_file.c render/service/briefing/briefing_rows.c" ;;
    cairo*.h | cairo/*)
        doors="render/canvas/canvas*.c render/canvas/image*.c render/canvas/page.c render/symbol/svg.c render/symbol/symbol_picture.c render/text/text*.c render/vector/glyph_range.c"
        ;;
    pango/*) doors="render/text/text*.c render/vector/glyph_range.c" ;;
    librsvg/*) doors="render/symbol/svg.c" ;;
    fontconfig/*) doors="render/text/text*.c render/text/fonts.c" ;;
    png.h) doors="render/encode/png_read.c" ;;
    webp/*) doors="render/encode/webp.c" ;;
    qpdf/*) doors="render/pdf/pdf_*.c" ;;
    malloc.h) doors="geo/base/memory.c render/service/worker/worker.c render/service/serve.c" ;;
    emmintrin.h) doors="render/encode/pixel_compare.h" ;;
    turbojpeg.h) doors="render/encode/jpeg.c" ;;
    libdeflate.h) doors="render/encode/png*.c render/encode/gzip.c render/encode/zip.c" ;;
    openssl/*) doors="render/pdf/seal_key.c" ;;
    qrencode.h) doors="render/briefing/qr.c" ;;
    microhttpd.h) doors="render/service/http/http*.c" ;;
    check.h) doors="tests/*" ;;
    *) doors="" ;;
    esac
}

say() {
    echo "$1"
    violations=$((violations + 1))
}

# Tests may use any library to judge ours.
check_foreign() {
    local file=$1 line=$2 header=$3 doors door
    door_of "$header"
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
    local file=$1 line=$2 header=$3 floor from to
    floor_of "$file"
    from=$floor
    floor_of "$header"
    to=$floor
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
