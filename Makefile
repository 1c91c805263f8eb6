# `make demo` and `make test` are all that a newcomer needs. Everything made lands in .venv and var.

PYTHON ?= python3
UV ?= uv
BIN := .venv/bin
READY := .venv/ready
UNIT_HALF := tests/portfolio tests/manifest tests/dialogs/understanding tests/dialogs/forms tests/dialogs/cards

.PHONY: demo test check unit coverage format screenshots data-map lock clean

demo: $(READY)
	@$(BIN)/tovholder demo

# Without CI=true the checks go on where Node, Chromium or PostgreSQL is missing, and say what they left out.
test: check
	@echo "== Web Chat for the browser tests"
	@$(BIN)/python -m bot.demo.fetch || [ "$$CI" != true ]
	@echo "== tests"
	@$(call in_two_halves,tests,tests/bot)

check: $(READY)
	@echo "== format"
	@$(BIN)/ruff format --check .
	@echo "== lint"
	@$(BIN)/ruff check .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== import rules"
	@$(BIN)/lint-imports

unit: $(READY)
	@$(call in_two_halves,tests/dialogs,$(UNIT_HALF))

# Two processes, of which each collects its own half: $(2), and what else is in $(1). What Python compiled is kept for
# the next time, and what the one half says is shown when the other has ended.
define in_two_halves
	mkdir -p var; export PYTHONDONTWRITEBYTECODE=; \
	$(BIN)/pytest $(2) > var/half.txt 2>&1 & half=$$!; \
	$(BIN)/pytest $(1) $(addprefix --ignore=,$(2)); rest=$$?; \
	wait $$half; half=$$?; cat var/half.txt; exit $$((half + rest))
endef

coverage: $(READY)
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage report

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Needs Chromium and Web Chat. Takes the pictures in docs/screenshots anew.
screenshots: $(READY)
	@$(BIN)/python -m bot.demo.fetch
	@$(BIN)/python docs/make_screenshots.py

# Puts the data map's tables into docs/data-protection.md.
data-map: $(READY)
	@PYTHONPATH=. $(BIN)/python docs/make_data_map.py

# Needs uv. Pins every extra for Linux, macOS and Windows; the lock file names packages and hashes, no addresses.
lock:
	$(UV) pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --upgrade --quiet --output-file requirements.lock

clean:
	rm -rf .venv var *.egg-info build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Tovholder needs Python 3.11 or newer; \
	$(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 …")'
	@echo "== installing what requirements.lock pins into .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
