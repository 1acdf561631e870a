# shellcheck shell=bash
# Builds what is run from the checkout. To be sourced.

# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# is_built STAMP: whether what the stamp was set for is built from the sources as they are.
is_built() {
  [[ -f $1 ]] || return 1
  local newer
  newer=$(find "$root/pom.xml" "$root/adapter" "$root/hsm-config" -name target -prune -o -name test -prune \
    -o \( -type f -o -path "*/src/*" \) -newer "$1" -print -quit 2>/dev/null)
  [[ -z $newer ]]
}

# build MODULE: builds one of adapter/ and what it needs, without tests, unless it is built.
build() {
  local stamp=$root/adapter/$1/target/built
  ! is_built "$stamp" || return 0
  say "building Keyward (the first time takes some minutes, to fetch libraries)"
  local started
  started=$(mktemp)
  (cd "$root" && mvn -B -ntp -q -pl "adapter/$1" -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2) \
    || die "the build failed"
  # The stamp is as old as the start of the build: what changed meanwhile is built the next time.
  touch -r "$started" "$stamp"
  rm -f "$started"
}
