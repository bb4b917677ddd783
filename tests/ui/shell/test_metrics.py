"""Figures for Prometheus: only where they are asked for, and what they count."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from streamlit.testing.v1 import AppTest

from study.classroom import rights
from study.classroom.rights import NotAllowed
from tests.browser.conftest import free_port
from tests.ui.shell.own_loop import run
from ui.shell import headers, metrics

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def registry(monkeypatch):
    """Count from now on, into a registry of this test's own."""
    monkeypatch.setattr(metrics, "_figures", {})
    made = CollectorRegistry()
    metrics.count(made)
    return made


def told(registry) -> list[str]:
    return generate_latest(registry).decode().splitlines()


def test_unasked_nothing_is_imported_and_nothing_served():
    code = (
        "import sys; from ui.shell import metrics; metrics.begin()\n"
        "with metrics.session(), metrics.rerun('lab'): pass\n"
        "assert not any('prometheus' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, timeout=60, check=True)


def test_a_page_that_is_drawn_is_timed_under_its_name(registry):
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    assert not app.run().exception
    assert 'residual_rerun_seconds_count{page="home"} 1.0' in told(registry)


def test_a_rerun_that_fails_is_timed_as_well(registry):
    with pytest.raises(ZeroDivisionError), metrics.rerun("lab"):
        raise ZeroDivisionError
    assert 'residual_rerun_seconds_count{page="lab"} 1.0' in told(registry)


def test_what_is_refused_is_counted_by_its_sentence(registry):
    line = 'residual_refusals_total{reason="class.teachers_only"} '
    before = sum((float(one[len(line) :]) for one in told(registry) if one.startswith(line)), 0.0)
    with pytest.raises(NotAllowed):
        rights.teacher(rights.Person("p-ada", "Ada"))
    assert f"{line}{before + 1}" in told(registry)
    assert {"residual_runs_waiting 0.0", "residual_runs_training 0.0"} <= set(told(registry))


def test_a_tab_counts_while_it_is_connected(registry):
    seen = []

    async def app(scope, receive, send):
        seen.extend(one for one in told(registry) if one.startswith("residual_sessions "))

    for kind in ("websocket", "http"):
        run(headers._Sessions(app)({"type": kind}, None, None))
    assert seen == ["residual_sessions 1.0", "residual_sessions 0.0"]


def test_the_figures_are_served_on_a_port_of_their_own(monkeypatch):
    monkeypatch.setattr(metrics, "_figures", {})
    monkeypatch.setattr("prometheus_client.REGISTRY", CollectorRegistry())
    named = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv(metrics.METRICS, named)
    metrics.begin()
    try:
        with urllib.request.urlopen(f"http://{named}/metrics", timeout=30) as answer:
            assert b"residual_sessions 0.0" in answer.read()
        with pytest.raises(metrics.MetricsError, match="cannot be served"):
            metrics.begin()
    finally:
        metrics._figures["server"].shutdown()
        metrics._figures["server"].server_close()


@pytest.mark.parametrize("named", ["yes", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999"])
def test_what_is_no_address_is_a_sentence(named, monkeypatch):
    monkeypatch.setenv(metrics.METRICS, named)
    with pytest.raises(metrics.MetricsError, match=r"127\.0\.0\.1"):
        metrics.begin()
