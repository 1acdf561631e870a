# shellcheck shell=bash
# Builds the command line. To be sourced.

# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

built=$root/adapter/cli/target/keyward
stamp=$built/built

# Whether the command line is built from the sources as they are.
is_built() {
  [[ -f $stamp ]] || return 1
  local newer
  newer=$(find "$root/pom.xml" "$root/adapter" "$root/hsm-config" -name target -prune -o -name test -prune \
    -o \( -type f -o -path "*/src/*" \) -newer "$stamp" -print -quit 2>/dev/null)
  [[ -z $newer ]]
}

# Builds it, without tests, unless it is built.
build() {
  ! is_built || return 0
  say "building Keyward (the first time takes some minutes, to fetch libraries)"
  local started
  started=$(mktemp)
  (cd "$root" && mvn -B -ntp -q -pl adapter/cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2) \
    || die "the build failed"
  # The stamp is as old as the start of the build: what changed meanwhile is built the next time.
  touch -r "$started" "$stamp"
  rm -f "$started"
}
