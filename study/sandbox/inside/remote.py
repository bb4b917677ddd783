"""Let two processes call each other's functions, so that neither holds the other's code.

The hidden cases of an item run in one process and the learner's code in another. Each call and each
answer is one line of JSON. Numbers, text, lists, tuples, dictionaries and arrays cross as they are,
a generator of NumPy crosses with its state, and a function crosses as a number by which the other
process calls it. Of anything else only the name of its type crosses. Lists and arrays that a
call changed are changed in the caller as well.
"""

import base64
import itertools
import json
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from study.sandbox.inside.channel import Channel

Function = Callable[..., Any]
MOST_NUMBERS = 20_000  # of one list or array
LONGEST_ERROR = 500
NUMBERS = "biufc"  # the kinds of NumPy's types that hold numbers


class Gone(SystemExit):
    """Raised if the other process has ended, which ends this one. It is the answer to no case."""


class Raised(Exception):  # noqa: N818 - the error happened elsewhere
    """Raised for an error of the other process; `line` is the line of the learner's code."""

    def __init__(self, told: str, line: object):
        super().__init__(told)
        self.told, self.line = told, line


def serve(reads: BinaryIO, channel: "Channel", own_file: str, module: object) -> None:
    """Let the other end call the functions of the learner's module, until it closes the pipe."""
    Peer(reads, channel, module, own_file).serve()


class Far:
    """Stand for the module at the other end, whose functions are called there."""

    def __init__(self, peer: "Peer"):
        self._peer = peer

    def __getattr__(self, name: str) -> Function:
        return self._peer.function(name)


class Peer:
    """Call functions of the process at the other end, and answer its calls meanwhile.

    The other end may call the functions of `module` by name. `own_file` is the file whose lines an
    error names.
    """

    def __init__(
        self, reads: BinaryIO, channel: "Channel", module: object = None, own_file: str = ""
    ):
        self._reads, self._channel = reads, channel
        self._module, self._own_file = module, own_file
        self._lent: list[Function] = []

    def function(self, name: str | int) -> Function:
        """Return a function that calls the one of that name or number at the other end."""
        return lambda *args, **named: self._call(name, args, named)

    def serve(self) -> None:
        """Answer calls until the other end closes the pipe, and with it end this process."""
        while True:
            self._answer(self._next())

    def _call(self, name: str | int, args: tuple, named: dict[str, Any]) -> Any:
        met: list[Any] = []
        self._send({"call": name, "args": self._packed([args, named], met)})
        while "call" in (told := self._next()):
            self._answer(told)
        if "error" in told:
            raise Raised(str(told["error"]), told.get("line"))
        for place, content in told["changed"]:
            _overwrite(met[place], self._unpacked(content))
        return self._unpacked(told["value"])

    def _answer(self, told: dict[str, Any]) -> None:
        met: list[Any] = []
        try:
            args, named = self._unpacked(told["args"], met)
            before = [_copy(one) for one in met]
            value = self._packed(self._wanted(told["call"])(*args, **named))
            pairs = enumerate(zip(met, before, strict=True))
            changed = [(n, self._packed(one)) for n, (one, old) in pairs if _differs(one, old)]
            self._send({"value": value, "changed": changed})
        except Exception as error:  # whatever the function raises is the answer
            text = getattr(error, "told", f"{type(error).__name__}: {error}")
            self._send({"error": text[:LONGEST_ERROR], "line": self._line(error)})

    def _wanted(self, name: str | int) -> Function:
        found: Function = self._lent[name] if isinstance(name, int) else getattr(self._module, name)
        return found

    def _line(self, error: Exception) -> object:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame.lineno for frame in frames if frame.filename == self._own_file]
        return own[-1] if own else getattr(error, "line", None)

    def _send(self, told: dict[str, object]) -> None:
        self._channel.send({"kind": "call"}, json.dumps(told).encode() + b"\n")

    def _next(self) -> dict[str, Any]:
        line = self._reads.readline()
        told = json.loads(line) if line.endswith(b"\n") else None
        if not isinstance(told, dict):
            raise Gone
        return told

    def _packed(self, value: Any, met: list[Any] | None = None) -> Any:
        """Return a value as JSON holds it. Adds each list and array in it to `met`, in order."""
        met = [] if met is None else met
        np = sys.modules.get("numpy")
        if np and isinstance(value, np.generic) and value.dtype.kind in NUMBERS:
            return ["scalar", *_bytes_of(value)]
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, tuple):
            return ["tuple", *(self._packed(one, met) for one in value)]
        if isinstance(value, dict):
            return ["dict", *([self._packed(one, met) for one in pair] for pair in value.items())]
        if isinstance(value, list):
            _check_size(len(value))
            met.append(value)
            return ["list", *(self._packed(one, met) for one in value)]
        if hasattr(value, "numpy"):
            value = value.numpy()  # a tensor
        if np and isinstance(value, np.ndarray):
            _check_size(value.size)
            if value.dtype.kind not in NUMBERS:
                return self._packed(value.tolist(), met)
            met.append(value)
            return ["array", *_bytes_of(value)]
        if np and isinstance(value, np.random.Generator):
            return ["generator", value.bit_generator.state]
        if callable(value):
            self._lent.append(value)
            return ["function", len(self._lent) - 1]
        if isinstance(value, Iterable):
            return self._packed(list(itertools.islice(value, MOST_NUMBERS + 1)), met)
        return ["opaque", type(value).__name__]

    def _unpacked(self, told: Any, met: list[Any] | None = None) -> Any:
        """Return the value again. Adds each list and array in it to `met`, in the same order."""
        if not isinstance(told, list):
            return told
        met = [] if met is None else met
        kind, *held = told
        if kind == "tuple":
            return tuple(self._unpacked(one, met) for one in held)
        if kind == "dict":
            return {self._unpacked(key, met): self._unpacked(one, met) for key, one in held}
        if kind == "list":
            made: list[Any] = []
            met.append(made)
            made.extend(self._unpacked(one, met) for one in held)
            return made
        if kind == "function":
            return self.function(int(held[0]))
        if kind == "opaque":
            return type(str(held[0]), (), {})()
        return _of_numpy(kind, held, met)


def _of_numpy(kind: str, held: list[Any], met: list[Any]) -> Any:
    import numpy as np

    if kind == "generator":
        generator = np.random.default_rng()
        generator.bit_generator.state = held[0]
        return generator
    dtype, shape, data = held
    array = np.frombuffer(base64.b64decode(data), np.dtype(dtype)).reshape(shape).copy()
    if kind == "scalar":
        return array[()]
    met.append(array)
    return array


def _bytes_of(array: Any) -> list[Any]:
    return [array.dtype.str, list(array.shape), base64.b64encode(array.tobytes()).decode()]


def _check_size(size: int) -> None:
    if size > MOST_NUMBERS:
        raise ValueError(f"a case may exchange {MOST_NUMBERS} numbers, not {size}")


def _copy(one: Any) -> Any:
    return list(one) if isinstance(one, list) else one.copy()


def _differs(one: Any, old: Any) -> bool:
    """Return whether a list holds other things than before, or an array other numbers."""
    if isinstance(one, list):
        return len(one) != len(old) or any(a is not b for a, b in zip(one, old, strict=True))
    return bool(one.tobytes() != old.tobytes())


def _overwrite(old: Any, new: Any) -> None:
    """Give a list or an array the content of another one, so that all who hold it see it."""
    if isinstance(old, list):
        old[:] = new
    else:
        old[...] = new
