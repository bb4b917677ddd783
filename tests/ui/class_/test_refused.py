"""What a session may not do is refused by the functions that do it, not by a hidden button."""

import pytest
import streamlit as st

from base import folders
from resnet_core import jobs, runs
from resnet_core.experiment.presets import PRESETS
from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from study.reviews.review import Row
from study.reviews.storage.store import Store
from ui.class_ import learner_view
from ui.quiz import flow
from ui.shared import own_runs, places, review_log
from ui.shell import preferences
from ui.shell.visitors import login

ADA, ALAN, GRACE = Person("p-ada", "Ada"), Person("p-alan", "Alan"), Person("p-g", "Grace", True)
NET = PRESETS["fast-20"]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The log of the class; no worker starts."""
    opened = Store(f"sqlite:///{tmp_path / 'class.sqlite'}")
    monkeypatch.setattr(review_log, "_opened", lambda url: opened)
    monkeypatch.setattr(jobs.steering, "ensure_worker", lambda: None)
    monkeypatch.setattr(st, "session_state", {})
    yield opened
    opened.close()


@pytest.fixture
def become(monkeypatch):
    """`become(ADA)`: the session is Ada's from now on; None is nobody's."""

    def becomes(who: Person | None) -> None:
        monkeypatch.setattr(login, "configured", lambda: True)
        monkeypatch.setattr(login, "person", lambda: who)

    return becomes


def test_nobody_starts_reads_or_writes_anything(store, become):
    become(None)
    for refused in (
        lambda: own_runs.start(NET),
        lambda: own_runs.load("any"),
        own_runs.every,
        own_runs.end_worker,
        review_log.the_store,
        review_log.the_whole,
    ):
        with pytest.raises(NotAllowed):
            refused()
    preferences.remember(level=3)
    assert preferences.load() == preferences.Preferences()
    assert not folders.home().exists() and review_log.assigned() == []


def test_a_learner_finds_only_their_own_runs(store, become):
    become(ADA)
    run = own_runs.start(NET)
    assert run.owner == "p-ada" and own_runs.load(run.id).id == run.id
    become(ALAN)
    assert own_runs.every() == []
    for name in (run.id, f"../../p-ada/runs/{run.id}", str(run.folder)):
        with pytest.raises(runs.RunError, match="not a run"):
            own_runs.load(name)


def test_a_learner_reads_and_writes_only_their_own_log(store, become):
    become(ADA)
    review_log.the_store().append(Row("review", "q/a", body={"rating": 3}, profile="p-alan"))
    become(ALAN)
    assert review_log.the_store().rows() == []
    with pytest.raises(NotAllowed, match="Only a teacher"):
        review_log.the_whole()
    become(GRACE)
    assert review_log.the_whole() is store


def test_only_a_teacher_ends_the_process_that_trains_for_all(become, monkeypatch):
    ended = []
    monkeypatch.setattr(jobs, "end_worker", lambda: ended.append(True))
    become(ADA)
    with pytest.raises(NotAllowed):
        own_runs.end_worker()
    assert ended == []
    become(GRACE)
    own_runs.end_worker()
    assert ended == [True]


def test_more_runs_than_the_limit_are_refused_with_the_number(store, become, monkeypatch):
    become(ADA)
    most = login.limits().runs
    for _ in range(most):
        own_runs.start(NET)
    with pytest.raises(Exception, match=f"{most} is the limit"):
        own_runs.start(NET)
    assert len(own_runs.every()) == most
    become(ALAN)
    assert own_runs.start(NET).owner == "p-alan"


def test_snippets_and_warm_processes_are_counted_by_learner(become, monkeypatch):
    places._counted.cache_clear()
    monkeypatch.setattr("ui.shared.warm_pool.pool", lambda: Warm())
    few = type(login.limits())(snippets_an_hour=1, warm_an_hour=1)
    monkeypatch.setattr(login, "limits", lambda: few)
    become(ADA)
    places.check_snippet()
    with pytest.raises(Exception, match="1 snippets within an hour"):
        places.check_snippet()
    assert [places.warm_worker("1", "limited") for _ in range(2)] == ["warm", None]
    become(ALAN)
    places.check_snippet()
    assert places.warm_worker("1", "limited") == "warm"
    places._counted.cache_clear()


class Warm:
    def take(self, code, tier_name):
        return "warm"


def test_a_learner_who_leaves_takes_nothing_of_another_along(store, become):
    for who in (ADA, ALAN):
        become(who)
        log = review_log.the_store()
        log.append(Row("review", "q/a", body={"rating": 3}))
        run = own_runs.start(NET)
        runs.leave_queue(run.folder)
    learner_view.delete(log)
    assert own_runs.every() == [] and log.rows() == []
    assert not folders.of_learner("p-alan").exists()
    become(ADA)
    assert len(own_runs.every()) == 1 and len(review_log.the_store().rows()) == 1


def test_nothing_is_deleted_while_a_run_trains(store, become):
    become(ADA)
    log = review_log.the_store()
    log.append(Row("review", "q/a", body={"rating": 3}))
    own_runs.start(NET)
    with pytest.raises(runs.RunError, match="in use"):
        learner_view.delete(log)
    assert len(log.rows()) == 1


def test_two_learners_never_share_a_card(become):
    """The tabs of one learner do, so that the log takes an answer once."""
    become(ADA)
    first = flow._card_id("q/a", [])
    assert flow._card_id("q/a", []) == first
    become(ALAN)
    assert flow._card_id("q/a", []) != first
