#!/usr/bin/env bash
# The browser tests against the release binary, which has to be built. Arguments go to Playwright:
#
#   scripts/e2e.sh --project desktop --grep "copy as cURL"
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

[[ -x $SERVER ]] || fail "$SERVER is not built; run make build"
CHROMIUM=$(find_chromium)
[[ -n $CHROMIUM ]] || fail "there is no Chromium; run scripts/install-tools.sh tests"
export CHROMIUM SERVER
exec playwright test --config tests/e2e/playwright.config.js "$@"
