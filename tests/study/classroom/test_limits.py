"""One learner cannot take the machine from the others; each limit is a sentence with its number."""

import pytest

from study.classroom import limits
from study.classroom.limits import Hourly, OverLimit
from study.classroom.server_file import Limits


def test_an_hour_is_counted_by_learner_and_passes():
    now = [0.0]
    counted = Hourly(lambda: now[0])
    assert [counted.take("a", 2) for _ in range(3)] == [True, True, False]
    assert counted.take("b", 2)
    now[0] = limits.HOUR_S
    assert counted.take("a", 2)


def test_each_limit_says_its_number(tmp_path):
    (tmp_path / "big").write_bytes(bytes(2_000_000))
    few = Limits(runs=2, run_minutes=5, snippets_an_hour=1, disk_mb=1)
    counted = Hourly()
    limits.check_runs(1, few)
    limits.check_minutes(300.0, few)
    limits.check_snippets(counted, "a", few)
    limits.check_disk(tmp_path, Limits(disk_mb=3))
    limits.check_disk(tmp_path / "none", few)
    for check, number in (
        (lambda: limits.check_runs(2, few), "2 is the limit"),
        (lambda: limits.check_minutes(601.0, few), "about 10 minutes; 5 is the limit"),
        (lambda: limits.check_snippets(counted, "a", few), "ran 1 snippets"),
        (lambda: limits.check_disk(tmp_path, few), "take 2 MB; 1 MB is the limit"),
    ):
        with pytest.raises(OverLimit, match=number):
            check()
