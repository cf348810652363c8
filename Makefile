# Every target installs what it needs; `make` alone tells what there is.

.DEFAULT_GOAL := help
.PHONY: help run build dev test lint bench torture audit picture

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build what is not built yet and serve it on 127.0.0.1:8080, with a demo account
	@scripts/run.sh

build: ## Release page and server, without starting them
	@scripts/build.sh

dev: ## Page and debug server, rebuilt on every change
	@scripts/dev.sh

test: ## Everything: format, lints, unit, property, HTTP, wasm and browser tests
	@scripts/test.sh

lint: ## Format and lints alone
	@scripts/lint.sh

bench: ## The benchmarks; prints a table, writes bench/results/
	@scripts/bench.sh

torture: ## Kills, power cuts, failing disks, overload: whether the server loses anything
	@scripts/torture.sh

audit: ## Licences, sources and known vulnerabilities of all dependencies
	@scripts/audit.sh

picture: ## The picture of the README, taken of the real page
	@scripts/picture.sh
