#!/usr/bin/env bash
# Fails when the page is built of crates that `page-dependencies.txt` does not name, and says who brings them: each one
# may end up in what every reader loads, and is a choice to be made. `--renew` writes the list anew.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
export LC_ALL=C

LIST=scripts/page-dependencies.txt
tree() { cargo tree --locked --package api-logs --target wasm32-unknown-unknown --edges normal,no-proc-macro "$@"; }
linked() { tree --prefix none --format '{p}' | sed 's/ .*//' | sort -u; }

if [[ ${1-} == --renew ]]; then
    linked > "$LIST"
    exit
fi
UNKNOWN=$(comm -23 <(linked) "$LIST")
if [[ -n $UNKNOWN ]]; then
    echo "error: the page is built of crates that $LIST does not name:"
    for crate in $UNKNOWN; do
        tree --invert "$crate" --prefix indent --depth 3
    done
    echo "If they are worth their bytes, scripts/dependency-gate.sh --renew puts them on the list."
    exit 1
fi
echo "the page is built of $(wc -l < "$LIST") crates, all of them known"
