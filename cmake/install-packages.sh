#!/bin/sh
# Installs the Debian packages that are named and not there yet, as root or through sudo. Where all are there, nothing
# is run and no network is needed.
set -eu

missing=
for package in "$@"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "$0: run this as root, or install sudo; missing:$missing" >&2; exit 1; }
  as_root=sudo
fi
$as_root apt-get update
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
