#!/usr/bin/env bash
# For work on the product: Trunk serves the page and passes the rest on to a debug server; each is rebuilt on change.
# The page is on port 8080, the server on 8081, which Trunk.toml knows.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

DEBUG_SERVER=$TARGET/debug/api-logs
MARK=$TARGET/dev-server.mark
server=
page=

start_server() {
    touch "$MARK"
    if cargo build --locked --package server; then
        if [[ -n $server ]]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
        # The links it prints lead to the page of Trunk.
        API_LOGS_PUBLIC_URL=http://127.0.0.1:8080/ "$DEBUG_SERVER" serve --demo --listen 127.0.0.1:8081 &
        server=$!
    fi
}

stop() {
    trap - EXIT INT TERM
    # shellcheck disable=SC2046
    kill $(printf '%s ' $server $page) 2>/dev/null || true
    wait
}

scripts/install-tools.sh
mkdir -p "$TARGET"
trap stop EXIT INT TERM
start_server
NO_COLOR=true trunk serve --offline --address 127.0.0.1 --port 8080 &
page=$!

while kill -0 "$page" 2>/dev/null; do
    if [[ -n $(find server model Cargo.lock -newer "$MARK" -type f -print -quit) ]]; then start_server; fi
    sleep 1
done
