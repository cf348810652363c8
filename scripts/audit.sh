#!/usr/bin/env bash
# Licences, sources and known vulnerabilities of all dependencies; the last need the network.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/install-tools.sh audit
"$CARGO_DENY_HOME/bin/cargo-deny" check "$@"
