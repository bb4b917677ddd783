"""A person edits and runs a snippet; its output stays text; without the link one only reads."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Server, free_port

SLOW_MS = 60_000
QUESTION = "/questions?q=shortcut-options&lang=en&answer=1"  # its code runs without TensorFlow
# Questions that no other test edits: Reset is there once the app has the edit of this one.
KEPT = "/questions?q=lesion-study&lang=en&answer=1"
TAKEN = "/questions?q=label-smoothing&lang=en&answer=1"


@pytest.fixture(scope="module")
def server(file_server):
    """Return the app of this file: each test replaces the code that it finds."""
    return file_server


def editor(page):
    area = page.get_by_role("textbox", name="Code")
    expect(area).to_be_visible(timeout=SLOW_MS)
    return area


def write(page, code: str):
    """Replaces the whole text, as a paste does."""
    area = editor(page)
    area.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    return area


def test_typing_is_indented_coloured_and_run_by_ctrl_enter(visit):
    visit.open(QUESTION)
    area = write(visit.page, "")
    visit.page.keyboard.type("for n in range(2):\nprint('n', n)")
    expect(area).to_have_value("for n in range(2):\n    print('n', n)")
    expect(visit.page.locator(".keyword", has_text="for")).to_be_visible()
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.get_by_text("n 0", exact=True)).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Done in")).to_be_visible(timeout=SLOW_MS)


def test_tab_indents_and_escape_leaves_for_the_keyboard(visit):
    visit.open(QUESTION)
    area = write(visit.page, "a\nb")
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.press("Tab")
    expect(area).to_have_value("    a\n    b")
    visit.page.keyboard.press("Shift+Tab")
    expect(area).to_have_value("a\nb")
    visit.page.keyboard.press("Escape")
    expect(area).not_to_be_focused()


def test_the_line_of_an_error_is_marked_until_the_text_changes(visit):
    visit.open(QUESTION)
    write(visit.page, "x = 1\nprint(undefined)\n")
    visit.button("Run").click()
    expect(visit.page.get_by_text("Error at line 2")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.locator(".marked")).to_have_text("print(undefined)")
    editor(visit.page).press("End")
    visit.page.keyboard.type(" ")
    expect(visit.page.locator(".marked")).to_have_count(0)


def test_an_edit_survives_a_reload_and_reset_brings_the_original_back(visit):
    visit.open(KEPT)
    original = editor(visit.page).input_value()
    write(visit.page, "print('mine')\n")
    expect(visit.button("Reset")).to_be_visible(timeout=SLOW_MS)
    visit.page.reload()
    expect(editor(visit.page)).to_have_value("print('mine')\n", timeout=SLOW_MS)
    visit.button("Reset").click()
    expect(editor(visit.page)).to_have_value(original, timeout=SLOW_MS)
    visit.page.reload()
    expect(editor(visit.page)).to_have_value(original, timeout=SLOW_MS)


def test_output_streams_and_stop_ends_it(visit):
    visit.open(QUESTION)
    write(visit.page, "import time\nprint('begun')\nwhile True: time.sleep(0.1)")
    visit.button("Run").click()
    expect(visit.page.get_by_text("begun", exact=True)).to_be_visible(timeout=SLOW_MS)
    visit.button("Stop").click()
    expect(visit.page.get_by_text("Stopped by you.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.button("Run")).to_be_visible(timeout=SLOW_MS)


def test_it_can_be_taken_along_as_a_script_and_as_a_notebook(visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open(TAKEN)
    write(visit.page, "import keras\nprint(1)\n")
    visit.button("Copy as script").click()
    expect(visit.button("Copied")).to_be_visible()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("import keras\nprint(1)\n") and copied.startswith("# Residual: ")
    expect(visit.button("Reset")).to_be_visible(timeout=SLOW_MS)  # the server has the edit too
    with visit.page.expect_download() as download:
        visit.button("Open as notebook").click()
    with open(download.value.path(), encoding="utf-8") as file:
        made = json.load(file)
    assert download.value.suggested_filename == "label-smoothing.ipynb"
    assert "".join(made["cells"][1]["source"]) == "import keras\nprint(1)"


@pytest.fixture
def listener():
    """Hears every request that a page was talked into."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


