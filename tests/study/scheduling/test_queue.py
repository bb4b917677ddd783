"""What is asked on a day: limits, the interview day, wrong clocks, zones; and 30 days of it."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as some

from study.bank.question import Bank
from study.reviews import memory_state
from study.reviews.memory_state import (
    NEVER,
    State,
    after_review,
    days_until,
    fold,
    recall,
)
from study.reviews.review import Row, counted, day_of
from study.reviews.storage.store import Store
from study.scheduling import interview_plan, projection, queue
from study.scheduling.queue import Plan
from study.scheduling.syllabus import USUAL, Syllabus

DAY = date(2026, 11, 20)
IDS = [f"q/{n}" for n in range(30)]
ratings = some.integers(1, 4)


def known(*answers: tuple[int, int]) -> State:
    """A state by (rating, days before DAY)."""
    state = State()
    for rating, ago in answers:
        state = after_review(state, rating, DAY - timedelta(days=ago))
    return state


def review(day: date, rating: int = 3, item: str = "q/0") -> Row:
    return Row("review", item, body={"rating": rating, "day": day.isoformat()})


@settings(max_examples=50, deadline=None)
@given(some.lists(some.tuples(ratings, some.integers(0, 40)), min_size=1, max_size=12))
def test_memory_is_what_fsrs_itself_computes(answers):
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(1, due=datetime(2026, 1, 1, 12, tzinfo=UTC))
    state, day = State(), date(2026, 1, 1)
    for rating, gap in answers:
        day += timedelta(days=gap)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        card, _ = scheduler.review_card(card, Rating(rating), noon)
        state = after_review(state, rating, day)
    assert state.stability == pytest.approx(card.stability)
    assert state.difficulty == pytest.approx(card.difficulty)
    later = day + timedelta(days=17)
    noon = datetime(later.year, later.month, later.day, 12, tzinfo=UTC)
    assert recall(state, later) == pytest.approx(scheduler.get_card_retrievability(card, noon))
    due = card.due.date() if card.due else None
    assert queue.due_day(state, Plan()) == due


@given(some.floats(0.1, 3000), some.floats(0.75, 0.96))
def test_an_item_falls_due_where_recall_crosses_the_retention(stability, retention):
    days = days_until(stability, retention)
    assert days >= 1
    if days > 1:
        assert memory_state.recall_after(stability, days - 1) > retention
        assert memory_state.recall_after(stability, days + 1) < retention


def test_new_items_come_up_to_the_days_share():
    today = queue.today(IDS, {}, DAY, Plan(new_a_day=5))
    assert today.all == tuple(IDS[:5]) and today.new == 5


def test_those_begun_today_count_against_the_share():
    begun = {i: known((3, 0)) for i in IDS[:3]}
    assert queue.due(IDS, begun, DAY, Plan(new_a_day=5)) == IDS[3:5]


def test_the_days_minutes_hold_over_everything():
    late = {i: known((3, 60)) for i in IDS[:20]}
    late[IDS[29]] = known((3, 0))
    today = queue.today(IDS, late, DAY, Plan(minutes=6))
    assert len(today.first) == 8 and today.due == 6 and today.new == 2 and today.waiting == 14


def test_what_is_due_comes_before_what_is_new_and_least_sure_first():
    states = {"q/1": known((3, 9)), "q/2": known((1, 9)), "q/3": known((4, 1))}
    today = queue.today(IDS, states, DAY, Plan(new_a_day=1))
    assert today.all == ("q/2", "q/1", "q/0")


def test_what_failed_today_comes_again_at_the_end():
    states = {"q/1": known((1, 0)), "q/2": known((3, 9))}
    today = queue.today(IDS[:3], states, DAY, Plan())
    assert today.all == ("q/2", "q/0", "q/1") and today.again == ("q/1",)


def test_what_keeps_failing_waits_until_the_others_that_failed_have_come():
    states = {"q/0": known((1, 0), (1, 0)), "q/1": known((1, 0)), "q/2": known((1, 0))}
    assert queue.today(IDS[:3], states, DAY, Plan()).again == ("q/1", "q/2", "q/0")


def test_what_failed_comes_back_today_only_where_time_is_left():
    failed, slow = {"q/0": known((1, 0))}, Syllabus(("q/0",), {"q/0": 50.0})
    for minutes, when in ((15, DAY), (1, DAY + timedelta(days=1))):
        plan = Plan(minutes=minutes)
        after = queue.today(["q/0"], failed, DAY, plan, slow)
        assert queue.comes_back("q/0", failed, DAY, plan, after) == when
    right = {"q/0": known((3, 0))}
    after = queue.today(["q/0"], right, DAY, Plan())
    back = queue.comes_back("q/0", right, DAY, Plan(), after)
    assert back == queue.due_day(right["q/0"], Plan()) > DAY
    assert queue.comes_back("q/9", right, DAY, Plan(), after) is None


def test_once_right_it_is_done_for_today():
    states = {"q/1": known((1, 0), (3, 0))}
    assert "q/1" not in queue.due(IDS[:3], states, DAY, Plan())


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [(None, True), (DAY, True), (DAY + timedelta(days=1), False), (NEVER, False)],
)
def test_buried_and_suspended_items_stay_away(hidden, shown):
    states = {"q/0": replace(known((3, 30)), hidden_until=hidden)}
    assert ("q/0" in queue.due(["q/0"], states, DAY, Plan())) is shown
    states = {"q/0": State(hidden_until=hidden)}
    assert ("q/0" in queue.due(["q/0"], states, DAY, Plan())) is shown


def test_bury_lasts_until_tomorrow_and_suspend_until_it_is_taken_back():
    bury = Row("bury", "q/0", body={"day": DAY.isoformat()})
    assert fold([bury]).hidden_until == DAY + timedelta(days=1)
    away = Row("suspend", "q/0", body={"day": DAY.isoformat(), "suspended": True})
    back = Row("suspend", "q/0", body={"day": DAY.isoformat(), "suspended": False})
    assert fold([away]).hidden_until == NEVER and fold([away, back]).hidden_until is None


def test_a_reset_item_is_new_again():
    rows = [review(DAY), Row("reset", "q/0", body={"day": DAY.isoformat()})]
    assert fold(rows) == State()
    assert fold([*rows, review(DAY)]) == fold([review(DAY)])


def test_a_reset_of_everything_keeps_the_interview_day():
    rows = [Row("plan", body={"interview": "2026-12-24"}), review(DAY), Row("reset")]
    assert queue.states(rows) == {}
    assert queue.plan_of(rows).interview == date(2026, 12, 24)
    assert [row.kind for row in counted(rows)] == ["plan"]


def test_the_last_plan_holds_and_what_it_leaves_out_stays():
    rows = [
        Row("plan", body={"interview": "2026-12-24", "retention": 0.85}),
        Row("plan", body={"new_a_day": 3}),
    ]
    assert queue.plan_of(rows) == Plan(date(2026, 12, 24), 0.85, 3)
    assert queue.plan_of([*rows, Row("plan", body={"interview": ""})]).interview is None
    undone = Row("undo", body={"undoes": rows[1].id})
    assert queue.plan_of([*rows, undone]).new_a_day == Plan().new_a_day


def test_the_learners_day_begins_at_four():
    zone = ZoneInfo("Asia/Shanghai")
    assert day_of(datetime(2026, 11, 21, 3, 59, tzinfo=zone)) == DAY
    assert day_of(datetime(2026, 11, 21, 4, 0, tzinfo=zone)) == DAY + timedelta(days=1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia"])
def test_every_day_comes_once_where_clocks_change(zone):
    """Hour by hour over a year the learner's day never goes back and skips none."""
    moment, days = datetime(2026, 1, 1, 12, tzinfo=UTC), []
    for _ in range(24 * 366):
        days.append(day_of(moment.astimezone(ZoneInfo(zone))))
        moment += timedelta(hours=1)
    assert days == sorted(days)
    assert sorted(set(days)) == [days[0] + timedelta(days=k) for k in range(len(set(days)))]


