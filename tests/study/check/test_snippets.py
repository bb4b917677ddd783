"""Every snippet and item file of the bank prints what is recorded."""

import pytest

from study.bank import loading as banks
from study.check import execution

pytestmark = [pytest.mark.tf, pytest.mark.slow]
BANK = banks.load()


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_what_ships_prints_what_is_recorded(question):
    runs = execution.check([question])
    assert [str(p) for run in runs for p in run.problems if p.severity == "error"] == []
