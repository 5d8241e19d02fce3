#!/usr/bin/env bash
# run.sh - installs what tests need, builds, and runs everything.
#
#   tests/run.sh                   the everyday suite: release, sanitizers, page, clients, PDFs, short benchmark
#   tests/run.sh STAGE …           some of its stages: release | page | clients | pdf | sanitize-build | sanitize | bench;
#                                  those with a + between them at the same time: page+clients+pdf
#   tests/run.sh long              what takes too long for every day, or one of its stages:
#     sanitize-long                everything under sanitizers; every day tests of chances make a seventh of their rounds
#     conformance                  the judges of others
#     fuzz [SECONDS]               each target of tests/fuzz/ for so long, 600 when not said; every day each reads its
#                                  seeds and 3000 changed ones (tests/fuzz/replay.c)
#     bench-long                   the whole benchmark
#
# The everyday suite is to take less than 15 minutes on two cores that do nothing else. Compilers go through ccache
# where it is installed.
# Real data is looked for in $PLOTTAFEL_SHARED_DATA (default ../shared/data); tests that need it say SKIPPED when
# it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
builds=${PLOTTAFEL_BUILD:-build}
jobs=$(nproc)
build_target=all
export CTEST_OUTPUT_ON_FAILURE=1
export PLOTTAFEL_SHARED_DATA=${PLOTTAFEL_SHARED_DATA:-$(realpath -m ../shared/data)}

if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER:-ccache}
fi

build() { # folder, cmake options …
    local folder=$1
    shift
    exec {lock}>"$folder.lock" # one after the other: stages may run at the same time
    flock "$lock"
    cmake -S . -B "$folder" -G Ninja -DPLOTTAFEL_TESTS=ON "$@" >"$folder.configure.log" 2>&1 || { cat "$folder.configure.log" && exit 1; }
    nice -n 19 cmake --build "$folder" -j "$jobs" --target "$build_target" >"$folder.build.log" 2>&1 || { tail -n 60 "$folder.build.log" && exit 1; }
    if grep -q 'warning:' "$folder.build.log"; then
        grep 'warning:' "$folder.build.log" | sort -u
        echo "run.sh: the build has warnings" >&2
        exit 1
    fi
    exec {lock}>&-
}

# Where tests keep their files: in memory if there is much of it. They wait for disks for minutes otherwise, and what
# they kill is processes; what a power failure leaves of a disk is a test of its own (tests/laws/test_power_loss.c).
folder_for_tests() {
    local least_kb=4000000 free_kb
    free_kb=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || true)
    if [ -w /dev/shm ] && [ "${free_kb:-0}" -ge $least_kb ] &&
        [ "$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)" -ge $((2 * least_kb)) ]; then
        echo /dev/shm
    else
        echo "${TMPDIR:-/tmp}"
    fi
}

# Tests that ask the clock fail where something else takes the machine for a moment. Those that failed are tried
# again with all else at rest; who fails three times fails. A failure of any other test stays one, and so does a
# crash, and what a sanitizer found: no clock is to blame for those.
try_clocks_again() { # folder, options …
    local folder=$1 clocks others crash='SEGFAULT|BUS_ERROR|ILLEGAL|NUMERICAL|Subprocess aborted' # in words of ctest
    shift
    ! grep -qE "Sanitizer: |runtime error: |Received signal |Assertion \`.*' failed|\($crash\)" "$folder/ctest.log" || return 1
    clocks=$(ctest --test-dir "$folder" -L clock -N | awk '$1 == "Test" { print $NF }')
    others=$(cut -d : -f 2 "$folder/Testing/Temporary/LastTestsFailed.log" | grep -vxF "$clocks" || true)
    [ -z "$others" ] || return 1
    echo "run.sh: trying again, alone, what failed and asks the clock:"
    ctest --test-dir "$folder" --no-tests=error --rerun-failed --repeat until-pass:2 -j 1 "$@"
}

