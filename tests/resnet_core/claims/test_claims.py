"""What a claim is made of, without training any: predicates, intervals, records, shared runs."""

import json
import math
from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from resnet_core import claims, runs
from resnet_core.claims import (
    CLAIMS,
    MODULES,
    Claim,
    Control,
    Evidence,
    Predicate,
    each,
    fingerprint,
    shared_runs,
)
from resnet_core.claims.interval import effect
from resnet_core.claims.quantities import (
    backward_ratio,
    difference,
    drop_below_chance,
    growth_per_layer,
)
from resnet_core.claims.settings import arm, plain, residual
from resnet_core.claims.shown import asked, number
from resnet_core.claims.trial import Trial, trials, watched
from resnet_core.commands.claims import documentation
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from study.bank import loading

ROOT = Path(__file__).resolve().parents[3]
records = import_module("resnet_core.claims.record")  # the room has a function of that name
EACH = Path(each.__path__[0])
TINY = TrainConfig(steps=4, batch=8, evaluate_images=16)


@pytest.mark.parametrize(
    ("predicate", "value", "holds"),
    [
        (Predicate("at least", 0.3), 0.3, True),
        (Predicate("at least", 0.3), 0.29, False),
        (Predicate("at least", 0.3, 0.02), 0.29, True),
        (Predicate("at most", 1.0), math.inf, False),
        (Predicate("at least", 1.0), math.inf, True),
        (Predicate("about", 2.0, 0.3), 2.31, False),
        (Predicate("about", 2.0, 0.3), 1.8, True),
        (Predicate("about", 0.0), 0.0, True),
        (Predicate("at least", 0.0), math.nan, False),
    ],
)
def test_a_predicate_holds_up_to_its_tolerance(predicate, value, holds):
    assert predicate.holds(value) is holds


def test_the_interval_is_students_t():
    found = effect([1.0, 2.0, 3.0, 4.0, 5.0])  # t = 2.776, deviation 1.5811, root of 5
    assert found.mean == 3.0
    assert found.low == pytest.approx(3.0 - 1.963, abs=1e-3)
    assert found.high == pytest.approx(3.0 + 1.963, abs=1e-3)


def test_ratios_have_a_geometric_mean_and_never_a_negative_bound():
    found = effect([10.0, 1000.0, 100.0], "log")
    assert found.mean == pytest.approx(100.0)
    assert found.low is not None and 0 < found.low < 10


@pytest.mark.parametrize("values", [[1.0], [1.0, math.inf, 2.0]])
def test_what_has_no_interval_has_none(values):
    assert effect(values).low is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.42761, "0.428"),
        (1173.0, "1,170"),
        (1.958e-10, "1.96 × 10⁻¹⁰"),
        (0.0, "0"),
        (2.0, "2"),
        (2930000.0, "2.93 × 10⁶"),
        (-0.05, "-0.05"),
        (math.nan, "–"),
        (None, "–"),
    ],
)
def test_numbers_are_shown_with_three_digits(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("predicate", "shown"),
    [
        (Predicate("at least", 0.3), "≥ 0.3"),
        (Predicate("at most", 1e-6), "≤ 1e-06"),
        (Predicate("about", 2.0, 0.6), "= 2 ± 0.6"),
        (Predicate("about", 0.0), "= 0"),
    ],
)
def test_what_is_asked_is_shown_as_a_sign_and_a_number(predicate, shown):
    assert asked(predicate) == shown


# Quantities, on events made by hand.


def evidence(losses: dict[str, list[float | None]], flow: dict[str, list[float]] | None = None):
    past = runs.History()
    for name, values in losses.items():
        past.add(
            {"kind": "step", "arm": name, "step": step, "loss": loss}
            for step, loss in enumerate(values)
        )
    for name, values in (flow or {}).items():
        rows = {"weight_gradient": values, "activation_std": values}
        past.add([{"kind": "flow", "arm": name, "step": 0, **rows}])
    return Evidence([past])


def test_a_difference_is_of_the_last_ten_steps():
    both = evidence({"a": [9.0] * 5 + [2.0] * 10, "b": [9.0] * 5 + [1.5] * 10})
    assert difference("a", "b")(both) == pytest.approx(0.5)


def test_a_loss_that_is_no_number_counts_as_infinite():
    assert difference("a", "b")(evidence({"a": [2.0, None], "b": [2.0, 2.0]})) == math.inf


