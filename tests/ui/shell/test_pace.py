"""Pages that follow a run are drawn less often the more of them there are."""

from types import SimpleNamespace

import pytest

from ui.shell import pace


@pytest.fixture
def clock(monkeypatch):
    """Return the time and the session, to be changed."""
    now = SimpleNamespace(seconds=100.0, session="first")
    monkeypatch.setattr(pace, "_followers", {})
    monkeypatch.setattr(pace.time, "monotonic", lambda: now.seconds)
    context = lambda: SimpleNamespace(session_id=now.session)  # noqa: E731
    monkeypatch.setattr(pace, "get_script_run_ctx", context)
    return now


def followed_by(clock, people: int, shortest: float = 1.0) -> float:
    """Return the pace that the last of so many people finds."""
    for number in range(people):
        clock.session = str(number)
        found = pace.seconds(True, shortest)
    return found


@pytest.mark.parametrize(
    ("people", "every"), [(1, 1), (8, 1), (9, 2), (30, 4), (100, 16), (999, 16)]
)
def test_all_together_are_drawn_at_most_so_often(clock, people, every):
    assert followed_by(clock, people) == every
    assert people / every <= pace.A_SECOND or every == pace.LONGEST_S


def test_one_who_is_drawn_again_counts_once(clock):
    followed_by(clock, 8)
    assert pace.seconds(True) == pace.seconds(True) == 1


def test_a_page_that_was_closed_no_longer_counts(clock):
    assert followed_by(clock, 30) == 4
    clock.seconds += pace.FORGOTTEN_AFTER_S + 1
    assert pace.seconds(True) == 1


def test_a_slower_page_stays_slower(clock):
    assert followed_by(clock, 3, shortest=2.0) == 2
    assert followed_by(clock, 30, shortest=2.0) == 4


def test_a_run_that_has_ended_needs_no_timer_and_counts_no_longer(clock):
    assert followed_by(clock, 9) == 2
    assert pace.seconds(False) is None
    clock.session = "0"
    assert pace.seconds(True) == 1


def test_the_page_is_drawn_anew_when_its_timer_changes(clock, monkeypatch):
    drawn = []
    monkeypatch.setattr(pace.st, "rerun", lambda: drawn.append(clock.session))
    pace.keep(1.0, True)
    assert drawn == []
    pace.keep(1.0, False)
    followed_by(clock, 9)
    pace.keep(1.0, True)
    assert drawn == ["first", "8"]
