"""Define the drills about claims: which held here, and which way an effect pointed.

Their answers are read from the records that ship, so a claim that is recorded anew changes them.
"""

import random
from itertools import product
from typing import Any

from base.catalogue import catalogue
from base.messages import Message
from study.practice.claim_findings import DIRECTIONS, Finding, findings
from study.practice.solved import Kind, Solved

OTHERS = 3  # wrong options beside the right one
TRIES = 400  # draws for a wanted place; where there is none, the last one is taken


def _draw_held(rng: random.Random) -> tuple[Any, ...]:
    """Draw which kind of claim is asked for, one of it, and three of the other kind.

    What failed here are comparisons of two trainings, so those that held are comparisons too, with
    at most one of another sort: an effect at initialisation beside three of them would stand out.
    The place of the right title by its length is drawn first and wanted in both languages, so that
    it is the longest no more often than another.
    """
    found = findings().values()
    failed = [one for one in found if not one.holds]
    compared = [one for one in found if one.holds and one.direction]
    rest = [one for one in found if one.holds and not one.direction]
    held, place = rng.random() < 0.5, rng.randint(0, OTHERS)
    for _ in range(TRIES):
        if held:
            right, others = rng.choice(compared), rng.sample(failed, OTHERS)
        else:
            right = rng.choice(failed)
            others = [*rng.sample(compared, OTHERS - 1), rng.choice(rest)]
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
    """Draw the two directions first, so that none is right more often than another."""
    pointing = {
        way: [one.name for one in findings().values() if one.direction == way] for way in DIRECTIONS
    }
    pairs = [
        (first, second)
        for first, second in product(DIRECTIONS, DIRECTIONS)
        if pointing[first] and len(pointing[second]) > (first == second)
    ]
    first, second = rng.choice(pairs)
    a = rng.choice(pointing[first])
    b = rng.choice([name for name in pointing[second] if name != a])
    wrong = [pair for pair in product(DIRECTIONS, DIRECTIONS) if pair != (first, second)]
    return a, b, *sorted(f"{x}-{y}" for x, y in rng.sample(wrong, OTHERS))


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
