"""A page that fails: one sentence, a report to copy, and every other page as before."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Server, visitor

WORDS = {"en": ("Copy the report", "Copied"), "zh": ("复制报告", "已复制")}
LEFT_OUT = shutil.ignore_patterns(".git", "tests", "docs", "__pycache__", ".*_cache")


@pytest.fixture(scope="module")
def broken(tmp_path_factory, chromium):
    """An app whose glossary raises, as a bug of ours would."""
    folder = tmp_path_factory.mktemp("broken")
    code = folder / "code"
    shutil.copytree(ROOT, code, ignore=LEFT_OUT)
    (code / "pages" / "glossary.py").write_text("raise ZeroDivisionError('told to nobody')\n")
    made = Server(folder / "home", root=code)
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_that_fails_says_so_without_a_traceback_and_the_rest_works(
    broken, browser, language
):
    locale = {"en": "en-US", "zh": "zh-CN"}[language]
    visit = visitor(browser, broken, locale, permissions=["clipboard-read", "clipboard-write"])
    visit.page.goto(f"{broken.url}/glossary?lang={language}")
    told = visit.page.get_by_test_id("stAlert")
    expect(told).to_be_visible(timeout=30_000)
    assert "ZeroDivisionError" not in visit.page.locator("body").inner_text()
    visit.page.get_by_role(
        "button", name={"en": "Copy the report", "zh": "复制报告"}[language]
    ).click()
    expect(
        visit.page.get_by_role("button", name={"en": "Copied", "zh": "已复制"}[language])
    ).to_be_visible()
    report = visit.page.evaluate("navigator.clipboard.readText()")
    assert "ZeroDivisionError: told to nobody" in report
    assert report in (broken.home / "residual.log").read_text("utf-8")
    visit.menu({"en": "Settings", "zh": "设置"}[language])
    expect(visit.page.locator("h1")).to_have_text({"en": "Settings", "zh": "设置"}[language])
    visit.page.context.close()
