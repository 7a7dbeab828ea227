# make run: install, start the bot (or the playground in a browser where there is no token) and index the documents. make test: check everything.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint messages audit sbom venv clean

run: .venv/.installed
	@$(BIN)/quoth run

# Tests that share what they set up stay together (tests/conftest.py); each process has the model compute in one thread.
# Many tests wait for the bot rather than compute, so there are two processes more than there are cores.
# What was compiled is kept, whatever the environment says: hundreds of processes import it again.
# `lint` runs beside the tests; what it says comes last, and either of them fails both. The first time, one process collects
# the tests and so compiles what they import, before several would all do so at once.
PROCESSES = $(shell $(BIN)/python -c 'import os; print(min(4, 2 + (os.cpu_count() or 1)))')
PYTEST = PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest
LINTED := bench/out/lint.txt
test: .venv/.installed-dev
	@mkdir -p $(dir $(LINTED)); $(MAKE) --no-print-directory lint >$(LINTED) 2>&1 & lint=$$!; \
	[ -d tests/__pycache__ ] || $(PYTEST) --collect-only >/dev/null 2>&1; \
	$(PYTEST) --numprocesses $(PROCESSES) --dist loadgroup; tests=$$?; \
	wait $$lint; lint=$$?; cat $(LINTED); exit $$((tests || lint))

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the bot says, for translation: brings bot/localisation/*.po up to date with the code. Fill in what is empty.
SAID := -k say -k say_count:1,2 -k mark -k locale_str -k LibraryError -k SourceError -k _translate_errors
messages: .venv/.installed-dev
	$(BIN)/python -m babel.messages.frontend -q extract --omit-header --no-location --sort-output --no-default-keywords $(SAID) -o bench/out/quoth.pot bot index/library index/store
	for code in de es fr; do $(BIN)/python -m babel.messages.frontend -q update --no-fuzzy-matching --ignore-obsolete --omit-header \
	  --width 120 -l $$code -i bench/out/quoth.pot -o bot/localisation/$$code.po; done

# Known vulnerabilities of what constraints.txt pins; says so where they cannot be looked up.
audit: .venv/.installed
	-@$(PIP) --quiet --editable '.[supply]'
	@$(BIN)/python bench/audit.py

# What is installed, as a CycloneDX list with the licences: sbom.json.
sbom: .venv/.installed
	$(PIP) --quiet --editable '.[supply]'
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json $(BIN)/python

venv: .venv/bin/python

clean:
	rm -rf .venv data bench/out sbom.json

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quoth needs Python 3.11 or newer: name one, as in make run PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip # an old one takes twice as long

.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable .
	@touch $@

# Not compiled beforehand: the tests import a fifth of it, and keep that compiled.
.venv/.installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --no-compile --editable '.[dev]'
	@touch .venv/.installed $@
