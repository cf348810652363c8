# shellcheck shell=bash
# What every script of this folder begins with: where things are, and how they speak. Sourced, never run.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# shellcheck source=scripts/versions.sh
source "$ROOT/scripts/versions.sh"

TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
SERVER=$TARGET/release/api-logs
TOOLS=${API_LOGS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/api-logs/tools}
TRUNK_HOME=$TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_HOME=$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
CARGO_DENY_HOME=$TOOLS/cargo-deny-$CARGO_DENY_VERSION
PEERS_HOME=$TOOLS/peers

# Trunk takes wasm-bindgen and wasm-opt from PATH and then downloads neither.
PATH=$TRUNK_HOME/bin:$WASM_BINDGEN_HOME/bin:$ROOT/node_modules/.bin:$PATH
export PATH

say() { printf '%s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# The browser of the tests: what CHROMIUM names, or the first one found; empty when there is none.
find_chromium() {
    if [[ -n ${CHROMIUM:-} ]]; then
        printf '%s' "$CHROMIUM"
        return
    fi
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name"; then return; fi
    done
    return 0
}

# One hash over the content of files and folders, to tell whether something has to be built again.
fingerprint() {
    local existing=() path
    for path in "$@"; do
        if [[ -e $path ]]; then existing+=("$path"); fi
    done
    find "${existing[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}
