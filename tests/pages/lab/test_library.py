"""The library of runs, as the lab shows it."""

import json
from dataclasses import replace

import pytest

from base import folders
from resnet_core import library, runs
from resnet_core.claims import CLAIMS
from resnet_core.experiment.presets import PRESETS
from resnet_core.library import Label
from tests.pages.conftest import texts

FAST = PRESETS["fast-20"]


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


def trained(called: str, tags: tuple[str, ...] = (), **changes: object) -> runs.Run:
    """A run of three steps, done, with a name."""
    run = runs.create(replace(FAST, **changes))
    log = runs.Log(run.folder)
    arms = {arm: {"layers": []} for arm in run.experiment.arms}
    data = {"label": "CIFAR-10 (JPEG)"}
    log.write("started", from_step=0, elapsed_s=0.0, arms=arms, data=data)
    for step in range(3):
        for arm in arms:
            values = {"loss": 2.3 - step / 10, "accuracy": 0.1, "learning_rate": 0.05}
            log.write("step", arm=arm, step=step, elapsed_s=1.0, **values)
    log.write_end(status="done", step=3, elapsed_s=1.0)
    log.close()
    library.write_label(run.folder, Label(called, tags))
    return run


def named(app) -> list[str]:
    """The runs that the page shows, by their links."""
    return [link.proto.label for link in app.get("page_link") if "**" in link.proto.label]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shelf_names_every_run_and_the_room_they_take(open_page, own_home, language):
    trained("First"), trained("Second", ("thesis",))
    app = open_page("lab", language, shelf="all")
    assert sorted(named(app)) == ["**First**", "**Second**"]
    shown = texts(app)
    assert "kB" in shown and "thesis" in shown
    assert len([b for b in app.button if b.key and b.key.startswith("library_throw_")]) == 2


def test_search_stands_in_the_address_and_finds_by_tag_and_kind(open_page, own_home):
    claim = next(name for name, one in CLAIMS.items() if one.experiments)
    trained("Mine", ("thesis",)), trained("Theirs", name=claim)
    assert named(open_page("lab", "en", shelf="all", find="MINE")) == ["**Mine**"]
    assert named(open_page("lab", "en", shelf="all", kind="claim")) == ["**Theirs**"]
    assert named(open_page("lab", "en", shelf="all", tag="thesis")) == ["**Mine**"]
    app = open_page("lab", "en", shelf="all")
    app.text_input(key="library_find").set_value("theirs").run()
    assert named(app) == ["**Theirs**"] and app.query_params["find"] == "theirs"
    app.text_input(key="library_find").set_value("nobody").run()
    assert named(app) == [] and "No run matches" in app.info[0].value


def test_the_lab_lists_own_experiments_by_name_and_leaves_claims_to_the_library(
    open_page, own_home, cifar_sample
):
    claim = next(name for name, one in CLAIMS.items() if one.experiments)
    trained("Mine"), trained("Theirs", name=claim)
    (shown,) = [name for name in named(open_page("lab", "en")) if "**" in name]
    assert shown.startswith("**Mine**")


def test_a_run_gets_a_name_and_tags(open_page, own_home):
    run = trained("")
    app = open_page("lab", "en", shelf="all")
    app.session_state[f"library_edit_{run.id}"] = True
    app.run()
    app.text_input(key=f"library_name_{run.id}").set_value("**Bold** baseline")
    app.text_input(key=f"library_tags_{run.id}").set_value("a, b]c")
    app.button[[b.label for b in app.button].index("Save")].click().run()
    assert not app.exception
    assert library.label_of(run.folder) == Label("**Bold** baseline", ("a", "b]c"))
    assert "` **Bold** baseline `" in named(app)[0]  # as text, not as Markdown


def test_a_deleted_run_is_in_the_bin_and_comes_back(open_page, own_home):
    run = trained("Mine")
    app = open_page("lab", "en", shelf="all")
    app.button(key=f"library_throw_{run.id}").click().run()
    assert not app.exception and named(app) == []
    app = open_page("lab", "en", shelf="bin")
    assert "Mine" in texts(app)
    app.button(key=f"library_restore_{run.id}").click().run()
    assert [one.run.id for one in library.entries(folders.runs())] == [run.id]
    library.throw(run.folder)
    app = open_page("lab", "en", shelf="bin")
    app.button(key="library_empty").click().run()
    assert not app.exception and "empty" in app.info[0].value
    assert library.entries(folders.runs()) == library.thrown(folders.runs()) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_compared_runs_show_their_differences_before_their_curves(open_page, own_home, language):
    first, second = trained("One"), trained("One", seed=7)
    app = open_page("lab", language, compare=f"{first.id},{second.id},{first.id}")
    table = app.dataframe[0].value
    assert table.iloc[:, 1:].values.tolist() == [["0", "7"]]
    assert list(table.columns)[1:] == ["One 1", "One 2"]
    (chart,) = app.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    assert spec["layer"][1]["encoding"]["color"]["scale"]["domain"] == ["One 1", "One 2"]
    assert "CIFAR-10 (JPEG)" in texts(app)


def test_a_comparison_says_which_run_had_surgery_and_when(open_page, own_home):
    first, second = trained("One"), trained("Two")
    log = runs.Log(second.folder)
    log.write("control", step=0, changed={"deleted": ["stage1_block1"], "learning_rate": 0.02})
    log.close()
    app = open_page("lab", "en", compare=f"{first.id},{second.id}")
    assert app.dataframe[0].value.values.tolist() == [
        ["Changed while it ran", "–", "rate 0.02 (step 0) · block 1.1 deleted (step 0)"]
    ]


@pytest.mark.parametrize("asked", ["nobody,noone", "../..,..", "x", ","])
def test_a_link_to_runs_that_are_not_here_is_a_sentence(open_page, own_home, asked):
    app = open_page("lab", "en", compare=asked)
    assert "nothing to compare" in app.warning[0].value


def test_no_run_yet_is_a_sentence(open_page, own_home):
    assert "no run yet" in open_page("lab", "en", shelf="all").info[0].value
    assert "empty" in open_page("lab", "en", shelf="bin").info[0].value


def test_an_exported_run_is_imported_and_a_foreign_file_refused(open_page, own_home):
    data = library.pack(trained("Given away"))

    def imported(name: str, content: bytes):
        app = open_page("lab", "en", shelf="all")
        app.session_state["library_import"] = True
        app.run()
        app.get("file_uploader")[0].upload(name, content, "application/zip").run()
        app.button(key="library_import_do").click().run()
        assert not app.exception
        return app

    assert "Imported as Given away" in imported("run.zip", data).success[0].value
    assert [entry.label.imported for entry in library.entries(folders.runs())].count(True) == 1
    assert "not a zip file" in imported("run.zip", b"hello").error[0].value
    assert len(library.entries(folders.runs())) == 2
