"""The page of a class as nobody, a learner and a teacher have it, in both languages."""

import pytest

from base import folders
from resnet_core import runs
from resnet_core.experiment.presets import PRESETS
from study.bank import loading
from study.classroom import assignments, demonstrations, roll
from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from study.reviews.review import Row
from study.reviews.storage.store import Store
from tests.pages.conftest import texts
from tests.pages.lab.test_lab import write
from ui.class_.live import collecting, screen
from ui.shell.i18n import translate
from ui.shell.visitors import login

ADA, GRACE = Person("p-ada", "Ada *Lovelace*"), Person("p-g", "Grace", True)


@pytest.fixture
def become(monkeypatch):
    """The session is this person's from now on. No process that trains is started."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)

    def becomes(who: Person | None) -> None:
        monkeypatch.setattr(login, "configured", lambda: True)
        monkeypatch.setattr(login, "person", lambda: who)
        monkeypatch.setattr(login, "claims", dict)

    return becomes


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    named = f"sqlite:///{tmp_path / 'class.sqlite'}"
    monkeypatch.setenv("RESIDUAL_DATABASE", named)
    return named


@pytest.fixture
def taught(url):
    """A class with one assignment, which Ada got wrong twice."""
    store = Store(url)
    bank = loading.load()
    choice = next(item for item in bank.items if item.form == "choice")
    body = {"due": "2999-01-01", "items": [choice.id], "experiment": "fast-20"}
    assignments.assign(store, GRACE, title="Week 1", **body)
    roll.join(store.of(ADA.profile), ADA)
    for _ in range(2):
        told = {"rating": 1, "correct": False, "confidence": 0.9, "answer": "x"}
        store.of(ADA.profile).append(Row("review", choice.id, choice.version, told))
    yield store
    store.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_is_asked_to_log_in_and_sees_no_name(open_page, become, taught, language):
    become(None)
    app = open_page("class_", language)
    assert app.title[0].value == translate(language, "class.heading")
    assert translate(language, "access.login") in texts(app)
    assert "Ada" not in texts(app) and "Week 1" not in texts(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_learner_sees_what_is_assigned_and_the_line_that_the_teacher_sees(
    open_page, become, taught, language
):
    become(ADA)
    app = open_page("class_", language)
    shown = texts(app)
    assert "Week 1" in shown and translate(language, "class.done_of", done=1, asked=2) in shown
    (line,) = app.dataframe
    assert line.value.iloc[0, 0] == ADA.name and len(line.value) == 1
    app.button(
        key=next(b.key for b in app.button if b.key.startswith("class_plain_"))
    ).click().run()
    assert taught.of(ADA.profile).rows("prediction")[0].body["choice"] == "plain"
    assert any(b.key.startswith("class_start_") for b in app.button)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_teacher_sees_who_did_what_and_assigns(open_page, become, taught, language):
    become(GRACE)
    app = open_page("class_", language)
    assert app.dataframe[0].value.iloc[0, 0] == ADA.name
    assert translate(language, "class.faults_items") in texts(app)
    assert taught.of(GRACE.profile).rows() == []  # who teaches is not on the roll
    form = app.text_input[0]
    form.input("Week 2")
    submit = next(b for b in app.button if b.label == translate(language, "class.assign_now"))
    submit.click().run()
    assert translate(language, "class.assign_empty") in texts(app)
    assert len(assignments.assignments(taught)) == 1
    app.text_input[0].input("Week 2")
    app.selectbox(key="assign_experiment").select("skips-56")
    submit = next(b for b in app.button if b.label == translate(language, "class.assign_now"))
    submit.click().run()
    assert {one.title for one in assignments.assignments(taught)} == {"Week 1", "Week 2"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_demonstration_is_predicted_started_and_followed(open_page, become, taught, language):
    """The teacher opens it, Ada comes from Home and predicts, and both see the same run."""

    def say(key: str, **values) -> str:
        return translate(language, f"class.{key}", **values)

    become(GRACE)
    teacher = open_page("class_", language)
    teacher.selectbox(key="live_experiment").select("fast-20")
    teacher.button(key="live_open").click().run()
    assert say("live_count", count=0, learners=1) in texts(teacher)
    become(ADA)
    title = translate(language, "preset.fast-20.title")
    assert say("live_asked", title=title) in texts(open_page("home", language))
    learner = open_page("class_", language)
    live = demonstrations.current(taught)
    learner.button(key=f"live_residual_{live.id}").click().run()
    assert say("live_wait") in texts(learner)
    become(GRACE)
    teacher = teacher.run()
    assert say("live_count", count=1, learners=1) in texts(teacher)
    teacher.button(key="live_start").click().run()
    begun = demonstrations.current(taught)
    assert begun.run and begun.counts == {"residual": 1, "plain": 0, "equal": 0}
    assert say("live_said", count=1) in texts(teacher)
    assert any(b.key == "lab_stop" for b in teacher.button)
    become(ADA)
    learner = learner.run()
    assert say("live_said", count=1) in texts(learner)
    assert not any(str(b.key).startswith(("lab_", "live_")) for b in learner.button)
    assert say("live_now", title=title) in texts(open_page("home", language))
    run = runs.load(folders.of_class() / "runs" / begun.run)
    runs.leave_queue(run.folder)
    write(run, end={"status": "done", "reason": None})  # both arms lose the same
    learner = learner.run()
    assert say("live_right", right=0, count=1) in texts(learner)
    assert len(learner.get("vega_lite_chart")) == 3  # what was predicted, loss, gradient flow
    assert any("70%" in warning.value for warning in learner.warning)  # hers did not come true
    become(GRACE)
    teacher.run().button(key="live_end").click().run()
    assert demonstrations.current(taught) is None
    become(ADA)
    assert say("live") not in texts(learner.run())


def test_a_replica_without_the_folder_of_the_class_says_what_it_lacks(open_page, become, taught):
    demonstrations.begin(taught, GRACE, "fast-20")
    shown = demonstrations.current(taught)
    demonstrations.start(taught, GRACE, shown, "elsewhere", {"plain": 2})
    become(ADA)
    shown = texts(open_page("class_"))
    assert translate("en", "class.live_elsewhere") in shown
    assert translate("en", "class.live_said", count=2) in shown


def test_the_run_of_a_demonstration_that_ends_early_is_stopped(open_page, become, taught):
    demonstrations.begin(taught, GRACE, "fast-20")
    shown = demonstrations.current(taught)
    run = runs.create(PRESETS["fast-20"], owner=runs.OF_CLASS, root=folders.of_class() / "runs")
    runs.enter_queue(run.folder)
    demonstrations.start(taught, GRACE, shown, run.id, {})
    become(ADA)
    with pytest.raises(NotAllowed):
        screen.end(ADA, demonstrations.current(taught), run)
    assert runs.status(run.folder).name == "queued"
    become(GRACE)
    open_page("class_").button(key="live_end").click().run()
    assert demonstrations.current(taught) is None
    assert runs.status(run.folder).name == "stopped"


def test_two_tabs_of_a_teacher_start_one_run(open_page, become, taught):
    become(GRACE)
    demonstrations.begin(taught, GRACE, "fast-20")
    shown = demonstrations.current(taught)
    for _ in range(2):
        collecting.start(GRACE, shown, "synthetic")
    assert len(runs.queue_entries()) == 1
    with pytest.raises(NotAllowed):
        collecting.start(ADA, demonstrations.current(taught), "synthetic")


def test_a_prediction_that_comes_after_the_start_is_refused_with_a_sentence(
    open_page, become, taught
):
    demonstrations.begin(taught, GRACE, "fast-20")
    shown = demonstrations.current(taught)
    become(ADA)
    app = open_page("class_")
    demonstrations.end(taught, GRACE, shown)
    demonstrations.begin(taught, GRACE, "fast-20")
    app.button(key=f"live_plain_{shown.id}").click().run()
    assert translate("en", "class.live_begun") in texts(app)
    assert taught.of(ADA.profile).rows("prediction") == []


def test_alone_on_a_laptop_there_is_no_such_page_in_the_menu(open_page):
    app = open_page("home")
    assert translate("en", "page.class_") not in [link.label for link in app.get("page_link")]


def test_the_lab_keeps_an_assigned_experiment_locked(open_page, become, taught):
    become(ADA)
    app = open_page("lab", preset="fast-20")
    app.button(key="lab_start_fast-20").click().run()
    assert any("Week 1" in error.value for error in app.error)
