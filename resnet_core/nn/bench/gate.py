"""Let a contender take part in an interleaved run: it trains only while it is told to.

Both sides write lines of JSON. After its first step and after each round, a contender writes
{"seconds": ..., "losses": [...]} and waits. The parent answers {"steps": n}, or closes the pipe to
end it.
"""

import json
import sys
import time
from typing import TextIO


class Ended(Exception):  # noqa: N818 - no error: the parent has seen enough
    """Raised when the parent needs no more steps."""


class Gate:
    """Block the caller after each step if the round is over."""

    def __init__(self, asked: TextIO = sys.stdin, told: TextIO = sys.stdout):
        self._asked, self._told = asked, told
        self._left, self._losses = 1, []
        self._began = time.perf_counter()

    def passed(self, loss: float) -> None:
        """Record the `loss` of the step just taken, and wait if the round is over. Raises Ended."""
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
