"""`python -m resnet_core claims`: what it measures, what it reuses, what it refuses."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from resnet_core import __main__ as command
from resnet_core import claims, runs
from resnet_core.claims import CLAIMS
from resnet_core.commands.claims import export, new, recording
from resnet_core.experiment.config import NetConfig, TrainConfig
from tests.resnet_core.claims.test_claims import ROOT, claim, made_record, records

TINY = TrainConfig(steps=2, batch=8, evaluate_images=16, augment=False)


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["resnet_core", "claims", *words])
    status = command.main()
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_list_is_an_array_of_objects(monkeypatch, capsys):
    status, out, _ = run(monkeypatch, capsys, "--list", "--json")
    found = {one["name"]: one for one in json.loads(out)}
    assert status == 0 and set(found) == set(CLAIMS)
    for name, one in found.items():
        assert one["tier"] == CLAIMS[name].tier
        assert {"seeds", "held", "effect", "interval", "control"} <= set(one)


def test_the_table_is_of_the_tier_that_is_asked_for(monkeypatch, capsys):
    _, out, _ = run(monkeypatch, capsys, "--list", "--tier", "exact")
    assert "skips-add-no-parameters" in out and "plain-56-trains-worse" not in out


def test_an_unknown_name_is_refused_with_those_there_are(monkeypatch, capsys):
    status, _, err = run(monkeypatch, capsys, "skips-are-magic")
    assert status == 2 and "skips-are-magic" in err and "skips-add-no-parameters" in err


def test_claims_that_follow_by_counting_need_no_worker(monkeypatch, capsys):
    counted = [name for name, one in CLAIMS.items() if not one.experiments]
    status, out, _ = run(monkeypatch, capsys, *counted, "--json")
    assert status == 0 and all(one["holds"] for one in json.loads(out))
    assert runs.every(claims.shared_runs.home()) == []


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with two topics, of which one has no claim yet."""
    monkeypatch.setattr(new, "ROOT", tmp_path)
    monkeypatch.setattr(new.each, "__path__", [str(tmp_path / "each")])
    (tmp_path / "each" / "cost").mkdir(parents=True)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "topics.toml").write_text(
        '[cost]\ntitle = {en = "Cost"}\n[history]\ntitle = {en = "History"}\n'
    )
    for language in ("en", "zh"):
        folder = tmp_path / "locales" / language
        folder.mkdir(parents=True)
        (folder / "claims.json").write_text('{"claim.run": "Run"}')
    return tmp_path


@pytest.mark.parametrize("topic", ["cost", "history"])
def test_a_new_claim_is_a_file_and_its_words_in_both_languages(
    topic, checkout, monkeypatch, capsys
):
    assert run(monkeypatch, capsys, "new", f"{topic}/wider-is-better")[0] == 0
    source = (checkout / "each" / topic / "wider_is_better.py").read_text()
    values: dict = {}
    exec(compile(source, "new", "exec"), values)
    assert (values["CLAIM"].name, values["CLAIM"].topic) == ("wider-is-better", topic)
    texts = json.loads((checkout / "locales" / "zh" / "claims.json").read_text())
    assert texts["claims.wider-is-better.title"] == "TODO" and texts["claim.run"] == "Run"


def test_the_first_claim_of_a_topic_makes_its_room(checkout, monkeypatch, capsys):
    run(monkeypatch, capsys, "new", "history/wider-is-better")
    assert "History" in (checkout / "each" / "history" / "__init__.py").read_text()


def test_a_person_is_asked_for_the_topic(checkout, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: " cost ")
    assert run(monkeypatch, capsys, "new", "wider-is-better")[0] == 0
    assert (checkout / "each" / "cost" / "wider_is_better.py").is_file()


@pytest.mark.parametrize("name", ["Not A Name", "cost/Wider", "wider-is-better", "costs/wider"])
def test_a_claim_without_a_good_name_and_topic_is_not_made(name, checkout, monkeypatch, capsys):
    status, _, err = run(monkeypatch, capsys, "new", name)
    assert status == 2 and "claims new" in err
    assert not [*checkout.rglob("*.py")]


