"""The log of a run of several seeds: each seed's history apart, the changes of one for the next."""

from dataclasses import replace

import pytest

from resnet_core import runs
from resnet_core.experiment.presets import PRESETS
from resnet_core.runs import checkpoints

EXPERIMENT = replace(PRESETS["fast-20"], seed=3, seeds=2)
ARMS = {"plain": {"layers": ["stem_conv", "head"]}}
DATA = {"label": "synthetic"}


def started(seed, from_step=0):
    return {"kind": "started", "seed": seed, "from_step": from_step, "arms": ARMS, "data": DATA}


def step(seed, number, elapsed=0.0):
    values = {"loss": 2.0, "accuracy": 0.1, "learning_rate": 0.1, "elapsed_s": elapsed}
    return {"kind": "step", "arm": "plain", "seed": seed, "step": number, **values}


def steps(seed, until, begin=0):
    return [step(seed, number, 100.0 * seed + number) for number in range(begin, until)]


def control(seed, number, **changed):
    return {"kind": "control", "seed": seed, "step": number, "changed": changed}


def test_each_seed_has_its_history_and_the_last_one_is_at_hand():
    done = {"kind": "state", "state": runs.SEED_DONE, "seed": 3, "step": 4}
    past = runs.History().add([started(3), *steps(3, 4), done])
    assert past.seed_done and past.trained == 4 and past.end is None
    past.add([started(4)])
    assert not past.seed_done and (past.step, past.trained) == (0, 4) and past.seconds == 303.0
    past.add(steps(4, 2))
    assert [(one.seed, one.step) for one in past.by_seed] == [(3, 4), (4, 2)]
    assert [e["seed"] for e in past.of("step")] == [4, 4]
    past.add([started(4, from_step=1)])  # resumed: of the seed before nothing is forgotten
    assert (past.step, past.trained, past.resumed) == (1, 5, [1])


def test_an_event_of_another_seed_is_left_out_and_an_end_without_seed_counts():
    past = runs.History().add([started(3), *steps(3, 4), started(4), step(3, 9), step(4, 0)])
    assert [e["step"] for e in past.of("step")] == [0]
    past.add([{"kind": "end", "status": "stopped", "step": 1}])
    assert past.end["status"] == "stopped"


def test_a_later_seed_repeats_the_changes_of_the_one_before():
    first = [started(3), *steps(3, 6), control(3, 2, learning_rate=0.5), control(3, 5, skips=False)]
    past = runs.History().add([*first, started(4)])
    assert [e["step"] for e in past.undone] == [2, 5]
    past.add([*steps(4, 4), control(4, 2, learning_rate=0.5), started(4, from_step=1)])
    assert [(e["seed"], e["step"]) for e in past.undone] == [(4, 2), (3, 5)]


def no_number(seed, number):
    return {**step(seed, number), "loss": None}


def test_a_seed_that_diverged_takes_no_more_steps_and_leaves_what_it_did_not_come_to():
    """The first seed is changed at steps 2 and 5; the second diverges at step 3."""
    first = [started(3), *steps(3, 6), control(3, 2, learning_rate=0.5), control(3, 5, skips=False)]
    second = [started(4), *steps(4, 3), control(4, 2, learning_rate=0.5), no_number(4, 3)]
    over = {"kind": "state", "state": runs.SEED_DIVERGED, "seed": 4, "step": 3, "arm": "plain"}
    past = runs.History().add([*first, *second, over])
    assert past.diverged == ["plain"] and past.seed_done
    assert (past.trained, past.behind(6)) == (10, 12)
    past.add([started(5)])
    assert [e["step"] for e in past.undone] == [2, 5], "both changes, as in the first seed"
    assert past.diverged == [] and past.finished[-1].diverged == ["plain"]
    assert (past.aside(3), past.aside(4), past.aside(5)) == (3, 4, None)


def test_a_seed_that_went_its_own_way_repeats_only_its_own_changes():
    past = runs.History().add([started(3), *steps(3, 6), control(3, 5, skips=False), started(4)])
    past.add([*steps(4, 4), control(4, 2, learning_rate=0.01), started(4, from_step=1)])
    assert [(e["seed"], e["changed"]) for e in past.undone] == [(4, {"learning_rate": 0.01})]


def test_status_counts_the_steps_of_all_seeds(own_home):
    run = runs.create(EXPERIMENT)
    log = runs.Log(run.folder)
    for event in [started(3), *steps(3, 4), started(4), *steps(4, 2)]:
        log.write(event.pop("kind"), **event)
    log.write_end(status="stopped", step=2)
    log.close()
    assert runs.status(run.folder).step == 6
    assert runs.load(run.folder).experiment.every_seed == range(3, 5)


def test_the_last_checkpoint_of_a_seed_is_set_aside_and_the_next_begins_without(tmp_path):
    import numpy as np

    for number in (4, 8):
        checkpoints.save(tmp_path, number, {"w": np.zeros(1)})
    checkpoints.set_aside(tmp_path, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["seed-3-step-00000008.npz"]
    assert checkpoints.latest(tmp_path) is None and not checkpoints.any_kept(tmp_path)
    assert checkpoints.any_kept(tmp_path, 3) and checkpoints.latest(tmp_path, 3)[0] == 8
    assert not checkpoints.any_kept(tmp_path, 4)
    checkpoints.set_aside(tmp_path, 3)  # a second time, after a kill between the two
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("seeds", [0, 6, True, 2.0, None])
def test_a_number_of_seeds_that_no_experiment_has_is_refused(seeds):
    from resnet_core.experiment.config import Experiment, ExperimentError

    with pytest.raises(ExperimentError, match="seeds: expected 1 to 5"):
        Experiment.from_json({**EXPERIMENT.to_json(), "seeds": seeds})


def test_an_experiment_from_before_has_one_seed():
    from resnet_core.experiment.config import Experiment

    data = PRESETS["fast-20"].to_json()
    del data["seeds"]
    assert Experiment.from_json(data) == PRESETS["fast-20"]
    assert PRESETS["fast-20"].of_seed(0) == PRESETS["fast-20"]
