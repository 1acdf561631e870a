# shellcheck shell=bash
# Fresh tokens for with-softhsm and with-nss. To be sourced.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

random_pin() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# fresh_token PROFILE LABEL: makes a directory that goes with this script, a PIN in a file of it, and exports what the
# command needs. The library is the first of the profile's that is there.
fresh_token() {
  KEYWARD_TEST_PROFILE=$root/hsm-config/$1.yaml
  KEYWARD_TEST_TOKEN_LABEL=$2
  KEYWARD_TEST_LIBRARY=
  local library
  while read -r library; do
    if [[ -r $library ]]; then
      KEYWARD_TEST_LIBRARY=$library
      break
    fi
  done < <(sed -n '/^libraries:/,/^[a-z]/s/^ *- *//p' "$KEYWARD_TEST_PROFILE")
  [[ -n $KEYWARD_TEST_LIBRARY ]] || die "the library of $1 is not installed"
  umask 077
  KEYWARD_TEST_DIRECTORY=$(mktemp -d)
  trap 'rm -rf "$KEYWARD_TEST_DIRECTORY"' EXIT
  KEYWARD_TEST_PIN_FILE=$KEYWARD_TEST_DIRECTORY/pin
  random_pin >"$KEYWARD_TEST_PIN_FILE"
  export KEYWARD_TEST_PROFILE KEYWARD_TEST_TOKEN_LABEL KEYWARD_TEST_LIBRARY KEYWARD_TEST_DIRECTORY KEYWARD_TEST_PIN_FILE
}
