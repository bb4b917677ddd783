"""Every snippet and item file of the bank prints what is recorded."""

from functools import lru_cache

import pytest

from study import sandbox
from study.bank import loading as banks
from study.check import execution

pytestmark = [pytest.mark.tf, pytest.mark.slow, pytest.mark.timeout(1800)]
BANK = banks.load()
SHARES = 4  # whose questions are run together, with one import of TensorFlow


@lru_cache(1)
def runs(share: int) -> list[execution.Run]:
    with pytest.MonkeyPatch.context() as patched:
        # A busy machine is no failure; what a snippet states is compared in a warning only.
        patched.setattr(execution, "LIMITS", sandbox.Limits(seconds=300))
        return execution.check(BANK.questions[share::SHARES])


@pytest.mark.parametrize(
    ("question", "share"),
    [
        pytest.param(
            question, share, id=question.id, marks=pytest.mark.xdist_group(f"snippets {share}")
        )
        for share in range(SHARES)
        for question in BANK.questions[share::SHARES]
    ],
)
def test_what_ships_prints_what_is_recorded(question, share):
    own = [run for run in runs(share) if run.name.startswith(f"{question.id}/")]
    assert own or question.snippet is None
    assert [str(p) for run in own for p in run.problems if p.severity == "error"] == []
