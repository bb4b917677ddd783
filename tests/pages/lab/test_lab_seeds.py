"""Several seeds in the lab: in the address, in the heading, in the numbers and in the words."""

from dataclasses import replace

import pytest

from resnet_core import runs
from resnet_core.experiment.config import QUANTITIES
from resnet_core.experiment.presets import PRESETS
from tests.pages.conftest import texts

LAYERS = ["stem_conv", "stage1_block1_conv1", "head"]
STEPS = 12
FAST = PRESETS["fast-20"]
EXPERIMENT = replace(FAST, train=replace(FAST.train, steps=STEPS), seed=7, seeds=3)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Nothing is trained here."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


def write(
    run: runs.Run, complete: int, *, further: int = 0, end: str | None = None, gone: int = -1
) -> None:
    """The log of `complete` whole seeds, and of `further` steps of the next, as a worker writes.

    The seed at the place `gone` diverges at step 5.
    """
    log = runs.Log(run.folder)
    arms = {arm: {"layers": LAYERS, "parameters": 10} for arm in ("residual", "plain")}
    data = {"label": "synthetic", "class_names": ["a", "b"]}
    begun = complete + (further > 0)
    for place, seed in enumerate(run.experiment.every_seed[:begun]):
        of_seed = {"seed": seed, "elapsed_s": 100.0 * place}
        log.write("started", from_step=0, arms=arms, data=data, **of_seed)
        log.write("state", state="running", step=0, **of_seed)
        for step in range(6 if place == gone else STEPS if place < complete else further):
            for arm, more in (("residual", 0.0), ("plain", 0.5)):
                facts = {"arm": arm, "step": step, "seed": seed, "elapsed_s": 100.0 * place + step}
                loss = 1.5 + place / 10 + more if (place, step) != (gone, 5) else None
                log.write("step", loss=loss, accuracy=0.4, learning_rate=0.05, **facts)
                log.write("flow", **facts, **{name: [0.1, 0.2, 0.3] for name in QUANTITIES})
        if place == gone:
            log.write("state", state=runs.SEED_DIVERGED, step=5, arm="plain", **of_seed)
        elif place < complete:
            for arm in ("residual", "plain"):
                found = {"accuracy": 0.3 + place / 50, "loss": 2.0, "images": 500}
                log.write("eval", arm=arm, step=STEPS, **of_seed, **found)
    if end:
        log.write("end", status=end, step=STEPS, elapsed_s=300.0)
    log.close()


def drawn(open_page, language: str, run: runs.Run) -> str:
    app = open_page("lab", language, run=run.id)
    assert not app.exception
    return texts(app)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Fast: depth 20 · 3 seeds", "seeds 7 to 9", "1.60 ± 0.10 over 3 seeds",
             "32.0 % ± 2.0 points over 3 seeds", "apart in 3 of 3 complete seeds",
             "mean over 3 complete seeds", "Shown is seed 9."],
        ),
        (
            "zh",
            ["3 个种子", "种子 7 到 9", "训练损失 1.60 ± 0.10", "3 个种子里有 3 个分开了",
             "3 个跑完的种子的均值", "图中是种子 9。"],
        ),
    ],
)  # fmt: skip
def test_a_run_of_three_seeds_says_their_number_and_spread(open_page, own_home, language, said):
    run = runs.create(EXPERIMENT)
    write(run, 3, end="done")
    page = drawn(open_page, language, run)
    assert [words for words in said if words not in page] == []


def test_while_a_later_seed_trains_the_mean_is_that_of_the_complete_ones(open_page, own_home):
    run = runs.create(EXPERIMENT)
    write(run, 2, further=4)
    page = drawn(open_page, "en", run)
    assert "Seed 3 of 3 · " in page and "The last step completed was 4" in page
    assert "Thin: seed 9, which is not complete." in page
    assert "1.55 ± 0.07 over 2 seeds" in page


def test_a_run_between_two_seeds_shows_the_one_before(open_page, own_home):
    run = runs.create(EXPERIMENT)
    write(run, 1)
    log = runs.Log(run.folder)
    log.write("started", from_step=0, seed=8, arms={}, data={"label": "synthetic"})
    log.close()
    page = drawn(open_page, "en", run)
    assert "a band needs two" in page and "Gradient flow" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["2 complete seeds of 3", "✕ Seed 8 diverged at step 5", "Done: 30 steps"]),
        ("zh", ["2 个跑完的种子的均值（共 3 个", "✕ 种子 8 在第 5 步发散", "完成：30 步"]),
    ],
)
def test_a_seed_that_diverged_is_marked_and_the_mean_is_that_of_the_others(
    open_page, own_home, language, said
):
    run = runs.create(EXPERIMENT)
    write(run, 3, end="done", gone=1)
    app = open_page("lab", language, run=run.id)
    (bar,) = app.get("progress")
    page = texts(app) + bar.proto.text
    assert [words for words in said if words not in page] == []
    assert "1.60 ± 0.14" in page and bar.proto.value == 100
    choice = app.segmented_control(key="lab_seed_shown")
    assert choice.options[1:] == ["7", "8 ✕", "9"]


def test_the_seed_whose_net_is_shown_can_be_chosen(open_page, own_home):
    run = runs.create(EXPERIMENT)
    write(run, 3, end="done")
    app = open_page("lab", "en", run=run.id)
    app.segmented_control(key="lab_seed_shown").set_value(7).run()
    assert not app.exception and "Shown is seed 7." in texts(app)
    app.segmented_control(key="lab_tab").set_value("classes").run()
    assert "Shown is seed 7." in texts(app)
    app.segmented_control(key="lab_seed_shown").set_value("newest").run()
    assert "Shown is seed 9." in texts(app)


def test_why_measures_the_weights_that_the_chosen_seed_kept(open_page, own_home):
    run = runs.create(EXPERIMENT)
    write(run, 3, end="done")
    kept = run.folder / runs.CHECKPOINTS
    kept.mkdir()
    for name in ("seed-7-step-00000012.npz", "step-00000012.npz"):
        (kept / name).write_bytes(b"")
    app = open_page("lab", "en", run=run.id)
    app.segmented_control(key="lab_tab").set_value("why").run()
    app.segmented_control(key="lab_seed_shown").set_value(7).run()
    app.button(key="lab_why").click().run()
    (started,) = [one for one in runs.every() if one.id != run.id]
    assert (started.experiment.weights, started.experiment.seed) == (run.id, 7)
    app = open_page("lab", "en", run=run.id)
    app.segmented_control(key="lab_tab").set_value("why").run()
    app.segmented_control(key="lab_seed_shown").set_value(8).run()
    assert len(app.segmented_control(key="lab_why_of").options) == 2, "seed 8 kept no weights"


def test_one_seed_has_no_choice_of_seeds(open_page, own_home):
    run = runs.create(replace(EXPERIMENT, seeds=1))
    write(run, 1, end="done")
    app = open_page("lab", "en", run=run.id)
    assert "lab_seed_shown" not in [one.key for one in app.segmented_control]


def test_the_number_of_seeds_is_part_of_the_address_and_of_what_starts(open_page, own_home):
    app = open_page("lab", "en", seeds="3")
    assert "3 × 120 steps" in texts(app)
    app.button(key="lab_start_skips-56").click().run()
    (run,) = runs.every()
    assert run.experiment == replace(PRESETS["skips-56"], dataset=run.experiment.dataset, seeds=3)
    assert "1 × " not in texts(open_page("lab", "en", seeds="many"))
