"""A choice is set anew in the first run of another language, and in no other."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.shell.kept_choices import _plain

SCRIPT = """
import streamlit as st
from ui.shell.kept_choices import keep_choices

language = st.query_params["lang"]
keep_choices(language)
words = {"en": {"a": "one", "b": "two"}, "zh": {"a": "一", "b": "二"}}[language]
st.selectbox("which", ["a", "b"], index=1, format_func=words.get, key="which")
st.button("go", key="go")
"""


def test_a_choice_is_kept_and_buttons_are_left_alone():
    app = AppTest.from_string(SCRIPT)
    app.query_params["lang"] = "en"
    app.run()
    app.selectbox(key="which").select("a").run()
    app.query_params["lang"] = "zh"
    app.run()
    assert not app.exception and not app.warning
    assert app.selectbox(key="which").value == "a"
    assert app.selectbox(key="which").proto.set_value, "the browser is told"
    app.run()
    assert not app.selectbox(key="which").proto.set_value, "and only once"


@pytest.mark.parametrize("value", ["he", 3, 0.1, ["a", "b"], (1, 2)])
def test_what_can_be_a_choice(value):
    assert _plain(value)


@pytest.mark.parametrize("value", [True, None, [], {"row": 1}, object(), [object()]])
def test_what_cannot(value):
    assert not _plain(value)
