# The two commands: `make demo` and `make test`. Everything lies in .venv/ and var/.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: help demo demo-reset test check bench bench-ledger bench-fraud bench-actions assets lock messages openapi clean

help: ## what there is to say
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: .venv/runtime ## a seeded demo city at http://localhost:$(PORT); LAN=1 serves the local network over HTTPS
	@$(BIN)/python hatch_build.py
	@exec $(BIN)/greenlife demo --port $(PORT) $(if $(LAN),--lan)

demo-reset: .venv/runtime ## throw the demo's data away and build it again
	@exec $(BIN)/greenlife demo --reset --build-only --port $(PORT)

test: .venv/dev ## the whole suite, browser journeys included
	@$(BIN)/python hatch_build.py
	@$(BIN)/python -m tests.browser.fetch
	@$(BIN)/python -m pytest

check: .venv/dev ## format, lint, types, import contracts, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m translations.check

bench: .venv/dev ## a scan against a bare insert: the ratio of server CPU and of wall time
	@$(BIN)/python -m benchmarks.scan

bench-ledger: .venv/dev ## the ledger against the same rows by hand, on SQLite and PostgreSQL; half an hour
	@$(BIN)/python -m benchmarks.ledger

bench-actions: .venv/dev ## codes and actions against the least that would do; a minute
	@$(BIN)/python -m benchmarks.actions

bench-fraud: .venv/dev ## made-up honest people and cheats: how many of either the review rules hold
	@$(BIN)/python -m benchmarks.fraud

assets: .venv/runtime ## build pages and catalogues again if their sources changed
	@$(BIN)/python hatch_build.py

messages: .venv/dev ## collect the texts of templates, scripts and Python into the catalogues
	@$(BIN)/python -m translations.collect

openapi: .venv/dev ## write docs/openapi.json again
	@$(BIN)/python -m api.document > docs/openapi.json

lock: .venv/dev ## make the lock files again from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@for groups in "requirements:--group build" "requirements-dev:--group build --group dev"; do \
	  $(BIN)/uv pip compile pyproject.toml $${groups#*:} --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --quiet --output-file $${groups%%:*}.lock; \
	done

clean: ## remove what was built; the demo's data stays
	@rm -rf .venv mobile_web/static mobile_web/node_modules tests/browser/node_modules build dist

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "green life code: python3 is missing (Debian: apt install python3)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "green life code: Python 3.11 or newer is needed, this is $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "green life code: python3-venv is missing (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "green life code: making .venv …" >&2
	@$(PYTHON) -m venv .venv

# The stamps are files inside .venv, so that they go with it.
.venv/runtime: .venv/bin/python requirements.lock pyproject.toml hatch_build.py
	@echo "green life code: installing what it runs on, half a minute or so …" >&2
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(MAKE) --no-print-directory .venv/project
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock pyproject.toml hatch_build.py
	@echo "green life code: installing what it runs and is tested on, a minute or so …" >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(MAKE) --no-print-directory .venv/project
	@touch .venv/runtime $@

.PHONY: .venv/project
.venv/project:
	@$(PIP) install --no-deps --no-build-isolation --editable .
