#!/bin/sh
# From a fresh Debian 12 machine (root, or a user with sudo) to a program that runs.
#
#   sh cmake/bootstrap.sh build   install what a build needs, build build/release/grantproof
#   sh cmake/bootstrap.sh run     the same, and check the policies of this repository
#   sh cmake/bootstrap.sh test    the same, with the tests, and run them
#
# Further arguments go to cmake. Nothing outside build/ is written, apart from the packages. No git checkout is needed.
set -eu

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

cd "$(dirname "$0")/.."
[ $# -ge 1 ] || usage
mode=$1
shift

packages="cmake g++ ninja-build libcli11-dev libexpected-dev libfmt-dev libsimdjson-dev libyaml-cpp-dev libz3-dev nlohmann-json3-dev"
case $mode in
  build | run) tests=OFF ;;
  test) tests=ON packages="$packages libbenchmark-dev libgtest-dev" ;;
  *) usage ;;
esac

# shellcheck disable=SC2086 # a list of words
sh cmake/install-packages.sh $packages
cmake --preset release -D GRANTPROOF_BUILD_TESTS=$tests "$@"
cmake --build --preset release

case $mode in
  run)
    # The corpus holds bad policies on purpose: 1 says that findings were reported, above 1 that the run failed.
    status=0
    build/release/grantproof check policies-corpus || status=$?
    [ $status -le 1 ] || exit $status
    ;;
  test) ctest --preset release ;;
esac
