# shellcheck shell=bash
# Finds JDK 25. To be sourced.

jdk_version=25

# Whether a directory holds a JDK of the version we need; reads its release file, which is quicker than asking java.
is_jdk() {
  [[ -x $1/bin/javac && -r $1/release ]] && grep -q "^JAVA_VERSION=\"${jdk_version}[.\"]" "$1/release"
}

# Sets JAVA_HOME to a JDK 25: the one it names already, one under /usr/lib/jvm, or the one on the PATH.
find_jdk() {
  local candidate on_path
  on_path=$(command -v javac || true)
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*"$jdk_version"* "${on_path:+$(dirname "$(dirname "$(readlink -f "$on_path")")")}"; do
    if [[ -n $candidate ]] && is_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  return 1
}
