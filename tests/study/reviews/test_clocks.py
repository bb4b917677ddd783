"""Two machines, a flight, a clock that is wrong: the log as it happened."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as some

from study.reviews.clocks import AHEAD, in_order
from study.reviews.memory_state import folded
from study.reviews.review import Row

DAY = date(2026, 11, 20)
YEAR = timedelta(days=365)


def review(day: date, item: str = "q/0", rating: int = 3, hour: int = 10) -> Row:
    at = f"{day.isoformat()}T{hour:02d}:00:00.000+00:00"
    return Row("review", item, body={"rating": rating, "day": day.isoformat()}, at=at)


def days(rows: list[Row]) -> list[date]:
    return [row.day for row in in_order(rows)]


def alternately(machine: int, count: int = 30) -> list[Row]:
    """Answers of one of two machines, used on alternate days."""
    return [
        review(DAY + timedelta(days=k), f"q/{(7 * k + hour) % 12}", 1 + (k + hour) % 4, hour)
        for k in range(machine, count, 2)
        for hour in (9, 12, 21)
    ]


def test_the_logs_of_two_machines_used_on_alternate_days_fold_like_one(database):
    first, second = alternately(0), alternately(1)
    together = sorted(first + second, key=lambda row: row.at)
    one, here, there = (database.store() for _ in range(3))
    one.append_all(together)
    here.append_all(first)
    there.append_all(second)
    here.import_rows(there.export())
    there.import_rows(here.export())
    assert here.states() == there.states() == one.states() == folded(together)
    assert here.rows() == one.rows()


def test_an_old_log_that_is_imported_later_comes_before():
    old = [review(DAY + timedelta(days=k), f"q/{k % 7}") for k in range(60)]
    new = [review(DAY + timedelta(days=k), f"q/{k % 7}") for k in range(100, 110)]
    assert folded(new[:5] + old + new[5:]) == folded(old + new)


def test_a_clock_a_year_ahead_for_one_session_is_not_believed():
    honest = [review(DAY + timedelta(days=k), f"q/{k}") for k in (0, 1, 5, 9)]
    ahead = [review(DAY + YEAR, f"new/{k}", hour=k) for k in range(10)]
    told = honest[:2] + ahead + honest[2:]
    assert max(days(told)) == honest[-1].day
    assert folded(told)["new/3"].last == honest[1].day


def test_two_sessions_with_a_wrong_clock_are_both_repaired():
    honest = [review(DAY + timedelta(days=k)) for k in range(4)]
    wrong = [review(DAY + YEAR), review(DAY + YEAR + timedelta(days=2))]
    told = [honest[0], wrong[0], honest[1], wrong[1], honest[2], honest[3]]
    assert days(told) == sorted(row.day for row in honest[:1] * 2 + honest[1:2] * 2 + honest[2:])


def test_a_clock_that_fell_back_for_one_answer_is_not_believed():
    told = [review(DAY + timedelta(days=k)) for k in (0, 2, 9)]
    wrong = [*told[:2], review(date(2020, 1, 1)), told[2]]
    assert days(wrong) == [DAY, told[1].day, told[1].day, told[2].day]


def test_a_flight_over_the_date_line_repeats_or_skips_a_day_and_does_no_harm():
    state = folded([review(DAY), review(DAY - timedelta(days=1))])["q/0"]
    assert state.reviews == 2 and state.last == DAY
    assert folded([review(DAY), review(DAY + timedelta(days=2))])["q/0"].reviews == 2


def test_a_long_break_is_no_wrong_clock():
    told = [review(DAY + timedelta(days=k)) for k in (0, 1, 200, 201)]
    assert days(told) == [row.day for row in told]


@given(some.lists(some.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=30))
def test_days_in_order_are_days_of_the_log_and_no_row_is_lost(told):
    rows = [review(day) for day in told]
    found = in_order(rows)
    assert [row.day for row in found] == sorted(row.day for row in found)
    assert {row.id for row in found} == {row.id for row in rows}
    assert {row.day for row in found} <= set(told)
    if told == sorted(told):
        assert found == rows


@given(some.lists(some.booleans(), max_size=60), some.integers(1, 3))
def test_a_log_shared_between_two_machines_in_any_way_folds_like_one(where, gap):
    """With breaks on a machine no longer than a clock is doubted for."""
    rows = [
        review(DAY + timedelta(days=k * gap), f"q/{k % 5}", 1 + k % 4) for k in range(len(where))
    ]
    here = [row for row, mine in zip(rows, where, strict=True) if mine]
    there = [row for row, mine in zip(rows, where, strict=True) if not mine]
    breaks = [b.day - a.day for own in (here, there) for a, b in zip(own, own[1:], strict=False)]
    assume(max(breaks, default=timedelta()) <= AHEAD)
    assert folded(here + there) == folded(rows)
