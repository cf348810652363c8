# shellcheck shell=bash
# The one place that pins the tools of the build. Sourced, never run.
#
# wasm-bindgen-cli must be of exactly the version of the crate, so it is read from Cargo.lock;
# wasm-opt (binaryen), Playwright and axe are pinned by package-lock.json.

TRUNK_VERSION=0.21.14
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' "$ROOT/Cargo.lock")
CARGO_DENY_VERSION=0.20.2
