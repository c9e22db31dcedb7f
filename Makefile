# The market's commands. `make help` explains each of them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-stamp
DEV_STAMP := $(VENV)/.dev-stamp
PYTEST := $(BIN)/python -m pytest -q
RUN_ID := $(shell date +%s%N)

.PHONY: help run test check unit journeys races browser real bench phone torture screens axe-all lint types format lock clean shell system tools template

help: ## Shows this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_STAMP) ## Opens the market with demo data on 127.0.0.1:8000 (PORT, HOST change it)
	@$(BIN)/python -m shop.launch

test: $(RUN_STAMP) ## Installs what the tests need and runs all of them
	@$(MAKE) --no-print-directory -j 2 tools template
	@$(BIN)/python manage.py build_locale
	@$(BIN)/python -m tests.browser.ahead $(RUN_ID) & $(PYTEST) -n 2 --dist worksteal tests --ignore tests/browser
	$(PYTEST) -n 2 --testrunuid $(RUN_ID) tests/browser

check: $(DEV_STAMP) lint types ## Lint, types and the fast unit tests (≤ 3 minutes)
	@$(BIN)/python manage.py build_locale
	$(PYTEST) -n 2 tests/guards tests/unit -m "not slow"

unit: $(DEV_STAMP) ## Unit tests only
	$(PYTEST) -n 2 tests/guards tests/unit

journeys: $(DEV_STAMP) ## Journeys through HTTP
	$(PYTEST) tests/journeys

races: $(DEV_STAMP) ## Race tests, each with its negative control
	$(PYTEST) tests/races

real: system $(DEV_STAMP) ## Tests with a real Elasticsearch
	$(PYTEST) tests/real

browser: system $(DEV_STAMP) ## Tests in a real Chromium
	$(PYTEST) -n 2 tests/browser

torture: $(DEV_STAMP) ## The long versions of the races, of kill -9 and of made-up lives (≤ 30 minutes)
	TORTURE=1 $(PYTEST) -n 2 --dist worksteal --durations 12 tests/races tests/unit/payment/test_machine.py

bench: $(DEV_STAMP) ## Measures the pages against the floors and writes docs/performance.md
	$(BIN)/python -m tests.bench

phone: system $(DEV_STAMP) ## Measures the pages on a simulated slow phone and writes docs/performance.md
	$(BIN)/python -m tests.phone

screens: system $(DEV_STAMP) ## Takes the screenshots of docs/screenshots
	$(BIN)/python -m tests.screens

axe-all: system $(DEV_STAMP) ## Accessibility of every page in every state, both languages, light and dark, small and wide
	AXE=all $(PYTEST) -n 2 tests/browser/test_every_page.py

lint: $(DEV_STAMP) ## Checks exactly what `make format` mends, and the import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(DEV_STAMP) ## Checks the types
	$(BIN)/mypy shop catalogue vendors cms media search

format: $(DEV_STAMP) ## Mends what lint finds
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEV_STAMP) ## Resolves requirements.in into requirements.txt
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.txt requirements.in

shell: $(RUN_STAMP) ## A Python shell inside the market
	$(BIN)/python manage.py shell

clean: ## Removes the virtual environment and everything the market made (database included)
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

tools: system $(DEV_STAMP) ## Installs what the tests need

template: $(RUN_STAMP) ## Makes the migrated database that every test begins with
	@$(BIN)/python -m tests.template

system: ## Installs Chromium, Java and fonts with apt where it may, otherwise names them
	@bash tests/system.sh

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, but $(PYTHON) was not found. Install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $$($(PYTHON) --version) was found. Name another one: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv"; exit 1; }

$(RUN_STAMP): requirements.txt | $(VENV)/bin/python
	@echo "Installing what the market needs (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
