"""A person trains twins on real CIFAR-10, sees the curves move, and loses nothing to a reload."""

import json
import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from resnet_core import runs

pytestmark = [pytest.mark.tf, pytest.mark.usefixtures("cifar_sample")]
SLOW_MS = 120_000
ITS_RUN = re.compile(r"[?&]run=")  # before it the charts of the presets' recordings are there


@pytest.fixture(scope="module")
def server(file_server):
    """Return the app of this file: a worker that trains two nets goes on to the next test's.

    The first test is the first visitor; the one that trains a single net needs another worker.
    """
    return file_server


def the_run(visit) -> Path:
    """Return the folder of the run that the address names."""
    named = parse_qs(urlsplit(visit.page.url).query)["run"]
    return visit.server.home / "runs" / named[0]


def steps(folder: Path, arm: str) -> list[dict]:
    log = folder / "events.jsonl"  # the worker makes it
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    events = [json.loads(line) for line in lines]
    return [e for e in events if e["kind"] == "step" and e["arm"] == arm]


def until(page, condition, seconds: float = 120) -> None:
    """Waits with the browser's own clock running."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that in time"
        page.wait_for_timeout(250)


def start_own(visit, *, skips_only_off: bool = False, count: int = 20) -> None:
    """Twenty steps at depth 8, chosen in the form as a person does."""
    page = visit.page
    page.get_by_text("Custom experiment").click()
    depth = page.get_by_role("slider", name=re.compile("^Depth"))
    depth.focus()
    for _ in range(2):
        depth.press("ArrowLeft")
    if skips_only_off:
        page.get_by_role("switch", name="Take out the skip of: residual").press("Enter")
        put_in = page.get_by_role("switch", name="Put in the skip of: plain")
        expect(put_in).to_have_attribute("aria-checked", "false", timeout=SLOW_MS)
        expect(page.get_by_role("switch", name=re.compile("^(Take out|Put in)"))).to_have_count(1)
    number = page.get_by_role("spinbutton", name="Steps")
    number.fill(str(count))
    number.press("Enter")
    page.wait_for_timeout(1000)
    page.locator(".st-key-lab_start_own button").click()
    expect(page).to_have_url(ITS_RUN, timeout=SLOW_MS)


def test_the_first_live_chart_is_two_clicks_from_a_fresh_start(visit):
    visit.open("/?lang=en")
    visit.settle()
    visit.page.locator(".st-key-act_lab").get_by_role("link").click()
    visit.page.locator("[class*=st-key-lab_start_] button").first.click()
    expect(visit.page).to_have_url(ITS_RUN, timeout=SLOW_MS)
    folder = the_run(visit)
    until(visit.page, lambda: steps(folder, "plain"))
    expect(visit.page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=SLOW_MS)
    visit.button("Stop, keep the results").click()
    until(visit.page, lambda: runs.status(folder).name == "stopped")


def test_train_twenty_steps_watch_reload_and_find_the_run_again(visit):
    visit.open("/lab?lang=en")
    there = visit.page.get_by_text("training images", exact=False).first
    expect(there).to_be_visible(timeout=SLOW_MS)
    start_own(visit)
    charts = visit.page.get_by_test_id("stVegaLiteChart")
    expect(charts.first).to_be_visible(timeout=SLOW_MS)
    folder = the_run(visit)
    until(visit.page, lambda: runs.status(folder).name == "done")
    for arm in ("residual", "plain"):
        losses = [event["loss"] for event in steps(folder, arm)]
        assert len(losses) == 20 and len(set(losses)) > 15
    expect(visit.page.get_by_role("heading", name="Gradient flow", exact=False)).to_be_visible()
    visit.page.reload()
    expect(charts.first).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Done: 20 steps", exact=False).first).to_be_visible()
    assert "run=" in visit.page.url


def test_the_run_goes_on_when_the_app_is_killed(visit):
    visit.open("/lab?lang=en")
    start_own(visit, count=400)
    expect(visit.page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=SLOW_MS)
    folder = the_run(visit)
    address = visit.page.url.split("/lab")[1]
    visit.server.kill()
    before = len(steps(folder, "plain"))
    until(visit.page, lambda: len(steps(folder, "plain")) > before + 3)
    visit.server.start()
    visit.open("/lab" + address)
    expect(visit.page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=SLOW_MS)
    visit.button("Stop, keep the results").click()
    until(visit.page, lambda: runs.status(folder).name == "stopped")


def test_a_skip_taken_out_in_the_drawing_trains_the_plain_net(visit):
    visit.open("/lab?lang=en")
    start_own(visit, skips_only_off=True, count=3)
    expect(visit.page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=SLOW_MS)
    folder = the_run(visit)
    experiment = runs.load(folder).experiment
    assert [net.skip for net in experiment.arms.values()] == [False]
    until(visit.page, lambda: runs.status(folder).name == "done")