def test_a_clock_set_back_now_makes_nothing_due_too_early_or_crash():
    """Today is before the last answer: recall is full, nothing is asked twice."""
    states = {"q/0": known((3, -10))}
    assert recall(states["q/0"], DAY) == 1.0
    assert queue.due(["q/0"], states, DAY, Plan()) == []


def test_a_plan_of_items_keeps_its_size_and_one_of_minutes_ends_it():
    old = Row("plan", body={"new_a_day": 8, "a_day": 30})
    assert queue.plan_of([old]).minutes == 20  # 30 items of the usual 40 seconds
    plan = queue.plan_of([old, Row("plan", body={"minutes": 25})])
    assert (plan.minutes, plan.new_a_day) == (25, None)


def answered_through(ids, states, day, plan, rng, syllabus=queue.NOTHING) -> list[str]:
    """Every answer of a day, the list asked for anew after each, as the page does."""
    asked: list[str] = []
    while waiting := queue.today(ids, states, day, plan, syllabus).all:
        assert len(asked) < 500
        item = waiting[0]
        rating = 3 if rng.random() < 0.7 else 1
        states[item] = after_review(states.get(item, State()), rating, day)
        asked.append(item)
    return asked


@pytest.mark.parametrize("left", [None, 1, 3, 7, 8, 20, 60])
@pytest.mark.parametrize("minutes", [5, 15, 30])
def test_a_day_keeps_to_what_it_announces(left, minutes):
    """Items announced are the first answers that come; repeats only in the time that is left."""
    ids = [f"q{n // 10}/{n}" for n in range(230)]
    states = {i: known((3, 40), (3, 20)) for i in ids[:60]} | {i: known((1, 2)) for i in ids[60:90]}
    plan = Plan(DAY + timedelta(days=left) if left else None, minutes=minutes)
    announced = queue.today(ids, states, DAY, plan)
    assert announced.waiting > 0 or minutes > 15
    asked = answered_through(ids, dict(states), DAY, plan, random.Random(left or 0))
    assert set(asked) == set(announced.first)
    assert len(asked) * USUAL <= 60 * minutes + USUAL / 2


