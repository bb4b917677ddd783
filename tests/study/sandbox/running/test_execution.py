"""One run: what comes out, in which order, how it ends, and that nothing is left of it."""

import os
import sys
import tempfile
import threading
from pathlib import Path

import psutil
import pytest

from study import sandbox
from study.sandbox.isolation import scratch
from study.sandbox.limits import MIB, Limits
from study.sandbox.running import execution as executions

ANY_TIER = pytest.mark.parametrize("tier", ["isolated-a", "limited"])


def ran(code: str, tier: str = "limited", **limits) -> sandbox.Result:
    return sandbox.run(code, Limits(**{"seconds": 20.0, **limits}), tier_name=tier)


@pytest.fixture(autouse=True)
def for_this_machine(request):
    tier = getattr(request.node, "callspec", None) and request.node.callspec.params.get("tier")
    if tier == "isolated-a" and sys.platform != "linux":
        pytest.skip("isolation is for Linux")


@ANY_TIER
def test_output_streams_while_it_runs(tier):
    code = "import time\nprint('first')\ntime.sleep(30)"
    execution = sandbox.start(code, tier_name=tier)
    event = next(iter(execution.events()))
    assert (event.kind, event.text) == ("stdout", "first\n"), execution.result()
    assert execution.running
    execution.stop()
    result = execution.result()
    assert (result.status, result.reason.key) == ("killed", "sandbox.stopped")


@ANY_TIER
def test_output_and_errors_are_told_apart_and_the_end_comes_last(tier):
    code = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('no newline', end='')"
    execution = sandbox.start(code, tier_name=tier)
    kinds = [event.kind for event in execution.events()]
    result = execution.result()
    assert (result.stdout, result.stderr) == ("out\nno newline", "err\n")
    assert set(kinds[:-1]) == {"stdout", "stderr"} and kinds[-1] == "end"


@pytest.mark.parametrize(
    ("code", "status", "exit_code"),
    [
        ("", "ok", 0),
        ("raise SystemExit", "ok", 0),
        ("raise SystemExit(3)", "error", 3),
        ("import os; os._exit(7)", "error", 7),
        ("1 / 0", "error", 1),
        ("def f(:", "error", 1),
        ("\x00", "error", 1),
        ("import os; os.kill(os.getpid(), 11)", "killed", 139),
    ],
)
def test_how_it_ended_is_said(code, status, exit_code):
    result = ran(code)
    assert (result.status, result.exit_code) == (status, exit_code)


def test_the_traceback_holds_the_learners_own_lines_and_the_last_is_named():
    code = (
        "import json\n"
        "def inner():\n"
        "    json.loads('{')\n"
        "try:\n"
        "    inner()\n"
        "except ValueError as error:\n"
        "    raise RuntimeError('outer') from error\n"
    )
    result = ran(code)
    assert result.line == 7
    assert "decoder.py" not in result.stderr
    for text in ("line 3, in inner", "direct cause", "line 7, in <module>", "RuntimeError: outer"):
        assert text in result.stderr
    assert "inside" not in result.stderr  # no line of the house itself


def test_a_syntax_error_names_its_line():
    result = ran("x = 1\ny = = 2\n")
    assert result.line == 2
    assert "SyntaxError" in result.stderr and "y = = 2" in result.stderr


def test_errors_of_groups_are_shortened_too():
    result = ran("import json\ntry:\n    json.loads('{')\nexcept ValueError as e:\n"
                 "    raise ExceptionGroup('both', [e])")  # fmt: skip
    assert result.line == 5
    assert "decoder.py" not in result.stderr and "ExceptionGroup: both" in result.stderr


@pytest.mark.parametrize(
    ("code", "limits", "key"),
    [
        ("while True: pass", {"seconds": 1.0}, "sandbox.over_time"),
        ("print('x' * 100_000)", {"stdout": 1000}, "sandbox.over_output"),
        ("x = bytearray(300 << 20)\nwhile True: pass", {"memory": 100 * MIB}, "over_memory"),
        ("for n in range(9): open(f'{n}', 'wb').write(bytes(1 << 20))\nwhile True: pass",
         {"work": 4 * MIB}, "sandbox.over_work"),
        ("import os\nfor n in range(70): os.mkdir('d'); os.chdir('d')\nwhile True: pass",
         {}, "sandbox.over_work"),
    ],
)  # fmt: skip
def test_the_limit_that_ended_it_is_named(code, limits, key):
    result = ran(code, **limits)
    assert result.status in ("killed", "timeout")
    assert key in result.reason.key
    assert any(character.isdigit() for character in str(result.reason))


def test_the_head_of_cut_output_is_kept():
    result = ran("for n in range(100_000): print(n)", stdout=1000)
    assert result.truncated
    assert result.stdout.startswith("0\n1\n2\n") and len(result.stdout) <= 1000


