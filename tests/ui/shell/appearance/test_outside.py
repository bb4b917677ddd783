"""Text from outside is shown as text, wherever it comes from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from base.messages import Message
from study.bank.question import Bank
from ui.quiz.mock import report as mock_report
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import word

ROOT = Path(__file__).resolve().parents[4]
HOSTILE = [
    "![x](http://198.51.100.7/x.png)",
    "[click](http://198.51.100.7/)",
    "<img src=http://198.51.100.7/x.png>",
    "<http://198.51.100.7/>",
    "see http://198.51.100.7/x",
    "see www.example.org",
    "somebody@example.org",
    "` ![x](http://198.51.100.7/x.png) ``",
    "``` ![x](http://198.51.100.7/)\n\n![y](http://198.51.100.7/)",
    "# loud\n\n[a]: http://198.51.100.7/\n\n[a]",
    "$\\href{http://198.51.100.7/}{x}$",
    ":red[loud] :material/bolt: :tada:",
    "\\![x](http://198.51.100.7/x.png)",
]


def kinds(markdown: str) -> set[str]:
    """What is rendered, as the reader of a page would have it."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = parser.parse(markdown)
    return {one.type for block in tokens for one in (block, *(block.children or ()))}


HARMLESS = {"paragraph_open", "paragraph_close", "inline", "text", "code_inline"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_it_is_rendered(text):
    assert kinds(f"The run {as_text(text)} is gone.") <= HARMLESS
    assert as_text(text).startswith("`") and as_text(text).endswith("`")


@given(st.text(alphabet="ab`![]()<>*_~$:/.@#-\\\n =|", max_size=40))
def test_no_text_is_rendered_and_none_is_lost(text):
    shown = as_text(text)
    assert kinds(f"x {shown} x") <= HARMLESS
    if shown.startswith("`"):
        (code,) = [one.content for one in MarkdownIt().parse(shown)[1].children]
        assert code.strip() == " ".join(text.split())
    else:
        assert shown == text


@pytest.mark.parametrize("text", ["3.5", "data_batch_2", "CIFAR-10 (JPEG)", "第 3 步", "60 %", ""])
def test_what_is_plain_stays_as_it_is(text):
    assert as_text(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_shows_its_values_and_an_unknown_english_as_text(text):
    for message in (
        Message("data.no_such_path", {"path": text}, text),
        Message("somebody's own key", {}, text),
        Message("data.no_such_path", {"another": 1}, text),  # a log without the value
    ):
        assert as_text(text) in word(message)
        assert kinds(word(message)) <= HARMLESS
    assert text in word(Message("somebody's own key", {}, text), markdown=False)


def test_the_report_of_an_imported_interview_shows_foreign_names_as_text():
    bank = Bank(())
    for text in HOSTILE:
        assert mock_report._title(text, bank) == as_text(text)
        assert mock_report._flag(text, text, bank).count(as_text(text)) == 2
        assert mock_report._item(text, bank) == as_text(text)


def test_a_link_to_the_lab_shows_the_name_of_the_run_as_text():
    name = "![x](http:198.51.100.7)"
    page = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    page.query_params["run"] = name
    page.run()
    page.switch_page(str(ROOT / "pages" / "lab.py")).run()
    assert not page.exception
    texts = [one.value for one in (*page.warning, *page.info, *page.markdown, *page.caption)]
    told = [text for text in texts if "198.51.100.7" in text]
    assert told and all(name in text and kinds(text) <= HARMLESS for text in told)
