"""A tree of processes is counted and ended whole, however busy the machine is."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from study.sandbox.inside import supervise
from study.sandbox.isolation import process_tree
from study.sandbox.isolation.worker import Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
# Thirty children, each of which is replaced as soon as it ends.
REPLACED = """
import os, signal, time
def start(*_):
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        time.sleep(600)
for _ in range(30): start()
signal.signal(signal.SIGCHLD, start)
print("ready", flush=True)
while True: time.sleep(600)
"""


def test_what_replaces_its_children_is_ended_with_all_of_them():
    environment = {process_tree.MARK: "replaced", "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [sys.executable, "-c", REPLACED], stdout=subprocess.PIPE, env=environment
    ) as top:
        top.stdout.readline()
        assert process_tree.usage(top.pid, most=20) == (0, 31)
        memory, tasks = process_tree.usage(top.pid)
        assert memory > 1 << 20 and tasks == 31
        process_tree.kill(top.pid, "replaced")
    assert [p for p in process_tree._marked("replaced") if process_tree._lives(p)] == []


def test_a_sweep_goes_on_until_nothing_is_left(monkeypatch):
    """Time flies, as where hundreds of processes share a processor with the watcher."""
    left = [True] * 50
    hour = iter(range(0, 10**6, 3600))
    monkeypatch.setattr(time, "monotonic", lambda: next(hour))
    monkeypatch.setattr(supervise, "descendants", lambda top: [])
    monkeypatch.setattr(supervise, "_reap", lambda: bool(left and left.pop()))
    supervise.sweep(0)
    assert left == []


@pytest.mark.parametrize(("frozen", "waits"), [(False, 3), (True, 1)])
def test_a_watcher_that_sweeps_is_waited_for_unless_it_was_stopped(monkeypatch, frozen, waits):
    asked = []

    def wait(seconds):
        asked.append(seconds)
        if len(asked) < 3:
            raise subprocess.TimeoutExpired("watcher", seconds)

    monkeypatch.setattr(process_tree, "frozen", lambda pid: frozen)
    Worker._wait(SimpleNamespace(process=SimpleNamespace(wait=wait), pid=1), 0.01)
    assert len(asked) == waits


def test_a_stopped_process_is_seen():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as one:
        assert not process_tree.frozen(one.pid)
        psutil.Process(one.pid).suspend()
        while not process_tree.frozen(one.pid):
            time.sleep(0.01)
        one.kill()
