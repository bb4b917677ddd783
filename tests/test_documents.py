"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("app.py", "base/", "docs/", "locales/", "pages/", "questions/", "resnet_core/", "study/",
          "tests/", "ui/")  # fmt: skip
TEST = re.compile(r"`(tests/[\w./]+)::(\w+)`")
PATH = re.compile(r"`([\w./-]+(?:/|\.\w+))`")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md"])
def test_every_path_that_a_document_names_is_there(name):
    named = [p for p in PATH.findall((ROOT / name).read_text("utf-8")) if p.startswith(FLOORS)]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_test_that_a_document_names_is_there():
    named = [
        found
        for page in sorted((ROOT / "docs").glob("*.md"))
        for found in TEST.findall(page.read_text("utf-8"))
    ]
    assert len(named) > 40
    sources = {path: (ROOT / path).read_text("utf-8") for path, _ in named}
    assert [name for path, name in named if f"\ndef {name}(" not in sources[path]] == []