HOSTILE = """
import sys
text = '''<script>window.__pwned=1</script><img src="{url}/img" onerror="window.__pwned=1">
![x]({url}/md) [link](javascript:window.__pwned=1) $\\\\href{{{url}}}{{x}}$ :red[x] :material/home:
<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe> \\x1b]8;;{url}\\x07x \\u202egnp.exe'''
print(text)
print(text, file=sys.stderr)
raise ValueError(text)
"""


def test_hostile_output_and_hostile_errors_stay_text(visit, listener):
    url, heard = listener
    visit.open(QUESTION)
    write(visit.page, HOSTILE.format(url=url))
    visit.button("Run").click()
    expect(visit.page.get_by_text("Error at line")).to_be_visible(timeout=SLOW_MS)
    shown = visit.page.get_by_test_id("stCode").all_inner_texts()
    assert sum("<script>window.__pwned=1</script>" in text for text in shown) == 2
    assert not re.search("[\\x00-\\x08\\x0b-\\x1f\\u202a-\\u202e]", "".join(shown))
    visit.page.wait_for_timeout(1000)
    assert visit.page.evaluate("window.__pwned") is None
    assert visit.page.locator("a[href^='javascript:']").count() == 0
    assert heard == []


def test_the_editor_fits_a_phone_and_the_dark_theme(browser, server):
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(server.url + QUESTION)
    area = editor(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    colours = area.evaluate(
        "e => [getComputedStyle(e).caretColor, getComputedStyle(e.closest('.editor')).background]"
    )
    light, dark = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert light > 500 > 200 > dark
    assert area.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16
    context.close()


@pytest.fixture
def launched(tmp_path, chromium):
    """The app as `python -m ui` starts it, and the link that it printed."""
    port = free_port()
    home = {**os.environ, "RESIDUAL_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", f"--server.port={port}"],
        cwd=ROOT, env=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    link = process.stdout.readline().removeprefix("Open ").strip()
    while "URL" not in process.stdout.readline():
        assert process.poll() is None
    yield link
    process.terminate()
    process.wait(timeout=30)
    process.stdout.close()


def test_without_the_launch_link_code_is_read_only_and_with_it_a_reload_keeps_it(browser, launched):
    token = launched.partition("?token=")[2]
    base = launched.partition("?")[0].rstrip("/")
    stranger = browser.new_context().new_page()
    stranger.goto(base + QUESTION)
    expect(stranger.get_by_text("came without the launch link")).to_be_visible(timeout=SLOW_MS)
    expect(stranger.get_by_role("textbox", name="Code")).to_have_count(0)
    guest = browser.new_context().new_page()
    guest.goto(f"{base}{QUESTION}&token={token}")
    write(guest, "print('mine')")
    guest.get_by_role("button", name="Run").first.click()
    expect(guest.get_by_text("Done in")).to_be_visible(timeout=SLOW_MS)
    guest.reload()
    expect(editor(guest)).to_have_value("print('mine')", timeout=SLOW_MS)
    stranger.get_by_role("button", name="Run").first.click()  # what ships runs for everybody
    expect(stranger.get_by_text("Done in")).to_be_visible(timeout=SLOW_MS)
    for page in (stranger, guest):
        page.context.close()


def test_a_foreign_host_name_gets_no_connection(server: Server):
    """DNS rebinding: a page of another name that resolves to this machine."""
    import http.client

    answers = {}
    for host in ("evil.example", f"127.0.0.1:{server.port}"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        headers = {
            "Host": host, "Origin": f"http://{host}", "Upgrade": "websocket",
            "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }  # fmt: skip
        connection.request("GET", "/_stcore/stream", headers=headers)
        answers[host] = connection.getresponse().status
        connection.close()
    assert list(answers.values()) == [403, 101]
