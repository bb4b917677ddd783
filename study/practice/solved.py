"""Define what a drill is made of: a draw, and the task with its answer that a formula returns."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from base.messages import Message

Shape = tuple[int, ...]
Values = dict[str, Any]


@dataclass(frozen=True)
class Solved:
    """Hold a task and its answer.

    `values` are what the two texts need besides `answer`; `tolerance` is absolute. `run` and
    `quantity` name the chart to read, if there is one. A task whose answer is chosen has `options`
    by their keys, one of which is `answer`, a reason for some, and `shown` statements above them.
    """

    answer: float | Shape | str
    values: Values
    variant: str = ""
    tolerance: float = 0.0
    unit: str = ""
    run: str = ""
    quantity: str = ""
    options: Mapping[str, Message] = field(default_factory=dict)
    reasons: Mapping[str, Message] = field(default_factory=dict)
    shown: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """Hold a draw and its formula; with `one_why` all variants share one worked solution."""

    draw: Callable[[random.Random], tuple[Any, ...]]
    solve: Callable[..., Solved]
    one_why: bool = False
