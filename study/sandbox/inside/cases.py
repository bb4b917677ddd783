"""Call each hidden case with the learner's module and send out what it returned, as plain data.

This module does not judge, because the right answers exist only outside the sandbox.
"""

import json
import traceback
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from study.sandbox.inside.channel import Channel

MOST_NUMBERS = 2000
LONGEST_TEXT = 500


def run(check: str, own_file: str, channel: "Channel", learner: types.ModuleType) -> None:
    """Call each function `case_…` of the check with the learner's module, in the order written."""
    names: dict[str, Any] = {"__name__": "hidden_cases"}
    exec(compile(check, "hidden cases", "exec"), names)
    for name, case in list(names.items()):
        if not name.startswith("case_"):
            continue
        try:
            said: dict[str, object] = {"value": plain(case(learner))}
        except Exception as error:  # whatever the learner's code raises is the answer to this case
            frames = traceback.extract_tb(error.__traceback__)
            own = [frame.lineno for frame in frames if frame.filename == own_file]
            said = {"error": f"{type(error).__name__}: {error}"[:LONGEST_TEXT]}
            said["line"] = own[-1] if own else None
        body = json.dumps({"case": name.removeprefix("case_"), **said}).encode()
        channel.send({"kind": "value"}, body)


def plain(value: Any) -> Any:
    """Return numbers and text as they are, and arrays and tensors as nested lists.

    Raises ValueError for an array of more than MOST_NUMBERS numbers.
    """
    if value is None or isinstance(value, bool | int | str):
        return value[:LONGEST_TEXT] if isinstance(value, str) else value
    if isinstance(value, float):
        return value
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if hasattr(value, "numpy"):
        value = value.numpy()
    if hasattr(value, "tolist"):
        if getattr(value, "size", 1) > MOST_NUMBERS:
            raise ValueError(f"a case may return {MOST_NUMBERS} numbers, not {value.size}")
        return plain(value.tolist())
    return f"{type(value).__name__}"
