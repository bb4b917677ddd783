"""What is kept of an error that nobody expected, and what is not."""

from streamlit.testing.v1 import AppTest

from ui.shell import failure


def failing():
    import streamlit as st

    from ui.shell import failure

    st.session_state["lang"] = "en"
    try:
        raise KeyError("told to nobody")
    except KeyError as error:
        failure.handle(error)


def test_the_log_has_the_traceback_and_the_page_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    app = AppTest.from_function(failing).run()
    assert not app.exception
    assert "Your answers are safe" in app.error[0].value
    assert "told to nobody" not in app.error[0].value + app.caption[0].value
    kept = (tmp_path / failure.LOG).read_text("utf-8")
    assert "Traceback" in kept
    assert "told to nobody" in kept


def test_a_home_that_takes_no_file_is_said_and_loses_nothing_else(tmp_path, monkeypatch):
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    monkeypatch.setenv("RESIDUAL_HOME", str(nowhere))
    app = AppTest.from_function(failing).run()
    assert not app.exception
    assert "could not be written" in app.caption[0].value


def test_a_report_names_versions_and_the_line_that_failed():
    try:
        raise ValueError("here")
    except ValueError as error:
        report = failure.report_of(error)
    assert "Residual" in report
    assert "test_failure.py" in report
