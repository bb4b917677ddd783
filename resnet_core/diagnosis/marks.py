"""Find the steps at which a run was changed, paused or resumed, to mark them on a chart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from base.messages import Message
from resnet_core.experiment.surgery.cuts import Surgery
from resnet_core.runs import History, Settings

BEFORE = Settings(1.0)  # the rate before a change is not told


@dataclass(frozen=True)
class Mark:
    """Describe something that happened before the step was taken."""

    step: int
    words: Message


def marks(past: History) -> list[Mark]:
    """Return the changes, pauses and resumptions of a run, in the order of their steps.

    A run that goes on step by step pauses at each of them; only the first pause is a mark.
    """
    found = changes_made(past)
    paused = set(past.paused)
    found += [Mark(step, Message("mark.paused")) for step in paused if step - 1 not in paused]
    found += [Mark(step, Message("mark.resumed")) for step in set(past.resumed)]
    return sorted(found, key=lambda mark: mark.step)


def changes_made(past: History) -> list[Mark]:
    """Return marks for what was changed in a run, or in one seed of it."""
    return changes((event["step"], event["changed"]) for event in past.of("control"))


def changes(made: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Mark]:
    """Return marks for changes of the settings: pairs of a step and the new values by name."""
    found, now = [], BEFORE
    for step, changed in made:
        after = now.after([changed])
        if "learning_rate" in changed:
            words = Message("mark.rate", {"rate": f"{changed['learning_rate']:g}"})
            found.append(Mark(step, words))
        found += [Mark(step, words) for words in _surgery(now.surgery, after.surgery)]
        now = after
    return found


def _surgery(before: Surgery, after: Surgery) -> list[Message]:
    """Return what was cut between two surgeries, and what was put back."""
    words: list[Message] = []
    if before.skips != after.skips:
        words.append(Message("mark.skips_in" if after.skips else "mark.skips_out"))
    was, now = set(before.skips_out), set(after.skips_out)
    was &= was if after.skips else now  # a single skip that is out goes on being out with all
    words += [Message("mark.skip_out", {"block": place(one)}) for one in sorted(now - was)]
    words += [Message("mark.skip_in", {"block": place(one)}) for one in sorted(was - now)]
    was, now = set(before.deleted), set(after.deleted)
    words += [Message("mark.block_out", {"block": place(one)}) for one in sorted(now - was)]
    words += [Message("mark.block_in", {"block": place(one)}) for one in sorted(was - now)]
    if before.averages != after.averages:
        words.append(Message("mark.averages" if after.averages else "mark.batch_statistics"))
    return words


def place(block: str) -> str:
    """Return "2.1" for the first block of stage 2, which is short enough for a chart."""
    return block.removeprefix("stage").replace("_block", ".")
