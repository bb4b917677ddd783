"""The interface in both languages: the same keys, the same values, nothing missing or left over."""

import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = ("zh", "en")
AREAS = sorted(path.stem for path in (LOCALES / "en").glob("*.json"))
SOURCES = [
    path
    for folder in ("pages", "ui", "study", "resnet_core", "base")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "template" not in path.parts
]
CJK = re.compile(r"[\u3400-\u9fff]")
ASCII_PUNCTUATION = re.compile(r"[\u3400-\u9fff][,;:?!]|[,;:?!](?=[\u3400-\u9fff])")
# Names of the languages themselves, which are never translated.
OWN_CJK = {"中文", "语言 · Language"}


def area(language: str, name: str) -> dict[str, str]:
    return json.loads((LOCALES / language / f"{name}.json").read_text("utf-8"))


def everything(language: str) -> dict[str, str]:
    return {key: text for name in AREAS for key, text in area(language, name).items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", AREAS)
def test_both_languages_have_the_same_keys_and_values(name):
    zh, en = area("zh", name), area("en", name)
    assert list(zh) == sorted(zh) and list(en) == sorted(en)
    assert zh.keys() == en.keys()
    assert {k for k in en if placeholders(zh[k]) != placeholders(en[k])} == set()
    assert all(text.strip() for text in [*zh.values(), *en.values()])


def test_no_key_stands_in_two_areas():
    keys = [key for name in AREAS for key in area("en", name)]
    assert len(keys) == len(set(keys))


def test_chinese_is_chinese_and_english_is_english():
    assert {k for k, text in everything("en").items() if CJK.search(text)} <= {
        "questions.search_hint"
    }
    assert {k for k, text in everything("zh").items() if ASCII_PUNCTUATION.search(text)} == set()


def calls() -> list[tuple[Path, ast.expr, list[str]]]:
    """First arguments of t(…) and Message(…), with the names of the values given to t."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ("t", "Message") and node.args:
                values = [keyword.arg for keyword in node.keywords] if name == "t" else None
                found.append((path, node.args[0], values))
    return found


def literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) else []


def test_every_key_that_the_source_names_has_its_text():
    known = everything("en")
    missing = {
        f"{path.relative_to(ROOT)}: {key}"
        for path, node, _ in calls()
        for key in literals(node)
        if key not in known
    }
    assert missing == set()


def test_every_value_that_a_text_needs_is_given():
    known = everything("en")
    wrong = {
        f"{path.relative_to(ROOT)}: {key}"
        for path, node, values in calls()
        if values is not None and None not in values
        for key in literals(node)
        if key in known and placeholders(known[key]) - set(values)
    }
    assert wrong == set()


def test_no_text_is_left_over():
    """A key is used when the source holds it, or a pattern with {…} in it that makes it."""
    exact, patterns = set(), []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                exact.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                first = node.values[0]
                if not (isinstance(first, ast.Constant) and "." in str(first.value)):
                    continue  # it could make any key
                parts = [
                    re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+"
                    for p in node.values
                ]
                patterns.append(re.compile("".join(parts)))
    prefixes = tuple(text for text in exact if "." in text and text.endswith(("_", ".")))
    left = {
        key
        for key in everything("en")
        if key not in exact
        and not key.startswith(prefixes)
        and not any(pattern.fullmatch(key) for pattern in patterns)
    }
    assert left == set()


def test_no_chinese_stands_in_pages_or_what_they_share():
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in ("pages", "ui")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CJK.search(node.value) and node.value not in OWN_CJK
    }
    assert found == set()
