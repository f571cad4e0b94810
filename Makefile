# What people type. Each target makes .venv first when it is not there; once made, nothing here needs the network.

PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint format score docs clean

help:  ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup:  ## create .venv with palabre and the development tools in it
	@$(PYTHON) tools/setup_env.py

demo: setup  ## run Palabre on the sample dossier
	@$(BIN)/palabre demo

serve: setup  ## open the workbench in a browser
	@$(BIN)/palabre serve

test: lint  ## check the code, then run every test
	@tools/ensure_chromium.sh
	@$(BIN)/python -m pytest -q -n 2

lint: setup  ## style, types and one-way imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy src tests tools $(if $(wildcard bench/*.py),bench)
	@$(BIN)/lint-imports

format: setup  ## put the code in the project's style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

score: setup  ## score annotate and reconcile against the gold in ../shared
	@$(BIN)/python tools/score_all.py

docs: setup  ## write the generated pages of docs/ again
	@$(BIN)/python tools/make_docs.py

clean:  ## remove what was built, .venv included
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
