"""The simulation is fair, and what readiness promises holds on learners it does not know."""

import argparse
import random
from statistics import mean

import pytest

from study.scheduling import simulation
from study.scheduling.learners import KINDS
from study.scheduling.simulation import Course, another_way, by_plan, compare

SHORT = Course(days=8, items=40, minutes=6)
STRANGE = KINDS[:3]  # a power law, ACT-R, and one that guesses and slips


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_learner_forgets_with_time_and_learns_by_answers(kind):
    learner = kind.make(random.Random(1), 2)
    for item in (0, 1):
        learner.study(item, 0, True)
    assert learner.chance(0, 30) < learner.chance(0, 5) < 1
    learner.study(1, 5, True)
    assert learner.chance(1, 30) > learner.chance(0, 30)


@pytest.mark.parametrize("way", simulation.WAYS)
def test_every_way_takes_the_seconds_the_plan_took(way):
    one = by_plan(KINDS[0].make(random.Random(2), 40), SHORT, random.Random(3))
    assert len(one.seconds) == SHORT.days and all(one.seconds)
    other = another_way(
        way, KINDS[0].make(random.Random(2), 40), SHORT, random.Random(3), one.seconds
    )
    assert other.rows and len(other.rows) == len(other.answers)
    usual = sum(one.seconds) / len(one.rows)
    assert abs(len(other.rows) - len(one.rows)) * usual < 0.5 * sum(one.seconds)


def test_the_plans_days_take_the_minutes_that_were_asked_for():
    course = Course(days=10, minutes=15)
    one = by_plan(KINDS[0].make(random.Random(5), course.items), course, random.Random(6))
    assert mean(one.seconds) / 60 == pytest.approx(15, rel=0.15)


def test_the_same_seed_gives_the_same_figures():
    first = compare(KINDS[0], SHORT, 3)
    assert first == compare(KINDS[0], SHORT, 3)
    assert first != compare(KINDS[0], SHORT, 3, seed=1)


@pytest.mark.no_cover  # which makes these loops four times as slow; others meet the same lines
@pytest.mark.parametrize("days", [7, 14, 30])
def test_four_out_of_five_holds_on_learners_that_are_not_fsrs(days):
    """Between 70 and 90 % of the learners of three families together, bias at most 3 points."""
    told = [compare_readiness(kind, Course(days), 12) for kind in STRANGE]
    held = mean(share for one in told for share, _ in one)
    bias = mean(off for one in told for _, off in one)
    assert 0.70 <= held <= 0.90
    assert abs(bias) <= 3


def compare_readiness(kind, course: Course, learners: int) -> list[tuple[float, float]]:
    """How often the range held twenty draws of the day, and the bias in points, a learner."""
    found = []
    for number in range(learners):
        name = f"coverage/{kind.name}/{course.days}/{number}"
        learner = kind.make(random.Random(name), course.items)
        one = by_plan(learner, course, random.Random(name + "/answers"))
        told = simulation.readiness_of(one)
        held = mean(told.low <= simulation.drawn(one) <= told.high for _ in range(20))
        found.append((held, 100 * (told.mean - one.recalled())))
    return found


def test_the_command_prints_its_tables(capsys):
    parser = argparse.ArgumentParser()
    simulation.add_arguments(parser)
    options = ["--learners", "2", "--days", "3", "--items", "30", "--minutes", "4"]
    simulation.main(parser.parse_args(options))
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("| 3 |") for line in lines) == 2 * len(KINDS)
    assert all(f" {way} " in lines[0] for way in simulation.WAYS)
    assert [line.split("|")[1].strip() for line in lines[-3:]] == ["10", "15", "30"]
