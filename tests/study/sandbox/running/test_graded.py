"""Completed code against hidden cases: what failed, expected and got, and no verdict forged."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.sandbox.running import execution, graded

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


# Looks for a word of the cases and of the solution in all that its process holds. The pattern does
# not contain the word itself.
SEARCH = """
import gc, re, sys
word = re.compile(b"NEVER[S]HOWN")
def parameters(n):
    found = set()
    frame = sys._getframe()
    while frame:
        if word.search(repr(list(frame.f_locals.values())).encode()): found.add("a frame")
        frame = frame.f_back
    for one in gc.get_objects():
        held = one.values() if type(one) is dict else one if type(one) in (list, tuple) else ()
        if n == 16 and any(type(x) is int and x == 9 * n * n for x in held): found.add("an object")
    for path in ("cmdline", "environ"):
        with open(f"/proc/self/{path}", "rb") as file:
            if word.search(file.read()): found.add(path)
    with open("/proc/self/maps") as lines: places = lines.read().split("\\n")
    for line in filter(None, places):
        first, last = (int(one, 16) for one in line.split()[0].split("-"))
        try:
            with open("/proc/self/mem", "rb", 0) as memory:
                memory.seek(first)
                if word.search(memory.read(last - first)): found.add("memory")
        except (OSError, ValueError, OverflowError):
            continue
    print("found", sorted(found))
    return 0
def name(s, b): return ""
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it searches in /proc")
def test_neither_cases_nor_values_are_in_the_learners_process():
    check = CHECK.replace("a learner may not read this", "NEVERSHOWN")
    grade = graded.grade(SEARCH, check, SOLUTION + "# NEVERSHOWN", tier_name="limited")
    assert grade.result.stdout == "found []\n" * 3, grade.result


EXCHANGE = """
import numpy as np
def twice(x, branch): return branch(branch(x))
def changed(x, held):
    x *= 2
    held[0] = "other"
    return held
def made(rng, shape=(2,)): return rng.normal(size=shape), (lambda x: x + shape[0])
def odd(): return {"one": (1, None), 2: [float("inf"), "三"]}, np.float32(0.5), range(3), object
def far(): return [0.0] * 30_000
class Thing:
    def __init__(self): self.x = 1
def thing(): return Thing()
"""
EXCHANGED = """
import numpy as np
def case_function(m): return m.twice(np.arange(3.0), lambda x: x * x + 1)
def case_ufunc(m): return m.twice(np.array([[-1, 2]]), np.abs)
def case_changed(m):
    x, held = np.ones(2), ["one", x := np.zeros(1)]
    return [m.changed(x, held), x, held]
def case_generator(m): return m.made(np.random.default_rng(3), shape=(4,))[0]
def case_returned_function(m): return m.made(np.random.default_rng(3))[1](np.ones((2, 2)))
def case_kinds(m):
    held, small, three, other = m.odd()
    return [str(held), small.dtype.name, list(three), other() is not None]
def case_opaque(m): return m.thing()
"""


def test_what_cases_and_code_exchange_arrives_as_it_was():
    grade = graded.grade(EXCHANGE, EXCHANGED, EXCHANGE, tier_name="limited")
    assert grade.passed, grade.cases
    kept = [case.expected for case in grade.cases]
    assert kept[2] == '[["other", [0.0]], [2.0, 2.0], ["other", [0.0]]]'
    assert kept[-1] == '"Thing"'


def test_an_error_of_what_a_case_lends_is_the_codes_own_at_its_line():
    check = "def case_lent(m): return m.twice(1, lambda x: x / 0)"
    solution = "def twice(x, branch): return 2"
    code = "def twice(x, branch):\n    return branch(x)"
    case = graded.grade(code, check, solution, tier_name="limited").cases[0]
    assert case.why.values["error"] == "ZeroDivisionError: division by zero" and case.line == 2


def test_more_than_a_case_may_exchange_is_said():
    grade = graded.grade(
        EXCHANGE,
        "def case_far(m): return len(m.far())",
        "def far(): return ''",
        tier_name="limited",
    )
    assert "20000 numbers" in grade.cases[0].why.values["error"]


@pytest.mark.parametrize(
    "end",
    ["import os; os._exit(0)", "raise SystemExit", "import os; os.kill(os.getpid(), 9)"],
)
def test_code_that_ends_amid_the_cases_keeps_what_was_answered(end):
    code = SOLUTION.replace('    return f"stage', f'    {end}\n    return f"stage')
    one, names, exact = graded_here(code).cases
    assert one.passed and {names.why.key, exact.why.key} == {"sandbox.case_not_reached"}


def test_stopping_ends_both_and_blames_nobody():
    grading = graded.begin(SOLUTION + "while True: pass", CHECK, SOLUTION, tier_name="limited")
    grading.stop()
    grade = grading.grade()
    assert not grading.running and grade.result.reason.key == "sandbox.stopped"
    assert {case.why.key for case in grade.cases} == {"sandbox.case_not_reached"}


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


def test_the_code_takes_the_place_of_its_visitor_and_the_cases_nobodys(monkeypatch):
    asked = []
    monkeypatch.setattr(graded, "start", lambda code, limits, **options: asked.append(options))
    monkeypatch.setattr(graded, "ask", lambda answer, solution, check: None)
    graded.begin("code", "check", "solution", visitor="v-1", learner="p-ada")
    assert [(one["visitor"], one["learner"]) for one in asked] == [("v-1", "p-ada")]


def test_code_whose_cases_cannot_start_is_ended(monkeypatch):
    answer = graded.start("while True: pass", tier_name="limited", asked=True)

    def none(*_, **__):
        raise OSError("no process")

    monkeypatch.setattr(execution, "Worker", none)
    with pytest.raises(OSError, match="no process"):
        graded.ask(answer, SOLUTION, CHECK)
    assert answer.result().reason.key == "sandbox.stopped"
