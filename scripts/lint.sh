#!/usr/bin/env bash
# Format and lints, for this machine and for the browser. A warning is a failure.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

cargo fmt --all --check
scripts/dependency-gate.sh
cargo clippy --locked --workspace --all-targets -- -D warnings
cargo clippy --locked --package api-logs --target wasm32-unknown-unknown --lib --bins --test '*' -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items --quiet