# Runs the tests of a build and tells which of them could not try what they are there for. One more than there are
# cores: one of them waits for a service most of the time (RESOURCE_LOCK in tests/CMakeLists.txt). Nobody is nicer than
# workers are (geo/base/scheduling.h): those of a service would stand still beside tests that compute.
run_tests() { # folder, options …
    local folder=$1 logs=("$1/Testing/Temporary/LastTest.log") temporary
    shift
    temporary=$(folder_for_tests)
    local -x TMPDIR=$temporary
    if ! nice -n 19 ctest --test-dir "$folder" --no-tests=error -j $((jobs + 1)) -O "$folder/ctest.log" "$@"; then
        cp "${logs[0]}" "${logs[0]}.first"
        logs+=("${logs[0]}.first")
        try_clocks_again "$folder" "$@" || return
    fi
    awk '$2 == "Test:" { name = $3 } /^SKIPPED/ { print name ": " $0 }' "${logs[@]}" | sort -u
}

stage_release() {
    build "$builds/release" -DCMAKE_BUILD_TYPE=Release
    run_tests "$builds/release" --timeout 300
}

# -O1 runs a third faster than -O0, and more; gcc sees less of what snprintf() is given when sanitizers stand in between.
stage_sanitize-build() { # beside stages that wait for pages, clients and Java
    build "$builds/sanitize" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG="-O1 -g1 -Wno-format-truncation" \
        -DPLOTTAFEL_SANITIZE=ON
}

stage_sanitize-long() {
    stage_sanitize-build
    CK_FORK=no CK_DEFAULT_TIMEOUT=0 ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
        LSAN_OPTIONS=suppressions="$PWD/tests/support/lsan.supp":print_suppressions=0 \
        UBSAN_OPTIONS=print_stacktrace=1 run_tests "$builds/sanitize" --timeout 900
}

stage_sanitize() { # tests/support/effort.h
    PLOTTAFEL_TEST_EFFORT=short stage_sanitize-long
}

# Without the programs of the tests, for stages that ask the program alone: on its own such a stage starts sooner.
build_program() {
    local build_target=plottafel
    build "$builds/release" -DCMAKE_BUILD_TYPE=Release
}

stage_page() {
    build_program
    nice -n 19 bash tests/page/run.sh "$builds/release/plottafel"
}

stage_clients() {
    build_program
    nice -n 19 bash tests/clients/run.sh "$builds/release/plottafel"
}

stage_pdf() {
    build_program
    nice -n 19 bash tests/pdf/run.sh "$builds/release/plottafel" "$builds/verapdf"
}

stage_conformance() { # not of every day: it has programs of others from PyPI
    build_program
    bash tests/conformance/run.sh "$builds/release/plottafel" "$builds/conformance"
}

stage_fuzz() { # not of every day: all is built again with clang
    examples/packages.sh fuzz
    local build_target=fuzz
    build "$builds/fuzz" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DPLOTTAFEL_FUZZ=ON
    FUZZ_JOBS=$jobs tests/fuzz/run.sh "$builds/fuzz" "${seconds:-600}"
}

stage_bench() {
    stage_bench-long --short
}

stage_bench-long() {
    examples/packages.sh bench
    build "$builds/release" -DCMAKE_BUILD_TYPE=Release
    bash tests/bench/run.sh "$@" "$builds/release/plottafel"
}

mkdir -p "$builds"
bash examples/packages.sh build test
if [ "${1:-}" = fuzz ] && [[ ${2:-} =~ ^[0-9]+$ ]]; then
    seconds=$2
    set -- fuzz
fi
stages=${*:-release page+clients+pdf+sanitize-build sanitize bench}
[ "$stages" != long ] || stages="sanitize-long conformance fuzz bench-long"

run_stage() { # name
    local started=$SECONDS
    echo "== $1"
    "stage_$1"
    echo "== $1: passed in $((SECONDS - started)) s"
}

# Each tells what it has to tell when it has ended; all of them end before one that failed ends the suite.
run_beside_each_other() { # names …
    local stage failed="" runs=()
    for stage in "$@"; do
        run_stage "$stage" >"$builds/$stage.log" 2>&1 &
        runs+=($!)
    done
    for stage in "$@"; do
        wait "${runs[0]}" || failed="$failed $stage"
        runs=("${runs[@]:1}")
        cat "$builds/$stage.log"
    done
    [ -z "$failed" ] || { echo "run.sh: failed:$failed" >&2 && exit 1; }
}

for stage in ${stages//+/ }; do
    declare -F "stage_$stage" >/dev/null || { echo "run.sh: there is no stage '$stage'" >&2 && exit 2; }
done
for group in $stages; do
    if [[ $group == *+* ]]; then
        run_beside_each_other ${group//+/ }
    else
        run_stage "$group"
    fi
done
