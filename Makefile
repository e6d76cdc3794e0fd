# Passerelle. `make run` starts it, `make test` proves it; both set themselves up.
#
# Everything is installed in .venv, at the exact versions of requirements*.txt, and nothing else
# on the machine is touched: pip keeps no cache, and no target needs more than sh, make and Python.
# A stamp file in .venv remembers what is installed, so that a second call starts at once, offline.
# Written for GNU make 3.81 and newer (the one macOS ships is the oldest alive).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
	--no-cache-dir --no-deps
FOR_RUNNING := $(VENV)/.installed-for-running
FOR_WORKING := $(VENV)/.installed-for-working
FOR_MEASURING := $(VENV)/.installed-for-measuring
# One process per core; a file stays in one process, with the browser that its tests share.
IN_PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
# A venv whose Python has gone (the system moved to a newer one) is no longer installed.
$(shell test -x $(BIN)/python || rm -f $(FOR_RUNNING) $(FOR_WORKING) $(FOR_MEASURING))
# The one tool that is not installed: `make requirements` fetches it for itself, then forgets it.
UV := uv==0.13.9

##@ Pour essayer et faire tourner
.PHONY: run
run: $(FOR_RUNNING) ## lance le robot (sans jeton : le simulateur, dans le navigateur)
	@$(BIN)/python -m bot run

##@ Pour travailler dessus
.PHONY: test
test: $(FOR_WORKING) ## passe les tests (ARGS="-n 0 -k demande" pour en choisir)
	@$(BIN)/python -m pytest $(IN_PARALLEL) $(ARGS)

.PHONY: lint
lint: $(FOR_WORKING) ## vérifie le style, les types et qui importe qui
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: $(FOR_WORKING) ## met le code en forme
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

.PHONY: bench
bench: $(FOR_WORKING) ## mesure le débit, les délais, la mémoire et le démarrage
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: bench-danger
bench-danger: $(FOR_WORKING) ## mesure la reconnaissance du danger
	@$(BIN)/python -m tests.bench.danger $(ARGS)

.PHONY: bench-matching
bench-matching: $(FOR_MEASURING) ## mesure la recherche (ARGS="<dossier> --sizes --json")
	@$(BIN)/python -m tests.bench.matching $(ARGS)

.PHONY: proof
proof: $(FOR_WORKING) ## tue et relance le vrai programme 30 fois : rien ne doit se perdre
	@$(BIN)/python -m tests.proof $(ARGS)

.PHONY: requirements
requirements: $(BIN)/python ## recalcule requirements*.txt (ARGS=--upgrade pour tout monter)
	@set -e; tool=$$(mktemp -d); trap 'rm -rf "$$tool"' EXIT; \
	$(INSTALL) --target "$$tool" $(UV); \
	pin() { "$$tool/bin/uv" pip compile pyproject.toml --no-cache --quiet --universal \
		--python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links \
		$(ARGS) "$$@" >/dev/null; }; \
	pin --output-file requirements.txt; \
	pin --group dev --constraints requirements.txt --output-file requirements-dev.txt; \
	pin --group bench --constraints requirements-dev.txt --output-file requirements-bench.txt

.PHONY: clean
clean: ## efface .venv et les caches (jamais data/, jamais .env)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find bot faq handlers tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## affiche cette aide
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What is installed. --no-deps because the pins are the whole list; `pip check` proves that it is.

$(FOR_RUNNING): requirements.txt $(BIN)/python
	@echo "Installation dans $(VENV), une seule fois…"
	@$(INSTALL) --requirement requirements.txt
	@$(BIN)/python -m pip check >/dev/null
	@touch $@

$(FOR_WORKING): requirements-dev.txt $(BIN)/python
	@echo "Installation des outils dans $(VENV), une seule fois…"
	@$(INSTALL) --requirement requirements-dev.txt
	@$(BIN)/python -m pip check >/dev/null
	@touch $@ $(FOR_RUNNING)

# The libraries that our search is compared with: big, and for that comparison only.
$(FOR_MEASURING): requirements-bench.txt $(FOR_WORKING)
	@echo "Installation des outils de comparaison dans $(VENV), une seule fois…"
	@$(INSTALL) --requirement requirements-bench.txt
	@$(BIN)/python -m pip check >/dev/null
	@touch $@

# The newest Python that can make a venv, or the one named by PYTHON=…. A candidate is run, not
# only found: the shims of version managers answer to names they cannot start. Debian ships venv
# without the ensurepip it needs, hence the second question.
$(BIN)/python:
	@for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
			"$$python" -m venv --clear $(VENV); exit; \
		fi; \
		lacking=$${lacking:-$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')}; \
	done; \
	if [ -n "$$lacking" ]; then \
		echo "Il manque à Python le module venv : installez le paquet $$lacking (sous Debian ou Ubuntu : apt install $$lacking)." >&2; \
	else \
		echo "Passerelle a besoin de Python 3.11 ou plus récent : installez-le, puis relancez la même commande." >&2; \
	fi; exit 1
