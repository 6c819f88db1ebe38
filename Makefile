# Two commands do everything on a fresh machine with Python 3.11 or newer: make site, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test serve check lint build schema diagrams vendor audit fuzz bench lock clean help
.DEFAULT_GOAL := help

help:
	@echo 'make site      set up, check the vault, build the site into site/'
	@echo 'make serve     live preview on http://127.0.0.1:8000/'
	@echo 'make test      set up, then every test (a browser is installed where none is found)'
	@echo 'make lint      ruff and pyright'
	@echo 'make schema    the JSON schemas of front matter anew, from the model'
	@echo 'make diagrams  render Mermaid blocks to SVG (needs Node)'
	@echo 'make vendor    KaTeX anew from npm into src/papernotes/assets/katex (needs Node)'
	@echo 'make audit     Lighthouse on the built site, median of three; fails below 95 (needs Node)'
	@echo 'make fuzz      a long run of the fuzzers'
	@echo 'make bench     the benchmarks, as ratios'
	@echo 'make lock      resolve requirements/ anew'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'papernotes needs Python 3.11 or newer: make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo 'this Python lacks venv: install it (Debian, Ubuntu: apt-get install python3-venv)'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

site: $(VENV)/.site
	$(BIN)/papernotes check
	$(BIN)/papernotes build
	@echo
	@echo 'The site is in site/. To read it: make serve, or'
	@echo '  $(BIN)/python -m http.server --directory site   and open http://127.0.0.1:8000/'

serve: $(VENV)/.site
	$(BIN)/papernotes serve

check: $(VENV)/.site
	$(BIN)/papernotes check --strict

build: $(VENV)/.site
	$(BIN)/papernotes build --strict

test: $(VENV)/.test
	@$(BIN)/python tests/find_browser.py --install
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

# FUZZ_NOTES and FUZZ_BIBLIOGRAPHIES are runs for each of FUZZ_SEEDS; what fails leaves a file crash-….
FUZZ_SEEDS ?= 1 2 3 4
FUZZ_NOTES ?= 50000
FUZZ_BIBLIOGRAPHIES ?= 5000
fuzz: $(VENV)/.test
	$(PIP) install --require-hashes -r requirements/fuzz.txt
	set -e; for seed in $(FUZZ_SEEDS); do \
	  $(BIN)/python fuzz/fuzz.py notes -runs=$(FUZZ_NOTES) -seed=$$seed -verbosity=0 -print_final_stats=1; \
	  $(BIN)/python fuzz/fuzz.py bibliographies -runs=$(FUZZ_BIBLIOGRAPHIES) -seed=$$seed -verbosity=0 -print_final_stats=1; \
	done

BENCH_NOTES ?= 1000
BENCH_BUILT ?= 100
bench: $(VENV)/.test
	$(BIN)/python benchmarks/check.py -n $(BENCH_NOTES)
	$(BIN)/python benchmarks/build.py -n $(BENCH_BUILT)

lock: $(VENV)/bin/python
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --no-header --all-extras pyproject.toml requirements/build.in -o requirements/site.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --no-header --all-extras --group dev pyproject.toml requirements/build.in -o requirements/test.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --no-header --group fuzz -o requirements/fuzz.txt

schema: $(VENV)/.site
	$(BIN)/python -c 'from pathlib import Path; from papernotes.editor_schema import FILES, render_schema; \
	  [Path(f"schema/{name}.schema.json").write_text(render_schema(name), encoding="utf-8") for name in FILES]'

diagrams: $(VENV)/.test frontend/diagrams/node_modules
	@$(BIN)/python tests/find_browser.py --install
	$(BIN)/python frontend/diagrams/render.py

frontend/diagrams/node_modules: frontend/diagrams/package-lock.json
	npm ci --prefix frontend/diagrams --no-audit --no-fund
	@touch $@

# AUDIT_PAGES='dpo/ graph/' looks at these only.
audit: $(VENV)/.test frontend/audit/node_modules
	@$(BIN)/python tests/find_browser.py --install
	$(BIN)/papernotes build
	CHROME_PATH="$$($(BIN)/python tests/find_browser.py)" node frontend/audit/audit.mjs site $(AUDIT_PAGES)

frontend/audit/node_modules: frontend/audit/package-lock.json
	npm ci --prefix frontend/audit --no-audit --no-fund
	@touch $@

vendor:
	npm ci --prefix frontend --no-audit --no-fund
	npm run --prefix frontend vendor

clean:
	rm -rf site .pytest_cache .ruff_cache .hypothesis dist
