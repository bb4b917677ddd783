"""Completed code against hidden cases: what failed, expected and got, and no verdict forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.messages import Message
from study.sandbox.running import graded
from study.sandbox.running.execution import BusyError

SOLUTION = """
def parameters(n):
    return 9 * n * n
def name(stage, block):
    return f"stage{stage}_block{block}"
"""
CHECK = '''
import math
def case_one_layer(code):
    """Not all of it: a learner may not read this."""
    return code.parameters(16)
def case_names(code):
    return [code.name(1, 2), code.name(3, 4)]
def case_is_exact(code):
    return {"root": math.sqrt(code.parameters(2)), "kind": type(code.parameters(1)).__name__}
'''
FORGERIES = {
    "ends before": "import os; os._exit(0)",
    "exits": "raise SystemExit(0)",
    "prints": "print('passed'); import sys; sys.exit(0)",
    "writes to the channel": (
        "import os\n"
        'body = b\'{"case": "one_layer", "value": true, "passed": true}\'\n'
        "for handle in range(3, 4096):\n"
        '    try: os.write(handle, b\'{"kind": "value", "size": %d}\\n\' % len(body) + body)\n'
        "    except OSError: pass\n"
        "os._exit(0)"
    ),
    "sends lists without end": (
        "import os\n"
        "body = b'{\"case\": \"one_layer\", \"value\": ' + b'[' * 700 + b']' * 700 + b'}'\n"
        "for handle in range(3, 4096):\n"
        '    try: os.write(handle, b\'{"kind": "value", "size": %d}\\n\' % len(body) + body)\n'
        "    except OSError: pass"
    ),
    "equals everything": (
        "class Yes:\n"
        "    def __eq__(self, other): return True\n"
        "    def tolist(self): return True\n"
        "def parameters(n): return Yes()\n"
        "def name(s, b): return Yes()"
    ),
    "changes how cases are sent": (
        "import json\n"
        'json.dumps = lambda *a, **k: \'{"case": "one_layer", "value": NaN}\'\n'
        "def parameters(n): return 1\n"
        "def name(s, b): return ''"
    ),
}


def graded_here(code: str) -> graded.CodeGrade:
    return graded.grade(code, CHECK, SOLUTION, tier_name="limited")


def test_the_solution_passes_and_so_does_another_right_way():
    assert graded_here(SOLUTION).passed
    other = "parameters = lambda n: sum([n * n] * 9)\nname = 'stage{}_block{}'.format"
    assert graded_here(other).passed


def test_what_failed_says_what_was_expected_and_what_came():
    grade = graded_here(SOLUTION.replace("9 * n", "3 * n"))
    assert not grade.passed
    one, names, exact = grade.cases
    assert (one.key, one.expected, one.got) == ("one-layer", "2304", "768")
    assert str(one.why) == "Expected 2304, got 768."
    assert names.passed
    assert exact.expected == '{"root": 6.0, "kind": "int"}'


def test_an_error_is_told_with_the_learners_line():
    grade = graded_here("def parameters(n):\n    return n / 0\ndef name(s, b):\n    return 1")
    assert grade.cases[0].why.values["error"] == "ZeroDivisionError: division by zero"
    assert grade.cases[0].line == 2
    assert grade.cases[1].got == "[1, 1]"


def test_what_came_is_shown_as_text_whatever_it_holds():
    code = (
        "def parameters(n): return '\\ud800\\u202e\\x9b1m'\n"
        "def name(s, b): raise ValueError('\\udfff\\u2066')"
    )
    one, names, _ = graded_here(code).cases
    assert one.got == '"?\ufffd\ufffd1m"'
    assert names.why.values["error"] == "ValueError: ?\ufffd"


def test_values_without_end_do_not_fill_the_memory_of_the_app():
    code = SOLUTION + (
        "\nimport os\n"
        "body = b'[' + b'[],' * 300000 + b'[]]'\n"
        "for handle in range(3, 4096):\n"
        '    try: [os.write(handle, b\'{"kind": "value", "size": %d}\\n\' % len(body) + body)'
        " for _ in range(20)]\n"
        "    except OSError: pass"
    )
    grade = graded_here(code)
    assert grade.passed
    assert sum(type(value) is list for value in grade.result.values) == 1


def test_code_that_does_not_run_reaches_no_case_and_names_its_line():
    grade = graded_here("def parameters(n):\n    retrun n")
    assert not grade.passed
    assert {case.why.key for case in grade.cases} == {"sandbox.case_not_reached"}
    assert grade.result.line == 2


@pytest.mark.parametrize("code", FORGERIES.values(), ids=FORGERIES)
def test_no_verdict_is_forged(code):
    assert not graded_here(code).passed


def test_the_hidden_values_are_nowhere_in_the_learners_process():
    code = (
        "import gc, sys\n"
        "def parameters(n):\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        if 2304 in frame.f_locals.values(): print('FOUND')\n"
        "        frame = frame.f_back\n"
        "    print(any(2304 in o for o in gc.get_objects() if type(o) in (list, dict)))\n"
        "    return 0\n"
        "def name(s, b): return ''"
    )
    assert "True" not in graded_here(code).result.stdout
    assert "FOUND" not in graded_here(code).result.stdout


@pytest.mark.parametrize(
    ("solution", "check"), [("x = 1 / 0", CHECK), (SOLUTION, "x = 1"), ("def f(): pass", CHECK)]
)
def test_an_item_whose_solution_fails_is_said_to_be_at_fault(solution, check):
    with pytest.raises(graded.GradingError, match="own tests"):
        graded.grade(SOLUTION, check, solution, tier_name="limited")


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        (1.0, 1.000001, True),
        (1.0, 1.1, False),
        (1, True, False),
        (1.0, 10**400, False),
        (10**400, 10**400, True),
        (1, 1.0, True),
        (float("nan"), float("nan"), True),
        (float("nan"), 0.0, False),
        ([1, [2.0]], [1, [2.0000001]], True),
        ([1], [1, 1], False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ("a", "a", True),
        (None, 0, False),
    ],
)
def test_values_are_compared_as_a_teacher_would(expected, got, right):
    assert graded.same(expected, got, 1e-5) is right


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(VALUES)
def test_every_value_is_the_same_as_itself(value):
    assert graded.same(value, value, 1e-5)


@pytest.mark.tf
def test_tensors_and_arrays_are_compared_as_numbers():
    solution = "import numpy as np\ndef relu(x): return np.maximum(x, 0)"
    check = "import numpy as np\ndef case_relu(code): return code.relu(np.array([-1.0, 2.0]))"
    code = "import keras\ndef relu(x): return keras.ops.relu(x)"
    grade = graded.grade(code, check, solution, tier_name="limited")
    assert grade.passed, grade
    assert grade.cases[0].got == "[0.0, 2.0]"


class Started:
    """Stand for a run of which only the question matters whose place it takes."""

    stopped = False

    def stop(self):
        self.stopped = True


def test_the_code_takes_the_place_of_its_visitor_and_the_solution_nobodys(monkeypatch):
    asked = []
    monkeypatch.setattr(
        graded, "start", lambda code, limits, **options: asked.append(options) or Started()
    )
    graded.begin("code", "check", "solution", visitor="v-1", learner="p-ada")
    whose = [(one.get("visitor"), one.get("learner")) for one in asked]
    assert whose == [("v-1", "p-ada"), (None, None)]


def test_code_whose_solution_finds_no_place_is_stopped(monkeypatch):
    first = Started()

    def start(code, limits, **options):
        if code == "solution":
            raise BusyError(Message("sandbox.busy", {"most": 1}))
        return first

    monkeypatch.setattr(graded, "start", start)
    with pytest.raises(BusyError):
        graded.begin("code", "check", "solution")
    assert first.stopped