def test_the_drop_below_chance_is_the_best_arms_up_to_a_step():
    found = evidence({"a": [9.0] * 10 + [2.0] * 10 + [0.0] * 9, "b": [9.0] * 30, "c": [None]})
    drop = drop_below_chance("a", "b", "c", steps=20)
    assert drop(found) == pytest.approx(math.log(10) - 2.0)
    assert drop_below_chance("c", steps=20)(found) == -math.inf


def test_the_backward_ratio_is_second_over_last_convolution():
    found = evidence({}, {"a": [5.0, 8.0, 3.0, 2.0, 99.0]})
    assert backward_ratio("a")(found) == 4.0
    assert math.isnan(backward_ratio("a")(evidence({}, {"a": [0.0, 0.0, 0.0, 0.0]})))


def test_growth_is_per_layer_within_the_stages():
    halving = [1.0] + [math.sqrt(0.5) ** layer for layer in range(19)]
    assert growth_per_layer("a", 20)(evidence({}, {"a": halving})) == pytest.approx(0.5)


# Trials and the runs that are shared.


def claim(**changes) -> Claim:
    made = Claim(
        name="made-up",
        topic="shortcuts",
        tier="measured",
        experiments=(plain(20, TINY), residual(20, TINY)),
        measure=difference("plain-20", "residual-20"),
        predicate=Predicate("at least", 0.1),
        control=Control(
            measure=difference("plain-8", "residual-8"),
            predicate=Predicate("at most", 0.1),
            experiments=(plain(8, TINY), residual(8, TINY), plain(20, TINY)),
        ),
        source="he15 §4.2",
    )
    return replace(made, **changes)


def test_a_run_that_claim_and_control_need_is_made_once():
    assert [list(t.experiment.arms) for t in trials(claim(), 3)] == [
        ["plain-20"],
        ["residual-20"],
        ["plain-8"],
        ["residual-8"],
    ]
    assert {t.experiment.seed for t in trials(claim(), 3)} == {3}


def test_someone_who_watches_sees_arms_that_are_trained_alike_in_one_run():
    other = arm("slow-20", NetConfig(20, 8), replace(TINY, learning_rate=0.01))
    made = watched(claim(experiments=(plain(20, TINY), other)), 0, "synthetic")
    arms = [list(trial.experiment.arms) for trial in made]
    assert arms == [["plain-20", "plain-8", "residual-8"], ["slow-20"]]
    assert {trial.experiment.name for trial in made} == {"made-up"}


def test_a_shared_run_depends_on_what_it_computes_and_not_on_its_name():
    first = Trial(plain(8, TINY))
    renamed = Trial(replace(plain(8, TINY), name="other"))
    longer = Trial(plain(8, replace(TINY, steps=5)))
    other_seed = Trial(replace(plain(8, TINY), seed=1))
    keys = [shared_runs.key(one, "") for one in (first, renamed, longer, other_seed)]
    assert keys[0] == keys[1] and len(set(keys)) == 3
    assert shared_runs.key(first, "/data") != keys[0]
    assert shared_runs.key(Trial(plain(8, TINY), cuts=2), "") != keys[0]


def test_a_field_that_keeps_its_default_is_not_part_of_the_setting():
    data = plain(8, TINY).to_json()
    kept = records.without_defaults(data)
    assert kept["arms"] == {"plain-8": {"depth": 8, "width": 8, "skip": False}}
    assert kept["train"] == {"steps": 4, "batch": 8, "evaluate_images": 16}
    assert "seed" not in kept and "name" not in kept


def finished_run(trial: Trial, root: Path | None = None, **end) -> runs.Run:
    run = shared_runs.create(trial, "", root)
    log = runs.Log(run.folder)
    log.write("started", from_step=0, elapsed_s=0.0)
    log.write("end", step=4, elapsed_s=1.0, **end)
    log.close()
    runs.leave_queue(run.folder)
    return run


def test_a_finished_run_is_found_again_and_one_that_was_broken_off_is_taken_up():
    trial = Trial(plain(8, TINY))
    assert shared_runs.finished(trial, "") is None
    run = finished_run(trial, status="stopped", reason=None)
    assert shared_runs.finished(trial, "") is None
    assert shared_runs.create(trial, "").folder == run.folder
    assert runs.queued_place(run.folder) == 1