@pytest.fixture
def tiny(monkeypatch):
    """A claim of nets so small that it is measured in seconds."""
    net = NetConfig(8, 4)
    made = claim(
        experiments=(
            _one("residual-8", net),
            _one("plain-8", replace(net, skip=False)),
        ),
        measure=claims.quantities.parameters_between("residual-8", "plain-8"),
        predicate=claims.Predicate("about", 0.0),
        control=claims.Control(
            claims.quantities.parameters_between("projecting-8", "plain-8"),
            claims.Predicate("at least", 1.0),
            (_one("projecting-8", replace(net, shortcut="B")),),
        ),
    )
    monkeypatch.setitem(CLAIMS, "made-up", made)
    return made


def _one(name: str, net: NetConfig):
    from resnet_core.claims.settings import arm

    return arm(name, net, TINY)


def test_shares_of_several_processes_make_every_run_once(tiny, monkeypatch):
    made: list[tuple[str, int]] = []

    def note(trial, place):
        made.append((*trial.experiment.arms, trial.experiment.seed))

    monkeypatch.setattr(recording, "_run", note)
    place = recording.Place("synthetic", "")
    for share in ("1/2", "2/2"):
        recording.run_share([tiny], (0, 1, 2), place, share)
    assert len(made) == len(set(made)) == 9


@pytest.mark.parametrize(("value", "confirmed"), [(0.21, True), (0.9, False)])
def test_a_stale_record_is_confirmed_where_seed_0_gives_the_same(
    tiny, value, confirmed, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(records, "RECORDS", tmp_path)
    old = made_record(setting=claims.setting(tiny))
    claims.write_record(old)
    now = replace(old, seeds=(0,), values=(value,), code=claims.of_claim(tiny))
    monkeypatch.setattr(recording, "_run_all", lambda *_: None)
    monkeypatch.setattr(recording, "_result", lambda *_: now)
    assert recording.confirm([tiny], recording.Place("synthetic", "")) == (0 if confirmed else 1)
    assert claims.record("made-up").stale is not confirmed
    assert claims.record("made-up").values == old.values


@pytest.mark.tf
def test_a_claim_is_measured_once_and_then_read_again(tiny, monkeypatch, capsys):
    place = recording.Place("synthetic", "")
    (made,) = recording.measure([tiny], (0, 1), place)
    assert made.values == (0.0, 0.0) and made.holds and made.data == "synthetic"
    assert made.control is not None and min(made.control.values) > 0
    assert len(runs.every(claims.shared_runs.home())) == 6
    capsys.readouterr()
    monkeypatch.setattr(recording, "_run", lambda *_: pytest.fail("trained again"))
    assert recording.measure([tiny], (0, 1), place) == [made]
    assert "6 of 6 runs are there already" in capsys.readouterr().err


@pytest.mark.tf
def test_exact_claims_hold_on_real_images_and_as_a_script(
    cifar_sample, tmp_path, monkeypatch, capsys
):
    """One seed of those that build a net; the script takes the same first step as the run."""
    built = [name for name, one in CLAIMS.items() if one.tier == "exact" and one.experiments]
    status, out, _ = run(
        monkeypatch, capsys, *built, "--seeds", "1", "--data", str(cifar_sample), "--json"
    )
    found = {one["name"]: one for one in json.loads(out)}
    assert status == 0 and set(found) == set(built)
    assert all(one["holds"] for one in found.values())
    script = tmp_path / "claim.py"
    script.write_text(export.script(CLAIMS[EXPORTED]))
    said = subprocess.run(
        [sys.executable, "-I", "-c", WATCHED, script, cifar_sample],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ours = found[EXPORTED]
    assert f"seed 0: {ours['values'][0]:.4g} (holds)" in said
    assert f"control {ours['control']['values'][0]:.4g}" in said
    kept = [runs.history(one.folder) for one in runs.every(claims.shared_runs.home())]
    losses = {past.of("step")[0]["arm"]: past.of("step")[0]["loss"] for past in kept}
    assert f"first loss {losses['residual-20']}" in said


EXPORTED = "skips-are-free-in-separable-nets"
WATCHED = """
import runpy, sys
sys.argv = sys.argv[1:]
events = runpy.run_path(sys.argv[0])["main"]()
print("first loss", events.of("step", "residual-20")[0]["loss"])
"""


def test_the_script_is_of_this_house_alone():
    source = export.script(CLAIMS[EXPORTED])
    compile(source, "claim.py", "exec")
    assert str(ROOT) not in source
