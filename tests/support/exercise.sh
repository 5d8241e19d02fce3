# exercise.sh - for tests that need a running service: the exercise "Hollands Diep" on a free loopback port.
#
#   source tests/support/exercise.sh
#   exercise_start PLOTTAFEL VIEWER_FOLDER      "" for no page; sets $base, $folder and $folder/log
#
# Over the base layers of the demo when it has made them (examples/hollands-diep/work/layers), else the plot alone.
# What it made and started is gone when the shell ends.
exercise_service=
folder=
base=

exercise_stop() {
    [ -z "$exercise_service" ] || { kill "$exercise_service" 2>/dev/null; wait "$exercise_service" 2>/dev/null; } || true
    [ -z "$folder" ] || rm -rf "$folder"
}

exercise_lay_out() { # viewer folder
    local example
    example=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../examples/hollands-diep")
    cp "$example"/{catalogue,maps,plottafel}.yaml "$example/places.geojson" "$folder/"
    cp -r "$example/templates" "$folder/"
    sed -i -e 's|port: .*|port: 0|' -e "s|viewer: .*|viewer: \"$1\"|" \
        -e "s|\.\./symbol-sets|$(realpath "$example/../symbol-sets")|" "$folder/plottafel.yaml"
    mkdir -p "$folder/work"
    if [ -d "$example/work/layers" ]; then
        ln -s "$example/work/layers" "$folder/work/layers"
    else
        echo "the base layers of the demo are not there: the plot alone is drawn"
    fi
    exercise_situation=$example/situation.geojson
}

exercise_start() { # plottafel, viewer folder
    folder=$(mktemp -d /tmp/plottafel-exercise-XXXXXX)
    trap exercise_stop EXIT
    exercise_lay_out "$2"
    "$1" --config "$folder/plottafel.yaml" import hollands-diep "$exercise_situation" 2>"$folder/import.log" ||
        { cat "$folder/import.log" >&2 && return 1; }
    "$1" --config "$folder/plottafel.yaml" serve >"$folder/log" 2>&1 &
    exercise_service=$!
    for _ in $(seq 100); do
        base=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$folder/log" || true)
        [ -n "$base" ] && curl -fs "$base/readyz" >/dev/null 2>&1 && return 0
        kill -0 "$exercise_service" 2>/dev/null || break
        sleep 0.1
    done
    cat "$folder/log" >&2
    return 1
}
