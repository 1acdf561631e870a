# shellcheck shell=bash
# What every script here begins with. To be sourced.

# shellcheck disable=SC2034 # for whoever sources this
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Says what is going on, on standard error: standard output belongs to what was asked for.
say() {
  printf '%s\n' "$*" >&2
}

# Ends with one line that says why.
die() {
  say "${0##*/}: $*"
  exit 1
}
