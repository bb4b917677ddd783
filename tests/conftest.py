"""Define what tests share: the data that the environment names, a home, and their groups.

Two processes run the tests on two cores (`pytest -n 0` runs them in one, to debug). The tests of a
file stay together, since they share servers and trained nets.
"""

import gc
import os
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("here", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("here")

SPREAD = ("test_snippets.py", "test_questions.py")  # similar tests that share nothing


# pytest-xdist 3.8 puts the group into `_nodeid`, which pytest 9.2 no longer reads, so at present
# the tests are handed out one by one. Groups only save time: no test may rely on them.
@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Name the group that a test stays with. The longest groups are handed out first."""
    for item in items:
        if item.path.name in SPREAD and item.path.parent.name != "browser":
            continue
        item.add_marker(pytest.mark.xdist_group(str(item.path)))
    items.sort(key=_turn)


def pytest_collection_finish():
    """Exclude the objects that exist by now from garbage collection.

    Streamlit requests a full collection after every rerun. With the objects of TensorFlow each
    takes half a second, five times as long as a page.
    """
    gc.collect()
    gc.freeze()


def _turn(item) -> int:
    """Return 0 for the sandbox's tests, which take longest, 1 for the browser's, 2 for others."""
    parts = item.path.parts
    return 0 if "sandbox" in parts else 1 if "browser" in parts else 2


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Keep tests away from the files of the person who runs them."""
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def cifar_sample() -> Path:
    """Return the folder or archive that RESIDUAL_DATA names."""
    named = os.environ.get("RESIDUAL_DATA")
    if not named:
        pytest.skip("set RESIDUAL_DATA to a folder with CIFAR-10 to run the tests on real images")
    return Path(named)
