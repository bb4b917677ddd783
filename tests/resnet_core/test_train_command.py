"""`python -m resnet_core train` and `probe`, without the worker.

Where a run cannot begin there is a sentence, no traceback and no run. Where it can, its log of
version 0.1.0 stands for what a worker writes.
"""

import json
import shutil
from pathlib import Path

import pytest

from resnet_core import __main__ as command
from resnet_core import jobs, runs
from resnet_core.commands import probe, train
from resnet_core.experiment.config import Experiment

OLD = next((Path(__file__).parent / "runs" / "old").iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--data", "{there}/nothing"], "There is no folder or archive at"),
        (["--experiment", "{there}/nothing.json"], "is not a JSON file that can be read"),
        (["--experiment", "{there}/broken.json"], "is not a JSON file that can be read"),
        (["--experiment", "{there}/list.json"], "expected an object"),
        (["--steps", "-3"], "steps: expected"),
        (["--seeds", "6"], "seeds: expected 1 to 5"),
        (["--rate", "1000"], "learning_rate: expected"),
        (["--resume", "{there}"], "is not a run that can be read"),
        (["--out", "{there}/broken.json"], "Nothing could be written"),
    ],
)
def test_what_cannot_begin_is_said(own_home, tmp_path, monkeypatch, capsys, arguments, said):
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "list.json").write_text("[]")
    given = [word.format(there=tmp_path) for word in arguments]
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", *given])
    assert command.main() == 2
    assert said in capsys.readouterr().err
    assert runs.every() == []


@pytest.fixture
def done(own_home, tmp_path, monkeypatch) -> Path:
    """Return the folder of a run that is done. No worker starts."""
    monkeypatch.setattr(jobs, "ensure_worker", lambda linger: None)
    return Path(shutil.copytree(OLD, tmp_path / OLD.name))


def test_a_done_run_is_not_continued_and_its_figures_are_printed(done, monkeypatch, capsys):
    before = (done / runs.EVENTS).read_bytes()
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", "--resume", str(done), "--json"])
    assert command.main() == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["steps"]) == ("done", 6)
    assert {name: arm["steps"] for name, arm in told["arms"].items()} == {"residual": 6, "plain": 6}
    assert (done / runs.EVENTS).read_bytes() == before and runs.queue_entries() == []


def test_a_run_is_followed_from_step_to_step_until_it_ends(done, monkeypatch):
    lines = (done / runs.EVENTS).read_text("utf-8").splitlines(keepends=True)
    log = done / runs.EVENTS
    log.write_text("")

    def a_worker_writes(linger: float) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(lines.pop(0) if lines else "")

    monkeypatch.setattr(jobs, "ensure_worker", a_worker_writes)
    monkeypatch.setattr(train, "LOOK_EVERY_S", 0)
    looked = []
    past = train.follow(runs.load(done), quiet=True, seen=lambda past: looked.append(past.step))
    assert past.end and past.step == 6 and lines == []
    assert looked == sorted(looked) and len(set(looked)) >= 6


def test_ctrl_c_asks_the_run_to_stop_and_the_second_time_gives_up(done, monkeypatch):
    (done / runs.EVENTS).write_text("")
    stopped = []

    def interrupted(linger: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "ensure_worker", interrupted)
    monkeypatch.setattr(jobs, "stop", stopped.append)
    with pytest.raises(KeyboardInterrupt):
        train.follow(runs.load(done), quiet=True)
    assert stopped == [done]


def test_a_run_of_two_seeds_is_summed_up_over_both(done, monkeypatch, capsys):
    described = json.loads((done / "run.json").read_text("utf-8"))
    described["experiment"]["seeds"] = 2
    (done / "run.json").write_text(json.dumps(described))
    first, *events = map(json.loads, (done / runs.EVENTS).read_text("utf-8").splitlines())
    log = [{**event, "seed": seed} for seed in (0, 1) for event in (first, *events[:-1])]
    lines = [json.dumps(event) + "\n" for event in (*log, {**events[-1], "seed": 1})]
    (done / runs.EVENTS).write_text("".join(lines))
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", "--resume", str(done)])
    assert command.main() == 0
    assert capsys.readouterr().out.count(" over 2 seeds") == 2
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", "--resume", str(done), "--json"])
    assert command.main() == 0
    told = json.loads(capsys.readouterr().out)["seeds"]
    assert (told["asked"], told["complete"]) == (2, [0, 1])
    assert told["arms"]["plain"]["loss"]["deviation"] == 0


def test_the_table_of_the_probe_has_a_row_for_each_net_and_step(done, monkeypatch, capsys):
    asked: list[Experiment] = []

    def followed(run: runs.Run, **_: object) -> runs.History:
        asked.append(run.experiment)
        events, _ = runs.read_events(done)
        return runs.History().add(e for e in events if e.get("arm") in (None, "residual"))

    monkeypatch.setattr(probe, "follow", followed)
    words = "--depth 8 --width 4 --at 0 2 5 --seeds 2 --dataset synthetic".split()
    monkeypatch.setattr("sys.argv", ["resnet_core", "probe", *words])
    assert command.main() == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert [row.split(" | ")[-1] for row in rows] == ["2 of 2 |", "2 of 2 |", "0 of 2 |"] * 8
    assert {row.count("|") for row in rows if "diverged" not in row} == {head.count("|")}
    nets = {tuple(vars(one.arms["net"]).values()) for one in asked}
    assert (len(asked), len(nets)) == (16, 8)
