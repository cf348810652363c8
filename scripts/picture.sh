#!/usr/bin/env bash
# Takes the picture of the README anew.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/install-tools.sh tests
scripts/build.sh
CHROMIUM=$(find_chromium) SERVER=$SERVER node scripts/picture.mjs
