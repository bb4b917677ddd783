"""A notebook that Jupyter itself calls valid."""

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.sandbox.notebook import notebook


@given(st.text(), st.text(), st.text())
def test_any_question_makes_a_valid_notebook(title, words, code):
    made = nbformat.reads(notebook(title, words, code), as_version=4)
    nbformat.validate(made)
    assert made.cells[1].source == code.rstrip("\n")


def test_the_code_is_as_it_was_and_has_not_been_run():
    made = json.loads(notebook("残差", "Why?", "x = 1\n\nprint(x)\n"))
    assert made["cells"][1]["source"] == ["x = 1\n", "\n", "print(x)"]
    assert made["cells"][1]["outputs"] == []


def test_a_broken_one_would_be_noticed():
    broken = json.loads(notebook("a", "b", "c"))
    del broken["cells"][1]["outputs"]
    with pytest.raises(nbformat.ValidationError):
        nbformat.validate(nbformat.from_dict(broken))
