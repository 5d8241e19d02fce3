#!/usr/bin/env bash
# bare_debian.sh - proves the README's two commands on a machine that has nothing.
#
#   tests/bare_debian.sh [demo] [tests]      default: both
#
# Debootstraps a minimal Debian 12 into a folder, clones this repository's last commit into it, and runs
# examples/demo.sh --once and tests/run.sh there. Needs root and debootstrap. The folder goes afterwards, unless
# KEEP=1. FOLDER says where (default: a new one under /var/tmp); STAGES which of tests/run.sh (default: all).
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
what=${*:-demo tests}
[ "$(id -u)" = 0 ] || { echo "bare_debian.sh: needs root (chroot)" >&2 && exit 1; }
command -v debootstrap >/dev/null 2>&1 || apt-get install -y -qq debootstrap >/dev/null

folder=${FOLDER:-$(mktemp -d /var/tmp/plottafel-bare-XXXXXX)}
leave() {
    umount -l "$folder/proc" "$folder/dev/shm" "$folder/dev" 2>/dev/null || true
    [ "${KEEP:-0}" = 1 ] || rm -rf --one-file-system "$folder"
}
trap leave EXIT

echo "== a bare Debian 12 in $folder"
debootstrap --variant=minbase --include=ca-certificates bookworm "$folder" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$folder.log" 2>&1 || { tail "$folder.log" >&2 && exit 1; }
rm -f "$folder.log"
# Only what any machine has that was set up by its owner: its name server and the authorities it trusts.
cp /etc/resolv.conf "$folder/etc/resolv.conf"
cp /etc/hosts "$folder/etc/hosts"
cp /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/ca-certificates.crt"
mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev" && mount --make-rslave "$folder/dev"

git clone -q "$project" "$folder/root/plottafel"
run() {
    chroot "$folder" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        TERM="${TERM:-dumb}" NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt CI="${CI:-}" \
        bash -c "cd /root/plottafel && $1"
}
for part in $what; do
    case $part in
    demo) echo "== examples/demo.sh --once" && run "bash examples/demo.sh --once" ;;
    tests) echo "== tests/run.sh" && run "bash tests/run.sh ${STAGES:-}" ;;
    *) echo "bare_debian.sh: unknown part '$part': demo or tests" >&2 && exit 2 ;;
    esac
done
echo "== both commands work on a bare Debian 12"
