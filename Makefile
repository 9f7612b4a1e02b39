.PHONY: run fast check test audit

run:  ## the page
	python app.py

check:  ## linter, format and types
	ruff check .
	ruff format --check .
	mypy

fast: check  ## and the tests that need neither a browser nor another process
	python -m pytest -m "not browser and not processes"

test:  ## all tests
	python -m pytest

audit:  ## known holes of the dependencies
	bash .ci/audit
