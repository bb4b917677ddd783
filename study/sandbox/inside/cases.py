"""Call each hidden case with the solution and with the learner's code, and send out both answers.

This process holds the cases and the solution, and the learner's code runs in another one. Nothing
is judged here: the answers are compared in the app.
"""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from study.sandbox.inside.channel import Channel

MOST_NUMBERS = 2000
LONGEST_TEXT = 500


def run(check: str, learner: object, channel: "Channel", solution: object) -> None:
    """Call the cases with the item's solution, then with `learner`, which is in another process."""
    _call(check, "expected", solution, channel)
    _call(check, "got", learner, channel)


def _call(check: str, whose: str, code: object, channel: "Channel") -> None:
    """Call each function `case_…` of the check, in the order written, and send what it returns."""
    names: dict[str, Any] = {"__name__": "hidden_cases"}
    exec(compile(check, "hidden cases", "exec"), names)
    for name, case in list(names.items()):
        if not name.startswith("case_"):
            continue
        try:
            said: dict[str, object] = {"value": plain(case(code))}
        except Exception as error:  # whatever a case raises is its answer
            told = getattr(error, "told", f"{type(error).__name__}: {error}")
            said = {"error": told[:LONGEST_TEXT], "line": getattr(error, "line", None)}
        body = json.dumps({"of": whose, "case": name.removeprefix("case_"), **said}).encode()
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
