#!/usr/bin/env bash
# Measures a release server over HTTP and the page in a browser; the page's figures join the server's newest results.
# Arguments go to the server's benchmark: scripts/bench.sh --calls 1000000 --compare-all
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/install-tools.sh tests
scripts/install-tools.sh peers
scripts/build.sh
cargo build --release --locked --package bench
"$TARGET/release/bench" --server "$SERVER" --python "$PEERS_HOME/bin/python" "$@"
RESULTS=$(find bench/results -name '*.json' -printf '%T@ %p\n' | sort -rn | head -n 1 | cut -d' ' -f2-)
CHROMIUM=$(find_chromium) SERVER=$SERVER node scripts/measure-page.mjs --into "$RESULTS"
