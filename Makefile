# What a checkout needs, with Python and make alone. `make` by itself lists the targets.

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PINNED := $(PIP) install --only-binary :all: --require-hashes --requirement
PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --custom-compile-command 'make lock' $(UPGRADE)

COMUNICA := tests/comunica/node_modules/.stamp

# The interpreter that .venv is made with: python3 where it is new enough, else the newest that is.
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(SUITABLE)' 2>/dev/null && echo $$python && break; done)

# Scripts and styles of the pages are bundled with the machine's Node where it is new enough, else with one from PyPI.
WEB := service/web
BUNDLE := service/static/manifest.json
WEB_SOURCES := $(shell find $(WEB) -name node_modules -prune -o -type f -not -name package-lock.json -print)
# The SPARQL client of the tests wants 22.19.
NODE_STAMP := $(if $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(+(+a * 100 + +b < 2219))' 2>/dev/null && \
	npm --version 2>/dev/null),,.venv/node.stamp)
NPM = cd $(WEB) && PATH="$(if $(NODE_STAMP),$(CURDIR)/$(BIN):)$$PATH" npm --no-update-notifier --loglevel=error

# More annotated texts than those of tests/gold, measured where they are there.
GOLD ?= ../shared/gold/dev

.DEFAULT_GOAL := help
.PHONY: help install run test comunica fuzz web quality train check format format-check lint types imports web-check lock upgrade clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: .venv/run.stamp ## Make the environment: .venv/bin/diplograph
	@$(MAKE) --no-print-directory web || { \
		echo "The pages could not be bundled, for the reason above: they go without styles and scripts"; \
		echo "until 'make web' succeeds. Everything else works."; }

run: install ## Build the graph of seeds/ and serve it at http://127.0.0.1:8000
	$(BIN)/diplograph build seeds
	$(BIN)/diplograph serve

test: .venv/dev.stamp $(BUNDLE) $(COMUNICA) ## Run all tests
	$(BIN)/python -m pytest

comunica: $(COMUNICA) ## Install a SPARQL client of others, which the tests let ask the service

fuzz: .venv/dev.stamp $(BUNDLE) ## Send the service ten thousand requests that nobody would, and look for one that breaks it
	FUZZ_REQUESTS=10000 $(BIN)/python -m pytest -s tests/test_fuzz.py

web: $(BUNDLE) ## Bundle scripts and styles of the pages into service/static

quality: .venv/dev.stamp ## Measure how well texts are read, and write the figures into docs/quality.md
	$(BIN)/python -m bench.quality $(GOLD)

check: format-check lint imports types web-check test ## All that must hold before a commit: format, lint, imports, types, tests

train: .venv/dev.stamp ## Learn the filter over candidates for events anew, and measure it on texts left out
	$(BIN)/python -m bench.candidate_filter $(GOLD) --write

format: .venv/dev.stamp $(WEB)/node_modules/.stamp ## Rewrite the code in the project's format
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .
	$(NPM) run --silent format

format-check: .venv/dev.stamp
	$(BIN)/ruff format --check .

lint: .venv/dev.stamp
	$(BIN)/ruff check .

imports: .venv/dev.stamp
	$(BIN)/lint-imports

types: .venv/dev.stamp
	$(BIN)/mypy

web-check: $(WEB)/node_modules/.stamp
	$(NPM) run --silent check

lock: .venv/dev.stamp ## Pin what pyproject.toml asks for, with hashes, in requirements/
	$(LOCK) --group build --output-file requirements/run.txt
	$(LOCK) --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(subst pyproject.toml,,$(LOCK)) --group node --output-file requirements/node.txt

upgrade: UPGRADE := --upgrade
upgrade: lock ## Pin the newest versions that pyproject.toml allows

clean: ## Remove the environment and every cache; a built graph stays
	rm -rf $(WEB)/node_modules tests/comunica/node_modules service/static .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find ontology graph service tests -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "diplograph needs Python 3.11 to 3.14, and none of these is on the PATH."; \
		echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c '$(SUITABLE)' || { \
		echo "diplograph needs Python 3.11 to 3.14, and $(PYTHON) is $$($(PYTHON) --version 2>&1)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make environments: its venv or ensurepip module is missing."; \
		echo "On Debian or Ubuntu: apt-get install python3-venv (or python3.12-venv, after its version)"; exit 1; }
	$(PYTHON) -m venv --clear .venv

.venv/run.stamp: .venv/bin/python requirements/run.txt pyproject.toml
	@echo "Installing diplograph and its pinned dependencies into .venv (about 150 MB) ..."
	@$(PINNED) requirements/run.txt
	@$(PROJECT)
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@echo "Installing the pinned development tools into .venv ..."
	@$(PINNED) requirements/dev.txt
	@touch $@

.venv/node.stamp: .venv/bin/python requirements/node.txt
	@echo "There is no Node of version 22.19 or newer here: installing one into .venv ..."
	@$(PINNED) requirements/node.txt
	@touch $@

$(WEB)/node_modules/.stamp: $(WEB)/package.json $(WEB)/package-lock.json $(WEB)/.npmrc | $(NODE_STAMP)
	@echo "Installing the pinned packages that the pages are bundled from ..."
	@$(NPM) ci > /dev/null
	@touch $@

$(COMUNICA): tests/comunica/package.json tests/comunica/package-lock.json | $(NODE_STAMP)
	@echo "Installing the pinned SPARQL client that the tests let ask the service ..."
	@$(subst $(WEB),tests/comunica,$(NPM)) ci > /dev/null
	@touch $@

$(BUNDLE): $(WEB)/node_modules/.stamp $(WEB_SOURCES)
	@$(NPM) run --silent build
