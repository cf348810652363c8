#!/usr/bin/env bash
# The benchmarks, against the release build. What stands behind it goes to them: scripts/bench.sh --calls 1000000
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/build.sh
cargo build --release --locked --package bench
exec "$TARGET/release/bench" --server "$SERVER" "$@"
