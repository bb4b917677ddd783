"""What is kept of an error that nobody expected, and what is not."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from study.classroom.people import Person
from ui.shell import failure, logs
from ui.shell.visitors import access, login


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
    assert app.get("bidi_component") and failure.LOG in app.caption[0].value  # the copy button
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
        report = failure.report_of(error, "1f2e3d4c")
    assert "Residual" in report and "1f2e3d4c" in report
    assert "test_failure.py" in report


@pytest.mark.parametrize("who", [None, Person("p-ada", "Ada"), Person("p-g", "Grace", True)])
def test_a_visitor_of_a_class_gets_a_reference_that_stands_in_the_log_and_no_path(
    who, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(login, "configured", lambda: True)
    monkeypatch.setattr(login, "person", lambda: who)
    told = visited(tmp_path, monkeypatch)
    (reference,) = re.findall(r"\b[0-9a-f]{8}\b", told)
    kept = (tmp_path / failure.LOG).read_text("utf-8")
    assert f"reference {reference}" in kept and "told to nobody" in kept
    (printed,) = [one for one in caplog.records if one.name == logs.FAILURES]
    assert reference in printed.getMessage() and printed.exc_info
    as_json = logs.AsJson().format(printed)
    assert f'"reference": "{reference}"' in as_json and "told to nobody" in as_json


def test_a_server_without_a_login_that_others_reach_shows_no_path_either(tmp_path, monkeypatch):
    monkeypatch.setattr(access, "loopback_only", lambda: False)
    visited(tmp_path, monkeypatch)


def test_a_visitor_of_a_server_with_a_full_disk_gets_a_reference_that_was_printed(
    tmp_path, monkeypatch, caplog
):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(access, "loopback_only", lambda: False)
    told = visited(tmp_path / "file", monkeypatch)
    (reference,) = re.findall(r"\b[0-9a-f]{8}\b", told)
    assert reference in caplog.text and "told to nobody" in caplog.text


def visited(home, monkeypatch) -> str:
    """What is on the page that fails, which offers no report and names no folder."""
    monkeypatch.setenv("RESIDUAL_HOME", str(home))
    app = AppTest.from_function(failing).run()
    assert not app.exception and not app.get("bidi_component")
    shown = "\n".join(str(part.value) for part in (*app.error, *app.caption))
    assert "Your answers are safe" in shown
    assert str(home) not in shown and failure.LOG not in shown and "told to nobody" not in shown
    return shown