def test_a_net_that_diverged_came_to_its_end():
    trial = Trial(plain(8, TINY))
    reason = {"key": "runs.diverged", "values": {}, "english": ""}
    finished_run(trial, status="failed", reason=reason)
    assert shared_runs.finished(trial, "") is not None


def test_a_run_rests_at_the_cut_and_goes_on_without_skips():
    trial = Trial(residual(8, TINY), cuts=2)
    run = shared_runs.create(trial, "")
    asked = runs.control(run.folder)
    assert (asked.command, asked.until, asked.skips) == ("pause", 2, None)
    trial.tend(run, runs.History())
    assert runs.control(run.folder).command == "pause"  # step 0: not yet
    step = {"kind": "step", "arm": "residual-8", "step": 1, "loss": 2.0}
    trial.tend(run, runs.History().add([step]))
    asked = runs.control(run.folder)
    assert (asked.command, asked.skips) == ("run", False)


# Records.


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "RECORDS", tmp_path)
    monkeypatch.setitem(records.CLAIMS, "made-up", claim())
    return tmp_path


def made_record(**changes) -> claims.Record:
    made = claims.Record(
        claim="made-up",
        data="made up",
        seeds=(0, 1, 2, 3, 4),
        values=(0.2, 0.3, math.inf, 0.2, 0.05),
        threshold=0.1,
        sense="at least",
        seconds=1.0,
        versions={},
        control=claims.ControlRecord((0.0, 0.0, 0.0, 0.0, 0.2), "at most", 0.1),
        code="abc",
        setting={"experiments": [1]},
    )
    return replace(made, **changes)


def test_a_record_comes_back_as_it_was_written(shelf):
    written = made_record()
    claims.write_record(written)
    assert claims.record("made-up") == written
    json.loads((shelf / "made-up.json").read_text(), parse_constant=pytest.fail)


def test_four_seeds_of_five_are_enough_and_the_control_counts(shelf):
    assert made_record().held == 4 and made_record().holds
    assert not made_record(values=(0.2, 0.3, 0.2, 0.0, 0.0)).holds
    absent = claims.ControlRecord((0.2,) * 5, "at most", 0.1)
    assert not made_record(control=absent).holds


@pytest.mark.parametrize(
    ("values", "way"),
    [((0.2, math.inf), 1), ((-0.2, -0.1), -1), ((-0.2, 0.1), 0), ((0.0, 0.1), 0)],
)
def test_a_direction_is_that_of_every_seed(values, way):
    assert made_record(values=values).direction == way


def test_what_was_tried_with_another_setting_stays_in_the_record(shelf):
    claims.write_record(made_record())
    claims.write_record(made_record(values=(0.2,) * 5))  # the same setting, measured again
    assert claims.record("made-up").tried == ()
    claims.write_record(made_record(setting={"experiments": [2]}))
    claims.write_record(made_record(setting={"experiments": [2]}, threshold=0.05))
    tried = claims.record("made-up").tried
    assert [one["setting"]["experiments"] for one in tried] == [[1], [2]]
    assert tried[0]["values"] == [0.2] * 5 and tried[1]["threshold"] == 0.1


def test_a_note_is_in_both_languages_and_a_plain_one_is_english():
    assert records.note_of({}) == {} and records.note_of({"note": "deeper"}) == {"en": "deeper"}
    made = filter(None, map(claims.record, CLAIMS))
    notes = [records.note_of(attempt) for one in made for attempt in one.tried]
    assert notes and all(note["en"] and note["zh"] for note in notes)


def test_a_record_of_an_earlier_version_opens(shelf):
    old = {
        "claim": "made-up",
        "data": "CIFAR-10",
        "seeds": [0, 1],
        "values": [0.2, 0.3],
        "threshold": 0.1,
        "sense": "at least",
        "seconds": 1.0,
        "versions": {"residual": "0.1.0"},
    }
    (shelf / "made-up.json").write_text(json.dumps(old))
    opened = claims.record("made-up")
    assert opened.holds and opened.control is None and opened.stale


def test_a_confirmed_record_is_not_stale(shelf):
    now = claims.of_claim(claim())
    assert made_record().stale
    assert not made_record(code=now).stale
    assert not made_record(confirmed=claims.Confirmation(now, 0, 0.2, "2026-01-01")).stale


