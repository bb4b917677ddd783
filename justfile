# The commands people use. `just` lists them.

# Start the app on this machine.
run:
    streamlit run app.py

# All tests; `just test -m "not slow"` leaves out the longest.
test *options:
    pytest {{options}}

# What takes seconds: style, types, the bank's linter, arrows, locales.
check:
    ruff check . && ruff format --check .
    mypy
    python -m study check
    pytest -q tests/test_arrows.py tests/test_locales.py

# The folder of a new question: just question shortcuts/gated-shortcuts
question place:
    python -m study new {{place}}

compile := "uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url"

# Exact versions from the bounds, for Python 3.11 to 3.13 and every system; CI's with their hashes.
lock:
    {{compile}} requirements-dev.txt requirements-server.txt -o constraints.txt
    {{compile}} requirements-dev.txt -c constraints.txt --generate-hashes -o .ci/locked.txt
