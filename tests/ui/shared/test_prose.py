"""Citations become links to the papers; all other brackets stay as they are."""

import re

import pytest

from study.bank import loading
from ui.shared import prose

BANK = loading.load()
HE15, HE16 = BANK.sources["he15"].url, BANK.sources["he16"].url


@pytest.mark.parametrize(
    ("cited", "shown"),
    [
        ("[he15 §3.4]", rf"[\[He et al. 2015 §3.4\]]({HE15})"),
        ("[he15]", rf"[\[He et al. 2015\]]({HE15})"),
        ("[he15 §3.4; §4.1]", rf"[\[He et al. 2015 §3.4; §4.1\]]({HE15})"),
        (
            "[he15 §3.4; he16 Fig. 1a]",
            rf"[\[He et al. 2015 §3.4\]]({HE15}) [\[He et al. 2016 Fig. 1a\]]({HE16})",
        ),
        ("[nobody §1; he16 Fig. 1a]", "[nobody §1; he16 Fig. 1a]"),
        ("[he15 §1](elsewhere)", "[he15 §1](elsewhere)"),
    ],
)
def test_a_citation_is_a_link_to_each_paper_it_names(cited, shown):
    assert prose.linked(cited, BANK) == shown


def test_no_text_of_the_bank_shows_the_key_of_a_source():
    texts = [text.why for item in BANK.items for text in item.text.values()]
    keys = "|".join(sorted(BANK.sources))
    assert not [text for text in texts if has_bare_key(prose.linked(text, BANK), keys)]


def has_bare_key(text: str, keys: str) -> bool:
    """Whether a bracket still begins a part with a key instead of a name."""
    return bool(re.search(rf"\[(?:[^\]\n]*; )?(?:{keys})(?: [^\]\n]*)?\](?!\()", text))
