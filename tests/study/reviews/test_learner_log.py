"""A learner's log is theirs alone, in either database."""

import json

import pytest

from study.reviews.imports import Imported
from study.reviews.learner_log import LearnerLog
from study.reviews.review import CLASS, Row
from study.reviews.storage.store import ProgressError


def review(item="q/a", rating=3, **columns) -> Row:
    return Row("review", item, "v1", {"rating": rating, "day": "2026-11-20"}, **columns)


def test_nobody_reads_what_another_answered(log):
    log.of("a").append(review("q/a"))
    log.of("b").append_all([review("q/b"), review("q/c")])
    assert [row.item for row in log.of("a").rows()] == ["q/a"]
    assert set(log.of("b").states()) == {"q/b", "q/c"} and len(log.of("b").reviews()) == 2
    assert log.of("a").rows_of("q/b") == []
    assert log.of("a").mark() != log.of("b").mark()
    assert "q/b" not in log.of("a").export()
    assert log.profiles() == ["a", "b"]


def test_a_row_that_names_another_learner_becomes_ones_own(log):
    log.of("a").append(review(profile="b"))
    assert log.of("b").rows() == [] and len(log.of("a").rows()) == 1


def test_an_export_of_ones_own_machine_comes_in_as_ones_own(log):
    """The rows say `local`; assignments and names of a class are not taken from a file."""
    told = [review("q/a").columns(), review("q/b", profile="b").columns()]
    told += [Row("member", body={"name": "The teacher"}).columns()]
    told += [Row("assignment", body={"title": "All", "due": "2026-12-01"}, profile=CLASS).columns()]
    text = "\n".join(json.dumps(one) for one in told)
    assert log.of("a").import_rows(text) == Imported(2, 0)
    assert log.of("a").import_rows(text) == Imported(0, 2)
    assert [row.kind for row in log.of("a").rows()] == ["review", "review"]
    assert log.of("b").rows() == [] and log.of(CLASS).rows() == []


def test_deleting_takes_ones_own_rows_and_no_other(log):
    log.of("a").append(review())
    log.of("b").append(review())
    log.of("a").delete_all()
    assert log.of("a").rows() == [] and len(log.of("b").rows()) == 1
    log.of("a").append(review())
    assert len(log.of("a").rows()) == 1


def test_a_log_that_is_full_says_so_and_takes_nothing(log):
    small = LearnerLog(log, "a", most_rows=2)
    small.append_all([review("q/a"), review("q/b")])
    with pytest.raises(ProgressError, match="at most 2 rows"):
        small.append(review("q/c"))
    assert len(small.rows()) == 2
