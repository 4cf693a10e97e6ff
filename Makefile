# The verbs of this house. Everything they need is installed into .venv from the pinned files in requirements/.
PYTHON ?= python3
PORT ?= 8080
ONCE ?=
BACKEND ?= local
DATA ?= ../shared/eval
OUT ?=
MOST ?=
JOBS ?= 2
BIN := .venv/bin

.PHONY: demo test check lint soak bench score lock clean

demo: .venv/$(if $(filter aws,$(BACKEND)),dev,local).stamp ## a local Slack with Earshot in it; BACKEND=aws: on stand-ins
	@$(BIN)/python -m sandbox.demo --port $(PORT) --backend $(BACKEND) $(if $(ONCE),--once)

test: .venv/dev.stamp ## everything but the long sweeps
	@$(BIN)/python -m pytest -m "not soak" -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: lint test ## what must be clean before a change goes in

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports

soak: .venv/dev.stamp ## the long sweeps, with their figures
	@$(BIN)/python -m pytest -m soak -s $(ARGS)
	@$(BIN)/python -m pytest tests/workflow -m "not soak" --database postgres $(ARGS)
	@$(BIN)/python -m pytest tests/workflow -m "not soak" --transport http $(ARGS)

bench: .venv/dev.stamp ## speed and memory, beside what a user would use instead
	@$(BIN)/python -m benchmarks.bench

score: .venv/dev.stamp ## quality on a data set: make score DATA=folder [OUT=file.json] [MOST=items]
	@$(BIN)/python -m benchmarks.score --data $(DATA) --backend $(BACKEND) $(if $(OUT),--out $(OUT)) $(if $(MOST),--most $(MOST))

lock: .venv/uv.stamp ## compile the pinned requirements from pyproject.toml
	@requirements/lock $(BIN)/uv

clean:
	rm -rf .venv var

.venv/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Earshot needs Python 3.11 or newer; say which with PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/local.stamp: .venv/uv.stamp requirements/local.txt
	@echo "Installing what Earshot needs ..."
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/local.txt
	@touch $@

.venv/dev.stamp: .venv/local.stamp requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@
