#!/usr/bin/env bash
# Builds the page for release into dist/, unless dist/ is of these very sources already.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

STAMP=$TARGET/page.fingerprint
SOURCES=$(fingerprint src model/src model/Cargo.toml style public index.html Trunk.toml Cargo.toml Cargo.lock \
    scripts/precompress.mjs scripts/versions.sh package-lock.json)

if [[ -f dist/index.html && -f $STAMP && $(<"$STAMP") == "$SOURCES" ]]; then
    say "The page is up to date"
    exit
fi
rm -f "$STAMP"
# Offline concerns Trunk's own downloads: wasm-bindgen and wasm-opt are on PATH.
NO_COLOR=true trunk build --release --offline
printf '%s' "$SOURCES" >"$STAMP"
