"""Runs that a page shows: kept by slot, followed to their end, started only where they may."""

from streamlit.testing.v1 import AppTest

from ui.snippets.runner import Run


def _page():
    """Draw the run of a slot, and count how often the page is drawn."""
    import streamlit as st

    from ui.snippets import runner

    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
    runner.follow("slot", lambda run: st.text(run.code))


class Ended:
    """A run that has ended."""

    running = False

    def stop(self) -> None:
        raise AssertionError("nothing is left to stop")


def test_the_page_is_drawn_once_more_at_the_end_of_each_run():
    app = AppTest.from_function(_page)
    for run in (1, 2):
        app.session_state["slot"] = Run("code", Ended())
        app = app.run()
        assert not app.exception and [text.value for text in app.text] == ["code"]
        assert app.session_state["drawn"] == 3 * run - 1
        app = app.run()
        assert app.session_state["drawn"] == 3 * run


def _asking():
    """Ask to run code that did not ship, on a server where editing is switched off."""
    import streamlit as st

    from ui.snippets import runner

    st.session_state["began"] = runner.begin("slot", "1", lambda: 1 / 0, shipped=False)
    st.session_state["left"] = runner.kept("slot")


def test_what_the_policy_refuses_is_not_started_and_says_why(monkeypatch):
    monkeypatch.setattr("ui.shell.visitors.access.editing_allowed", lambda: False)
    app = AppTest.from_function(_asking).run()
    assert not app.exception and app.session_state["began"] is False
    assert "Editing is switched off" in app.warning[0].value
    assert app.session_state["left"] is None
