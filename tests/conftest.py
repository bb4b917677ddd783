"""Define what tests share: the data that the environment names, a home, and their groups.

Two processes run the tests on two cores (`pytest -n 0` runs them in one, to debug). The tests of a
file stay together and share servers and trained nets.
"""

import functools
import gc
import os
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("here", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("here")

# Many tests of one kind that share nothing: whoever is free takes the next one.
SPREAD = ("test_attacks.py", "test_questions.py")

# About half of the browser tests' time: those that click through everything.
WALKS = ("test_crawler.py", "test_path.py", "test_class.py", "test_accessibility.py")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Name the group that a test stays with. What waits longest is handed out first."""
    for item in items:
        alone = str(item.path).endswith(SPREAD)
        if not alone and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group(item.path)))
    items.sort(key=_turn)


def pytest_collection_finish():
    """Exclude the objects that exist by now from garbage collection.

    Streamlit requests a full collection after every rerun. With the objects of TensorFlow each
    takes half a second, five times as long as a page.
    """
    gc.collect()
    gc.freeze()


def _group(path: Path) -> str:
    """Return what stays in one process: a file, a room of tests that build nets, or half a browser.

    Few processes import TensorFlow, and two browsers draw at a time, as many as there are cores.
    """
    tests = Path(__file__).parent
    if tests / "browser" in path.parents:
        return f"browser {path.name in WALKS}"
    nets = tests / "resnet_core" / "nn"
    return path.relative_to(nets).parts[0] if nets in path.parents else str(path)


def _turn(item) -> int:
    """Return 0 for long groups: the browser's and the nets'; 2 for single tests, which fill up."""
    if str(item.path).endswith(SPREAD):
        return 2
    return 0 if {"browser", "nn"} & set(item.path.parts) else 1


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Keep tests away from the files of the person who runs them."""
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once():
    """Search the installed packages for components of Streamlit once, and not for every AppTest.

    It reads the metadata of every package, which takes longer than a page, and a server does it
    once as well.
    """
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patched:
        search = functools.cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", search)
        yield


@pytest.fixture(scope="session")
def cifar_sample() -> Path:
    """Return the folder or archive that RESIDUAL_DATA names."""
    named = os.environ.get("RESIDUAL_DATA")
    if not named:
        pytest.skip("set RESIDUAL_DATA to a folder with CIFAR-10 to run the tests on real images")
    return Path(named)
