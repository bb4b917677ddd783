"""A person follows a link, reads in both languages, runs the snippet, and comes back."""

import pytest
from playwright.sync_api import expect

SLOW_MS = 90_000


@pytest.fixture(scope="module")
def server(file_server):
    """Return the app of this file: the first test is its first visitor."""
    return file_server


def test_a_cold_deep_link_shows_the_question_inside_the_frame(visit):
    visit.open("/questions?q=why-shortcuts&lang=zh")
    expect(visit.page.locator("h1")).to_have_text("捷径连接为什么重要")
    expect(visit.page.get_by_test_id("stSidebar")).to_contain_text("题库")
    expect(visit.page.get_by_test_id("stSidebar")).not_to_contain_text("main")


def test_read_switch_language_and_run_the_snippet(visit):
    visit.open("/questions?q=residual-block&lang=en")
    expect(visit.page.get_by_text("Key points (tick what you said)")).to_have_count(0)
    visit.button("Show the answer").click()
    expect(visit.page.get_by_text("Key points (tick what you said)")).to_be_visible()
    visit.page.get_by_role("radio", name="中文").click()
    expect(visit.page.locator("h1")).to_have_text("一个残差块里发生了什么")
    assert "lang=zh" in visit.page.url
    visit.page.get_by_role("radio", name="English").click()
    expect(visit.page.locator("h1")).to_have_text("Inside one residual block")
    visit.button("Run").click()
    expect(visit.page.get_by_text("Done in")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("same as by hand: True").first).to_be_visible()
    expect(visit.page.get_by_text("Done in")).to_be_in_viewport()  # beside Run, below long code


def test_the_language_is_remembered_without_the_link(visit):
    visit.open("/?lang=zh")
    visit.page.goto(visit.server.url + "/settings")
    expect(visit.page.locator("h1")).to_have_text("设置")
