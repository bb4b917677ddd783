"""Every link of every page leads to a page that opens, with what its address names.

tests/browser/test_crawler.py clicks one of each kind. Where links differ in one name only, the bank
must have what they name, and the first of them is opened.
"""

from urllib.parse import parse_qsl

import pytest

from study.bank import loading
from study.bank.search import index, search

BANK = loading.load()
INDEX = index(BANK)
NAMED = {
    ("questions", "q"): BANK.get,
    ("questions", "search"): lambda words: search(INDEX, words),
    ("glossary", "term"): BANK.glossary.get,
}
SOURCES = [
    ("home", {}),
    ("questions", {}),
    ("lab", {}),
    ("quiz", {}),
    ("quiz", {"mode": "mock"}),
    ("progress", {}),
    ("settings", {}),
    ("glossary", {}),
    *(("questions", {"q": one.id, "answer": "short"}) for one in BANK.questions[::20]),
]


@pytest.fixture(scope="module")
def followed() -> set[tuple[str, str]]:
    """Hold what was opened already: most pages have the same links."""
    return set()


@pytest.fixture(scope="module")
def opened() -> set[tuple[str, str]]:
    """Hold the kinds of links with one name of which one was opened."""
    return set()


@pytest.mark.parametrize(("name", "query"), SOURCES)
def test_every_link_of_a_page_opens_what_it_names(open_page, followed, opened, name, query):
    links = {
        (one.proto.page or "home", one.proto.query_string)
        for one in open_page(name, "en", **query).get("page_link")
    }
    assert links
    for page, address in sorted(links - followed):
        asked = dict(parse_qsl(address))
        assert asked.pop("lang") == "en", address
        kind = (page, *asked)
        if kind in NAMED:
            assert NAMED[kind](*asked.values()), address
        if kind not in NAMED or kind not in opened:
            app = open_page(page, "en", **asked)
            assert len(app.title) == 1, address
            assert not app.warning, address  # a page says so where an address names nothing
            opened.add(kind)
    followed |= links
