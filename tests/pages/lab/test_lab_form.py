"""The form of an experiment of one's own: what it starts, explains, draws and refuses."""

import pytest

from base import folders
from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.net import ORDERS, SHORTCUTS
from resnet_core.experiment.presets import PRESETS
from tests.pages.conftest import texts


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Nothing is trained here."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def form(open_page, own_home, monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    return open_page("lab", "en")


def set_to(app, **values):
    """Set widgets by key, all before the page runs again."""
    for key, value in values.items():
        app.session_state[f"lab_{key}"] = value
    app.run()
    assert not app.exception, app.exception[0].message


def started(app) -> Experiment:
    app.button(key="lab_start_own").click().run()
    (run,) = runs.every()
    return run.experiment


def test_untouched_it_starts_the_twins_as_before(form):
    found = started(form)
    net = NetConfig(20, 8)
    assert found.arms == {"residual": net, "plain": NetConfig(20, 8, skip=False)}
    assert found.train == TrainConfig(
        steps=100, batch=64, learning_rate=0.05, augment=False, schedule="constant"
    )


def test_the_worker_hears_what_is_chosen_before_it_is_started(form):
    folders.home().mkdir(parents=True, exist_ok=True)
    set_to(form, kernel=5)
    chosen = jobs.chosen_next()
    assert chosen is not None and chosen == started(form)


def test_every_toggle_reaches_the_experiment(form):
    set_to(
        form,
        shortcut="scaled", order="pre", block="bottleneck", kernel=5, activation="gelu",
        separable=True, squeeze=True, optimizer="adamw", momentum=0.8, clip_norm=1.0,
        precision="bfloat16", schedule="step", warmup=3, weight_decay=0.01, decay_norms=True,
        label_smoothing=0.1, augment=True,
    )  # fmt: skip
    set_to(form, falls=[50, 90])
    found = started(form)
    assert found.arms["plain"] == NetConfig(
        20, 8, skip=False, shortcut="scaled", order="pre", block="bottleneck", kernel=5,
        activation="gelu", separable=True, squeeze=True,
    )  # fmt: skip
    assert found.train == TrainConfig(
        steps=100, batch=64, learning_rate=0.05, optimizer="adamw", momentum=0.8, clip_norm=1.0,
        precision="bfloat16", schedule="step", decay_at=(50, 90), warmup=3, weight_decay=0.01,
        decay_norms=True, label_smoothing=0.1, augment=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dial", "chosen", "arms"),
    [
        ("order", ["post", "pre"], ["order-post", "order-pre"]),
        ("shortcut", ["A", "1x1", "dropout"], ["option-A", "shortcut-dropout", "shortcut-1x1"]),
        ("start", ["standard", "zero-gamma"], ["start-standard", "start-zero-gamma"]),
        ("squeeze", None, ["squeeze-off", "squeeze-on"]),
        ("block", None, ["block-basic", "block-bottleneck"]),
        ("none", None, ["residual"]),
    ],
)
def test_the_arms_differ_in_what_is_compared_and_in_nothing_else(form, dial, chosen, arms):
    set_to(form, dial=dial)
    if chosen:
        set_to(form, **{f"arms_{dial}": chosen})
    found = started(form)
    assert list(found.arms) == arms
    first, *others = found.arms.values()
    for other in others:
        assert [f for f in vars(first) if vars(first)[f] != vars(other)[f]] == [dial]


def test_one_value_is_no_comparison(form):
    set_to(form, dial="order")
    set_to(form, arms_order=["pre"])
    assert "Choose at least two values" in texts(form)
    assert "lab_start_own" not in [button.key for button in form.button]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_combination_without_sense_is_explained_and_not_started(
    open_page, own_home, monkeypatch, language
):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    app = open_page("lab", language)
    set_to(app, start="zero-gamma")
    told = "普通网络不能让分支从零开始" if language == "zh" else "A plain net cannot start"
    assert told in texts(app)
    assert "lab_start_own" not in [button.key for button in app.button]
    set_to(app, dial="none")
    assert told not in texts(app)
    assert "lab_start_own" in [button.key for button in app.button]


def test_the_schedule_is_drawn_before_the_run_and_the_augmentation_on_images(form):
    # Beside it are the recorded curves of the presets.
    assert len(form.get("vega_lite_chart")) == 1 + len(PRESETS) and not form.get("image")
    set_to(form, augment=True, schedule="one-cycle")
    assert len(form.get("image")) == 1
    assert "lab_warmup" not in [one.key for one in form.number_input]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_variant_has_a_name_and_a_line_in_both_languages(open_page, own_home, language):
    app = open_page("lab", language)
    for field, names in (("shortcut", SHORTCUTS), ("order", ORDERS)):
        for name in names:
            set_to(app, **{field: name})
            assert f"toggle.{field}" not in texts(app)


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ("pre-activation", "post-activation", "SkipInit", "AdamW, β1",
                "cosine", "clipped to 1", "smoothing 0.1", "biases decay", "Squeeze", "GELU")),
        ("zh", ("预激活", "后激活", "SkipInit", "AdamW", "余弦", "裁剪到 1", "标签平滑 0.1",
                "GELU")),
    ],
)  # fmt: skip
def test_the_heading_of_a_run_names_every_toggle_that_was_changed(
    open_page, own_home, language, facts
):
    net = {"start": "skipinit", "squeeze": True, "activation": "gelu"}
    arms = {f"order-{name}": NetConfig(8, 4, order=name, **net) for name in ("post", "pre")}
    train = TrainConfig(
        optimizer="adamw", schedule="cosine", clip_norm=1, label_smoothing=0.1, decay_norms=True
    )
    made = runs.create(Experiment("custom", arms, train))
    shown = texts(open_page("lab", language, run=made.id))
    for fact in facts:
        assert fact in shown
    usual = runs.create(Experiment.twins("custom", NetConfig(8, 4)))
    shown = texts(open_page("lab", language, run=usual.id))
    assert not any(fact in shown for fact in facts)


def test_nets_whose_shortcuts_are_compared_have_skips(form):
    set_to(form, skip=False, dial="none")
    set_to(form, dial="shortcut")
    assert "lab_skip" not in [one.key for one in form.toggle]
    assert all(net.skip for net in started(form).arms.values())
