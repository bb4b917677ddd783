"""The one grammar of citations: which sources a bracket cites, and what is no citation."""

import pytest

from study.bank.citations import CITATION, cited, without_citations


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("[he15]", [("he15", "")]),
        ("[he15 §3.4, Fig. 1]", [("he15", "§3.4, Fig. 1")]),
        ("[he15 §3.4; §4.1]", [("he15", "§3.4; §4.1")]),
        ("[he15 §3.4; he16 Fig. 1a]", [("he15", "§3.4"), ("he16", "Fig. 1a")]),
        ("[he15 §3.4;he16]", [("he15", "§3.4"), ("he16", "")]),
    ],
)
def test_a_citation_names_each_source_with_its_place(text, sources):
    found = CITATION.fullmatch(text)
    assert found is not None and cited(found) == sources


@pytest.mark.parametrize("text", ["[he15 §1](elsewhere)", "[he15][0]", "[He15 §1]", "[1, 2]"])
def test_links_indices_and_lists_are_no_citations(text):
    assert CITATION.search(text) is None


def test_a_text_is_measured_without_its_citations():
    assert without_citations("Deep nets train [he15 §4.2].") == "Deep nets train ."
