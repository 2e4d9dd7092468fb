# make demo: the main job on real input. make test: the tests. Both set everything up first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check setup clean

demo: setup
	$(BIN)/cosmodrome run missions/earth-observer.toml

test: setup
	$(BIN)/pytest

check: setup
	tools/check

setup: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cosmodrome needs Python 3.11 or newer; name one with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf .venv out
