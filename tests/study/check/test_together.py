"""Snippets that share a process end as they would alone, or are left to a run of their own."""

import sys

import pytest

from study import sandbox
from study.check import together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="they share by forks")
LEFT = (
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "import time; time.sleep(600)",
    "print('x' * 100_000)",
)


def test_each_has_its_own_names_outputs_and_status():
    codes = [
        "kept = 1\nprint('one')",
        "print('kept' in globals(), __name__)",
        "import sys; print('told', file=sys.stderr); sys.exit(3)",
        "raise ValueError('wrong')",
    ]
    told = together.run(codes, sandbox.Limits())
    one, two, three, four = (told[code] for code in codes)
    assert (one.status, one.stdout) == ("ok", "one\n")
    assert two.stdout == "False __main__\n"
    assert (three.status, three.exit_code, three.stderr) == ("error", 3, "told\n")
    assert four.status == "error" and "ValueError: wrong" in four.stderr


def test_the_source_of_a_function_is_its_own(monkeypatch):
    """AutoGraph asks every module of the function's file for the lines of the file."""
    monkeypatch.setitem(together.IMPORTED, "plain", ["multiprocessing.process"])
    code = "def f(x):\n    return x + 1\n"
    read = """import inspect, linecache, sys
for module in [*sys.modules.values()]:
    if getattr(module, "__file__", None) == inspect.getfile(f):
        linecache.updatecache(module.__file__, module.__dict__)
        print(inspect.getsource(f), end="")
"""
    told = together.run([code + read], sandbox.Limits())
    assert told[code + read].stdout == code * 2


def test_what_is_killed_late_or_long_is_left_out_and_the_rest_comes():
    codes = ["print('before')", *LEFT, "print('after')"]
    told = together.run(codes, sandbox.Limits(seconds=5))
    assert [told[code].stdout for code in (codes[0], codes[-1])] == ["before\n", "after\n"]
    assert not told.keys() & set(LEFT)


def test_what_must_be_set_before_an_import_is_run_alone():
    assert together.may_share("import numpy")
    assert not together.may_share("import os\nos.environ['A'] = '1'\nimport tensorflow")
