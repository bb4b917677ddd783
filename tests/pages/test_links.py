"""Every link of every page leads to a page that opens, with what its address names.

tests/browser/test_crawler.py clicks some of each kind.
"""

from urllib.parse import parse_qsl

import pytest

from study.bank import loading

BANK = loading.load()
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


@pytest.mark.parametrize(("name", "query"), SOURCES)
def test_every_link_of_a_page_opens_what_it_names(open_page, followed, name, query):
    links = {
        (one.proto.page or "home", one.proto.query_string)
        for one in open_page(name, "en", **query).get("page_link")
    }
    assert links
    for page, address in sorted(links - followed):
        asked = dict(parse_qsl(address))
        assert asked.pop("lang") == "en", address
        if page == "questions" and asked.keys() == {"q"}:  # test_questions.py opens each of them
            assert BANK.get(asked["q"]) is not None, address
        else:
            app = open_page(page, "en", **asked)
            assert len(app.title) == 1, address
            assert not app.warning, address  # a page says so where an address names nothing
    followed |= links