def test_figures_come_as_images_and_their_number_is_capped():
    code = (
        "import matplotlib.pyplot as plt\n"
        "for n in range(4):\n"
        "    plt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.show()\n"
        "print('end')"
    )
    result = ran(code, figure_count=2)
    assert [figure.png[:4] for figure in result.figures] == [b"\x89PNG"] * 2
    assert result.figures_cut and result.stdout == "end\n"


def test_a_figure_left_open_is_shown_and_one_too_large_does_not_hang():
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    assert len(ran(code).figures) == 1
    result = ran(code, figures=100)
    assert (result.status, result.figures, result.figures_cut) == ("ok", (), True)


def test_a_large_figure_is_shrunk_where_it_is_drawn():
    code = "import matplotlib.pyplot as plt\nplt.figure(figsize=(400, 100)); plt.plot([1, 2])"
    (figure,) = ran(code).figures
    assert 800 < figure.width <= 1700 and figure.height < figure.width / 2


@ANY_TIER
def test_it_begins_with_an_empty_folder_and_environment_of_its_own(tier, monkeypatch):
    monkeypatch.setenv("SECRET", "CANARY")
    code = "import os, sys\nprint(os.listdir(), 'SECRET' in os.environ, sys.stdin.read(), sys.argv)"
    assert ran(code, tier).stdout == "[] False  ['snippet.py']\n"
    home = ran("import os; print(os.path.expanduser('~') == os.getcwd())", tier)
    assert home.stdout == "True\n"


@ANY_TIER
def test_a_snippet_imports_nothing_of_this_project(tier):
    for name in ("study", "warm", "seccomp", "resnet_core"):
        assert f"No module named '{name}'" in ran(f"import {name}", tier).stderr


@ANY_TIER
def test_libraries_work_inside(tier):
    code = (
        "import subprocess, threading, tempfile, asyncio, ctypes, concurrent.futures as f\n"
        "import numpy as np, pandas as pd\n"
        "print(subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout.strip())\n"
        "print(list(f.ThreadPoolExecutor(4).map(lambda x: x * x, range(3))))\n"
        "async def main(): await asyncio.sleep(0); return 5\n"
        "print(asyncio.run(main()))\n"
        "print(tempfile.TemporaryFile().write(b'abc'))\n"
        "print(ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 9)())\n"
        "print(pd.DataFrame({'a': np.arange(3)}).a.sum(), np.linalg.inv(np.eye(60)).sum())\n"
    )
    result = ran(code, tier)
    assert result.stdout.split("\n")[:6] == ["hi", "[0, 1, 4]", "5", "3", "9", "3 60.0"]
    assert (result.status, result.stderr) == ("ok", "")


@ANY_TIER
@pytest.mark.skipif(sys.platform != "linux", reason="only there a crowd is told from threads")
def test_a_crowd_of_processes_leaves_the_processors_to_others(tier):
    code = (
        "import os, signal, time\n"
        "for n in range(60):\n"
        "    if os.fork() == 0: signal.pause()\n"
        "while os.getpriority(os.PRIO_PROCESS, 0) != 19: time.sleep(0.01)\n"
        "print('stepped back')\n"
    )
    assert ran(code, tier).stdout == "stepped back\n"


@ANY_TIER
@pytest.mark.skipif(sys.platform != "linux", reason="Linux ends a process when memory is short")
def test_where_memory_runs_out_the_snippet_ends_before_the_app(tier):
    code = "import os, time\nos.fork()\nprint('there', flush=True)\ntime.sleep(60)"
    others = set(psutil.Process().children(recursive=True))  # a browser, what other tests keep warm
    execution = sandbox.start(code, tier_name=tier)
    seen = 0
    for event in execution.events():
        seen += event.text.count("there")
        if seen == 2:
            break
    processes = set(psutil.Process().children(recursive=True)) - others
    offered = [Path(f"/proc/{one.pid}/oom_score_adj").read_text().strip() for one in processes]
    execution.stop()
    execution.result()
    assert len(offered) >= 3 and set(offered) == {"1000"}
    assert Path("/proc/self/oom_score_adj").read_text().strip() != "1000"


@ANY_TIER
def test_copying_and_waiting_work_without_the_calls_that_are_denied(tier):
    code = (
        "import asyncio, shutil, sqlite3, subprocess, multiprocessing as m\n"
        "open('a', 'wb').write(bytes(1 << 20))\n"
        "print(len(open(shutil.copy('a', 'b'), 'rb').read()) >> 20)\n"
        "async def read():\n"
        "    made = await asyncio.create_subprocess_exec('echo', 'hi', stdout=-1)\n"
        "    return await made.communicate()\n"
        "print(asyncio.run(read())[0])\n"
        "print(subprocess.run(['cat', 'a'], capture_output=True, timeout=9).returncode)\n"
        "print(sqlite3.connect('d').execute('select 5').fetchone())\n"
    )
    result = ran(code, tier)
    assert result.stdout == "1\nb'hi\\n'\n0\n(5,)\n", result.stderr


