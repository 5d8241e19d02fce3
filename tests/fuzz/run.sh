#!/usr/bin/env bash
# run.sh - runs the fuzz targets, one after the other: first all seeds, then as many seconds of random.
#
#   tests/fuzz/run.sh BUILD SECONDS [TARGET …]     TARGET without "fuzz_"; all when none is named
#
# BUILD/tests/fuzz_* were built with clang and -DPLOTTAFEL_FUZZ=ON. What was found stays in BUILD/fuzz/TARGET/,
# inputs that were new in BUILD/fuzz/TARGET/corpus for the next time. FUZZ_JOBS targets run at a time.
set -uo pipefail
build=$(realpath "$1")
seconds=$2
shift 2
cd "$(dirname "$0")"
export ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/../support/lsan.supp:print_suppressions=0
limits="-timeout=1 -malloc_limit_mb=256 -rss_limit_mb=768 -max_len=65536"

# A computer that is busy makes a slow input of a quick one: what took too long is tried again, alone.
is_still_slow() { # target, folder
    local input
    for input in "$2"/timeout-*; do
        [ -e "$input" ] || continue
        if nice -n 10 "$build/tests/fuzz_$1" $limits -artifact_prefix="$2/again-" "$input" >"$2/again.log" 2>&1; then
            rm "$input"
        else
            return 0
        fi
    done
    return 1
}

run_target() {
    local name=$1 folder=$build/fuzz/$1
    mkdir -p "$folder/corpus" "seeds/$name"
    rm -f "$folder"/{,again-}{crash,leak,timeout,oom}-*
    nice -n 10 "$build/tests/fuzz_$name" $limits -runs=0 -artifact_prefix="$folder/" "seeds/$name" >"$folder/log" 2>&1 &&
        nice -n 10 "$build/tests/fuzz_$name" $limits -max_total_time="$seconds" -artifact_prefix="$folder/" \
            -print_final_stats=1 "$folder/corpus" "seeds/$name" >"$folder/log" 2>&1
    local status=$?
    if [ $status -ne 0 ] && ! ls "$folder"/{crash,leak,oom}-* >/dev/null 2>&1 && ls "$folder"/timeout-* >/dev/null 2>&1; then
        is_still_slow "$name" "$folder" || status=0
    fi
    if [ $status -ne 0 ]; then
        grep -vE '^(#|INFO|\s+NEW)' "$folder/log" | head -n 60
        echo "fuzz: $name FAILED, see $folder"
        return 1
    fi
    echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log") inputs, $(grep -oE 'cov: [0-9]+' "$folder/log" | tail -n 1)"
}

[ $# -gt 0 ] || set -- $(ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
failed=0
for name in "$@"; do
    while [ "$(jobs -rp | wc -l)" -ge "${FUZZ_JOBS:-1}" ]; do
        wait -n || failed=1
    done
    run_target "$name" &
done
while [ -n "$(jobs -p)" ]; do
    wait -n
    status=$?
    [ $status -eq 127 ] && break
    [ $status -eq 0 ] || failed=1
done
exit $failed
