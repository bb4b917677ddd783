"""A person who never types an address: Home, clicks, keys, Back, reload, another tab."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LOOK_MS, ROOT

MENU = {
    "en": ("questions", "claims", "lab", "quiz", "progress"),
    "zh": ("glossary", "settings", "quiz", "home"),
}
OTHER = {"en": "中文", "zh": "English"}


def words(language: str, key: str, **values: object) -> str:
    """Return a text of the interface, as the catalogue has it."""
    for path in (ROOT / "locales" / language).glob("*.json"):
        texts = json.loads(path.read_text("utf-8"))
        if key in texts:
            return texts[key].format(**values) if values else texts[key]
    raise KeyError(key)


def fits(visit) -> None:
    """Hold that the page is no wider than the window."""
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= visit.page.viewport_size["width"], visit.page.url


def card(visit, number: int):
    return visit.page.locator(".stMain [class*='st-key-card_']").nth(number)


def open_card(visit, number: int) -> str:
    """Click a card of the list anywhere but on its title; return its title."""
    title = card(visit, number).get_by_role("link").inner_text()
    visit.go(lambda: card(visit, number).click(position={"x": 200, "y": 70}))
    expect(visit.page.locator("h1")).to_have_text(title, timeout=LOOK_MS)
    return title


@pytest.mark.parametrize(("size", "language"), [("laptop", "en"), ("phone", "zh")])
def test_from_the_list_to_an_answer_and_back(look, size, language):
    visit = look(size, language)
    visit.menu(words(language, "page.questions"))
    visited = [visit.place()]

    open_card(visit, 1)
    visited.append(visit.place())
    fits(visit)
    visit.go(visit.button(words(language, "question.reveal")).click)
    points = visit.page.get_by_role("heading", name=words(language, "question.points"))
    expect(points).to_be_visible(timeout=LOOK_MS)
    visited.append(visit.place())
    fits(visit)
    visit.go(visit.page.get_by_text(words(language, "question.board"), exact=True).click)
    visited.append(visit.place())

    visit.go(visit.page.get_by_role("link", name="→").click)
    expect(visit.page.locator("h1")).not_to_have_text(visited[-1][1], timeout=LOOK_MS)
    visited.append(visit.place())
    expect(points).to_have_count(0)  # the next answer waits to be asked for
    visit.go(visit.page.get_by_role("link", name="←").last.click)
    expect(visit.page.locator("h1")).to_have_text(visited[1][1], timeout=LOOK_MS)

    for expected in reversed(visited):
        visit.back()
        visit.is_at(expected)
    for expected in visited[1:]:
        visit.forward()
        visit.is_at(expected)
    visit.reload()
    assert visit.place() == visited[-1]


@pytest.mark.parametrize(("size", "language"), [("laptop", "zh"), ("phone", "en")])
def test_search_open_switch_the_language_reload(look, size, language):
    visit = look(size, language)
    visit.menu(words(language, "page.questions"))
    field = visit.page.get_by_role("textbox")
    field.fill("vanishing")
    visit.go(lambda: field.press("Enter"))
    found = visit.page.locator(".stMain [class*='st-key-card_']").count()
    assert found > 0
    visit.reload()
    assert visit.page.locator(".stMain [class*='st-key-card_']").count() == found
    expect(field).to_have_value("vanishing")

    title = open_card(visit, 0)
    fits(visit)
    place = visit.place()[0]
    visit.language(OTHER[language])
    expect(visit.page.locator("h1")).not_to_have_text(title, timeout=LOOK_MS)
    assert visit.place()[0] == place.replace(f"lang={language}", f"lang={visit_language(visit)}")
    visit.reload()
    assert f"lang={visit_language(visit)}" in visit.page.url
    visit.back()
    expect(visit.page.locator("h1")).to_have_text(title, timeout=LOOK_MS)
    visit.back()
    expect(field).to_have_value("vanishing")


def visit_language(visit) -> str:
    return visit.page.evaluate("document.documentElement.lang")[:2]


@pytest.mark.parametrize("language", MENU)
def test_a_phone_has_every_page_in_its_menu_no_wider_than_itself_and_goes_back(look, language):
    visit = look("phone", language)
    places = [visit.place()]
    for page in MENU[language]:
        visit.menu(words(language, f"page.{page}"))
        places.append(visit.place())
        assert words(language, f"page.{page}") in visit.page.title() or page == "home"
        fits(visit)
    for expected in reversed(places[:-1]):
        visit.back()
        visit.is_at(expected)


def test_the_quiz_leads_to_the_question_behind_an_item_and_back_to_the_same_card(look):
    visit = look()
    visit.menu("Questions")
    open_card(visit, 0)
    visit.go(visit.page.get_by_role("link", name="quiz items").click)
    asked = visit.page.locator(".st-key-quiz_card h2").inner_text()
    visit.go(visit.page.get_by_role("link", name="←").first.click)
    assert "q=" in visit.page.url
    visit.back()
    expect(visit.page.locator(".st-key-quiz_card h2")).to_have_text(asked)


def test_a_link_opens_in_a_new_tab_and_a_copied_link_opens_the_same(look, browser):
    visit = look()
    visit.menu("Questions")
    with visit.page.context.expect_page() as opened:
        card(visit, 2).get_by_role("link").click(modifiers=["ControlOrMeta"])
    tab = opened.value
    expect(tab.locator("h1")).to_be_visible(timeout=LOOK_MS)
    assert visit.place()[1] == "Questions"
    other = look("phone", "zh")  # somebody else, whose browser speaks another language
    other.page.goto(tab.url)
    other.settle()
    assert other.page.locator("h1").inner_text() == tab.locator("h1").inner_text()


def test_a_new_place_begins_at_its_top_and_back_or_a_reload_at_the_old_position(look):
    visit = look()
    visit.menu("Questions")
    expect(card(visit, 9)).not_to_be_in_viewport()
    card(visit, 9).scroll_into_view_if_needed()
    open_card(visit, 9)
    assert visit.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    visit.back()
    expect(card(visit, 9)).to_be_in_viewport()
    visit.reload()
    expect(card(visit, 9)).to_be_in_viewport()


def test_a_choice_outlives_a_change_of_language(look):
    visit = look()
    visit.menu("Lab")
    visit.page.get_by_text(words("en", "lab.own"), exact=True).click()
    select = visit.page.get_by_role("combobox").first
    expect(select).to_have_value(words("en", "lab.dial_skip"))
    visit.choose(select, words("en", "lab.dial_batch_norm"))
    visit.language("中文")
    visit.page.get_by_text(words("zh", "lab.own"), exact=True).click()
    expect(select).to_have_value(words("zh", "lab.dial_batch_norm"))


def test_clicks_from_a_fresh_start(visit):
    """First answer in two clicks, first quiz item in one; test_training counts the live chart."""
    visit.open("/?lang=en")
    visit.settle()
    visit.go(visit.page.locator(".st-key-act_first").get_by_role("link").click)
    visit.button("Show the answer").click()
    expect(visit.page.get_by_role("heading", name="Key points")).to_be_visible(timeout=LOOK_MS)

    visit.open("/?lang=en")
    visit.settle()
    visit.page.locator(".st-key-act_quiz").get_by_role("link").click()
    expect(visit.page.locator(".st-key-quiz_card")).to_be_visible(timeout=LOOK_MS)
