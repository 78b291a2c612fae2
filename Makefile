# Every line below is plain Python: the README shows the same lines for machines without make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := pyproject.toml README.md $(shell find src -type f -not -name '*.pyc')

# The development install sees every change by itself and serves the main job as well.
INSTALLED := $(if $(wildcard $(VENV)/developed),$(VENV)/developed,$(VENV)/installed)

.PHONY: check test lint types bench quality solutions clean

check: $(INSTALLED)  ## judge the transcribed notes
	$(BIN)/errata check --ledger notes/

test: $(VENV)/developed  ## run the tests
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(VENV)/developed
	$(BIN)/ruff check src tests bench

types: $(VENV)/developed
	$(BIN)/mypy

bench: $(VENV)/developed  ## measure; CORPUS=FOLDER... adds notes of your own
	$(BIN)/python bench/run.py $(CORPUS)

quality: $(VENV)/developed  ## the whole mutation suite; CORPUS=FOLDER... adds notes of your own
	$(BIN)/python tests/quality/run.py $(CORPUS)

solutions: $(INSTALLED)  ## the whole library as build/library.pdf; needs pdflatex
	mkdir -p build
	$(BIN)/errata solve --all --force -o build/library.pdf

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "errata needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(SOURCES) | $(BIN)/python
	$(PIP) .
	touch $@

$(VENV)/developed: pyproject.toml | $(BIN)/python
	$(PIP) -e '.[dev]'
	touch $@
