# make run: everything that is needed, then the bot. The rest: make setup, check, lock, bench, audit, hostile, and the tests:
#   make test       every promise in a short form: five to eight minutes on two cores
#   make test-all   every test: these, and then those marked slow (make test-slow), about a quarter of an hour
#   make torture    kills, repeats and faults at full length: about an hour
# All that is made lies in .venv/ and var/.

# compiled modules are kept: tests start Python some hundred times
unexport PYTHONDONTWRITEBYTECODE

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run setup test test-slow test-all check bench audit hostile torture lock

# the first that is Python 3.11, 3.12 or 3.13
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do \
	command -v $$each >/dev/null 2>&1 && $$each -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& { echo $$each; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --quiet

run: setup
	exec $(BIN)/utys serve

# publish looks by itself whether anything that the models are made from has changed
setup: .venv/.runtime
	@$(BIN)/utys promotions publish

.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found (with the module venv)" >&2; exit 1; }
	@.venv/bin/python -c 'import pip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || { \
		echo "environment in .venv with $(PYTHON)"; rm -rf .venv; $(PYTHON) -m venv .venv; }
	@touch $@

# without a build: a .pth file leads to this folder, so that no unpinned build tool is fetched
.venv/.runtime: .venv/.made requirements.txt
	@echo "packages from requirements.txt"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "utys.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "%s/$(BIN)/python" -P -m bot.cli "$$@"\n' "$(CURDIR)" > $(BIN)/utys
	@chmod +x $(BIN)/utys
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	@echo "packages from requirements-dev.txt"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Chromium for the tests of the browser chat, libfaketime for those of clocks that jump, HAProxy for those of deploy/, PostgreSQL from
# TEST_DATABASE_URL or from a wheel of the lock
test: .venv/.development
	@$(BIN)/utys promotions publish
	@.ci/wanted
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

# one on each core: they start processes of their own, and some of these have to be in time
test-slow: .venv/.development
	@$(BIN)/utys promotions publish
	@.ci/wanted
	$(BIN)/pytest -n logical --dist worksteal -m slow

test-all:
	@failed=; $(MAKE) --no-print-directory test || failed=1; $(MAKE) --no-print-directory test-slow || failed=1; [ -z "$$failed" ]

check: .venv/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest $(or $(wildcard tests/test_layers.py tests/*/test_layers.py),tests/test_layers.py)
	$(BIN)/utys promotions check >/dev/null || $(BIN)/utys promotions check
	$(BIN)/utys promotions test

# what an update costs, beside peers: alternating rounds on this machine, ten minutes and more (python -m benchmarks.load --help)
bench: .venv/.development
	@$(BIN)/utys promotions publish
	$(BIN)/python -m benchmarks.load

# licences, secrets in the repository, known flaws of what is installed (the last needs the advisory service of the package index)
audit: .venv/.development
	$(BIN)/python -m tests.audit

# the edge behind the proxy of deploy/; a thousand forged webhook calls, two hundred genuine ones, two thousand malformed, on both
# databases: about two minutes
hostile: .venv/.development
	$(BIN)/python -m tests.hostile

# kills, repeats and faults under load; says first how long it takes (python -m tests.torture --help)
torture: .venv/.development
	@.ci/wanted
	$(BIN)/python -m tests.torture

# newer packages within the bounds of pyproject.toml: make lock UPGRADE=--upgrade
lock: .venv/.made
	@$(PIP) install uv
	$(UV) $(UPGRADE) pyproject.toml -o requirements.txt
	$(UV) $(UPGRADE) pyproject.toml --extra dev -o requirements-dev.txt
