"""Links of every kind and every page are clicked: a heading, no error, an address that reloads.

tests/pages/test_links.py follows every link there is, without a browser.
"""

from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError

from study.bank import loading
from tests.browser.conftest import LOOK_MS

LINKS = "a[data-testid='stPageLink-NavLink']"
FIND = f"""target => [...document.querySelectorAll("{LINKS}")].find(link => {{
  const relative = link.getAttribute("href");
  const at = relative.startsWith("?") ? new URL("." + "/" + relative, location.href) : link;
  return at.href === target;
}})"""
# As for whoever comes by keyboard: the link to Home is whole once it is near.
NEAR = """links => document.querySelectorAll(links).forEach(
  link => link.dispatchEvent(new FocusEvent("focusin", { bubbles: true })))"""
ALIKE = {"en": 2, "zh": 1}  # links of one kind that are clicked on a page
RELOADED = 3  # links of one kind whose address is reloaded as well
OPENED = 3  # questions whose own links are clicked too
BEFORE = (
    "/",
    "/questions",
    "/lab",
    "/quiz",
    "/quiz?mode=mock",
    "/progress",
    "/settings",
    "/glossary",
)


def links(visit) -> list[str]:
    """Return the addresses of the links on the page, each once."""
    every = visit.page.locator(LINKS)
    count = -1
    while count != (count := every.count()):  # a page under load draws in pieces
        visit.page.wait_for_timeout(500)
    visit.page.evaluate(NEAR, LINKS)
    found = every.evaluate_all("links => links.map(link => link.href)")
    return list(dict.fromkeys(found))


def where(address: str) -> tuple[str, dict]:
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)


def kind(address: str) -> tuple[str, tuple]:
    """Return what addresses that lead to the same kind of place have in common."""
    path, query = where(address)
    return path, tuple(sorted(query))


def click(visit, source: str, target: str) -> None:
    """Click a link of a page, opened unless one is there; it leads to its own address."""
    if visit.page.url != source:
        visit.page.goto(source)
        visit.settle()
    try:
        visit.page.wait_for_function(f"target => ({FIND})(target)", arg=target, timeout=LOOK_MS)
    except TimeoutError:
        pytest.fail(f"{target} is gone from {source}")
    for drawn_anew in (False, True):  # under the hand, once: a person clicks again
        link = visit.page.evaluate_handle(FIND, target).as_element()
        try:
            link.hover()
            assert link.evaluate("link => link.href") == target
            link.click()
        except PlaywrightError as error:
            if drawn_anew or "not attached" not in str(error):
                raise
            visit.settle()
            continue
        break
    visit.page.wait_for_url(lambda url: where(url) == where(target), timeout=LOOK_MS)
    visit.settle()
    visit.fine()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_link_leads_where_it_says_and_its_address_brings_it_back(look, language):
    visit = look("laptop", language)
    base = visit.server.url
    questions = [q.id for q in loading.load().questions][:: max(1, 24 // OPENED)][:OPENED]
    own = [f"/questions?q={q}&answer=short" for q in questions]
    separator = {True: "&", False: "?"}
    sources = [f"{base}{p}{separator['?' in p]}lang={language}" for p in (*BEFORE, *own)]
    seen: dict[str, str] = {}
    for source in sources:
        visit.page.goto(source)
        visit.settle()
        for target in links(visit):
            seen.setdefault(target, source)
    on_page, alike = Counter(), Counter()
    for target, source in seen.items():
        on_page[source, kind(target)] += 1
        if on_page[source, kind(target)] > ALIKE[language]:
            continue
        alike[kind(target)] += 1
        click(visit, source, target)
        if alike[kind(target)] <= RELOADED:
            shown = visit.place()
            visit.reload()
            assert visit.place() == shown
        visit.page.go_back()
        visit.settle()
    assert len(seen) > len(BEFORE)
    print(f"{alike.total()} of {len(seen)} links, {len(alike)} kinds, {len(sources)} pages")
