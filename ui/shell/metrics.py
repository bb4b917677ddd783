"""Figures for Prometheus, where RESIDUAL_METRICS names an address: sessions, runs, refusals and the
seconds of reruns.

They are served on a port of their own, so that a proxy before the app does not publish them.
Without the variable nothing is counted and prometheus-client is not imported.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from base.messages import Message, UserError

if TYPE_CHECKING:
    from prometheus_client import Gauge, Histogram
    from prometheus_client.core import Metric

METRICS, LOOPBACK = "RESIDUAL_METRICS", "127.0.0.1"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
FRAGMENT = "fragment"  # what is drawn again by itself while a run goes on
_figures: dict[str, Any] = {}  # empty until somebody asks for them


class MetricsError(UserError):
    """Raised where the figures were asked for and cannot be served."""


def begin() -> None:
    """Serve the figures at the address that the environment names. Does nothing without one.

    Raises MetricsError for what is no address:port, a port that is taken, or a missing package.
    """
    named = os.environ.get(METRICS, "")
    if not named:
        return
    address, _, port = named.rpartition(":")
    if not port.isdecimal():
        raise MetricsError(Message("metrics.address", {"named": named}))
    try:
        from prometheus_client import REGISTRY, start_http_server
    except ImportError as error:
        raise MetricsError(Message("metrics.no_package")) from error
    try:
        server, _ = start_http_server(int(port), address.strip("[]") or LOOPBACK, REGISTRY)
    except (OSError, OverflowError) as error:
        values = {"named": named, "why": getattr(error, "strerror", None) or str(error)}
        raise MetricsError(Message("metrics.not_served", values)) from error
    _figures["server"] = server
    count(REGISTRY)


def count(registry: Any) -> None:
    """Begin to count, into a registry of prometheus-client."""
    from prometheus_client import Gauge, Histogram

    _figures["sessions"] = Gauge(
        "residual_sessions", "Browser tabs that are connected", registry=registry
    )
    _figures["reruns"] = Histogram(
        "residual_rerun_seconds",
        "Seconds that the server worked on one rerun of a page, or of a part that draws itself",
        ["page"],
        buckets=SECONDS,
        registry=registry,
    )
    registry.register(_AtScrape())


@contextmanager
def session() -> Iterator[None]:
    """Count a connected tab while it is connected."""
    gauge: Gauge | None = _figures.get("sessions")
    if gauge is None:
        yield
        return
    with gauge.track_inprogress():
        yield


@contextmanager
def rerun(page: str, began: float | None = None) -> Iterator[None]:
    """Time a rerun, also one that ends early because the person went on; `began` is of
    `time.perf_counter()`.
    """
    histogram: Histogram | None = _figures.get("reruns")
    if histogram is None:
        yield
        return
    began = time.perf_counter() if began is None else began
    try:
        yield
    finally:
        histogram.labels(page or "home").observe(time.perf_counter() - began)


class _AtScrape:
    """Look at what is not counted as it happens: the queue, the worker, snippets, refusals."""

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        from base import refusals
        from resnet_core import jobs, runs
        from study.sandbox.running.execution import running

        waiting, busy = len(runs.queue_entries()), jobs.worker_state() == "busy"
        yield GaugeMetricFamily("residual_runs_waiting", "Runs in the queue", value=waiting)
        yield GaugeMetricFamily("residual_runs_training", "Runs that train now", value=int(busy))
        yield GaugeMetricFamily("residual_snippets_running", "Snippets now", value=running())
        refused = CounterMetricFamily(
            "residual_refusals", "What was refused, by the key of its sentence", labels=["reason"]
        )
        for key, times in refusals.counted().items():
            refused.add_metric([key], times)
        yield refused
