# Kesu: ways of working. Wants make, bash and Python 3.11 or newer; everything else comes by `make setup`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv || true)

# Installs a lock file: by uv where there is one (ten times faster), else by pip; both check every hash.
define install
	if uv=$$(command -v "$(UV)" || command -v $(BIN)/uv); then \
	  "$$uv" pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(1); \
	fi
endef

.PHONY: help setup setup-dev run test check coverage format bench mutants watch-bar crash tamper fuzz release-ledger lock clean

help: ## show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# ── Installing ─────────────────────────────────────────────────────────────────────────────────────────────────

setup: $(VENV)/.project src/kesu/locale/zh_Hans/LC_MESSAGES/django.mo ## build .venv with the `kesu` command

setup-dev: $(VENV)/.dev setup ## the same, and the tools for tests and checks

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Kesu wants Python 3.11 or newer. Name one: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv is missing. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The lock of development holds everything that the lock of running holds: whoever has it needs not install that too.
$(VENV)/.packages: requirements.lock | $(VENV)/.made
	@echo "Installing packages …"
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.made
	@echo "Installing packages and development tools …"
	@$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.packages

$(VENV)/.project: $(VENV)/.packages pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po src/kesu/site/translations.py | $(VENV)/.project
	@$(BIN)/python -m kesu.site.translations compile

$(VENV)/.bench: requirements-bench.lock | $(VENV)/.made
	@echo "Installing what Kesu is measured against …"
	@$(call install,requirements-bench.lock)
	@touch $@ $(VENV)/.packages $(VENV)/.dev

lock: $(VENV)/.dev ## make the lock files anew (wants uv); nothing in them says where packages come from
	@uv=$$(command -v uv || command -v $(BIN)/uv) || { echo "make lock wants uv: pip install uv" >&2; exit 1; }; \
	compile="$$uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11"; \
	$$compile --group build pyproject.toml --output-file requirements.lock >/dev/null; \
	$$compile --group build --group dev pyproject.toml --constraint requirements.lock \
	  --output-file requirements-dev.lock >/dev/null; \
	$$compile --group build --group dev --group bench pyproject.toml --constraint requirements-dev.lock \
	  --output-file requirements-bench.lock >/dev/null

# ── Using ──────────────────────────────────────────────────────────────────────────────────────────────────────

run: setup ## start Kesu with demo data on http://127.0.0.1:8000 (another port: KESU_PORT)
	@exec $(BIN)/kesu serve --demo

# ── Checking ───────────────────────────────────────────────────────────────────────────────────────────────────

test: setup-dev ## every test, on SQLite and on a PostgreSQL that it starts itself
	@bash .ci/test $(BIN)

check: setup-dev ## format, lint, types, directions of imports, translations, migrations, generated pages
	@bash .ci/check $(BIN)

coverage: setup-dev ## which branches of the rule book and the ledger do their own tests not take? Fails below 97 %
	@bash .ci/coverage $(BIN)

mutants: setup-dev ## change each rule, limit and post, open ways round, and what each shape says of itself: is it noticed?
	@$(BIN)/python -m bench.mutants
	@$(BIN)/python -m bench.mutants_of_ways
	@$(BIN)/python -m tests.rulebook.procedure.falsified

watch-bar: setup-dev ## ten complaints of one batch by eight clients at once, 50 times on each database: one alarm, nothing lost
	@KESU_WATCH_ROUNDS=50 $(BIN)/python -m pytest -q --database sqlite tests/office/caseload/test_at_once.py
	@KESU_WATCH_ROUNDS=50 $(BIN)/python -m pytest -q --database postgres tests/office/caseload/test_at_once.py

crash: setup-dev ## kill the real server between any two statements (KILLS=50), the one way in alone 200 times, commands 40 times, on each database
	@for database in sqlite postgres; do \
	  $(BIN)/python -m bench.crash --database $$database $(if $(KILLS),--kills $(KILLS)); \
	  $(BIN)/python -m bench.crash --database $$database --server harness; \
	  $(BIN)/python -m bench.crash --database $$database --server errands; \
	done

tamper: setup-dev ## every manipulation of a database, an old copy, an export, on each database: who names it? All have to be named (COUNT=)
	@for database in sqlite postgres; do \
	  KESU_TAMPER=$(or $(COUNT),all) $(BIN)/python -m pytest -q --database $$database tests/office/tampered; \
	done

fuzz: setup-dev ## 100,000 mutated files over every reader, 20,000 mutated requests, 2,000 imports (FILES=, REQUESTS=, IMPORTS=, SEED=): failures named, files kept in var/fuzz
	@$(BIN)/python -m tests.fuzz --files $(or $(FILES),100000) --seed $(or $(SEED),0)
	@KESU_FUZZ_REQUESTS=$(or $(REQUESTS),20000) KESU_FUZZ_SEED=$(or $(SEED),0) \
	  $(BIN)/python -m pytest -q --show-capture=no -vv --database sqlite tests/pages/test_fuzzed_requests.py
	@KESU_FUZZ_IMPORTS=$(or $(IMPORTS),2000) KESU_FUZZ_SEED=$(or $(SEED),0) \
	  $(BIN)/python -m pytest -q --show-capture=no --database sqlite tests/office/intake/test_fuzzed_imports.py

bench: $(VENV)/.bench setup ## measure Kesu against its peers and its own floors
	@bash bench/run $(BIN)

release-ledger: setup-dev ## write the ledger and the home of a release into tests/ledgers (VERSION=0.2.0), once and for ever
	@test -n "$(VERSION)" || { echo "Name the release: make release-ledger VERSION=0.2.0" >&2; exit 2; }
	@$(BIN)/python -m tests.ledgers.building $(VERSION)

format: setup-dev ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## remove what was built (not `var`, where the data is)
	rm -rf $(VENV) .bench-venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete
