#!/usr/bin/env bash
# The browser tests against the release binary, which has to be built. Arguments go to Playwright:
#
#   scripts/e2e.sh --project desktop --grep "copy as cURL"
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

[[ -x $SERVER ]] || fail "$SERVER is not built; run make build"
API_LOGS_CHROMIUM=$(find_chromium)
[[ -n $API_LOGS_CHROMIUM ]] || fail "there is no Chromium; run scripts/install-tools.sh tests"
export API_LOGS_CHROMIUM API_LOGS_SERVER=$SERVER
exec playwright test --config tests/e2e/playwright.config.js "$@"
