"""How a contender takes part in an interleaved run: it trains only while it is told to.

Lines of JSON. After its first step, and after each round, a contender tells {"seconds": ...,
"losses": [...]} and waits; the parent answers {"steps": n}, or closes the pipe to end it.
"""

import json
import sys
import time
from typing import TextIO


class Ended(Exception):  # noqa: N818 - no error: the parent has seen enough
    """Report that the parent needs no more steps."""


class Gate:
    """Passed once after each step; it keeps who passes waiting where a round is over."""

    def __init__(self, asked: TextIO = sys.stdin, told: TextIO = sys.stdout):
        self._asked, self._told = asked, told
        self._left, self._losses = 1, []
        self._began = time.perf_counter()

    def passed(self, loss: float) -> None:
        """Report the `loss` of the step just taken and wait if the round is over. Raise Ended."""
        self._losses.append(loss)
        self._left -= 1
        if self._left:
            return
        answer = {"seconds": time.perf_counter() - self._began, "losses": self._losses}
        print(json.dumps(answer), file=self._told, flush=True)
        wish = self._asked.readline()
        if not wish:
            raise Ended
        self._left, self._losses = json.loads(wish)["steps"], []
        self._began = time.perf_counter()
