#!/usr/bin/env bash
# Builds the page and the server that carries it, both for release.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/install-tools.sh
scripts/build-page.sh
cargo build --release --locked --package server
