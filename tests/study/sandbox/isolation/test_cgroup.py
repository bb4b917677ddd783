"""A control group for a snippet, on a made-up tree of files and, where there is one, a real one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from study.sandbox.isolation import cgroup
from study.sandbox.isolation.worker import Worker
from study.sandbox.limits import MIB, Limits

SCOPE = "user.slice/app.slice/run-1.scope"


@pytest.fixture
def tree(tmp_path):
    """Return a mount and the file that names the app's group, as systemd gives them to a user."""
    mount, own = tmp_path / "cgroup", tmp_path / "own"
    (mount / SCOPE).mkdir(parents=True)
    above = (mount / SCOPE).parent
    (above / "cgroup.subtree_control").write_text("cpu memory pids\n")
    (above / "cgroup.procs").write_text("")
    own.write_text(f"4:memory:/old\n0::/{SCOPE}\n")
    return mount, own


def test_the_parent_of_the_apps_group_is_found(tree):
    assert cgroup.parent(*tree) == (tree[0] / SCOPE).parent


def without(name: str):
    def change(mount: Path, own: Path) -> None:
        path = (mount / SCOPE).parent / "cgroup.subtree_control"
        path.write_text(path.read_text().replace(name, ""))

    return change


@pytest.mark.parametrize(
    "change",
    [
        without("memory"),
        without("pids"),
        lambda mount, own: own.write_text("0::/\n"),  # in a container, or nothing above
        lambda mount, own: own.write_text("4:memory:/old\n"),  # version 1 alone
        lambda mount, own: own.unlink(),
        lambda mount, own: ((mount / SCOPE).parent / "cgroup.procs").unlink(),
    ],
    ids=["no memory", "no tasks", "root", "version 1", "no file", "no procs"],
)
def test_without_one_that_limits_nothing_is_made(tree, change):
    change(*tree)
    assert cgroup.parent(*tree) is None


def test_a_group_has_its_limits_before_its_processes(tree):
    above = cgroup.parent(*tree)
    group = cgroup.Group(above)
    group.hold([7], memory=5 * MIB, tasks=96)
    (made,) = above.glob(f"{cgroup.PREFIX}*")
    told = {path.name: path.read_text().strip() for path in made.iterdir()}
    assert told == {
        "memory.max": str(5 * MIB),
        "memory.oom.group": "1",
        "memory.swap.max": "0",
        "pids.max": str(96 + cgroup.BESIDE),
        "cgroup.procs": "7",
    }


def test_the_end_kills_and_removes(tree, monkeypatch):
    above = cgroup.parent(*tree)
    group = cgroup.Group(above)
    (made,) = above.glob(f"{cgroup.PREFIX}*")
    monkeypatch.setattr(cgroup, "EMPTY_S", 0)
    group.end()
    assert (made / "cgroup.kill").read_text() == "1\n"
    (made / "cgroup.kill").unlink()  # the kernel's files do not count as content
    monkeypatch.setattr(cgroup, "EMPTY_S", 60)
    monkeypatch.setattr(Path, "write_text", lambda *_: None)
    group.end()
    assert not made.exists()
    group.end()  # twice is harmless


def test_groups_of_apps_that_died_are_removed_and_those_of_living_ones_stay(tree, monkeypatch):
    above = cgroup.parent(*tree)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    dead = above / f"{cgroup.PREFIX}{ended.pid}-0"
    alive = above / f"{cgroup.PREFIX}{os.getpid()}-0"
    for one in (dead, alive):
        one.mkdir()
    monkeypatch.setattr(cgroup, "parent", lambda: above)
    assert cgroup.make() is not None
    assert not dead.exists() and alive.exists()


def test_a_snippet_is_in_its_group_before_its_first_line(tree, monkeypatch):
    above = cgroup.parent(*tree)
    monkeypatch.setattr(cgroup, "parent", lambda: above)
    monkeypatch.setattr(cgroup, "EMPTY_S", 0)
    worker = Worker("limited", "plain")
    assert worker.wait_ready(60)
    (made,) = above.glob(f"{cgroup.PREFIX}{os.getpid()}-*")
    assert not (made / "cgroup.procs").exists()
    worker.feed("print(1)", Limits())
    assert worker.stdout.read(2) == b"1\n"
    assert int((made / "memory.max").read_text()) == Limits.memory * 5 // 4
    assert (made / "cgroup.procs").read_text().strip().isdecimal()
    worker.let_go()
    assert (made / "cgroup.kill").exists()


HELD = """
block = bytearray()
while True:
    block += bytes(8 << 20)
"""


def test_the_kernel_ends_what_takes_more_than_its_group_may(monkeypatch):
    above = cgroup.parent()
    if above is None:
        pytest.skip("this machine lets the account make no cgroup of version 2 with limits")
    worker = Worker("limited", "plain")
    assert worker.wait_ready(60)
    worker.feed(HELD, Limits(memory=64 * MIB))
    worker.process.wait(60)
    assert worker.process.returncode in (-9, 137)
    worker.let_go()
    for _ in range(100):
        if not list(above.glob(f"{cgroup.PREFIX}{os.getpid()}-*")):
            return
        time.sleep(0.05)
    pytest.fail("the group is still there")
