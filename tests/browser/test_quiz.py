"""The quiz by keyboard and by touch, in a real browser; what it wrote is read from the log."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from study.bank import loading
from study.practice import session
from tests.browser.conftest import SIZES, press, visiting

BANK = loading.load()
SLOW_MS = 120_000
TEXTS = json.loads((loading.ROOT.parent / "locales" / "en" / "quiz.json").read_text("utf-8"))
LABELS = {k.removeprefix("form."): v for k, v in TEXTS.items() if k.startswith("form.")}
FORMS = sorted({item.form for item in BANK.items})
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def visit(browser, file_server):
    """Yield a visit of the app of this file: what its tests answer, no other one asks."""
    yield from visiting(browser, file_server)


@pytest.fixture
def newcomer(browser, server):
    """Yield a visit of an app that nobody has answered anything in."""
    yield from visiting(browser, server)


@pytest.fixture
def reviews(file_server):
    """Return a function that lists the items that were answered since the test began."""
    before = len(rows(file_server.home))
    return lambda: rows(file_server.home)[before:]


def rows(home: Path) -> list[str]:
    """Return the items that were answered, in order."""
    path = home / "progress" / "progress.sqlite"
    if not path.exists():
        return []
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT item FROM log WHERE kind = 'review' ORDER BY place")
    items = [item for (item,) in found]
    connection.close()
    return items


def at_rest(page) -> None:
    page.wait_for_timeout(250)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=SLOW_MS
    )


ITEMS = {form: [one.id for one in BANK.items if one.form == form] for form in FORMS}


def card(visit, *items: str, shown: str):
    """Open items by their names, and return the widget that answers the first."""
    visit.open(f"/quiz?lang=en&items={','.join(items)}")
    expect(visit.page.locator(shown).first).to_be_visible(timeout=SLOW_MS)
    at_rest(visit.page)
    return visit.page.locator(shown)


def test_three_keys_answer_a_choice_and_two_fast_ones_answer_it_once(visit, reviews):
    card(visit, ITEMS["choice"][20], shown="[class*=st-key-pick_3]")
    press(visit.page, "2", picked(visit.page))
    at_rest(visit.page)
    sure = visit.page.locator("[class*=st-key-sure_8] button")
    sure.dblclick()
    expect(visit.page.locator(".st-key-quiz_next")).to_be_visible()
    assert len(reviews()) == 1
    visit.page.keyboard.press("n")
    expect(visit.page.locator(".st-key-quiz_next")).to_have_count(0)
    assert len(reviews()) == 1


def picked(page):
    return page.get_by_role("button", name="●")


def answer_by_key(page, form: str) -> None:
    """What a hand on the keyboard does once the card is there: no Tab, no mouse."""
    typed = page.get_by_test_id("stTextInput").or_(page.get_by_test_id("stTextArea"))
    if form in ("choice", "answer", "chart"):
        press(page, "1", picked(page))
    elif form in ("number", "output"):
        expect(typed.locator("input, textarea")).to_be_focused()
        page.keyboard.type("12")
        page.keyboard.press("Enter" if form == "number" else "Control+Enter")
    elif form == "order":
        lines = page.locator("ol.pool button")
        expect(lines.first).to_be_focused()
        for left in range(lines.count() - 1, 0, -1):
            page.keyboard.press("Enter")
            expect(lines).to_have_count(left if left > 1 else 0)  # the last one goes by itself
    elif form == "bug":
        expect(page.locator("[role=listbox] button").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("[class*=st-key-pick_1]")).to_be_visible()
        press(page, "1", picked(page))
    at_rest(page)


def test_an_item_of_each_form_is_answered_without_the_mouse_or_skipped(visit, reviews):
    """A function is not written in a test of keys: its item is the one that is skipped."""
    visit.open(f"/quiz?lang=en&items={','.join(ITEMS[form][0] for form in FORMS)}")
    about = visit.page.locator(".st-key-quiz_card").get_by_test_id("stCaptionContainer").first
    for number, form in enumerate(FORMS):
        expect(about).to_contain_text(f"{LABELS[form]} · ")
        expect(visit.page.locator(".st-key-quiz_skip")).to_be_visible()
        at_rest(visit.page)
        if form == "code":
            skip(visit.page, about, LABELS[form])
            continue
        done = len(reviews()) + 1
        answer_by_key(visit.page, form)
        press(visit.page, "8", visit.page.locator(".st-key-quiz_next, .st-key-quiz_ticked"))
        if form == "recall":
            expect(visit.page.locator(".st-key-quiz_ticked")).to_be_visible()
            at_rest(visit.page)
            visit.page.keyboard.press("1")
            at_rest(visit.page)
            visit.page.keyboard.press("d")
        expect(visit.page.locator(".st-key-quiz_next")).to_be_in_viewport()
        expect(visit.page.locator(".st-key-quiz_verdict")).to_be_in_viewport()
        assert len(reviews()) == done
        at_rest(visit.page)
        visit.page.keyboard.press("Enter" if number % 2 else "n")
        expect(visit.page.locator(".st-key-quiz_next")).to_have_count(0)
    assert len(reviews()) == len(FORMS) - 1


def skip(page, about, form: str) -> None:
    """Press the key as a person does: once more where nothing happened, as on a page so new that
    its script was not there yet."""
    for patience in (10_000, 10_000, SLOW_MS):
        page.keyboard.press("Escape")  # out of a field that is in hand
        page.keyboard.press("s")
        try:
            expect(about).not_to_contain_text(form, timeout=patience)
        except AssertionError:
            continue
        return
    raise AssertionError(f"the key does not skip {form}")


def test_on_a_phone_a_long_card_ends_with_its_verdict_and_the_way_on_in_view(visit):
    visit.page.set_viewport_size(PHONE)
    lines = card(visit, *ITEMS["bug"][1:3], shown="[role=listbox] button")
    lines.last.click()
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-pick_3] button").click()
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-sure_9] button").click()
    for part in ("quiz_verdict", "quiz_next"):
        expect(visit.page.locator(f".st-key-{part}")).to_be_in_viewport(ratio=1)
    reasons = visit.page.locator("[class*=st-key-reasons_] li")
    expect(reasons.first).to_be_in_viewport()
    at_rest(visit.page)
    visit.page.locator(".st-key-quiz_next button").click()
    expect(visit.page.locator(".st-key-quiz_next")).to_have_count(0)
    expect(visit.page.locator("h2")).to_be_in_viewport()


def test_every_double_click_makes_one_row_also_after_a_round(visit, reviews):
    """Drills come for ever, so a round and two cards more are at hand."""
    visit.open("/quiz?lang=en&mode=drills")
    for number in range(1, session.ROUND + 3):
        expect(visit.page.locator(".st-key-quiz_skip")).to_be_visible()
        field = visit.page.locator("[data-testid=stTextInput] input")
        if option := visit.page.locator("[class*=st-key-pick_1] button").all():
            option[0].click()
            expect(picked(visit.page)).to_be_visible()
        else:
            expect(field).to_have_value("")
            field.fill("1×2×3" if field.get_attribute("placeholder") else "12")
            field.press("Enter")
        sure = visit.page.locator("[class*=st-key-sure_7] button")
        expect(sure).to_be_enabled()
        sure.dblclick()
        expect(visit.page.locator(".st-key-quiz_next")).to_be_visible()
        at_rest(visit.page)
        visit.page.locator(".st-key-quiz_next button").click()
        expect(visit.page.locator(".st-key-quiz_next")).to_have_count(0)
        assert len(reviews()) == number
        if number % session.ROUND == 0:  # a round ends in its summary, and goes on
            visit.page.locator(".st-key-quiz_more_button button").click()


def test_thirty_fast_keys_are_all_taken(newcomer):
    """Pick, confidence, next, ten times over, faster than the page can draw."""
    visit = newcomer
    items = ITEMS["choice"][:10]
    visit.open(f"/quiz?lang=en&items={','.join(items)}")
    expect(visit.page.locator("[class*=st-key-pick_1]")).to_be_visible()
    at_rest(visit.page)
    for key in "19n" * 10:
        visit.page.keyboard.press(key)
        visit.page.wait_for_timeout(40)
    expect(visit.page.locator(".st-key-quiz_summary")).to_be_visible(timeout=SLOW_MS)
    assert sorted(rows(visit.server.home)) == sorted(items)


def test_question_and_confirming_are_in_view_and_nothing_scrolls_sideways(look):
    """On a phone, and then in a window as large as a laptop."""
    visit = look("phone", "zh")
    for form in FORMS:
        visit.page.set_viewport_size(PHONE)
        visit.open(f"/quiz?lang=zh&items={ITEMS[form][0]}")
        at_rest(visit.page)
        for width, height in (SIZES["phone"], SIZES["laptop"]):
            visit.page.set_viewport_size({"width": width, "height": height})
            expect(visit.page.locator(".st-key-quiz_card h2")).to_be_in_viewport(ratio=1)
            for sure in visit.page.locator("[class*=st-key-sure_] button").all():
                expect(sure).to_be_in_viewport(ratio=1)
            wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
            assert visit.page.evaluate(wide) <= width, form


def test_the_bug_is_found_by_touch_and_both_versions_are_run(visit):
    visit.page.set_viewport_size(PHONE)
    item = BANK.item("shortcut-options/cropped")
    lines = card(visit, item.id, shown="[role=listbox] button")
    line = item.facts["line"] if isinstance(item.facts["line"], int) else item.facts["line"][0]
    lines.nth(line - 1).click()
    at_rest(visit.page)
    right = item.text["en"].choices[item.facts["answer"]].replace("`", "")[:24]
    visit.page.get_by_role("button", name=right).click()
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-sure_9] button").click()
    expect(visit.page.get_by_text("Right.")).to_be_visible()
    visit.button("Run both versions").click()
    _, _, symptom = item.facts["symptom"].partition(":")
    # By column: a version may write to both outputs.
    outputs = visit.page.locator("[data-testid=stColumn]:has([data-testid=stCode])")
    expect(outputs).to_have_count(2, timeout=SLOW_MS)
    expect(outputs.first).to_contain_text(symptom.strip())
    expect(outputs.last).not_to_contain_text(symptom.strip())
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_lines_are_put_in_order_by_keyboard_alone(visit, reviews):
    pool = card(visit, ITEMS["order"][1], shown="ol.pool button")
    count = pool.count()
    expect(pool.first).to_be_focused()
    for taken in range(1, count):
        visit.page.keyboard.press("Enter")
        shown = taken if taken < count - 1 else count  # the last one goes by itself
        expect(visit.page.locator("ol.answer button")).to_have_count(shown)
    first = visit.page.locator("ol.answer button").first.inner_text()
    visit.page.locator("ol.answer button").first.focus()
    visit.page.keyboard.press("Alt+ArrowDown")
    expect(visit.page.locator("ol.answer button").nth(1)).to_have_text(first)
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-sure_6] button").focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".st-key-quiz_next")).to_be_visible()
    assert len(reviews()) == 1


def test_two_tabs_share_one_log_and_the_stale_one_moves_on(visit, reviews):
    items = ITEMS["choice"][21:23]
    visit.open(f"/quiz?lang=en&items={','.join(items)}")
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    for page in (visit.page, other):
        expect(page.locator("[class*=st-key-pick_1]")).to_be_visible(timeout=SLOW_MS)
        at_rest(page)
    asked = other.locator(".st-key-quiz_card h2").inner_text()
    for page, option, sure in ((visit.page, 1, 5), (other, 2, 9)):
        page.locator(f"[class*=st-key-pick_{option}] button").click()
        at_rest(page)
        page.locator(f"[class*=st-key-sure_{sure}] button").click()
    expect(visit.page.locator(".st-key-quiz_next")).to_be_visible()
    expect(other.locator(".st-key-quiz_card h2")).not_to_have_text(asked)
    assert reviews() == items[:1]
    other.close()


def test_from_home_to_an_answer_a_reload_another_way_to_practise_and_back(newcomer):
    visit = newcomer
    visit.open("/?lang=zh")
    visit.page.locator("[data-testid=stMain] a[href*=quiz]").first.click()
    expect(visit.page.locator(".st-key-quiz_card h2")).to_be_visible(timeout=SLOW_MS)
    at_rest(visit.page)
    asked = visit.page.locator(".st-key-quiz_card h2").inner_text()
    visit.page.locator("[class*=st-key-pick_1] button").click()  # the first item is a choice
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-sure_9] button").click()
    expect(visit.page.locator(".st-key-quiz_next")).to_be_visible()
    assert len(rows(visit.server.home)) == 1
    visit.page.reload()
    expect(visit.page.locator(".st-key-quiz_undo")).to_be_visible(timeout=SLOW_MS)
    at_rest(visit.page)
    visit.page.locator(
        ".st-key-quiz_undo button"
    ).first.click()  # a letter may go into a field here
    expect(visit.page.locator(".st-key-quiz_card h2")).to_have_text(asked, timeout=SLOW_MS)
    expect(visit.page.locator(".st-key-quiz_undo")).to_have_count(0)
    visit.page.locator(".st-key-quiz_frame [data-testid=stPopover] button").click()
    visit.page.locator("[data-testid=stPopoverBody]").get_by_text("算一算").click()
    expect(visit.page).to_have_url(re.compile("mode=drills"))
    expect(visit.page.get_by_test_id("stTextInput")).to_be_visible()
    visit.page.go_back()
    expect(visit.page.locator(".st-key-quiz_card h2")).to_have_text(asked)


def test_an_interview_is_found_again_after_a_reload_and_its_ten_items_begin(visit):
    visit.open("/quiz?lang=en&mode=mock")
    visit.page.locator(".st-key-mock_start button").click()
    expect(visit.page).to_have_url(re.compile("interview="))
    heading = visit.page.locator(".st-key-quiz_card h2")
    asked = heading.inner_text()
    visit.page.reload()
    expect(heading).to_have_text(asked, timeout=SLOW_MS)
    at_rest(visit.page)
    visit.page.locator("[class*=st-key-sure_7] button").click()
    visit.page.locator("[class*=st-key-mock_weak_] button").click()
    visit.page.locator(".st-key-mock_end button").click()
    visit.page.locator(".st-key-mock_practise button").click()
    expect(visit.page).to_have_url(re.compile("items="))
    expect(visit.page.locator(".st-key-quiz_aside")).to_be_visible()


def test_a_mock_interview_ends_in_a_report_that_can_be_printed(visit):
    visit.open("/quiz?lang=zh&mode=mock")
    visit.page.locator(".st-key-mock_start button").click()
    for letter in "spw":
        expect(visit.page.locator("[class*=st-key-sure_7]")).to_be_visible()
        at_rest(visit.page)
        visit.page.keyboard.press("7")
        expect(visit.page.locator("[class*=st-key-mock_strong]")).to_be_visible()
        at_rest(visit.page)
        visit.page.keyboard.press("1")
        at_rest(visit.page)
        visit.page.keyboard.press(letter)
        expect(visit.page.locator("[class*=st-key-mock_strong]")).to_have_count(0, timeout=SLOW_MS)
    visit.page.locator(".st-key-mock_end button").click()
    report = visit.page.get_by_role("heading", name="面试报告")
    expect(report).to_be_visible()
    visit.page.evaluate("window.print = () => { window.printed = true; }")
    visit.page.locator(".st-key-mock_print button").click()
    assert visit.page.evaluate("window.printed") is True
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(report).to_be_visible()


def test_a_closed_browser_loses_nothing_that_was_answered(newcomer):
    visit = newcomer
    card(visit, ITEMS["choice"][0], shown="[class*=st-key-pick_3]")
    press(visit.page, "1", picked(visit.page))
    at_rest(visit.page)
    press(visit.page, "0", visit.page.locator(".st-key-quiz_next"))
    answered = rows(visit.server.home)
    visit.server.kill()
    visit.server.start()
    visit.open("/progress?lang=en")
    expect(visit.page.get_by_test_id("stMetricValue").first).to_have_text("1")
    assert rows(visit.server.home) == answered
