"""The surgery of a living run on its page: what it asks for, what it says, and its link."""

from dataclasses import asdict, replace

import pytest
from filelock import FileLock

from resnet_core import runs
from resnet_core.experiment import link
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.surgery.change import Change
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from tests.pages.conftest import texts
from tests.pages.lab.test_lab import write

TRAIN = TrainConfig(steps=20)
TWINS = Experiment.twins("custom", NetConfig(8, 4), TRAIN, dataset="synthetic")
BLOCK = "stage2_block1"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def living(open_page, own_home):
    """`living(experiment, language)`: the page of a run that trains, and the run."""
    held = []

    def opened(experiment: Experiment = TWINS, language: str = "en"):
        run = runs.create(experiment)
        write(run)
        lock = FileLock(run.folder / runs.LOCK)
        lock.acquire()
        held.append(lock)
        return open_page("lab", language, run=run.id), run

    yield opened
    for lock in held:
        lock.release()


def asked(run: runs.Run) -> Surgery:
    return runs.configured(run.experiment).after([runs.control(run.folder).asked]).surgery


def test_one_block_loses_its_skip_and_itself_and_gets_both_back(living):
    app, run = living()
    app.selectbox(key="lab_surgery_block").set_value(BLOCK).run()
    app.button(key="lab_surgery_skip_out").click().run()
    assert asked(run) == Surgery(skips_out=(BLOCK,))
    app.button(key="lab_surgery_delete").click().run()
    assert asked(run) == Surgery(skips_out=(BLOCK,), deleted=(BLOCK,))
    assert "skip 2.1 out · block 2.1 deleted" in texts(app)
    app.button(key="lab_surgery_skip_in").click().run()
    app.button(key="lab_surgery_restore").click().run()
    assert asked(run) == WHOLE
    assert not app.exception


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "variance of each batch", "no longer depends on its batch"),
        ("zh", "每一批", "不再更新"),
    ],
)
def test_the_page_says_which_statistics_batch_norm_uses(living, language, before, after):
    app, run = living(language=language)
    assert before in texts(app) and after not in texts(app)
    app.toggle(key="lab_surgery_averages").set_value(True).run()
    assert asked(run) == Surgery(averages=True)
    assert after in texts(app) and before not in texts(app)
    app.button(key="lab_surgery_undo").click().run()
    assert asked(run) == WHOLE and not app.toggle(key="lab_surgery_averages").value


@pytest.mark.parametrize(
    ("net", "sentence"),
    [
        (NetConfig(8, 4, shortcut="C"), "This shortcut has weights"),
        (NetConfig(8, 4, skip=False), "These nets have no skips"),
        (NetConfig(8, 4, batch_norm=False), "These nets have no BatchNorm"),
    ],
    ids=["weights", "plain", "norm"],
)
def test_what_cannot_be_done_is_a_sentence(living, net, sentence):
    app, _ = living(replace(TWINS, arms={"net": net}))
    assert sentence in texts(app)
    assert app.button(key="lab_surgery_skip_out").disabled is net.batch_norm
    assert not app.button(key="lab_surgery_delete").disabled


def test_while_all_skips_are_out_single_ones_wait(living):
    app, run = living()
    app.button(key="lab_skips_out").click().run()
    assert asked(run) == Surgery(skips=False)
    assert app.button(key="lab_surgery_skip_out").disabled
    assert "Put those back first" in texts(app)


def test_the_link_of_a_run_carries_its_surgery_and_says_so_where_it_is_opened(
    living, open_page, cifar_sample
):
    app, run = living()
    log = runs.Log(run.folder)
    log.write("control", step=1, changed={"deleted": [BLOCK], "learning_rate": 0.02})
    log.write("control", step=3, changed={"deleted": []})
    log.close()
    app.run()
    assert "block 2.1 deleted (step 1)" in texts(app)
    app.session_state["lab_share"] = True
    app.run()
    address = next(one.value for one in app.code if "experiment=" in one.value)
    carried = address.split("experiment=")[1].split("&")[0]
    assert link.decode(carried).experiment.changes == (
        Change(1, learning_rate=0.02, deleted=(BLOCK,)),
        Change(3, deleted=()),
    )
    opened = open_page("lab", "en", experiment=carried)
    said = "rate 0.02 (step 1) · block 2.1 deleted (step 1) · block 2.1 back (step 3)"
    assert said in texts(opened)
    opened.button(key="lab_start_link").click().run()
    begun = next(one for one in runs.every() if one.id != run.id)
    assert begun.experiment.changes == link.decode(carried).experiment.changes
    app.toggle(key="lab_share_changes").set_value(False).run()
    address = next(one.value for one in app.code if "experiment=" in one.value)
    assert link.decode(address.split("experiment=")[1].split("&")[0]).experiment == run.experiment


def test_surgery_of_an_older_version_reads_as_before(own_home):
    run = runs.create(TWINS)
    (run.folder / runs.CONTROL).write_text('{"want":"run","until":0,"skips":false}', "utf-8")
    assert asked(run) == Surgery(skips=False)
    runs.request(run.folder, **asdict(WHOLE))
    assert asked(run) == WHOLE
