# Everything a newcomer does here: `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
ARTICLES ?= demo/articles.jsonl
MINUTES ?= 10
TARGETS ?=

.PHONY: help setup demo test check fuzz bench torture soak secrets compose-test clean lock training

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## make the Python environment from the lock file

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Warraq needs Python 3.11 or newer; python3 here is " + sys.version.split()[0])'
	@test -x $(BIN)/python || python3 -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: setup ## run all of it on this machine: servers, workers, sample articles, three searches
	@$(BIN)/python -m demo $(ARTICLES)

test: setup ## run the tests, on a real Redis and Elasticsearch of their own
	$(BIN)/pytest

check: setup ## lint, types, layers, container files, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/compose-lint check --quiet --strict-config --fail-on low docker-compose.yml
	$(BIN)/hadolint Dockerfile
	$(BIN)/uv pip check --quiet --python $(BIN)/python
	$(BIN)/pytest --quiet tests/compose tests/security/test_dependencies.py

fuzz: setup ## make up inputs for parsers, repairs and analysis, MINUTES (10) for each of 8 targets
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(TARGETS)

bench: setup ## measure delivery against its ceiling and the naive way, and enqueue
	$(BIN)/python -m benchmarks

training: setup ## add what makes the files in warraq/data (see training/README.md)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-training.lock

torture: setup ## 200,000 articles through 300 faults (30 min; TORTURE_MINUTES, CORPUS=file.jsonl.xz)
	$(BIN)/pytest -m torture -s tests/faults

soak: setup ## constant load: do memory and file handles rise? (45 min; SOAK_MINUTES, CORPUS)
	$(BIN)/pytest -m soak -s tests/faults

secrets: setup ## make the secrets of docker-compose.yml in the folder `secrets`
	@$(BIN)/python -m stack.compose_secrets secrets

compose-test: setup ## really run docker-compose.yml: four workers, one killed, 2,000 articles (root; ~15 min)
	$(BIN)/python -m tests.compose.run

clean: ## stop the demo's servers and workers and remove them and the environment
	@if test -x $(BIN)/warraq; then $(BIN)/warraq down --remove; fi
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info benchmarks/results

lock: ## pin every dependency with its digests
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes pyproject.toml --extra evaluate --group dev -c requirements.lock -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes pyproject.toml --extra evaluate --group training -c requirements-dev.lock -o requirements-training.lock
