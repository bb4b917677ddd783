"""Damage for the tests that feed what this project reads: bytes, JSON values, and how many of them.

RESIDUAL_FUZZ=50 tries fifty times as many, see CONTRIBUTING.md.
"""

import copy
import json
import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some

TIMES = max(1, int(os.environ.get("RESIDUAL_FUZZ") or 1))
PLAIN = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
VALUES = some.recursive(
    PLAIN,
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
DEEP = '{"a":' * 20_000 + "1" + "}" * 20_000


def tries(count: int) -> settings:
    """Settings for `count` examples, or RESIDUAL_FUZZ times as many."""
    ignored = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=count * TIMES, deadline=None, suppress_health_check=ignored)


@some.composite
def changed(draw, whole: object) -> object:
    """A JSON value with one place in it replaced by anything, or taken out."""
    held = {"whole": copy.deepcopy(whole)}
    inner, key = held, "whole"
    while isinstance(inner[key], dict | list) and inner[key] and draw(some.integers(0, 5)):
        inner = inner[key]
        keys = sorted(inner) if isinstance(inner, dict) else range(len(inner))
        key = draw(some.sampled_from(list(keys)))
    if inner is held or draw(some.integers(0, 4)):
        inner[key] = draw(VALUES)
    else:
        del inner[key]
    return held["whole"]


@some.composite
def damaged(draw, whole: bytes) -> bytes:
    """Bytes with some overwritten, put in or lost, anywhere."""
    broken = bytearray(whole)
    for _ in range(draw(some.integers(1, 4))):
        place = draw(some.integers(0, max(0, len(broken) - 1)))
        lost = draw(some.integers(0, 8))
        broken[place : place + lost] = draw(some.binary(max_size=8))
    if draw(some.integers(0, 3)) == 0:
        del broken[draw(some.integers(0, len(broken))) :]
    return bytes(broken)


def text_of(whole: object):
    """What a file of JSON may hold: the whole with a change in it, damaged text, or a deep one."""
    as_bytes = json.dumps(whole).encode()
    return (
        changed(whole).map(lambda told: json.dumps(told).encode())
        | damaged(as_bytes)
        | some.just(DEEP.encode())
    )
