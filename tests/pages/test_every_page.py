"""Every page opens in both languages, empty and new, with words in the right language."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages.conftest import PAGES, ROOT, texts

CJK = re.compile(r"[\u3400-\u9fff]")
# What stands in the other language on purpose: names of the languages, the search hint.
OTHER = re.compile(r"中文|语言 · Language")


def heading(language: str, page: str) -> str:
    area = json.loads((ROOT / "locales" / language / f"{page}.json").read_text("utf-8"))
    return area[f"{page}.title"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_its_heading(open_page, name, language):
    app = open_page(name, language)
    assert [title.value for title in app.title] == [heading(language, name)]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "glossary"])
def test_no_key_and_no_chinese_is_shown_to_an_english_reader(open_page, name):
    shown = OTHER.sub("", texts(open_page(name, "en")))
    assert CJK.findall(shown) == []
    assert (
        re.findall(r"(?<![`\w./])(?:lab|quiz|home|settings|question|snippet)\.[a-z_]+\b", shown)
        == []
    )


def test_no_page_brings_tensorflow_or_figures_into_the_process():
    """In a process of its own, since other tests of this suite do import TensorFlow."""
    code = """
import sys
from resnet_core import jobs
from streamlit.testing.v1 import AppTest
jobs.warm = lambda: None
for language in ("zh", "en"):
    app = AppTest.from_file("ui/main.py", default_timeout=60)
    app.query_params.update({"lang": language, "q": "why-shortcuts"})
    app.run()
    for page in ("questions", "home", "claims", "lab", "quiz", "progress", "settings"):
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception, (page, app.exception[0].message)
        assert app.title, page
found = {name.split(".")[0] for name in sys.modules} & {"tensorflow", "keras", "torch"}
assert not found, found
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_language_of_the_link_wins_over_what_is_remembered(open_page):
    open_page("home", "zh")
    assert open_page("home", "en").title[0].value == heading("en", "home")


def test_a_language_that_does_not_exist_falls_back(open_page):
    assert open_page("home", "xx").title[0].value in {heading(c, "home") for c in ("zh", "en")}


def test_damaged_preferences_are_as_good_as_none(open_page, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "preferences.json").write_text('{"language": 7, "level": [', "utf-8")
    assert open_page("settings", "en").title[0].value == heading("en", "settings")


def test_the_entry_script_is_not_beside_the_pages():
    """Or a cold deep link would run a page without its frame."""
    assert not (Path(ROOT) / "ui" / "pages").exists()
    assert "ui/main.py" in (ROOT / "app.py").read_text("utf-8")
