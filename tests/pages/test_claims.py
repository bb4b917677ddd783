"""Claims: the receipt under a question, the learner's own run, and the page of them all."""

import re

import pytest
from filelock import FileLock

from resnet_core import runs
from resnet_core.claims import CLAIMS, record
from resnet_core.claims.record import note_of
from resnet_core.claims.shown import number
from tests.pages.conftest import texts

NAME, QUESTION = "skips-add-no-parameters", "why-shortcuts"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_receipt_is_shown_at_once(open_page, language):
    shown = texts(open_page("questions", language, q=QUESTION, answer="1"))
    made, claim = record("plain-56-trains-worse"), CLAIMS["plain-56-trains-worse"]
    assert number(made.effect.mean) in shown and number(made.effect.low) in shown
    assert number(made.control_effect.mean) in shown
    for part in ("quantity", "paper", "why", "control"):
        assert (str(claim.words(part)) in shown) is (language == "en")


def start(open_page, monkeypatch, name=NAME):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", "/nonexistent")
    app = open_page("claims", "en", claim=name)
    app.button(key=f"claim_start_{name}").click().run()
    assert not app.exception
    return app, runs.every()


def write(run: runs.Run, parameters: dict[str, int], **end: object) -> None:
    log = runs.Log(run.folder)
    arms = {arm: {"layers": ["head"], "parameters": n} for arm, n in parameters.items()}
    log.write("started", from_step=0, data={"label": "synthetic"}, arms=arms, elapsed_s=0.0)
    for arm, n in parameters.items():
        log.write("built", arm=arm, parameters=n, elapsed_s=1.0)
    log.write("end", step=run.experiment.train.steps, elapsed_s=3.0, **end)
    log.close()
    runs.leave_queue(run.folder)


COUNTS = {"residual-56": 214546, "plain-56": 214546, "projecting-56": 215282}


def test_the_button_starts_all_arms_of_the_claim_in_one_run(open_page, monkeypatch):
    _, (run,) = start(open_page, monkeypatch)
    assert run.experiment.name == NAME and run.experiment.dataset == "synthetic"
    assert set(run.experiment.arms) == set(COUNTS)
    assert runs.queued_place(run.folder) == 1


def test_the_button_rests_while_its_run_is_under_way(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch)
    assert app.button(key=f"claim_start_{NAME}").disabled
    write(run, COUNTS, status="done")
    app.run()
    assert not app.button(key=f"claim_start_{NAME}").disabled


def test_the_lab_calls_such_a_run_by_its_claim(open_page, monkeypatch):
    _, (run,) = start(open_page, monkeypatch)
    app = open_page("lab", "en", run=run.id)
    assert str(CLAIMS[NAME].words("title")) in [header.value for header in app.header]


def test_a_run_that_holds_is_said_to_hold_with_its_control(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch)
    write(run, COUNTS, status="done")
    app.run()
    (said,) = [box.value for box in app.success]
    assert "it holds" in said and "736" in said and "synthetic" in said


def test_a_run_that_does_not_hold_is_said_not_to(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch)
    write(run, {**COUNTS, "plain-56": 200000}, status="done")
    app.run()
    assert any("does not hold" in box.value for box in app.warning)


def test_a_run_that_failed_says_why(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch)
    reason = {"key": "nobody.knows", "values": {}, "english": "The disk is full."}
    write(run, COUNTS, status="failed", reason=reason)
    app.run()
    assert any("disk is full" in box.value for box in app.warning)


SHATTER = {"layers": ["head"], "lag_1": [0.3], "input_lag_1": 0.3, "by_lag": [0.3]}


def test_while_it_measures_the_claim_counts_the_readings(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch, "skips-keep-gradients-correlated")
    log = runs.Log(run.folder)
    arms = {arm: {"layers": ["head"], "parameters": 1} for arm in run.experiment.arms}
    log.write("started", from_step=0, data={"label": "synthetic"}, arms=arms, elapsed_s=0.0)
    log.write("state", state="measuring", step=0, elapsed_s=0.5)
    told = {"arm": next(iter(arms)), "figures": SHATTER, "seconds": 1.0}
    log.write("diagnostic", name="shatter", step=0, elapsed_s=1.0, **told)
    log.close()
    runs.leave_queue(run.folder)
    with FileLock(run.folder / runs.LOCK):
        app.run()
        (bar,) = app.get("progress")
        lab = open_page("lab", "en", run=run.id)
    assert bar.proto.text == f"Measuring: 1 of {len(arms)} readings · 1 s so far"
    assert "Shattered gradients" in [link.proto.label for link in lab.get("page_link")]


