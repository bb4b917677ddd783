"""One history of a run's log serves everybody who watches it."""

import threading

import pytest

from resnet_core import runs
from resnet_core.experiment.presets import PRESETS
from resnet_core.runs.log import following


@pytest.fixture
def run():
    return runs.create(PRESETS["fast-20"])


def write(run: runs.Run, *steps: int) -> None:
    log = runs.Log(run.folder)
    for step in steps:
        log.write("state", state="paused", step=step, elapsed_s=float(step))
    log.close()


def test_only_what_is_new_is_read_and_the_same_history_is_returned_until_then(run, monkeypatch):
    offsets, real = [], following.read_events
    noted = lambda folder, offset: offsets.append(offset) or real(folder, offset)  # noqa: E731
    monkeypatch.setattr(following, "read_events", noted)
    write(run, 1, 2)
    first = runs.followed(run.folder)
    assert runs.followed(run.folder) is first and first == runs.history(run.folder)
    end = (run.folder / runs.EVENTS).stat().st_size
    write(run, 3)
    later = runs.followed(run.folder)
    assert later == runs.history(run.folder) and len(later.events) == len(first.events) + 1
    assert offsets == [0, end, end]


def test_whoever_draws_a_history_keeps_it_unchanged(run):
    write(run, 1)
    shown = runs.followed(run.folder)
    events = list(shown.events)
    write(run, 2)
    assert runs.followed(run.folder) is not shown
    assert shown.events == events and shown.paused == [1]


def test_another_log_in_the_place_is_read_from_its_beginning(run):
    write(run, 1, 2, 3)
    runs.followed(run.folder)
    log = run.folder / runs.EVENTS
    log.unlink()
    assert runs.followed(run.folder) == runs.History()
    write(run, 4)
    assert runs.followed(run.folder).paused == [4]


def test_logs_that_nobody_watches_make_room(run, monkeypatch):
    monkeypatch.setattr(following, "MOST", 2)
    write(run, 1)
    first = runs.followed(run.folder)
    for _ in range(2):
        runs.followed(runs.create(PRESETS["fast-20"]).folder)
    assert runs.followed(run.folder) is not first and runs.followed(run.folder) == first


def test_many_who_watch_at_once_see_every_event_once(run):
    write(run, *range(200))
    seen = []
    look = lambda: seen.append(runs.followed(run.folder))  # noqa: E731
    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [past.paused for past in seen] == [list(range(200))] * 8


def test_what_is_computed_from_a_history_is_computed_once_until_it_grows(run):
    write(run, 1)
    counted = []

    def last(past: runs.History, plus: int) -> int:
        counted.append(plus)
        return past.paused[-1] + plus

    past = runs.followed(run.folder)
    assert past.once(last, 1) == past.once(last, 1) == 2 and past.once(last, 5) == 6
    assert counted == [1, 5]
    write(run, 8)
    assert runs.followed(run.folder).once(last, 1) == 9
