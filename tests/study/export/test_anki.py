"""The deck opens in Anki's own library, whole, in both languages, and updates what is there."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from study.bank import loading
from study.export import anki
from study.reviews.review import Row
from study.reviews.storage.store import Store

ROOT = Path(__file__).resolve().parents[3]
BANK = loading.load()


class Tags(HTMLParser):
    """Whether tags close in order, and what tags there are."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag in ("br", "hr", "img") or self.open.pop() == tag


@pytest.fixture
def collection(tmp_path):
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def brought_in(collection: Collection, path: Path) -> None:
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_anki_opens_the_deck_with_every_card(collection, tmp_path, language):
    count = anki.write(BANK, language, tmp_path / "deck.apkg")
    brought_in(collection, tmp_path / "deck.apkg")
    assert collection.card_count() == collection.note_count() == count > len(BANK.questions)
    names = [deck.name for deck in collection.decks.all_names_and_ids()]
    assert f"Residual ({language})::{BANK.topics[BANK.questions[0].topic][language]}" in names
    shown = [collection.get_card(i) for i in collection.find_cards("")]
    assert all(card.question().strip() and card.answer().strip() for card in shown)
    told = "".join(card.answer() for card in shown)
    assert r"\(" in told and "<pre><code" in told and "$" not in re.sub(r"<pre>.*?</pre>", "", told)


def test_importing_a_later_deck_changes_cards_and_adds_none(collection, tmp_path):
    count = anki.write(BANK, "en", tmp_path / "first.apkg")
    brought_in(collection, tmp_path / "first.apkg")
    anki.write(BANK, "en", tmp_path / "second.apkg")
    brought_in(collection, tmp_path / "second.apkg")
    assert collection.note_count() == count
    anki.write(BANK, "zh", tmp_path / "other.apkg")
    brought_in(collection, tmp_path / "other.apkg")
    assert collection.note_count() == 2 * count


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_sides_are_sound_html_and_no_two_cards_share_a_key(language):
    made = anki.notes(BANK, language)
    for note in made:
        for side in (note.front, note.back):
            parser = Tags()
            parser.feed(side)
            assert parser.open == [] and not parser.seen & {"script", "iframe", "style"}
    assert len({note.key for note in made}) == len(made)


def test_languages_have_the_same_cards():
    zh, en = anki.notes(BANK, "zh"), anki.notes(BANK, "en")
    assert [note.key for note in zh] == [note.key for note in en]
    assert all(a.front != b.front for a, b in zip(zh, en, strict=True))


def test_every_form_has_a_side_but_the_chart():
    forms = {item.form for item in BANK.items}
    assert forms - set(anki.SIDES) <= {"chart"}
    cards = {note.key for note in anki.notes(BANK, "en")}
    assert {item.id for item in BANK.items if item.form in anki.SIDES} <= cards


@pytest.mark.parametrize("language", ["zh", "en"])
def test_code_to_complete_hides_its_cases_until_the_back(language):
    items = {item.id: item for item in BANK.items if item.form == "code"}
    made = {note.key: note for note in anki.notes(BANK, language) if note.key in items}
    assert made.keys() == items.keys() and items
    for key, note in made.items():
        assert note.front.count("<pre>") == note.back.count("<pre>") == 1
        assert "<li>" not in note.front
        assert note.back.count("<li>") == len(items[key].text[language].choices) > 0


def test_markup_in_a_question_stays_text():
    item = BANK.items[0]
    text = {
        code: replace(item.text[code], prompt="<script>alert(1)</script> $a<b$ `{{x}}`")
        for code in ("zh", "en")
    }
    question = replace(BANK.questions[0], items=(replace(item, text=text),))
    note = anki.notes(replace(BANK, questions=(question,)), "en")[0]
    assert "<script" not in note.front and "&lt;script&gt;" in note.front
    assert r"\(a&lt;b\)" in note.front


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess:
    import os

    return subprocess.run(
        [sys.executable, "-m", "study", "export", *arguments],
        cwd=ROOT,
        env={**os.environ, "RESIDUAL_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_command_writes_both_files_and_says_how_much(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'progress' / 'progress.sqlite'}")
    store.append(Row("review", "q/a", body={"rating": 3}))
    store.close()
    deck = run("--anki", str(tmp_path / "d.apkg"), "--lang", "zh", home=tmp_path)
    assert deck.returncode == 0 and re.match(r"\d+ cards in ", deck.stdout), deck.stderr
    log = run("--json", str(tmp_path / "log.json"), home=tmp_path)
    assert log.stdout.startswith("1 rows in ")
    rows = [json.loads(line) for line in (tmp_path / "log.json").read_text("utf-8").splitlines()]
    assert rows[0]["item"] == "q/a"


def test_what_cannot_be_written_is_a_sentence(tmp_path):
    done = run("--anki", str(tmp_path / "no" / "such" / "d.apkg"), home=tmp_path)
    assert done.returncode == 1 and "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(home=tmp_path).returncode == 2
