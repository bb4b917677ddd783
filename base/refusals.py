"""Count what was refused, though nothing failed: by the key of the sentence, in this process."""

import threading
from collections import Counter

from base.messages import Message, UserError

_counts: Counter[str] = Counter()
_lock = threading.Lock()


class Refusal(UserError):  # noqa: N818 - a refusal is no failure of the program
    """Raised for what this person may not do, or not now. Each one is counted."""

    def __init__(self, message: Message):
        super().__init__(message)
        with _lock:
            _counts[message.key] += 1


def counted() -> dict[str, int]:
    """Return how often each sentence refused something since this process began."""
    with _lock:
        return dict(_counts)