def test_a_run_rests_at_the_cut_and_is_sent_on_by_the_page(open_page, monkeypatch):
    app, (run,) = start(open_page, monkeypatch, "cutting-skips-breaks-a-trained-net")
    cut = CLAIMS["cutting-skips-breaks-a-trained-net"].cuts
    assert runs.control(run.folder).until == cut
    log = runs.Log(run.folder)
    log.write("started", from_step=0, data={"label": "synthetic"}, arms={}, elapsed_s=0.0)
    facts = {"loss": 2.0, "accuracy": 0.1, "learning_rate": 0.05, "images_s": 100.0}
    log.write("step", arm="residual-20", step=cut - 1, elapsed_s=1.0, **facts)
    log.write("state", state="paused", step=cut, elapsed_s=1.0)
    log.close()
    runs.leave_queue(run.folder)
    with FileLock(run.folder / runs.LOCK):  # as its worker holds it
        app.run()
    assert runs.control(run.folder).skips is False


def test_what_follows_by_counting_has_no_button(open_page):
    app = open_page("claims", "en", claim="bottleneck-costs-a-basic-block")
    assert not [b for b in app.button if str(b.key).startswith("claim_start")]
    assert "0.944" in texts(app)


def titles(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_the_page_lists_every_claim_with_what_fails_first_in_its_topic(open_page):
    app = open_page("claims", "en")
    shown = [title for title in titles(app) if title in TITLES]
    assert len(shown) == len(CLAIMS)
    topics: dict[str, list[str]] = {}
    for title in shown:
        claim = TITLES[title]
        topics.setdefault(claim.topic, []).append(claim.tier)
    for tiers in topics.values():
        assert tiers == sorted(tiers, key=lambda tier: tier != "fails-here")


TITLES = {str(claim.words("title")): claim for claim in CLAIMS.values()}


def test_the_page_is_narrowed_by_topic_and_tier(open_page):
    app = open_page("claims", "en", topic="shortcuts", tier="fails-here")
    shown = {TITLES[title].name for title in titles(app) if title in TITLES}
    wanted = {c.name for c in CLAIMS.values() if (c.topic, c.tier) == ("shortcuts", "fails-here")}
    assert shown == wanted and wanted


def test_a_claim_leads_to_the_questions_that_make_it(open_page):
    app = open_page("claims", "en", claim=NAME)
    assert "Why the shortcut matters" in titles(app)


def test_an_unknown_claim_is_said_to_be_none(open_page):
    app = open_page("claims", "en", claim="skips-are-magic")
    assert any("no claim of this name" in box.value for box in app.info)


def badges_of(app) -> list[str]:
    return [part.value for part in app.markdown if "-badge[" in str(part.value)]


def test_a_claim_that_fails_here_says_so_once(open_page):
    failing = next(name for name, claim in CLAIMS.items() if claim.tier == "fails-here")
    assert badges_of(open_page("claims", "en", claim=failing)) == [
        ":orange-badge[✘ Does not hold here]"
    ]
    (held,) = badges_of(open_page("claims", "en", claim=NAME))
    assert "Holds here" in held and "gray-badge[exact]" in held


@pytest.mark.parametrize(("language", "said"), [("en", "Note: "), ("zh", "备注：")])
def test_what_was_tried_before_is_shown_with_its_note(open_page, language, said):
    name, made = next((n, one) for n in CLAIMS if (one := record(n)) is not None and one.tried)
    shown = texts(open_page("claims", language, claim=name))
    assert all(said + note_of(attempt)[language] in shown for attempt in made.tried)


def test_a_claim_is_a_place_of_its_own_that_begins_at_its_top(open_page):
    opened = open_page("claims", "en"), open_page("claims", "en", claim=NAME)
    scripts = [" ".join(part.proto.body for part in app.get("html")) for app in opened]
    places = [re.findall(r'residualPlace = "(\w+)"', script) for script in scripts]
    assert len(places[0]) == len(places[1]) == 1 and places[0] != places[1]
