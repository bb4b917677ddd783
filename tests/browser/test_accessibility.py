"""axe-core finds nothing serious of ours on any page, light and dark; focus is seen."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_path import words

PLACES = (
    "/",
    "/questions",
    "/questions?q=why-shortcuts",
    "/questions?q=why-shortcuts&answer=answer",
    "/lab",
    "/quiz",
    "/quiz?mode=mock",
    "/progress",
    "/glossary",
    "/settings",
)
# Of Streamlit's own parts, which a page cannot change: named, so that nothing else hides here.
STREAMLIT = (
    "stExpandSidebarButton",
    "stToolbar",
    "stMainMenu",
    "stSidebarCollapseButton",
    "stHeader",
)


PAPER = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def serious(page) -> list[str]:
    """Return what axe calls serious or critical, but for Streamlit's own parts."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not any(part in node["html"] for part in STREAMLIT)
    ]


def headings(page) -> list[int]:
    """Return the levels of the headings that are seen, in their order."""
    return page.locator(".stMain :is(h1,h2,h3,h4,h5,h6)").evaluate_all(
        "all => all.filter(h => h.offsetParent).map(h => Number(h.tagName[1]))"
    )


def test_no_page_has_a_serious_finding_light_or_dark_and_headings_go_down_step_by_step(look):
    """Every other page is opened in the dark; each is looked at, then changes under the eyes."""
    visit = look("laptop", "en", color_scheme="light")
    found, themes = {}, ["light", "dark"]
    for place in PLACES:
        visit.open(f"{place}{'&' if '?' in place else '?'}lang=en")
        visit.settle()
        levels = headings(visit.page)
        assert levels[0] == 1 and levels.count(1) == 1, place
        jumps = [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1]
        assert jumps == [], place
        found[place, themes[0]] = serious(visit.page)
        before = visit.page.evaluate(PAPER)
        themes.reverse()
        visit.page.emulate_media(color_scheme=themes[0])
        visit.page.wait_for_function(f"before => {PAPER} !== before", arg=before)
        visit.settle()
        found[place, themes[0]] = serious(visit.page)
    assert {where: problems for where, problems in found.items() if problems} == {}


def test_the_keyboard_shows_where_it_is_and_opens_a_question(look):
    visit = look()
    visit.menu(words("en", "page.questions"))
    link = visit.page.locator(".stMain [class*='st-key-card_'] a").first
    visit.page.get_by_role("textbox").focus()
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    title = link.inner_text()
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.page.locator("h1").inner_text() == title
