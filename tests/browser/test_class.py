"""A class of three learners and a teacher, in four browser windows, with a real login."""

import os
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from resnet_core import runs
from study.classroom.people import profile_of
from tests.browser.class_server import PATIENCE_MS, TRIES, class_server, log_in
from tests.browser.conftest import visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1200)]
SHOTS = os.environ.get("RESIDUAL_SHOTS")  # a folder for pictures, to look at


@pytest.fixture(scope="module")
def school(tmp_path_factory, chromium):
    with class_server(tmp_path_factory.mktemp("school")) as running:
        yield running


def shot(visit, name: str) -> None:
    if SHOTS:
        visit.page.wait_for_timeout(1500)  # charts are drawn a moment later
        visit.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=False)


def go(visit, path: str) -> None:
    visit.open(path)
    visit.settle()


def says(visit, text) -> None:
    expect(visit.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def test_a_class_from_the_first_login_to_what_it_gets_wrong(browser, school):
    stranger = visitor(browser, school)
    stranger.patience = PATIENCE_MS
    stranger.page.set_default_timeout(PATIENCE_MS)
    for path in ("/lab?lang=en", "/class?lang=en"):  # each page by itself: tests/pages
        go(stranger, path)
        says(stranger, "Log in to edit code")
    shot(stranger, "stranger")
    stranger.page.context.close()

    grace = log_in(browser, school, "grace")
    go(grace, "/class?lang=en")
    says(grace, "No learner has logged in yet")
    assign(grace)
    says(grace, re.compile("Week 1"))

    learners = {name: log_in(browser, school, name) for name in ("ada", "alan", "edsger")}
    for number, visit in enumerate(learners.values()):
        go(visit, "/class?lang=en")
        says(visit, re.compile("0 of 2 done"))
        answer(visit, number)
    ada = learners["ada"]
    go(ada, "/class?lang=en")
    says(ada, re.compile("1 of 2 done"))
    shot(ada, "learner")
    locked_until_predicted(ada)
    with_another_ones_run(learners["alan"], ada.page.url)

    go(grace, "/class?lang=en")
    says(grace, "What the class gets wrong")
    expect(grace.page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=PATIENCE_MS)
    shot(grace, "teacher")
    grace.page.get_by_text("What the class gets wrong").scroll_into_view_if_needed()
    shot(grace, "teacher-faults")
    grace.settle()
    told = download(grace, "Export without names").read_text("utf-8")
    assert "Ada" not in told and told.count('"review"') >= len(learners)

    if SHOTS:
        pictures(browser, school)
    leaves(learners["edsger"], school)
    for visit in (grace, *learners.values()):
        visit.page.context.close()


def add_item(grace, kind: str) -> None:
    """Choose an item by keys: the list is drawn anew while one types, and a click may miss it."""
    field = grace.page.get_by_label(re.compile("^Single items"))
    for _ in range(TRIES):
        field.click()
        field.press_sequentially(kind, delay=30)
        expect(grace.page.get_by_role("option").filter(has_text=kind).first).to_be_visible()
        grace.settle()
        field.press("ArrowDown")
        field.press("Enter")
        grace.settle()
        if field.input_value() == "":  # what was typed goes when something is chosen
            return
        field.fill("")
    raise AssertionError("no item can be chosen")


def download(visit, button: str) -> Path:
    """Return the file behind a button. It must come whole the first time."""
    with visit.page.expect_download(timeout=2 * PATIENCE_MS) as downloaded:
        visit.button(button).click()
    assert downloaded.value.failure() is None
    return Path(downloaded.value.path())


def assign(grace) -> None:
    """Assign a choice and an experiment, as a teacher fills the form in."""
    grace.page.get_by_text("Assign something").click()
    grace.page.get_by_label("Title").fill("Week 1: why skips")
    add_item(grace, "· Choice ·")
    grace.page.keyboard.press("Escape")
    grace.choose(grace.page.get_by_label(re.compile("^Experiment")), "Fast: depth 20")
    shot(grace, "teacher-form")
    grace.page.get_by_role("button", name="Assign", exact=True).click()
    grace.settle()


def answer(visit, number: int) -> None:
    """Answer the assigned choice; each learner picks another option, and is 80 % sure."""
    visit.go(visit.page.locator('.stMain [data-testid="stPageLink-NavLink"][href*="items="]').click)
    visit.page.locator(f"[class*=st-key-pick_{number + 1}] button").first.click()
    expect(visit.page.get_by_role("button", name="●")).to_be_visible(timeout=PATIENCE_MS)
    visit.settle()
    visit.page.locator("[class*=st-key-sure_8] button").click()
    expect(visit.page.locator(".st-key-quiz_next")).to_be_visible(timeout=PATIENCE_MS)


def locked_until_predicted(ada) -> None:
    """The lab refuses the assigned experiment; with a prediction it starts from the class page."""
    go(ada, "/lab?lang=en&preset=fast-20")
    ada.page.locator(".st-key-lab_start_fast-20 button").click()
    says(ada, "asks for your prediction before this experiment runs")
    shot(ada, "locked")
    go(ada, "/class?lang=en")
    ada.page.locator('[class*="st-key-class_equal_"] button').click()
    says(ada, re.compile("Your prediction: about equal"))
    shot(ada, "predicted")
    ada.page.locator('[class*="st-key-class_start_"] button').click()
    ada.page.wait_for_url("**/lab?**run=**", timeout=PATIENCE_MS)
    says(ada, re.compile("Fast: depth 20"))
    says(ada, re.compile("Your prediction: about equal"))
    shot(ada, "run")
    run = ada.page.url.partition("run=")[2].partition("&")[0]
    folder = ada.server.home / "learners" / profile_of(ada.server.provider, "ada") / "runs" / run
    runs.request(folder, command="stop")  # what follows needs the processor more


def with_another_ones_run(alan, address: str) -> None:
    """A link to another learner's run leads nowhere."""
    alan.page.goto(address)
    says(alan, re.compile("is not a run that can be read"))


def leaves(edsger, school) -> None:
    """Everything of a learner who leaves is gone."""
    folder = school.home / "learners" / profile_of(school.provider, "edsger")
    assert folder.is_dir()
    go(edsger, "/class?lang=en")
    edsger.settle()
    with zipfile.ZipFile(download(edsger, "Download everything")) as taken:
        assert b'"review"' in taken.read("reviews.jsonl")
    edsger.page.get_by_text("Delete everything of mine").click()
    edsger.page.get_by_label(re.compile("to confirm")).fill("delete")
    edsger.page.keyboard.press("Enter")
    edsger.settle()
    edsger.page.get_by_role("button", name="Delete everything", exact=True).click()
    says(edsger, "Everything of yours is deleted.")
    assert not list(folder.rglob("*.py")) and not (folder / "runs").exists()


def pictures(browser, school) -> None:
    """The pages in Chinese, in the dark and on a phone."""
    for size in ("laptop", "phone"):
        for subject in ("grace", "ada"):
            visit = log_in(browser, school, subject, size=size, color_scheme="dark")
            go(visit, "/class?lang=zh")
            visit.close_menu()
            shot(visit, f"{subject}-{size}-zh-dark")
            visit.page.context.close()
