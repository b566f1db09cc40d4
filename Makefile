# The commands of the Civic Duty Dashboard. `make` alone lists them; the README says what they need.

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
PYTHON ?=
export PYTHON
# Where it is set, as in many containers, each of the tests' processes would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test soak check lint types fast explore format bench screenshots workbook chromium libreoffice clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Serve the fictional sample on this machine (PORT=8501)
	@exec $(BIN)/python -m framework demo --port $(PORT)

test: chromium libreoffice lint types fast ## Everything but the slow tests: lint, types, tests, browser tests
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/browser -m "browser and not soak"

soak: $(VENV)/.development ## The slow crash and load tests
	@if [ ! -d tests/crash ]; then echo "No soak tests yet: there is no tests/crash."; exit 0; fi; \
	$(BIN)/python -m pytest tests/crash -m soak; answer=$$?; \
	if [ $$answer -eq 5 ]; then echo "No soak tests yet in tests/crash."; exit 0; fi; \
	exit $$answer

check: lint types fast ## Lint, types and the tests that need no browser

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.development
	$(BIN)/mypy

fast: $(VENV)/.development
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not soak"

explore: $(VENV)/.development ## The tests that need no browser, their laws tried on other cases than `make test` tries
	HYPOTHESIS_PROFILE=exploring $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not soak"

format: $(VENV)/.development ## Put the code into the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development ## Page scripts beside constants; judging beside reading; loading beside pandas
	@$(BIN)/python -m tools.bench

screenshots: chromium ## Every page at both widths and themes, into docs/pictures (ONLY=overview,kpi)
	@$(BIN)/python -m tools.screenshots $(if $(ONLY),--only $(ONLY))

workbook: $(VENV)/.runtime ## Make the sample workbook again
	$(BIN)/python -m data.sample

chromium: $(VENV)/.development
	@sh tools/program.sh Chromium CHROMIUM "chromium chromium-browser google-chrome google-chrome-stable" \
		"chromium fonts-dejavu-core" "The browser tests"

libreoffice: $(VENV)/.development
	@sh tools/program.sh LibreOffice SOFFICE "soffice libreoffice" "libreoffice-calc" "The tests of spreadsheets"

clean: ## Remove the environment, what tools left behind, and the demo's database
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis data/demo.db data/demo.db-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.runtime: requirements.txt
	@python=$$(sh tools/python.sh) || exit 1; \
	if ! $(BIN)/python -m pip --version > /dev/null 2>&1; then \
		echo "Making the environment in $(VENV)."; "$$python" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing what the product needs. The first time this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