@pytest.mark.tf
@ANY_TIER
def test_tensorflow_reads_the_learners_lines_again_to_make_a_graph_of_them(tier):
    code = (
        "import tensorflow as tf\n"
        "@tf.function\n"
        "def doubled(x):\n"
        "    while tf.reduce_sum(x) < 100:\n"
        "        x = x * 2\n"
        "    return x\n"
        "print(doubled(tf.constant([3])).numpy())\n"
    )
    result = ran(code, tier, seconds=60.0)
    assert (result.status, result.stdout, result.stderr) == ("ok", "[192]\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for more handles")
@ANY_TIER
def test_an_app_that_holds_a_thousand_handles_runs_snippets_all_the_same(tier):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == resource.RLIM_INFINITY or hard >= 1500
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1500), hard))
    held = []
    try:
        while not held or held[-1] < 1100:
            held.append(os.open(os.devnull, os.O_RDONLY))
        assert ran("print(1)", tier).stdout == "1\n"
    finally:
        for handle in held:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_stopping_twice_and_after_the_end_is_harmless():
    execution = sandbox.start("print(1)", tier_name="limited")
    assert execution.result().status == "ok"
    execution.stop()
    execution.stop()
    assert execution.result().status == "ok"


def test_more_than_a_machine_should_run_at_once_is_refused(monkeypatch):
    monkeypatch.setattr(executions, "MOST_AT_ONCE", 1)
    first = sandbox.start("import time; time.sleep(60)", tier_name="limited")
    with pytest.raises(sandbox.BusyError, match="running already"):
        sandbox.start("print(1)", tier_name="limited")
    first.stop()
    first.result()
    assert ran("print(1)").status == "ok"


def test_a_learner_of_a_class_has_one_place():
    code = "import time; time.sleep(60)"
    held = [sandbox.start(code, tier_name="limited", learner=name) for name in "ab"]
    try:
        with pytest.raises(sandbox.BusyError, match="Your other snippet"):
            sandbox.start(code, tier_name="limited", learner="a")
        held.append(sandbox.start(code, tier_name="limited", learner="c"))
    finally:
        for one in held:
            one.stop()
            one.result()


def test_visitors_cannot_take_every_place():
    code = "import time; time.sleep(60)"
    held = [sandbox.start(code, tier_name="limited", visitor=name) for name in "abc"]
    try:
        for name in "abcd":
            with pytest.raises(sandbox.BusyError, match="Visitors share 3 places"):
                sandbox.start(code, tier_name="limited", visitor=name)
        assert ran("print(1)").stdout == "1\n"
        held[0].stop()
        held[0].result()
        with pytest.raises(sandbox.BusyError):
            sandbox.start(code, tier_name="limited", visitor="b")
        held.append(sandbox.start(code, tier_name="limited", visitor="d"))
    finally:
        for one in held:
            one.stop()
            one.result()


@ANY_TIER
@pytest.mark.slow
@pytest.mark.timeout(1200)  # a loaded machine takes seconds for each
@pytest.mark.skipif(sys.platform != "linux", reason="handles are counted in /proc")
def test_a_hundred_runs_leave_no_process_no_file_and_no_handle(tier):
    ran("print(0)", tier)  # what is made once is made
    others = set(threading.enumerate())
    before = _left(others)
    codes = ("print(1)", "1 / 0", "open('f', 'w').write('x')", "import os; os._exit(3)")
    for n in range(100 if tier == "limited" else 40):
        ran(codes[n % 4], tier)
    assert _left(others) == before


def _left(others: set[threading.Thread]) -> tuple:
    """Once the runs' own threads have ended."""
    for thread in set(threading.enumerate()) - others:
        thread.join(2)
    folders = list(Path(tempfile.gettempdir()).glob(f"{scratch.PREFIX}{os.getpid()}-*"))
    children = [child.pid for child in psutil.Process().children(recursive=True)]
    return folders, children, len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(sys.platform != "linux", reason="isolation is for Linux")
@pytest.mark.parametrize("tier", ["isolated-a", "limited"])
def test_when_the_app_is_killed_the_snippet_and_its_children_end(tier, tmp_path):
    import subprocess

    mark = f"mark{os.getpid()}{tier}"
    code = f"import subprocess, time\nsubprocess.Popen(['sleep', '301.{os.getpid()}'])\n"
    app = subprocess.Popen(
        [sys.executable, "-c", APP, tier, code + f"print('{mark}')\ntime.sleep(300)"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert app.stdout.readline().strip() == mark
    while not _sleeping():  # a process has no command line yet while it becomes another program
        assert app.poll() is None
        threading.Event().wait(0.01)
    app.kill()
    app.wait()
    app.stdout.close()
    for _ in range(200):
        if not _sleeping():
            return
        threading.Event().wait(0.05)
    pytest.fail("the snippet outlived the app")


APP = """
import sys
from study import sandbox
for event in sandbox.start(sys.argv[2], tier_name=sys.argv[1]).events():
    print(event.text, end="", flush=True)
"""


def _sleeping() -> list[int]:
    wanted = f"301.{os.getpid()}"
    return [p.pid for p in psutil.process_iter(["cmdline"]) if wanted in (p.info["cmdline"] or [])]