def test_after_a_break_the_backlog_is_spread_over_days():
    """176 items due, fifteen minutes a day: none is lost, and the days stay fifteen minutes."""
    ids = [f"q{n // 10}/{n}" for n in range(176)]
    states = {i: known((3, 30)) for i in ids}
    today = queue.today(ids, states, DAY, Plan())
    assert today.due + today.waiting == 176 and today.due == 23
    assert projection.backlog_days(ids, states, DAY, Plan(), Syllabus(tuple(ids))) >= 7
    rested = {i: known((3, 1)) for i in ids}
    assert projection.backlog_days(ids, rested, DAY, Plan(), Syllabus(tuple(ids))) == 0


def test_new_items_come_before_what_is_due_when_all_could_not_be_begun_otherwise():
    ids = [f"q{n // 10}/{n}" for n in range(230)]
    states = {i: known((3, 30)) for i in ids[:20]}
    soon = queue.today(ids, states, DAY, Plan(DAY + timedelta(days=10)))
    assert soon.due == 0 and soon.new == 23 and soon.waiting == 20
    late = queue.today(ids, states, DAY, Plan(DAY + timedelta(days=60)))
    assert late.new >= 7 and late.due >= 7
    assert [i in states for i in late.first] == sorted(i in states for i in late.first)


def test_in_the_last_week_those_come_first_that_gain_most():
    states = {i: known((3, 40), (3, 10)) for i in IDS[:10]}
    states |= {i: known((1, 3)) for i in IDS[10:20]}
    plan = Plan(DAY + timedelta(days=2), minutes=5)
    chosen = queue.today(IDS[:20], states, DAY, plan)
    worth = {i: interview_plan.gain(states[i], DAY, plan.interview) for i in IDS[:20]}
    left_out = [worth[i] for i in IDS[:20] if i not in chosen.first]
    assert len(chosen.first) == 8 and min(worth[i] for i in chosen.first) >= max(left_out)


def test_at_most_two_new_items_of_a_question_a_day_and_one_of_each_first():
    ids = [f"{name}/{n}" for name in "abc" for n in range(5)]
    first = queue.today(ids, {}, DAY, Plan()).first
    assert first == ("a/0", "b/0", "c/0", "a/1", "b/1", "c/1")
    begun = {"a/0": known((3, 0)), "a/1": known((1, 0))}
    assert [i for i in queue.today(ids, begun, DAY, Plan()).first if i[0] == "a"] == []
    assert queue.today(ids[:5], {}, DAY, Plan()).first == tuple(ids[:5])  # asked for alone


