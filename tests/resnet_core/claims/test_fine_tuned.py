"""Claims whose nets are fine-tuned: shared runs, watched runs, and what no script can repeat."""

from dataclasses import replace

import pytest

from base.messages import UserError
from resnet_core.claims import Claim, Control, Evidence, Predicate, catalogue, fingerprint
from resnet_core.claims.quantities import accuracy_gained
from resnet_core.claims.settings import fine_tuned, residual
from resnet_core.claims.trial import watched
from resnet_core.commands.claims import export
from resnet_core.experiment.config import Way
from tests.resnet_core.claims.test_claims import claim

AT_ONCE, HEAD = fine_tuned("at-once", Way()), fine_tuned("head", Way("head"))


def made_up(**changes) -> Claim:
    control = Control(measure=float, predicate=Predicate("at most", 0.0))
    return claim(experiments=(AT_ONCE, HEAD), control=control, **changes)


def test_someone_who_watches_sees_all_ways_in_one_run():
    (trial,) = watched(made_up(), 3, "cifar10")
    assert list(trial.experiment.arms) == ["at-once", "head"]
    assert dict(trial.experiment.fine_tuning.ways) == {"at-once": Way(), "head": Way("head")}


def test_a_net_that_is_fine_tuned_shares_no_run_with_one_that_is_not():
    both = replace(made_up(), experiments=(AT_ONCE, residual(8, AT_ONCE.train)))
    assert len(watched(both, 0, "cifar10")) == 2


def test_a_run_is_a_claims_own_only_with_its_ways():
    ways = {"a": Way(), "b": Way("head")}
    moved = replace(AT_ONCE.fine_tuning, ways=ways)
    run = replace(AT_ONCE, arms=dict.fromkeys(ways, AT_ONCE.arms["at-once"]), fine_tuning=moved)
    assert catalogue._trains(run, AT_ONCE) and catalogue._trains(run, HEAD)
    assert not catalogue._trains(AT_ONCE, HEAD)
    assert not catalogue._trains(run, fine_tuned("other", Way(head_first=3)))


def test_only_what_is_fine_tuned_depends_on_that_code(monkeypatch):
    before = [fingerprint.of_experiment(one) for one in (AT_ONCE, residual(8))]
    monkeypatch.setattr(fingerprint, "FINE_TUNED", ())
    after = [fingerprint.of_experiment(one) for one in (AT_ONCE, residual(8))]
    assert before[0] != after[0] and before[1] == after[1]


def test_no_script_repeats_a_fine_tuning_and_says_so():
    with pytest.raises(UserError, match="learned other classes"):
        export.script(made_up())


def test_accuracy_is_that_of_the_last_evaluation_and_nan_where_there_is_none():
    class Past:
        def of(self, kind, arm):
            found = {"a": [0.4, 0.7], "b": [0.5], "c": []}
            return [{"accuracy": one} for one in found[arm]] if kind == "eval" else []

    evidence = Evidence([Past()])
    assert accuracy_gained("a", "b")(evidence) == pytest.approx(0.2)
    assert accuracy_gained("a", "c")(evidence) != accuracy_gained("a", "c")(evidence)
