"""A live demonstration: who opens, predicts, starts and ends it, and what is counted."""

import pytest

from resnet_core import runs
from study.classroom import demonstrations, nameless, roll
from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from study.reviews.review import CLASS, Row
from study.reviews.storage.store import Store

ADA, ALAN, GRACE = Person("p-ada", "Ada"), Person("p-alan", "Alan"), Person("p-g", "Grace", True)


@pytest.fixture
def store():
    opened = Store("sqlite://")
    for who in (ADA, ALAN, GRACE):
        roll.join(opened.of(who.profile), who)
    yield opened
    opened.close()


@pytest.fixture
def shown(store):
    demonstrations.begin(store, GRACE, "fast-20")
    return demonstrations.current(store)


def predict(store, who, shown, choice):
    demonstrations.check_open(store, who, shown.id, choice)
    body = {"live": shown.id, "experiment": shown.experiment, "choice": choice, "confidence": 0.7}
    store.of(who.profile).append(Row("prediction", body=body))


def test_only_a_teacher_opens_counts_starts_and_ends(store, shown):
    for who in (ADA, None):
        for refused in (
            lambda who=who: demonstrations.begin(store, who, "fast-20"),
            lambda who=who: demonstrations.counted(store, who, shown),
            lambda who=who: demonstrations.start(store, who, shown, "run", {}),
            lambda who=who: demonstrations.end(store, who, shown),
        ):
            with pytest.raises(NotAllowed):
                refused()
    assert demonstrations.current(store) == shown and not shown.run
    with pytest.raises(NotAllowed, match="open already"):
        demonstrations.begin(store, GRACE, "skips-56")


def test_predictions_are_counted_once_and_closed_by_the_start(store, shown):
    predict(store, ADA, shown, "residual")
    with pytest.raises(NotAllowed, match="first prediction"):
        predict(store, ADA, shown, "plain")
    counts, everyone = demonstrations.counted(store, GRACE, shown)
    assert counts == {"residual": 1, "plain": 0, "equal": 0} and everyone == 2
    demonstrations.start(store, GRACE, shown, "run-1", counts)
    demonstrations.start(store, GRACE, shown, "run-2", {})  # pressed twice: the first counts
    begun = demonstrations.current(store)
    assert (begun.id, begun.run, begun.counts) == (shown.id, "run-1", counts)
    with pytest.raises(NotAllowed, match="predictions are closed"):
        predict(store, ALAN, begun, "plain")
    store.forget(ADA.profile)  # the count has no name, and stays
    assert demonstrations.current(store).counts == counts


@pytest.mark.parametrize("choice", ["", "neither", "p-ada"])
def test_what_is_no_choice_is_refused(store, shown, choice):
    with pytest.raises(NotAllowed):
        predict(store, ADA, shown, choice)


def test_nobody_predicts_for_one_that_was_ended_or_never_opened(store, shown):
    with pytest.raises(NotAllowed, match="Log in"):
        demonstrations.check_open(store, None, shown.id, "plain")
    demonstrations.end(store, GRACE, shown)
    assert demonstrations.current(store) is None
    with pytest.raises(NotAllowed, match="closed"):
        predict(store, ADA, shown, "plain")
    demonstrations.begin(store, GRACE, "skips-56")
    assert demonstrations.current(store).experiment == "skips-56"
    with pytest.raises(NotAllowed, match="closed"):
        predict(store, ADA, shown, "plain")


def test_an_experiment_of_another_version_is_not_shown(store):
    store.of(CLASS).append(Row("live", body={"experiment": "of-a-later-version"}))
    assert demonstrations.current(store) is None


def test_another_replica_sees_it_through_the_database(tmp_path):
    url = f"sqlite:///{tmp_path / 'class.sqlite'}"
    here, there = Store(url), Store(url)
    demonstrations.begin(here, GRACE, "fast-20")
    shown = demonstrations.current(there)
    demonstrations.start(there, GRACE, shown, "run-1", {"plain": 3})
    assert demonstrations.current(here).run == "run-1"
    here.close(), there.close()


def test_a_file_that_a_learner_imports_opens_no_demonstration(store):
    row = Row("live", body={"experiment": "fast-20"}, profile=CLASS)
    other = Store("sqlite://")
    other.append(row)
    assert store.of(ADA.profile).import_rows(other.export()).new == 0
    other.close()
    assert demonstrations.current(store) is None


def test_the_export_without_names_has_the_prediction(store, shown):
    predict(store, ADA, shown, "plain")

    class Nothing:
        items = ()

    told = nameless.nameless(store, GRACE, Nothing())
    assert '"choice": "plain"' in told and "p-ada" not in told and shown.id not in told


def test_the_run_of_a_demonstration_goes_before_those_of_learners(tmp_path):
    waiting = []
    for number, owner in enumerate(("p-ada@", "p-alan@", f"{runs.OF_CLASS}@")):
        waiting.append(tmp_path / f"{number}-{owner}run{number}.run")
    turns = {runs.OF_CLASS: 9, "p-ada": 1}
    order = [entry.stem for entry in runs.queue.in_turn(waiting, turns)]
    assert order == ["2-class@run2", "1-p-alan@run1", "0-p-ada@run0"]
