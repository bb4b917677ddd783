"""Find the steps at which a run was changed, paused or resumed, to mark them on a chart."""

from dataclasses import dataclass

from base.messages import Message
from resnet_core.runs import Event, History


@dataclass(frozen=True)
class Mark:
    """Describe something that happened before the step was taken."""

    step: int
    words: Message


def marks(past: History) -> list[Mark]:
    """Return the changes, pauses and resumptions of a run, in the order of their steps.

    A run that goes on step by step pauses at each of them; only the first pause is a mark.
    """
    found = [Mark(e["step"], words) for e in past.of("control") for words in _changes(e)]
    paused = set(past.paused)
    found += [Mark(step, Message("mark.paused")) for step in paused if step - 1 not in paused]
    found += [Mark(step, Message("mark.resumed")) for step in set(past.resumed)]
    return sorted(found, key=lambda mark: mark.step)


def _changes(event: Event) -> list[Message]:
    changed, words = event["changed"], []
    if "learning_rate" in changed:
        rate = f"{changed['learning_rate']:g}"
        words.append(Message("mark.rate", {"rate": rate}))
    if changed.get("skips") is True:
        words.append(Message("mark.skips_in"))
    if changed.get("skips") is False:
        words.append(Message("mark.skips_out"))
    return words
