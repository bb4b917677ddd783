"""A claim under its question: the record, the paper's word, and the learner's own run."""

import pytest

from resnet_core import runs
from resnet_core.claims import CLAIMS, record
from tests.pages.conftest import texts

NAME, QUESTION = "skips-add-no-parameters", "why-shortcuts"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_record_and_the_papers_word_are_shown_at_once(open_page, language):
    app = open_page("questions", language, q=QUESTION, answer="1")
    made = record("plain-56-trains-worse")
    boxes = [*app.success, *app.warning]
    assert any(f"{made.median:.4g}" in box.value and made.data in box.value for box in boxes)
    assert str(CLAIMS[NAME].paper) in texts(app) or language == "zh"


def test_every_record_that_ships_belongs_to_a_claim_and_is_of_five_seeds():
    for name in CLAIMS:
        made = record(name)
        assert made is not None, (
            f"{name} has no record: python -m resnet_core claims {name} --record"
        )
        assert len(made.seeds) >= 5 and len(made.values) == len(made.seeds)
        assert made.threshold == CLAIMS[name].threshold and made.sense == CLAIMS[name].sense


def start(open_page, monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", "/nonexistent")
    app = open_page("questions", "en", q=QUESTION, answer="1")
    app.button(key=f"claim_start_{NAME}").click().run()
    assert not app.exception
    (run,) = runs.every()
    return app, run


def write(run: runs.Run, parameters: dict[str, int], **end: object) -> None:
    log = runs.Log(run.folder)
    arms = {arm: {"layers": ["head"], "parameters": n} for arm, n in parameters.items()}
    log.write("started", from_step=0, data={"label": "synthetic"}, arms=arms, elapsed_s=0.0)
    for arm, n in parameters.items():
        log.write("built", arm=arm, parameters=n, elapsed_s=1.0)
    for step in range(run.experiment.train.steps):
        for arm in parameters:
            log.write("step", arm=arm, step=step, loss=2.3, accuracy=0.1, elapsed_s=2.0)
    log.write("end", step=run.experiment.train.steps, elapsed_s=3.0, **end)
    log.close()
    runs.leave_queue(run.folder)


def test_the_button_starts_the_claims_own_experiment(open_page, monkeypatch):
    _, run = start(open_page, monkeypatch)
    assert run.experiment.name == NAME and run.experiment.dataset == "synthetic"
    assert runs.queued_place(run.folder) == 1


def test_a_claim_that_holds_here_is_said_to_hold(open_page, monkeypatch):
    app, run = start(open_page, monkeypatch)
    write(run, {"residual": 214546, "plain": 214546}, status="done")
    app.run()
    assert any("hold" in box.value.lower() and "synthetic" in box.value for box in app.success)


def test_a_claim_that_does_not_hold_here_is_said_not_to(open_page, monkeypatch):
    app, run = start(open_page, monkeypatch)
    write(run, {"residual": 214546, "plain": 200000}, status="done")
    app.run()
    assert any("synthetic" in box.value for box in app.warning)


def test_a_run_that_failed_says_why(open_page, monkeypatch):
    app, run = start(open_page, monkeypatch)
    reason = {"key": "nobody.knows", "values": {}, "english": "The disk is full."}
    write(run, {"residual": 1, "plain": 1}, status="failed", reason=reason)
    app.run()
    assert any("disk is full" in box.value for box in app.warning)
