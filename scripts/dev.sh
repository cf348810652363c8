#!/usr/bin/env bash
# For work on the product: Trunk serves the page and passes the rest on to a debug server; each is rebuilt on change.
#
#   API_LOGS_DEV_PORT     where the page is (8080)
#   API_LOGS_SERVER_PORT  where the server is (8081)
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

PAGE_PORT=${API_LOGS_DEV_PORT:-8080}
SERVER_PORT=${API_LOGS_SERVER_PORT:-8081}
DEBUG_SERVER=$TARGET/debug/api-logs
MARK=$TARGET/dev-server.mark
server=
page=

start_server() {
    touch "$MARK"
    # Without the page: Trunk serves it.
    if cargo build --locked --package server; then
        if [[ -n $server ]]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
        API_LOGS_LISTEN=127.0.0.1:$SERVER_PORT API_LOGS_PUBLIC_URL=http://127.0.0.1:$PAGE_PORT/ \
            "$DEBUG_SERVER" serve --demo &
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
trunk serve --offline --port "$PAGE_PORT" --proxy-backend "http://127.0.0.1:$SERVER_PORT/api" &
page=$!

while kill -0 "$page" 2>/dev/null; do
    if [[ -n $(find server model Cargo.lock -newer "$MARK" -type f -print -quit) ]]; then start_server; fi
    sleep 1
done
