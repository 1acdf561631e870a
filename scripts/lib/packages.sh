# shellcheck shell=bash
# Finds what is missing on this machine and installs it with apt-get. To be sourced.

# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=scripts/lib/jdk.sh
. "$(dirname "${BASH_SOURCE[0]}")/jdk.sh"

# Whether a package of that name can be installed from the lists that are here.
has_candidate() {
  # Not grep -q: it stops reading early, and pipefail would then blame apt-cache.
  apt-cache policy "$1" 2>/dev/null | grep '^  Candidate: [^(]' >/dev/null
}

# Whether any file matches the patterns.
any_file() {
  compgen -G "$1" >/dev/null || { shift && [[ $# -gt 0 ]] && any_file "$@"; }
}

# The Debian packages that Keyward needs to be built and tried, of those that are not here.
missing_for_running() {
  find_jdk || echo openjdk-25-jdk-headless
  command -v mvn >/dev/null || echo maven
  any_file '/usr/lib/softhsm/libsofthsm2.so' '/usr/lib/*/softhsm/libsofthsm2.so' || echo softhsm2
}

# The Debian packages that its tests need besides.
missing_for_tests() {
  command -v openssl >/dev/null || echo openssl
  any_file '/usr/lib/*/libsoftokn3.so' '/usr/lib/*/nss/libsoftokn3.so' || echo libnss3
}

# require_command COMMAND PACKAGE: installs the package unless the command is here.
require_command() {
  command -v "$1" >/dev/null || install_packages "$2"
}

# Installs packages. Without the right to, prints the line that somebody who has it must run, and ends.
install_packages() {
  [[ $# -gt 0 ]] || return 0
  command -v apt-get >/dev/null || die "missing: $*; install them by hand, since there is no apt-get here"
  local -a as_root=()
  if [[ $(id -u) != 0 ]]; then
    as_root=(sudo -n)
    if ! sudo -n true 2>/dev/null; then
      die "missing: $*; run this, then try again: sudo apt-get update && sudo apt-get install -y $*"
    fi
  fi
  say "installing $*"
  local package
  for package in "$@"; do
    if ! has_candidate "$package"; then
      apt_get update
      break
    fi
  done
  for package in "$@"; do
    if ! has_candidate "$package"; then
      [[ $package != openjdk-* ]] \
        || die "JDK $jdk_version is missing and this system has no package for it: install one from https://adoptium.net and set JAVA_HOME"
      die "$package is missing and this system has no package of that name"
    fi
  done
  # Lists that are here may still be too old to install from.
  apt_get install "$@" || { apt_get update && apt_get install "$@"; } || die "could not install $*"
}

# Runs apt-get without questions, and shows what it says only if it fails.
apt_get() {
  local log
  log=$(mktemp)
  local -a options=(-y -q)
  [[ $1 != install ]] || options+=(--no-install-recommends)
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# Makes sure that the AWS CLI is here, for the tests that use it: Debian has a package, elsewhere it comes from PyPI.
ensure_aws_cli() {
  local own=$root/target/aws-cli
  ! command -v aws >/dev/null || return 0
  if [[ ! -x $own/bin/aws ]]; then
    has_candidate awscli || install_packages python3-venv
    if has_candidate awscli; then
      install_packages awscli
      return 0
    fi
    say "installing the AWS CLI into target/aws-cli"
    python3 -m venv "$own"
    "$own/bin/pip" install --quiet awscli || die "the AWS CLI is missing and could not be installed"
  fi
  export PATH=$own/bin:$PATH
}
