"""A tier that does not pass its own probe does not exist, whatever is installed."""

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from study.sandbox.isolation import tiers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="isolation is for Linux")
LYING = """#!/bin/sh
# What a bubblewrap that isolates nothing does: it drops its options and starts the command.
while [ "$1" != "--" ]; do shift; done
shift
cd /tmp
exec "$@"
"""

# Namespaces as asked, and the filter left out.
FORGETFUL = """#!/bin/sh
for word; do
  shift
  if [ "$skip" ]; then skip=; continue; fi
  if [ "$word" = "--seccomp" ]; then skip=1; continue; fi
  set -- "$@" "$word"
done
exec {bwrap} "$@"
"""


@pytest.fixture
def path_with(account):
    """A PATH in which bwrap is what the test says, or is not there."""
    made = []

    def path(script: str | None) -> str:
        folder = Path(tempfile.mkdtemp(prefix="residual-path-"))
        made.append(folder)
        os.chmod(folder, 0o755)
        if script is not None:
            (folder / "bwrap").write_text(script, "utf-8")
            os.chmod(folder / "bwrap", stat.S_IRWXU | stat.S_IXOTH | stat.S_IROTH)
        (folder / "python").symlink_to(sys.executable)
        return str(folder)

    yield path
    for folder in made:
        shutil.rmtree(folder)


@pytest.mark.parametrize("script", [LYING, FORGETFUL], ids=["all", "the filter"])
def test_a_bubblewrap_that_leaves_isolation_out_is_not_accepted(run, path_with, script):
    script = script.replace("{bwrap}", shutil.which("bwrap"))
    done = run.raw("print(1)", "isolated-a", PATH=path_with(script))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "did not pass its probe" in done.stderr


def test_without_bubblewrap_landlock_is_chosen(run, path_with):
    assert run("print(1)", "", PATH=path_with(None))["tier"] == "isolated-b"


def test_without_either_the_tier_is_the_limited_one(run, path_with):
    result = run("print(1)", "", PATH=path_with(None), RESIDUAL_LANDLOCK_ABI="0")
    assert result["tier"] == "limited"


@pytest.mark.parametrize(
    ("tier", "says"),
    [("isolated-a", "not installed"), ("isolated-b", "did not pass"), ("best", "received best")],
)
def test_a_tier_that_is_not_to_be_had_is_refused_by_name(run, path_with, tier, says):
    done = run.raw("print(1)", tier, PATH=path_with(None), RESIDUAL_LANDLOCK_ABI="0")
    assert done.returncode == 2
    assert says in done.stderr


def test_landlock_is_refused_to_root(monkeypatch):
    monkeypatch.setattr(tiers, "as_root", lambda: True)
    with pytest.raises(tiers.TierError, match="ordinary user"):
        tiers.tier("isolated-b")


def test_a_probe_is_asked_again_after_an_hour(monkeypatch):
    asked = []
    monkeypatch.setattr(tiers, "_offered", lambda name: asked.append(name) or True)
    monkeypatch.setattr(tiers, "_isolates", lambda name: False)
    monkeypatch.setattr(tiers, "_answers", {})
    now = [0.0]
    monkeypatch.setattr(tiers.time, "monotonic", lambda: now[0])
    for now[0] in (10.0, 20.0, 3700.0):
        assert not tiers.passed("isolated-a")
    assert asked == ["isolated-a"] * 2


def test_the_line_says_what_the_tier_does_and_never_more(monkeypatch):
    for root in (False, True):
        monkeypatch.setattr(tiers, "as_root", lambda root=root: root)
        for line in tiers.LINES.values():
            text = str(line()).lower()
            assert "secure" not in text and "safe" not in text
    assert "read and change" in str(tiers.LINES["limited"]())
