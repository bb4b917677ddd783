"""Figures of the progress page, against counting by hand; and readiness with its doubt."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from study.bank import loading as banks
from study.reviews.memory_state import NEVER, State, after_review
from study.reviews.review import Row
from study.scheduling import readiness, statistics
from study.scheduling.queue import Plan, states

DAY = date(2026, 11, 20)
BANK = banks.load()


def answer(item="q/a", day=DAY, correct=True, confidence=None) -> Row:
    body = {"rating": 3 if correct else 1, "correct": correct, "day": day.isoformat()}
    return Row(
        "review", item, body=body | ({} if confidence is None else {"confidence": confidence})
    )


def test_brier_and_bins_by_hand():
    rows = [answer(confidence=0.9), answer(confidence=0.9, correct=False), answer(confidence=0.5)]
    found = statistics.calibration(rows)
    assert found.brier == pytest.approx((0.01 + 0.81 + 0.25) / 3)
    assert found.bins == ((0.5, 1.0, 1), (0.9, 0.5, 2))
    assert found.over == pytest.approx((0.9 + 0.9 + 0.5) / 3 - 2 / 3)


def test_no_stated_confidence_no_calibration():
    assert statistics.calibration([]) is None
    assert statistics.calibration([answer()]) is None


@given(some.lists(some.tuples(some.sampled_from([0.5, 0.8, 1.0]), some.booleans()), min_size=1))
def test_brier_lies_between_0_and_1_and_counts_everything(pairs):
    found = statistics.calibration([answer(confidence=c, correct=r) for c, r in pairs])
    assert 0 <= found.brier <= 1 and found.answers == len(pairs)
    assert found.right == pytest.approx(sum(r for _, r in pairs) / len(pairs))


def test_undone_answers_count_nowhere():
    row = answer()
    assert statistics.reviews([row, Row("undo", body={"undoes": row.id})]) == []


def test_overconfident_topics_are_named_worst_first_and_only_with_enough_answers():
    first, second = (
        BANK.questions[0],
        next(q for q in BANK.questions if q.topic != BANK.questions[0].topic),
    )
    rows = [answer(first.items[0].id, confidence=0.9, correct=n > 3) for n in range(8)]
    rows += [answer(second.items[0].id, confidence=0.9, correct=n > 5) for n in range(8)]
    found = statistics.overconfident(rows, BANK)
    assert [topic for topic, _ in found] == [second.topic, first.topic]
    assert statistics.overconfident(rows[:4], BANK) == []
    modest = [answer(first.items[0].id, confidence=0.5) for _ in range(9)]
    assert statistics.overconfident(modest, BANK) == []


def test_who_judges_well_is_named_for_no_topic():
    """1,000 learners who say what holds, 100 answers each over ten topics: at most one in 20."""
    rng, topics = random.Random(0), list(dict.fromkeys(q.topic for q in BANK.questions))[:10]
    items = [next(q for q in BANK.questions if q.topic == topic).items[0].id for topic in topics]
    blamed = 0
    for _ in range(1000):
        said = [rng.choice([0.5, 0.7, 0.9, 1.0]) for _ in range(100)]
        rows = [
            answer(items[n % 10], confidence=share, correct=rng.random() < min(share, 0.98))
            for n, share in enumerate(said)
        ]
        blamed += bool(statistics.overconfident(rows, BANK))
    assert blamed <= 50


def test_leeches_are_named_worst_first_and_not_once_set_aside():
    def failing(times: int) -> State:
        state = State()
        for n in range(times):
            state = after_review(state, 1, DAY - timedelta(days=20 - n))
        return state

    known = {"q/a": failing(4), "q/b": failing(7), "q/c": failing(3), "q/d": failing(5)}
    known["q/d"] = replace(known["q/d"], hidden_until=NEVER)
    known["q/e"] = replace(failing(4), reviews=20)  # failed early, known since
    found = statistics.leeches(["q/a", "q/b", "q/c", "q/d", "q/e", "gone"], known)
    assert [(one.item, one.failed) for one in found] == [("q/b", 7), ("q/a", 4)]


def test_retention_looks_only_at_items_known_from_an_earlier_day():
    rows = [
        answer("q/a", DAY),
        answer("q/a", DAY, correct=False),
        answer("q/a", DAY + timedelta(days=3)),
        answer("q/b", DAY + timedelta(days=3), correct=False),
        answer("q/b", DAY + timedelta(days=11), correct=False),
    ]
    found = statistics.retention(rows)
    assert [(week.answers, week.right) for week in found.values()] == [(1, 1), (1, 0)]
    assert all(monday.weekday() == 0 for monday in found)


def test_days_count_the_learners_own_day():
    rows = [answer(day=DAY), answer(day=DAY, correct=False), answer(day=DAY - timedelta(days=1))]
    assert statistics.per_day(rows) == {DAY - timedelta(days=1): (1, 1), DAY: (2, 1)}


def test_the_forecast_holds_what_is_overdue_today_and_leaves_out_what_is_hidden():
    old = after_review(State(), 3, DAY - timedelta(days=90))
    new = after_review(State(), 3, DAY)
    known = {"q/old": old, "q/new": new, "q/unseen": State(), "gone": old}
    counts = statistics.forecast(["q/old", "q/new", "q/unseen"], known, Plan(), DAY)
    assert sum(counts.values()) == 2 and counts[DAY] == 1 and len(counts) == 14


def test_the_topic_map_counts_every_item_of_the_bank_once():
    cells = statistics.topic_map(BANK, {}, DAY)
    assert sum(cell.items for cell in cells) == len(BANK.items)
    assert all(cell.seen == 0 and cell.recall == 0 for cell in cells)
    item = BANK.questions[0].items[0]
    known = {item.id: after_review(State(), 3, DAY)}
    seen = [cell for cell in statistics.topic_map(BANK, known, DAY) if cell.seen]
    assert [(c.topic, c.level, c.recall) for c in seen] == [
        (BANK.questions[0].topic, item.level, pytest.approx(1.0))
    ]


def learner(factor: float, items: int, seed: int = 0) -> list[Row]:
    """Answers of somebody who keeps things `factor` times as long as FSRS assumes."""
    rng, rows = random.Random(seed), []
    for n in range(items):
        state, day = State(), DAY - timedelta(days=60)
        for gap in (0, 2, 6, 15):
            day += timedelta(days=gap)
            right = True
            if state.last:
                from study.reviews.memory_state import recall_after

                right = rng.random() < recall_after(state.stability * factor, gap)
            rows.append(answer(f"q/{n}", day, right))
            state = after_review(state, 3 if right else 1, day)
    return rows


@pytest.mark.parametrize(("factor", "low", "high"), [(0.25, 0.15, 0.5), (1, 0.6, 1.6), (4, 1.8, 8)])
def test_readiness_learns_how_long_this_learner_keeps_things(factor, low, high):
    rows = learner(factor, 80)
    believed = readiness.belief(rows)
    assert low < believed.factor < high
    found = readiness.readiness([f"q/{n}" for n in range(80)], states(rows), believed, DAY)
    assert found.low < found.mean < found.high


def test_without_evidence_the_range_is_wide():
    rows = [answer(f"q/{n}", DAY) for n in range(40)]
    known, ids = states(rows), [f"q/{n}" for n in range(40)]
    then = DAY + timedelta(days=20)
    nothing = readiness.belief(rows)
    guess = readiness.readiness(ids, known, nothing, then)
    assert nothing.answers == 0 and guess.high - guess.low > 0.3
    sure = learner(1, 80)
    known = states(sure)
    believed = readiness.belief(sure)
    told = readiness.readiness([f"q/{n}" for n in range(80)], known, believed, then)
    assert told.high - told.low < guess.high - guess.low


def test_items_never_seen_count_zero_and_nothing_at_all_is_zero():
    rows = [answer("q/0", DAY)]
    blank = readiness.belief([])
    half = readiness.readiness(["q/0", "q/1"], states(rows), blank, DAY)
    assert half.mean == pytest.approx(0.5, abs=0.03)
    nothing = readiness.readiness(["q/0"], {}, blank, DAY)
    assert (nothing.mean, nothing.low, nothing.high) == (0, 0, 0)
    assert readiness.readiness([], {}, blank, DAY).mean == 0


def test_readiness_is_the_same_each_time_it_is_asked():
    rows = learner(1, 20)
    first = readiness.readiness(["q/1"], states(rows), readiness.belief(rows), DAY)
    assert first == readiness.readiness(["q/1"], states(rows), readiness.belief(rows), DAY)
