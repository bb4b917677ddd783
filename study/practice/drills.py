"""Generate items with exact answers and fresh numbers every time.

A kind is a draw and a formula (`drill_kinds`). The texts are in the locales: `drill.KIND`, or
`drill.KIND_VARIANT`, and the same with `_why`.
"""

import random
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from study.practice.drill_kinds import KINDS
from study.practice.solved import Shape, Solved

PREFIX = "drill/"
TRIES = 400  # draws after which a kind counts as used up and begins again


@dataclass(frozen=True)
class Drill:
    """Hold a generated item. Two drills with the same drawn `numbers` are the same task."""

    kind: str
    seed: int
    numbers: tuple[Any, ...]
    solved: Solved
    texts: dict[str, Any] = field(default_factory=dict)

    @property
    def answer(self) -> float | Shape | str:
        return self.solved.answer

    @property
    def form(self) -> str:
        if self.solved.options:
            return "choice"
        return "shape" if isinstance(self.answer, tuple) else "number"

    @property
    def key(self) -> str:
        """Return the key that distinguishes tasks in the log."""
        return f"{self.kind}:{','.join(map(str, self.numbers))}"

    @property
    def task(self) -> str:
        """Return the key of the task's text."""
        variant = self.solved.variant
        return f"drill.{self.kind}_{variant}" if variant else f"drill.{self.kind}"

    @property
    def why(self) -> str:
        """Return the key of the worked solution's text."""
        return f"drill.{self.kind}_why" if KINDS[self.kind].one_why else f"{self.task}_why"


def make(kind: str, seed: int) -> Drill:
    """Return the drill of a kind and seed, which is always the same for both."""
    numbers = KINDS[kind].draw(random.Random(f"{kind}/{seed}"))
    return of_numbers(kind, seed, numbers)


def of_numbers(kind: str, seed: int, numbers: tuple[Any, ...]) -> Drill:
    solved = KINDS[kind].solve(*numbers)
    return Drill(kind, seed, numbers, solved, {**solved.values, "answer": shown(solved.answer)})


def shown(answer: float | Shape | str) -> str:
    """Return an answer as the texts write it: 8×8×64, 1,024, 0.0625; of an option its key."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, tuple):
        return "×".join(map(str, answer))
    value = answer + 0.0  # avoids a minus before a zero
    return f"{value:,.0f}" if value == int(value) else f"{value:.4g}"


def fresh(kind: str, used: AbstractSet[str], seed: int = 0) -> Drill:
    """Return the first unused drill from this seed on, or a used one if all were used."""
    drawn = (make(kind, seed + step) for step in range(TRIES + 2 * len(used)))
    return next((drill for drill in drawn if drill.key not in used), make(kind, seed))


def used_keys(bodies: list[dict[str, Any]]) -> set[str]:
    """Return the keys of the drills that the log holds."""
    return {body["drill"] for body in bodies if body.get("drill")}


def ids() -> list[str]:
    """Return one id for each skill. Memory keeps the skill; the numbers are new each time."""
    return [f"{PREFIX}{kind}" for kind in KINDS]
