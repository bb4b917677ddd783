"""Charts: frames that stand still, and pictures that say what they show."""

import io

import pandas as pd
import pytest
from PIL import Image

from resnet_core.runs import History
from ui.charts import download, palette
from ui.charts.layers import flow, heatmap
from ui.charts.training import curves, schedule
from ui.lab.watch.chart_data import Picture

ARMS = ["residual", "plain"]
LABEL = "CIFAR-10 (JPEG)"
GUESS = 2.303


@pytest.mark.parametrize(
    ("now", "steps", "end"), [(0, 120, 120), (119, 120, 120), (10, 900, 200), (201, 900, 400)]
)
def test_the_step_axis_moves_in_large_steps_and_never_beyond_the_run(now, steps, end):
    assert curves.reach(now, steps) == end


def test_the_loss_axis_begins_a_notch_below_the_lowest_loss():
    frame = pd.DataFrame({"step": [0, 1], "residual": [2.4, 1.71], "plain": [2.3, None]})
    assert curves.loss_scale(frame, ARMS, GUESS) == curves.Scale(1.5, 2.5)
    assert curves.loss_scale(frame.assign(plain=9.6), ARMS, GUESS) == curves.Scale(1.5, 10.0)
    assert curves.loss_scale(frame[:0], ARMS, GUESS) == curves.Scale(0.0, 2.5)


def test_losses_far_apart_are_drawn_on_a_log_scale_that_shows_them_all():
    frame = pd.DataFrame({"step": [0, 1], "residual": [2.4, 0.3], "plain": [882.0, None]})
    assert curves.loss_scale(frame, ARMS, GUESS) == curves.Scale(0.1, 1000.0, log=True)


def test_the_smoothed_line_is_the_mean_of_the_last_ten_steps():
    frame = pd.DataFrame({"step": range(30), "plain": [float(k) for k in range(30)]})
    drawn = curves.drawn(frame, {"plain": "plain"})
    assert drawn["plain" + curves.SMOOTH].iloc[-1] == 24.5
    assert list(drawn["plain"]) == list(frame["plain"])


@pytest.mark.parametrize("arms", [["plain"], ["plain", "residual"], ["he", "plain", "residual"]])
def test_the_plain_net_and_the_residual_net_have_their_own_colour_on_every_chart(arms):
    names = {arm: arm for arm in arms}
    scale = palette.scale(names)
    by_arm = dict(zip(scale["domain"], scale["range"], strict=True))
    assert by_arm["plain"] == palette.COLOURS[1]
    assert by_arm.get("residual", palette.COLOURS[0]) == palette.COLOURS[0]
    assert len(set(scale["range"])) == len(arms)


def test_a_log_scale_holds_all_values_and_only_whole_even_powers():
    assert flow.powers([]) == flow.LEAST
    assert flow.powers([0.0, None, 1.0]) == flow.LEAST
    assert flow.powers([3e-10, 5e3]) == (-10, 4)
    assert flow.powers([1e-30, 1e30]) == (-12, 8)


def history() -> History:
    started = {"kind": "started", "from_step": 0}
    flows = [
        {"kind": "flow", "arm": arm, "step": step, "weight_gradient": [1e-3, None, 10.0]}
        for step in range(3)
        for arm in ARMS
    ]
    return History().add([started, *flows])


def test_the_heat_map_is_one_row_a_cell_for_people():
    past = history()
    ends = heatmap.domain(past, "weight_gradient")
    frames = {arm: heatmap.table(past, arm, "weight_gradient", ends) for arm in ARMS}
    cells = heatmap.rows(frames)
    assert list(cells.columns) == ["arm", "layer", "step", "log10"]
    assert len(cells) == 2 * 3 * 3 and set(cells["layer"]) == {1, 2, 3}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_names_its_data_its_step_and_the_arms(language):
    words = Picture("flow", ARMS, LABEL, "chart.weight_gradient", "layer", 7).words(language)
    assert LABEL in words.title and "7" in words.title and "dL/dW" in words.title
    assert words.arms["plain"] == {"zh": "普通网络", "en": "plain"}[language]


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pictures_are_drawn_without_a_missing_glyph(language):
    if not download.can_write(language):
        pytest.skip("no font of this machine has Chinese: install fonts-wqy-microhei")
    frame = pd.DataFrame({"layer": [1, 2, 3], "residual": [1e-3, 0, 1], "plain": [1, 1e9, None]})
    flows = Picture("flow", ARMS, LABEL, "chart.weight_gradient", "layer", 0)
    lines = download.lines_png(frame, "layer", (1e-4, 1e2), True, flows.words(language))
    past = history()
    frames = {arm: heatmap.table(past, arm, "weight_gradient", (-4, 2)) for arm in ARMS}
    heat = Picture("heat", ARMS, LABEL, "chart.weight_gradient", "step")
    cells = download.heat_png(heatmap.rows(frames), (-4, 2), heat.words(language))
    assert min(size(lines)) > 500 and min(size(cells)) > 500


def test_without_a_chinese_font_pictures_are_english(monkeypatch):
    monkeypatch.setattr(download, "_chinese_font", lambda: None)
    assert not download.can_write("zh") and download.can_write("en")


def test_arms_with_other_layers_are_aligned_by_name_with_gaps_where_they_lack_one():
    layers = {
        "one": ["stem", "a1", "a2", "head"],
        "other": ["stem", "a1", "p1", "a2", "p2", "head"],
    }
    frame = flow.table(
        layers, {"one": [1.0, 2.0, 3.0, 4.0], "other": [1.0, 5.0, 6.0, 7.0, 8.0, 9.0]}
    )
    assert frame["name"].tolist() == ["stem", "a1", "p1", "a2", "p2", "head"]
    assert frame["one"].dropna().tolist() == [1.0, 2.0, 3.0, 4.0]
    assert frame.loc[frame["name"] == "a2", ["one", "other"]].to_numpy().tolist() == [[3.0, 7.0]]


def test_layers_that_neither_net_shares_keep_their_own_order():
    assert flow.aligned([["a", "x", "b"], ["a", "y", "z", "b"]]) == ["a", "x", "y", "z", "b"]


@pytest.mark.parametrize("steps", [1, 2, 700])
def test_a_schedule_is_drawn_from_its_first_step_to_its_last(steps):
    frame = schedule.table(lambda step: 1.0 / (step + 1), steps)
    assert frame["step"].iloc[0] == 0 and frame["step"].iloc[-1] == steps - 1
    assert len(frame) <= 2 * schedule.POINTS
    assert frame["rate"].iloc[-1] == 1.0 / steps
