"""Read the output of one snippet as it comes from its pipes, without trusting it."""

import json
import queue
import threading
import time
from collections.abc import Callable
from io import BufferedReader

from base.messages import Message
from study.sandbox.limits import Limits
from study.sandbox.running import output, reasons
from study.sandbox.running.result import Event, Figure

CHUNK = 1 << 16


class Received:
    """Keep two streams, figures, values and the line of an error, each within its limit.

    `too_much` is called with the reason if a stream exceeds its limit, and `pass_on` with each line
    for the process that this one talks with, unread, and with None after the last. `moved` is set
    by the first output that a person would see.
    """

    def __init__(
        self,
        limits: Limits,
        too_much: Callable[[Message], None],
        pass_on: Callable[[bytes | None], None] = lambda line: None,
    ):
        self._limits, self._too_much, self._pass_on = limits, too_much, pass_on
        self.events: queue.Queue[Event] = queue.Queue()
        self.out, self.err = bytearray(), bytearray()
        self.values: list[dict[str, object]] = []
        self.figures: list[Figure] = []
        self.truncated, self.figures_cut = False, False
        self.line: int | None = None
        self.moved = threading.Event()
        self.first_at: float | None = None

    def so_far(self) -> tuple[str, str, tuple[Figure, ...]]:
        """Return standard output, standard error and figures so far."""
        err = output.without_noise(output.clean(bytes(self.err)))
        return output.clean(bytes(self.out)), err, tuple(self.figures)

    def read(self, pipe: BufferedReader, kind: str, kept: bytearray, cap: int) -> None:
        """Keep what comes from the pipe, up to the cap."""
        pieces = output.Pieces()
        try:
            while data := pipe.read1(CHUNK):
                room = cap - len(kept)
                kept += data[:room]
                self.events.put(Event(kind, pieces.text(data[:room])))
                if not self.moved.is_set() and (kind == "stdout" or self._has_erred()):
                    self.first_at = time.monotonic()
                    self.moved.set()
                if len(data) > room:
                    self.truncated = True
                    self._too_much(reasons.over_output(cap))
                    return
        except (OSError, ValueError):
            return  # closed by another thread, after the end

    def read_channel(self, channel: BufferedReader) -> None:
        """Keep figures, values and the line of an error, and pass on what is for another."""
        limits = self._limits
        room = {"figure": limits.figures, "value": limits.values, "call": limits.calls, "line": 0}
        try:
            while head := channel.readline(1000):
                about = json.loads(head)
                kind, size = about["kind"], int(about["size"])
                if size < 0:
                    raise ValueError
                if size > room[kind]:
                    if kind == "figure":
                        self._cut_figures()
                    if kind == "call":
                        self._pass_on(None)  # an answer that does not come would be waited for
                    _skip(channel, size)
                    continue
                room[kind] -= size
                self._take(kind, about, channel.read(size))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            self._pass_on(None)
            _skip(channel, None)  # forged: what follows cannot be told apart
        except OSError:
            return  # closed by another thread, after the end
        finally:
            self._pass_on(None)

    def _has_erred(self) -> bool:
        """Return whether standard error holds more than what TensorFlow prints about itself.

        That part is short: beyond its length nothing is searched again for every piece.
        """
        return len(self.err) > CHUNK // 4 or bool(self.so_far()[1].strip())

    def _take(self, kind: str, about: dict[str, object], body: bytes) -> None:
        line = about.get("line")
        if kind == "line" and type(line) is int:
            self.line = line
        elif kind == "call":
            self._pass_on(body)
        elif kind == "value":
            self.values.append(json.loads(body))
        elif kind == "figure":
            self._keep(output.figure(body, self._limits))

    def _keep(self, figure: Figure | None) -> None:
        if figure is None or len(self.figures) >= self._limits.figure_count:
            self._cut_figures()
            return
        self.figures.append(figure)
        self.events.put(Event("figure", figure=figure))
        self.moved.set()

    def _cut_figures(self) -> None:
        self.truncated = self.figures_cut = True


def _skip(channel: BufferedReader, size: int | None) -> None:
    """Read and drop bytes, or all of them if None, because a writer must not wait forever."""
    left = size
    try:
        while left != 0:
            data = channel.read1(CHUNK if left is None else min(CHUNK, left))
            if not data:
                return
            left = None if left is None else left - len(data)
    except (OSError, ValueError):
        return
