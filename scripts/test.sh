#!/usr/bin/env bash
# Every check of the product. A step that fails does not stop the next; the last line counts them all.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

LOGS=$TARGET/test-logs
PASSED=0
FAILED=0
SKIPPED=()
STARTED=$SECONDS

rm -rf "$LOGS"
mkdir -p "$LOGS"
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}

# step NAME COMMAND...: runs one check, keeps what it said and adds up the tests it ran. A check without tests of its
# own, or one that could not run its tests, counts as one.
step() {
    local name=$1 log status=0 passed failed began=$SECONDS
    shift
    log=$LOGS/${name// /-}.log
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$log" || status=$?

    passed=$(sum_of "$log" passed)
    failed=$(sum_of "$log" failed)
    if ((status != 0 && failed == 0)); then failed=1; fi
    if ((status == 0 && failed == 0 && passed == 0)); then passed=1; fi
    PASSED=$((PASSED + passed))
    FAILED=$((FAILED + failed))
    note_skipped "$name" "$log"
    printf -- '-- %s: %d passed, %d failed, %d s\n' "$name" "$passed" "$failed" $((SECONDS - began))
    return "$status"
}

# The closing lines of cargo's and wasm-bindgen's test runners, and the one that our Playwright reporter prints.
sum_of() {
    awk -v word="$2" '
        /^test result: / || /^browser tests: / {
            for (field = 2; field <= NF; field++) if ($field ~ "^" word "[;,.]?$") sum += $(field - 1)
        }
        END { print sum + 0 }' "$1"
}

# A test that lacks what it needs says "skipped: ..." and why.
note_skipped() {
    local line
    while IFS= read -r line; do SKIPPED+=("$1: ${line#skipped: }"); done < <(grep -E '^skipped: ' "$2" | sort -u)
}

# Of the output of tests that pass, only what was skipped is worth a line.
native_tests() {
    cargo test --locked --workspace --no-fail-fast -- --show-output | awk '
        /^successes:$/ { hush = 1 }
        /^(failures:$|test result: )/ { hush = 0 }
        !hush || /^skipped: / { print; fflush() }'
}

wasm_tests() {
    CHROMEDRIVER=$(command -v chromedriver) CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
        cargo test --locked --package api-logs --target wasm32-unknown-unknown --no-fail-fast --test '*'
}

documentation() {
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --lib --no-deps --document-private-items
}

step "tools" scripts/install-tools.sh tests || true
step "format" cargo fmt --all --check || true
step "lints" cargo clippy --locked --workspace --all-targets -- -D warnings || true
step "lints of the page in the browser" \
    cargo clippy --locked --package api-logs --target wasm32-unknown-unknown --lib --bins --test '*' -- -D warnings || true
step "documentation" documentation || true
step "unit, property and HTTP tests" native_tests || true
step "component tests in the browser" wasm_tests || true

if step "release page" scripts/build-page.sh; then
    step "size of the page" node scripts/size-gate.mjs dist || true
    if step "release server" cargo build --release --locked --package server; then
        step "browser tests" scripts/e2e.sh || true
    fi
fi

printf '\n== All of it in %d min %d s\n' $(((SECONDS - STARTED) / 60)) $(((SECONDS - STARTED) % 60))
for line in "${SKIPPED[@]}"; do say "skipped: $line"; done
say "$PASSED passed, $FAILED failed"
((FAILED == 0))
