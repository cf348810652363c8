#!/usr/bin/env bash
# Tries to make a release server lose calls. Arguments go to the tests: scripts/torture.sh kill --cycles 50 --seed 7
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/install-tools.sh
scripts/build.sh
cargo build --release --locked --package torture
exec "$TARGET/release/torture" --server "$SERVER" "$@"
