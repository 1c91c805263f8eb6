# `make demo` and `make test` are all that a newcomer needs. Everything made lands in .venv and var.

PYTHON ?= python3
UV ?= uv
BIN := .venv/bin
READY := .venv/ready
UNIT_PART := tests/portfolio,tests/manifest,tests/dialogs/understanding,tests/dialogs/forms,tests/dialogs/cards

.PHONY: demo test check unit coverage format screenshots data-map questions lock clean

demo: $(READY)
	@$(BIN)/tovholder demo

# Without CI=true the checks go on where Node, Chromium or PostgreSQL is missing, and say what they left out.
test: check
	@echo "== Web Chat for the browser tests"
	@$(BIN)/python -m bot.demo.fetch || [ "$$CI" != true ]
	@echo "== tests"
	@$(call in_parts,tests,tests/bot/over_the_wire tests/bot tests/storage)

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
	@$(call in_parts,tests/dialogs,$(UNIT_PART))

# Processes of which each collects its own part: those in $(2), which are folders joined by commas, each without what an
# earlier one has, and what else is in $(1). Much of what they do is waiting, so they may be more than the cores. What
# Python compiled is kept for the next time, and what a part says is shown when all have ended.
define in_parts
	mkdir -p var; export PYTHONDONTWRITEBYTECODE=; number=0; parts=; without=; \
	for part in $(2); do \
		number=$$((number + 1)); folders=$$(echo $$part | tr , ' '); \
		$(BIN)/pytest $$folders $$without > var/part-$$number.txt 2>&1 & parts="$$parts $$!"; \
		for folder in $$folders; do without="$$without --ignore=$$folder"; done; \
	done; \
	$(BIN)/pytest $(1) $$without; failed=$$?; number=0; \
	for part in $$parts; do \
		number=$$((number + 1)); wait $$part || failed=1; cat var/part-$$number.txt; \
	done; \
	exit $$failed
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

# Writes docs/questions.md, what can be asked.
questions: $(READY)
	@PYTHONPATH=. $(BIN)/python docs/make_questions.py

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
