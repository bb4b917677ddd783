"""Define the drills about claims: which held here, and which way an effect pointed.

Their answers are read from the records that ship, so a claim that is recorded anew changes them.
"""

import random
from itertools import product
from typing import Any

from base.catalogue import catalogue
from base.messages import Message
from study.practice.claim_findings import DIRECTIONS, Direction, Finding, findings
from study.practice.solved import Kind, Solved

OTHERS = 3  # wrong options beside the right one
TRIES = 400  # draws for a wanted place; where there is none, the last one is taken
DEEP = (1, 2)  # how many of the four options are about deep nets
DEEP_SHARE = 0.25  # of the statements whose direction is asked for


def _compared(deep: bool, holds: bool | None = None) -> list[Finding]:
    """Return what compares nets after training: an effect at initialisation would stand out."""
    return [
        one
        for one in findings().values()
        if one.direction and one.trained and one.deep is deep and holds in (None, one.holds)
    ]


def _draw_held(rng: random.Random) -> tuple[Any, ...]:
    """Draw which kind of claim is asked for, one of it, and three of the other kind.

    Nothing but the sentences should tell. Most claims that failed are about shallow nets and most
    that held about deep ones, so it is drawn first which of the four are deep. The place of the
    right title by its length is drawn too, and wanted in both languages.
    """
    held, place, deep = rng.random() < 0.5, rng.randint(0, OTHERS), rng.choice(DEEP)
    is_deep = rng.random() < deep / (OTHERS + 1)
    for _ in range(TRIES):
        right = rng.choice(_compared(is_deep, held))
        others = rng.sample(_compared(True, not held), deep - is_deep)
        others += rng.sample(_compared(False, not held), OTHERS - len(others))
        if all(_place(right, others, language) == place for language in ("zh", "en")):
            break
    return "held" if held else "failed", right.name, *sorted(one.name for one in others)


def _held(variant: str, right: str, *others: str) -> Solved:
    """Return the task: which of these claims held, or did not hold."""
    found = {name: findings()[name] for name in (right, *others)}
    return Solved(
        right,
        {},
        variant,
        options={name: one.title for name, one in found.items()},
        reasons={name: one.told for name, one in found.items()},
    )


def _place(right: Finding, others: list[Finding], language: str) -> int:
    """Return how many of the other titles are shorter than the right one."""
    lengths = [len(catalogue(language)[one.title.key]) for one in (right, *others)]
    return sum(length < lengths[0] for length in lengths)


def _draw_signs(rng: random.Random) -> tuple[Any, ...]:
    """Draw two claims, and three wrong pairs out of those that the two draws could have given.

    So no direction stands among the options more often than it is right.
    """
    a = b = _draw_pointing(rng)
    while b is a:
        b = _draw_pointing(rng)
    pairs = [*product(_ways(a.deep), _ways(b.deep))]
    if len(pairs) <= OTHERS:
        pairs = [*product(DIRECTIONS, DIRECTIONS)]
    wrong = [pair for pair in pairs if pair != (a.direction, b.direction)]
    return a.name, b.name, *sorted(f"{x}-{y}" for x, y in rng.sample(wrong, OTHERS))


def _draw_pointing(rng: random.Random) -> Finding:
    """Draw whether the net is deep, then the direction, then the claim."""
    deep = rng.random() < DEEP_SHARE
    way = rng.choice(_ways(deep))
    return rng.choice([one for one in _compared(deep) if one.direction == way])


def _ways(deep: bool) -> list[Direction]:
    """Return the directions that occur for deep nets, or for shallow ones."""
    there = {one.direction for one in _compared(deep)}
    return [way for way in DIRECTIONS if way in there]


def _signs(a: str, b: str, *wrong: str) -> Solved:
    """Return the task: which way the effects of two claims pointed."""
    both = {"A": findings()[a], "B": findings()[b]}
    right = f"{both['A'].direction}-{both['B'].direction}"
    values = {f"told_{letter.lower()}": one.told for letter, one in both.items()}
    return Solved(
        right,
        values,
        options={pair: _pair(pair) for pair in sorted((right, *wrong))},
        shown={letter: one.title for letter, one in both.items()},
    )


def _pair(pair: str) -> Message:
    first, second = (Message(f"drill.signs_{way}") for way in pair.split("-"))
    return Message("drill.signs_pair", {"first": first, "second": second})


KINDS = {
    "held": Kind(_draw_held, _held, one_why=True),
    "signs": Kind(_draw_signs, _signs),
}
