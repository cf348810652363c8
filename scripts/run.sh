#!/usr/bin/env bash
# Builds what is not built yet and serves it, with a demo account where there is no data. Ctrl-C stops it.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/build.sh
exec "$SERVER" serve --demo
