"""Runs as a library: names and tags, search, comparison, the bin, and the room they take."""

from dataclasses import replace

import pytest
from filelock import FileLock

from base import folders
from base.catalogue import catalogue
from resnet_core import library, runs
from resnet_core.claims import CLAIMS
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import PRESETS
from resnet_core.library import Label

FAST = PRESETS["fast-20"]


@pytest.fixture
def root(own_home):
    return folders.runs()


def test_a_run_keeps_its_two_words_and_loses_them_to_a_name_of_one_s_own(root):
    run = runs.create(FAST)
    given = library.called(run.id, library.label_of(run.folder), "en")
    assert given == library.called(run.id, Label(), "en")
    quality, animal = given.split()
    assert animal in catalogue("en")["library.animals"].split()
    assert library.called(run.id, Label(), "zh") != given
    library.write_label(run.folder, Label("Wednesday's baseline", ("thesis",)))
    kept = library.label_of(run.folder)
    assert library.called(run.id, kept, "en") == "Wednesday's baseline"
    assert kept.tags == ("thesis",)
    assert runs.load(run.folder) == run  # the run's own files are as they were


@pytest.mark.parametrize("damage", [b"", b"[1]", b'{"name": 5}', b'{"tags": "x"}', b"[" * 9000])
def test_a_damaged_label_is_no_label(root, damage):
    run = runs.create(FAST)
    (run.folder / "label.json").write_bytes(damage)
    assert library.label_of(run.folder) == Label()


def test_a_label_has_bounds():
    with pytest.raises(library.LabelError):
        Label("x" * 61)
    with pytest.raises(library.LabelError):
        Label(tags=tuple(map(str, range(9))))
    with pytest.raises(library.LabelError):
        Label(tags=("x" * 25,))


def test_tags_are_read_however_they_are_separated():
    assert library.tags_of(" a,b ，c、 d  e ,, a") == ("a", "b", "c", "d e")


def test_runs_are_told_apart_by_what_they_are_for(root):
    claim = next(name for name, one in CLAIMS.items() if one.experiments)
    for experiment in (
        FAST,
        replace(FAST, name=claim),
        replace(FAST, name="why", train=TrainConfig(steps=0)),
    ):
        runs.create(experiment)
    kinds = {one.run.experiment.name: one.kind for one in library.entries(root)}
    assert kinds == {"fast-20": "own", claim: "claim", "why": "measured"}
    assert [one.kind for one in library.found(library.entries(root), kind="claim")] == ["claim"]


def test_search_finds_by_name_tag_title_in_both_languages_and_facts(root):
    first, second = runs.create(FAST), runs.create(PRESETS["no-bn-56"])
    library.write_label(first.folder, Label("My Baseline", ("thesis",)))
    shelf = library.entries(root)

    def ids(text: str = "", tag: str = "") -> list[str]:
        return [one.run.id for one in library.found(shelf, text, tag)]

    assert ids("BASELINE") == ids("thesis") == ids("", "thesis") == [first.id]
    assert ids("no-bn") == ids(library.called(second.id, Label(), "zh")) == [second.id]
    title = catalogue("zh")["preset.fast-20.title"].split("：")[0]
    assert ids(title) == [first.id]
    assert ids("56 plain") == [second.id] and ids("nothing-like-it") == []
    assert len(ids()) == 2


def test_a_thrown_run_comes_back_whole_and_is_gone_when_the_bin_is_emptied(root):
    run = runs.create(FAST)
    library.write_label(run.folder, Label("kept"))
    library.throw(run.folder)
    assert library.entries(root) == [] and [one.id for one in library.thrown(root)] == [run.id]
    library.restore(run.id, root)
    assert library.entries(root)[0].label.name == "kept" and library.thrown(root) == []
    library.throw(run.folder)
    library.empty(root)
    assert library.thrown(root) == [] and not library.bin_of(root).exists()
    library.empty(root)  # an empty bin can be emptied


def test_a_run_in_use_is_not_thrown_away(root):
    run = runs.create(FAST)
    with FileLock(run.folder / runs.LOCK), pytest.raises(runs.RunError):
        library.throw(run.folder)
    runs.enter_queue(run.folder)
    with pytest.raises(runs.RunError):
        library.throw(run.folder)
    assert library.entries(root)


def test_restoring_does_not_overwrite_nor_leave_the_bin(root):
    run = runs.create(FAST)
    library.throw(run.folder)
    run.folder.mkdir()
    with pytest.raises(runs.RunError) as caught:
        library.restore(run.id, root)
    assert caught.value.message.key == "library.there_already"
    library.restore("../../outside", root)  # no such run: nothing happens
    assert len(library.thrown(root)) == 1


def test_differences_name_the_settings_that_differ_and_nothing_else():
    net = NetConfig(depth=20, width=8)
    first = Experiment.twins("a", net, TrainConfig(steps=10))
    second = Experiment.twins("b", replace(net, width=16), TrainConfig(steps=10), seed=3)
    alone = Experiment("c", {"residual": net}, TrainConfig(steps=10))
    rows = {row.setting: row.values for row in library.differences([first, second])}
    assert rows == {"width": ({"": 8}, {"": 16}), "seed": ({"": 0}, {"": 3})}
    rows = {row.setting: row.values for row in library.differences([first, alone])}
    assert rows["skip"] == ({"residual": True, "plain": False}, {"": True})
    assert set(rows) == {"arms", "skip"}
    assert library.differences([first, replace(first, name="other")]) == []


def test_every_setting_has_its_words():
    experiment = Experiment("a", {"x": NetConfig()})
    other = Experiment(
        "b",
        {"y": NetConfig(20 + 6, 8, False, "B", False, "glorot", 10, "pre", squeeze=True)},
        TrainConfig(99, 9, 0.5, 0.5, 0.5, 1, (2,), False, "bfloat16", 2, 3, 4, 5, "adamw"),
        seed=9,
    )
    for row in library.differences([experiment, other]):
        for language in ("en", "zh"):
            assert f"setting.{row.setting}" in catalogue(language)


def test_the_room_that_runs_take_is_counted_in_bytes(root):
    run, other = runs.create(FAST), runs.create(FAST)
    (run.folder / "weights").write_bytes(b"x" * 5000)
    before = library.usage(root)
    assert before.runs >= 5000 and before.thrown == 0 and before.free
    library.throw(run.folder)
    after = library.usage(root)
    assert after.thrown >= 5000 and after.runs + after.thrown == before.runs
    assert other.folder.exists()
