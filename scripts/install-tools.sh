#!/usr/bin/env bash
# Makes sure that the tools of the build are there; says what it installs, and is quick and offline when it is done.
#
#   scripts/install-tools.sh          what the build needs
#   scripts/install-tools.sh tests    that, and a browser with its driver
#   scripts/install-tools.sh peers    the engines that the benchmark compares us with
#   scripts/install-tools.sh audit    cargo-deny
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

NEEDED=${1:-build}

require() {
    command -v "$1" >/dev/null || fail "$1 is not installed; $2"
}

install_wasm_target() {
    local library
    library=$(rustc --print target-libdir --target wasm32-unknown-unknown)
    if compgen -G "$library/libstd-*.rlib" >/dev/null; then return; fi
    command -v rustup >/dev/null ||
        fail "Rust's library for wasm32-unknown-unknown is not in $library and there is no rustup to fetch it;" \
            "install the target the way this Rust was installed"
    say "Installing the wasm32-unknown-unknown target"
    rustup target add wasm32-unknown-unknown
}

# cargo_tool NAME VERSION FOLDER [ARGUMENT...]: builds a tool from its package into its own folder, once.
# The tools run for seconds and are built on every new machine, so the profile saves building time.
cargo_tool() {
    local name=$1 version=$2 folder=$3
    shift 3
    if [[ -f $folder/.installed ]] || { [[ -x $folder/bin/$name ]] && "$folder/bin/$name" --version >/dev/null 2>&1; }; then
        return
    fi
    say "Building $name $version, once; this takes some minutes"
    mkdir -p "$folder"
    CARGO_TARGET_DIR=$TOOLS/building CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false \
        cargo install --quiet --root "$folder" "$@"
    touch "$folder/.installed"
}

install_node_packages() {
    local stamp=node_modules/.lockfile-hash wanted
    wanted=$(fingerprint package.json package-lock.json)
    if [[ -f $stamp && $(<"$stamp") == "$wanted" ]]; then return; fi
    say "Installing the node packages of package-lock.json"
    npm ci --prefer-offline --ignore-scripts --no-progress
    printf '%s' "$wanted" >"$stamp"
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

can_apt() {
    command -v apt-get >/dev/null && { ((EUID == 0)) || command -v sudo >/dev/null; }
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

install_browser() {
    if [[ -n $(find_chromium) ]] && command -v chromedriver >/dev/null; then return; fi
    can_apt || fail "the tests need the packages chromium and chromium-driver, and apt-get cannot install them here"
    say "Installing Chromium and its driver"
    as_root apt-get update -qq
    apt_install chromium chromium-driver fonts-dejavu-core
}

# What cannot be had is not measured, and the benchmark's table says why: nothing here is a failure.
install_peers() {
    install_postgresql || say "PostgreSQL 15 could not be installed; it is left out of the comparison"
    install_peers_python || say "ClickHouse's engine could not be installed; it is left out of the comparison"
}

install_postgresql() {
    if [[ -x /usr/lib/postgresql/15/bin/initdb ]]; then return; fi
    can_apt || return
    say "Installing PostgreSQL 15"
    # By itself the package would set a database up and start it, which nobody asked for.
    as_root apt-get update -qq && apt_install postgresql-common &&
        as_root sed -ri 's/#?(create_main_cluster) .*$/\1 = false/' /etc/postgresql-common/createcluster.conf &&
        apt_install postgresql-15
}

install_peers_python() {
    local stamp=$PEERS_HOME/.requirements-hash wanted
    wanted=$(fingerprint bench/peers/requirements.txt)
    if [[ -f $stamp && $(<"$stamp") == "$wanted" ]]; then return; fi
    say "Installing ClickHouse's engine and PostgreSQL's client for Python, once; they take 0.9 GB"
    rm -rf "$PEERS_HOME" && python3 -m venv "$PEERS_HOME" &&
        "$PEERS_HOME/bin/pip" install --quiet --disable-pip-version-check --requirement bench/peers/requirements.txt &&
        printf '%s' "$wanted" >"$stamp"
}

require cargo "install Rust from https://rust-lang.org"
if [[ $NEEDED == audit ]]; then
    cargo_tool cargo-deny "$CARGO_DENY_VERSION" "$CARGO_DENY_HOME" "cargo-deny@$CARGO_DENY_VERSION" --locked
    exit
fi
if [[ $NEEDED == peers ]]; then
    install_peers
    exit
fi
require node "install Node.js 20 or newer"
require npm "it comes with Node.js"

install_wasm_target
# Not --locked: the lockfile that is published with it names versions of its own time; its API is its command line.
cargo_tool wasm-bindgen "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_HOME" "wasm-bindgen-cli@$WASM_BINDGEN_VERSION"
cargo_tool trunk "$TRUNK_VERSION" "$TRUNK_HOME" "trunk@$TRUNK_VERSION" --locked --no-default-features --features rustls
rm -rf "$TOOLS/building"
install_node_packages
if [[ $NEEDED == tests ]]; then install_browser; fi
