.PHONY: run fast check test

run:  ## the page
	python app.py

check:  ## linter, format and types
	ruff check .
	ruff format --check .
	mypy

fast: check  ## and the tests that need neither a browser nor another process
	OMP_NUM_THREADS=1 python -m pytest -m "not browser and not processes"

test:  ## all tests
	python -m pytest
