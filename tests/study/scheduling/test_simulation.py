"""The simulation is fair: as many answers, the same learner, and learners that do forget."""

import argparse
import random

import pytest

from study.scheduling import simulation
from study.scheduling.learners import KINDS
from study.scheduling.simulation import Course, aimed, plain

SHORT = Course(days=10, items=25, a_day=8, new_a_day=4)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_learner_forgets_with_time_and_learns_by_answers(kind):
    learner = kind.make(random.Random(1), 2)
    for item in (0, 1):
        learner.study(item, 0, True)
    assert learner.chance(0, 30) < learner.chance(0, 5) < 1
    learner.study(1, 5, True)
    assert learner.chance(1, 30) > learner.chance(0, 30)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_plan_gives_exactly_as_many_answers_each_day(kind):
    for order in simulation.ORDERS:
        one = plain(kind.make(random.Random(2), 25), SHORT, order, random.Random(3))
        other = aimed(kind.make(random.Random(2), 25), SHORT, one.answers, random.Random(3))
        assert other.answers == one.answers and sum(one.answers) > 40
        assert all(count <= SHORT.a_day for count in one.answers)


def test_the_same_seed_gives_the_same_table():
    first = simulation.compare(KINDS[0], SHORT, "due first", 3)
    assert first == simulation.compare(KINDS[0], SHORT, "due first", 3)
    assert first != simulation.compare(KINDS[0], SHORT, "due first", 3, seed=1)


def test_the_command_prints_a_row_for_each_kind_day_and_order(capsys):
    parser = argparse.ArgumentParser()
    simulation.add_arguments(parser)
    simulation.main(parser.parse_args(["--learners", "10", "--days", "8", "--items", "20"]))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + len(KINDS) * len(simulation.ORDERS)
    assert all(line.count("|") == 9 for line in lines)