def test_nothing_is_asked_on_a_day_whose_solutions_have_shown_it():
    spoils = {"a/0": frozenset({"a/1"})}
    syllabus = Syllabus(("a/0", "a/1", "b/0"), {}, spoils)
    assert queue.today(syllabus.items, {}, DAY, Plan(), syllabus).first == ("b/0", "a/1", "a/0")
    shown = {"a/0": known((3, 0))}
    assert queue.today(syllabus.items, shown, DAY, Plan(), syllabus).first == ("b/0",)
    tomorrow = {"a/0": known((3, 1))}
    assert "a/1" in queue.today(syllabus.items, tomorrow, DAY, Plan(), syllabus).first


def test_an_item_answered_by_a_clock_far_ahead_does_not_stay_hidden():
    ahead = {"q/0": after_review(State(), 3, DAY + timedelta(days=365))}
    assert queue.due(["q/0"], ahead, DAY, Plan()) == ["q/0"]


def test_the_gain_of_an_answer_weighs_both_ways_it_can_go():
    state, interview = known((3, 9)), DAY + timedelta(days=5)
    chance = recall(state, DAY)
    right = recall(after_review(state, 3, DAY), interview)
    wrong = recall(after_review(state, 1, DAY), interview)
    expected = chance * right + (1 - chance) * wrong - recall(state, interview)
    assert interview_plan.gain(state, DAY, interview) == pytest.approx(expected)
    new = [recall(after_review(State(), rating, DAY), interview) for rating in (3, 1)]
    guessed = interview_plan.GUESS * new[0] + (1 - interview_plan.GUESS) * new[1]
    assert interview_plan.gain(State(), DAY, interview) == pytest.approx(guessed)


def test_on_the_day_itself_and_after_it_the_plan_is_plain_again():
    states = {i: known((3, 30)) for i in IDS[:4]}
    plain = queue.today(IDS, states, DAY, Plan())
    for interview in (DAY, DAY - timedelta(days=1)):
        assert queue.today(IDS, states, DAY, Plan(interview)) == plain


def test_an_item_that_left_the_bank_is_never_asked():
    states = {"gone/item": known((3, 30)), "q/0": known((3, 30))}
    assert "gone/item" not in queue.due(IDS, states, DAY, Plan(DAY + timedelta(days=3)))


def test_no_items_no_day_no_crash():
    assert queue.due([], {}, DAY, Plan(DAY + timedelta(days=3))) == []
    assert queue.introduction(Bank()) == []
    assert queue.everyday(Bank(), {}) == []


def test_drills_join_the_day_once_their_skill_was_begun():
    begun = {"drill/macs": known((3, 30)), "drill/size": State(hidden_until=NEVER)}
    ids = queue.everyday(Bank(), begun)
    assert ids == ["drill/macs"] == queue.due(ids, begun, DAY, Plan())


def test_thirty_days_through_the_real_store(tmp_path):
    """A learner of 90 % answers what is asked, ten minutes a day, with an interview on day 30."""
    store, rng = Store(f"sqlite:///{tmp_path / 'progress.sqlite'}"), random.Random(3)
    ids = [f"q/{n}" for n in range(120)]
    first, interview = DAY, DAY + timedelta(days=30)
    store.append(
        Row("plan", body={"interview": interview.isoformat(), "new_a_day": 8, "a_day": 30})
    )
    asked_a_day = []
    for number in range(30):
        day = first + timedelta(days=number)
        asked = 0
        while True:
            plan = queue.plan_of(store.plans())
            waiting = queue.due(ids, store.states(), day, plan)
            if not waiting or asked == 60:
                break
            right = rng.random() < 0.9
            store.append(review(day, 3 if right else 1, waiting[0]))
            asked += 1
        asked_a_day.append(asked)
    states = store.states()
    assert states == queue.states(store.rows())
    assert len(states) == 120  # every item was seen in time
    assert max(asked_a_day) <= 40 and sum(asked > 0 for asked in asked_a_day) >= 20
    assert sum(recall(state, interview) for state in states.values()) / 120 > 0.9
    store.close()
    print(f"\n30 days: {sum(asked_a_day)} answers, {min(asked_a_day)} to {max(asked_a_day)} a day")