def test_the_fingerprint_sees_code_and_not_words(tmp_path):
    path = tmp_path / "net.py"

    def code(text: str) -> str:
        path.write_text(text)
        return fingerprint._stripped(path, "", hash(text))

    first = code('"""One."""\ndef f(x):\n    """Two."""\n    return x + 1  # three\n')
    assert code("def f(x):\n    return (x + 1)\n") == first
    assert code("def f(x):\n    return x + 2\n") != first


def test_a_claims_own_formula_is_part_of_its_fingerprint():
    assert claims.of_claim(claim()) != claims.of_claim(claim(measure=backward_ratio("plain-20")))


# What ships.


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_complete(name):
    made = CLAIMS[name]
    bank = loading.load()
    assert made.name == name and made.topic in bank.topics and made.rests_on is not None
    assert made.source.split()[0] in bank.sources
    assert "TODO" not in (import_module(MODULES[name]).__doc__ or "TODO")
    assert all(other in CLAIMS and other != name for other in made.rests_on)
    for part in ("title", "quantity", "paper", "why", "control"):
        for language in ("zh", "en"):
            texts = json.loads((ROOT / "locales" / language / "claims.json").read_text("utf-8"))
            assert texts[f"claims.{name}.{part}"] not in ("", "TODO")
    arms = [arm for trial in trials(made, 0) for arm in trial.experiment.arms]
    assert len(arms) == len(set(arms)), "two arms of one name cannot be told apart"


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_in_the_room_of_its_topic(name):
    room, file = MODULES[name].split(".")[-2:]
    assert (room, file) == (CLAIMS[name].topic, name.replace("-", "_"))


def test_the_rooms_are_small_and_no_two_claims_share_a_name():
    rooms = Counter(path.parent.name for path in EACH.glob("*/*.py") if path.stem != "__init__")
    assert sum(rooms.values()) == len(CLAIMS) and not [*EACH.glob("[a-z]*.py")]
    assert max(rooms.values()) <= 11


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_ships_with_its_record(name):
    made, kept = CLAIMS[name], claims.record(name)
    assert kept is not None, f"python -m resnet_core claims {name} --record"
    assert kept.predicate == made.predicate and kept.scale == made.scale
    assert kept.control is not None and kept.setting == claims.setting(made)
    if made.experiments:
        assert len(kept.values) == len(kept.seeds)
        assert len(kept.seeds) >= 5, f"five seeds: python -m resnet_core claims {name} --record"
    assert kept.holds is (made.tier != "fails-here"), "the tier says what the record shows"


@pytest.mark.parametrize("name", [name for name, one in CLAIMS.items() if one.tier == "exact"])
def test_an_exact_claim_is_of_the_present_code(name):
    kept = claims.record(name)
    assert kept is not None and not kept.stale, f"python -m resnet_core claims {name} --confirm"


def test_the_page_of_claims_is_that_of_the_records():
    assert documentation.PATH.read_text("utf-8") == documentation.text(), (
        "python -m resnet_core claims --docs"
    )


def test_what_does_not_hold_stands_beside_the_literature_with_its_budget():
    page = documentation.text()
    table = page.split("disagree with the literature")[1].split("\n## ")[0]
    for name in CLAIMS:
        kept = claims.record(name)
        assert kept is not None
        assert (f"[{name}](#{name})" in table) is not kept.holds
    (row,) = (line for line in table.splitlines() if "zero-gamma-trains-faster" in line)
    assert "reversed" in row and "120 steps of 64 images" in row and "large minibatches" in row


def test_the_page_states_the_time_of_the_full_set():
    told = documentation.text().split("**Time.**")[1].split("\n## ")[0]
    made = [one for name in CLAIMS if (one := claims.record(name)) is not None]
    minutes = sum(one.seconds * len(one.values) for one in made) / 60
    assert f"{minutes:.0f} minutes" in told


def test_the_run_of_a_preset_leads_to_the_claims_that_it_measures():
    from resnet_core.experiment.presets import PRESETS

    found = {one.name for one in claims.built_on(PRESETS["skips-56"])}
    assert "plain-56-trains-worse" in found and "deeper-plain-trains-worse" not in found
    assert claims.built_on(Experiment("x", {"a": NetConfig(8, 4)})) == []
