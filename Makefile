# Inburgeringsmonitor. `make start` uses it, `make test` checks it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SHELL  := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help start test check fix lock audit clean env env-dev browser java postgresql

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

start: env browser ## everything, up to the dashboard on http://127.0.0.1:8050
	@$(BIN)/inburgering start

test: env-dev browser java postgresql ## everything that .ci/run runs
	@bash .ci/steps

check: env-dev ## style, types and import direction; changes nothing
	@bash .ci/steps check

fix: env-dev ## mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

env: $(VENV)/.runtime
env-dev: $(VENV)/.dev

$(VENV)/bin/python:
	@bash .ci/venv "$(PYTHON)" "$(VENV)"

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Programma's ophalen (eenmalig, ongeveer een minuut) ..." >&2
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	bash .ci/link "$(BIN)"
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Programma's en toetsen ophalen (eenmalig, ongeveer twee minuten) ..." >&2
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	bash .ci/link "$(BIN)"
	touch $(VENV)/.runtime $@

browser: ## Chromium for chart images, when there is none
	@bash .ci/browser

java: ## Java for the tests of Spark, when there is none
	@bash .ci/java

lock: ## make both locks anew from pyproject.toml
	@$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet uv
	UV="$(VENV)-lock/bin/uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml"
	$$UV --output-file requirements.lock
	$$UV --group dev --constraint requirements.lock --output-file requirements-dev.lock
	rm -rf $(VENV)-lock

audit: env ## known weaknesses in the locked packages; asks an advisory service on the network
	@$(PYTHON) -m venv $(VENV)-audit
	trap 'rm -rf $(VENV)-audit' EXIT
	$(VENV)-audit/bin/pip install --quiet pip-audit
	$(VENV)-audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

postgresql: ## PostgreSQL for the tests of the record, when there is none
	@bash .ci/postgresql

clean: ## remove the environment; leaves the work folder alone
	@rm -rf $(VENV) .ruff_cache .hypothesis .import_linter_cache
