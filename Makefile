# What there is to type: `make help`. From a bare machine it takes python3 (with venv), make, and a network.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
# A wish of the caller not to write compiled files would cost seconds at every start.
export PYTHONDONTWRITEBYTECODE :=

UV_VERSION := 0.13.9
PYTHON := .venv/bin/python
SHANHAI := .venv/bin/shanhai
ASSETS := src/shanhai/web/static/dist/app.css
ENGLISH := src/shanhai/locale/en/LC_MESSAGES/django.mo
# The style sheet keeps only what templates use, so it depends on them too.
ASSET_SOURCES := $(shell find src/shanhai -path '*/static/dist' -prune -o \( -path '*/assets/*' -o -name '*.html' \) -type f -print)
# Tests run against the database of this installation, in databases of their own.
INSTALLED := eval "$$($(SHANHAI) env --yes)" &&
TESTED := $(INSTALLED) export CHROMIUM="$$(sh tools/browser.sh)" &&

# As many as the smallest machine has cores; a third was slower (13:18 against 11:56 minutes).
WORKERS := -n 2

.PHONY: help setup assets demo run stop seed check fix sync test e2e soak bench picture lock release-fixture audit

help:  ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: .venv/.ok assets $(ENGLISH)  ## Python environment, front-end assets, the English catalogue
assets: $(ASSETS)  ## build the front end into src/shanhai/web/static/dist

demo: setup  ## start the demonstration (RESET=1 begins anew)
	@$(SHANHAI) demo $(if $(filter 1,$(RESET)),--reset)

run: setup  ## start for real work; an empty database begins with a one-time set-up link
	@$(SHANHAI) run

# Never sets anything up: the environment that started the processes is the one that stops them.
stop:  ## stop every process of this installation
	@if [ -x $(SHANHAI) ]; then $(SHANHAI) stop; else echo "没有在运行。"; fi

seed: setup  ## rebuild the demonstration data and print its summary, without serving
	@$(SHANHAI) demo --once --json --reset

check: setup  ## lint, types, import layers, declarations, migrations, generated files fresh
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	@$(INSTALLED) .venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m tools.lint
	@PATH="$$PWD/.venv/bin:$$PATH" sh tools/lint-deploy.sh
	$(PYTHON) manage.py check
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py sync --check

fix: .venv/.ok  ## mend what lint can mend
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

sync: setup  ## regenerate migrations, documents and catalogues; read the diff before committing
	$(PYTHON) manage.py sync

test: setup  ## all tests, browser journeys included
	$(TESTED) .venv/bin/pytest $(WORKERS) -m "not soak"

e2e: setup  ## the browser journeys only
	$(TESTED) .venv/bin/pytest -m e2e

soak: setup  ## all tests, those over whole corpora included; takes hours
	SHANHAI_KILLS=60 && export SHANHAI_KILLS && $(TESTED) .venv/bin/pytest $(WORKERS)

bench: .venv/.ok  ## compare with the usual way (NAME=sheets)
	@$(SHANHAI) bench $(or $(NAME),sheets)

picture: setup  ## take the README's picture from the running demonstration
	@$(INSTALLED) CHROMIUM="$$(sh tools/browser.sh)" $(PYTHON) tools/picture.py

lock: .tools/bin/uv  ## recompile requirements.lock from pyproject.toml
	.tools/bin/uv pip compile -q --python "$$(sh tools/findpy.sh)" pyproject.toml --group dev \
	  --generate-hashes --no-annotate --no-header --universal -o requirements.lock

# Once for a release, from its commit: docs/releasing.md.
release-fixture: setup  ## what this release's database holds, for the upgrade drill of the next (RELEASE=0.1.0)
	$(INSTALLED) PYTHONPATH=tests $(PYTHON) -m releases.making "$${RELEASE:?RELEASE=0.1.0}"

# Not part of `check`: what is known changes by the day, and needs a network or a file.
audit: .venv/.ok  ## hold the locks against advisories (ADVISORIES=file, folder, zip or address)
	@$(PYTHON) -m tools.audit $(ADVISORIES)

.tools/bin/uv:
	python3 -m venv .tools && .tools/bin/python -m pip install -q 'uv==$(UV_VERSION)'

.venv/.ok: requirements.lock pyproject.toml tools/venv.sh | .tools/bin/uv
	@sh tools/venv.sh

node_modules/.ok: package.json package-lock.json | .tools/bin/uv
	@. tools/node.sh && npm ci --loglevel=error --no-progress && touch $@

$(ASSETS): node_modules/.ok tools/build-assets.mjs $(ASSET_SOURCES)
	@. tools/node.sh && node tools/build-assets.mjs && touch $@

$(ENGLISH): $(ENGLISH:.mo=.po) | .venv/.ok
	@.venv/bin/pybabel -q compile -d src/shanhai/locale -D django
