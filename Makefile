# One command each; `make` alone prints what there is.
PYTHON ?= python3
BIN := .venv/bin
# A step that hangs fails instead of waiting: $(call LIMIT,seconds) COMMAND
LIMIT = $(PYTHON) -c 'import subprocess, sys; sys.exit(subprocess.run(sys.argv[2:], timeout=float(sys.argv[1])).returncode)' $(1)
COLUMN_NAMES = $(if $(COLUMNS),--columns $(COLUMNS))

.DEFAULT_GOAL := help
.PHONY: help env lab figures report notebooks test check bench evaluate clean

help:  ## Print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

env: .venv/ready  ## Set up .venv from the hash-pinned lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info < (3, 14), "needs Python 3.11 to 3.13, this is " + sys.version'
	$(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock names into .venv (about a minute)"
	@$(call LIMIT,1200) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(call LIMIT,120) $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-index -e .
	touch $@

lab: env  ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

figures: env  ## Draw every figure into figures/ (ARTICLES=path [COLUMNS="outlet=source ..."] [OUT=folder] for your own)
	@$(call LIMIT,900) $(BIN)/framing figures $(ARTICLES) --out $(or $(OUT),$(if $(ARTICLES),build/figures,figures)) $(COLUMN_NAMES)

report: env  ## A corpus by outlet as one page in build/report (ARTICLES=path [COLUMNS=...] [OUT=folder])
	@$(call LIMIT,900) $(BIN)/framing report $(ARTICLES) --out $(or $(OUT),build/report) $(COLUMN_NAMES)

notebooks: env  ## Execute every notebook (results in build/notebooks)
	@$(call LIMIT,900) $(BIN)/python notebooks/execute.py build/notebooks

test: env check  ## Run everything: checks, tests, doctests, notebooks
	@$(call LIMIT,1500) $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: env  ## Lint, format, types
	@$(call LIMIT,120) $(BIN)/ruff check .
	@$(call LIMIT,120) $(BIN)/ruff format --check .
	@$(call LIMIT,300) $(BIN)/mypy

bench: env  ## Speed and memory beside what one would use instead
	@$(call LIMIT,1800) $(BIN)/python benchmarks/speed.py
	@$(call LIMIT,1800) $(BIN)/python benchmarks/keyness.py

evaluate: env  ## Accuracy: on the teaching corpus, and on published annotation with DATA=folder
	@$(call LIMIT,600) $(BIN)/python benchmarks/teaching.py
ifdef DATA
	@$(call LIMIT,1800) $(BIN)/python benchmarks/evaluate.py --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/voices.py --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/epithets.py --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/lexicons.py --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/learning.py --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/keyness.py --articles 2000 --data $(DATA)
	@$(call LIMIT,1800) $(BIN)/python benchmarks/vader_oracle.py --data $(DATA)
endif

clean:  ## Remove what these commands made
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
