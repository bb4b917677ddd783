"""Links of every kind are clicked: a heading, no error, the way back, and an address that reloads.

Pages are in Chinese and in English by turns, and each kind of link is clicked once in each language
in which a page has it; tests/pages/test_links.py follows every link there is, without a browser.
The addresses of the menu are those that the pages are opened by.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError, expect

from study.bank import loading
from tests.browser.conftest import LOOK_MS
from ui.shell.navigation import ICONS

LINKS = "a[data-testid='stPageLink-NavLink']"
FIND = f"""target => [...document.querySelectorAll("{LINKS}")].find(link => {{
  const relative = link.getAttribute("href");
  const at = relative.startsWith("?") ? new URL("." + "/" + relative, location.href) : link;
  return at.href === target;
}})"""
# As for whoever comes by keyboard: the link to Home is whole once it is near.
NEAR = """links => document.querySelectorAll(links).forEach(
  link => link.dispatchEvent(new FocusEvent("focusin", { bubbles: true })))"""
MENU = "[data-testid='stSidebar'] "
ADDRESSES = "(links, menu) => links.map(link => [link.href, link.closest(menu) !== null])"
OF_MENU = 2  # links of the menu that are clicked on a page: each page is left by other ones
OPENED = 2  # questions whose own links are clicked too, one in each language
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


def links(visit) -> tuple[dict[tuple, str], list[tuple]]:
    """Return the address of the first link of each kind that leads elsewhere, and the menu's kinds.

    Both are of one moment: a page may still be drawn in pieces.
    """
    expect(visit.page.locator(MENU + LINKS)).to_have_count(len(ICONS))
    every = visit.page.locator(LINKS)
    count = -1
    while count != (count := every.count()):
        visit.page.wait_for_timeout(250)
    visit.page.evaluate(NEAR, LINKS)
    found, here = every.evaluate_all(ADDRESSES, MENU), where(visit.page.url)
    elsewhere = [(address, of_menu) for address, of_menu in found if where(address) != here]
    first = {kind(address): address for address, _ in reversed(elsewhere)}
    return first, [kind(address) for address, of_menu in elsewhere if of_menu]


def where(address: str) -> tuple[str, dict]:
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)


def kind(address: str) -> tuple[str, tuple]:
    """Return what addresses that lead to the same kind of place have in common."""
    path, query = where(address)
    return path, tuple(sorted(query))


def click(visit, target: str) -> None:
    """Click a link of the page; it leads to its own address."""
    try:
        visit.page.wait_for_function(f"target => ({FIND})(target)", arg=target, timeout=LOOK_MS)
    except TimeoutError:
        pytest.fail(f"{target} is gone from {visit.page.url}")
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


def sources() -> list[tuple[str, str]]:
    """Return the addresses of the pages, and the language of each."""
    questions = [q.id for q in loading.load().questions][:: max(1, 24 // OPENED)][:OPENED]
    pages = (*BEFORE, *(f"/questions?q={q}&answer=short" for q in questions))
    turns = [(page, ("en", "zh")[number % 2]) for number, page in enumerate(pages)]
    return [(f"{page}{'&' if '?' in page else '?'}lang={lang}", lang) for page, lang in turns]


@pytest.mark.timeout(900)
def test_every_kind_of_link_leads_where_it_says_and_its_address_brings_it_back(look):
    visit = look("laptop", "en")
    clicked: dict[str, set] = {"en": set(), "zh": set()}
    menu: set = set()
    for source, language in sources():
        visit.open(source)
        visit.settle()
        start, done = visit.place(), clicked[language]
        found, of_menu = links(visit)
        assert all(where(target)[1]["lang"] == [language] for target in found.values()), source
        menu |= set(of_menu)
        turn = [one for one in of_menu if one not in done][:OF_MENU]
        for one in [*turn, *(one for one in found if one not in of_menu and one not in done)]:
            click(visit, found[one])
            if one not in of_menu and one not in clicked["en"] | clicked["zh"]:
                shown = visit.place()
                visit.reload()
                assert visit.place() == shown
            done.add(one)
            visit.page.go_back()
            visit.is_at(start)
    assert len(menu) > len(BEFORE) - 2 and menu <= clicked["en"] & clicked["zh"]
