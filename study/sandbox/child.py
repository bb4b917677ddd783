"""What runs inside: it limits itself, runs the snippet from standard input, hands out figures.

Standalone on purpose: the sandbox shows it nothing else of this project. Whoever started it
trusts none of its words; a snippet may forge every one of them.
"""

import importlib.abc
import importlib.machinery
import io
import json
import os
import sys
import types

FILE = "snippet.py"
BACKEND = "residual_figures"


def main() -> int:
    limits = json.loads(sys.argv[1])
    channel = os.fdopen(int(sys.argv[2]), "wb", buffering=0)
    _limit(limits)
    code = sys.stdin.buffer.read().decode("utf-8")
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the snippet's life
    backend = _Backend(channel)
    sys.meta_path.insert(0, backend)
    sys.argv = [FILE]
    status = _run(code, channel)
    _show_left_open(backend)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # TensorFlow takes seconds to take itself down


def _run(code: str, channel) -> int:
    import linecache

    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    main_module = types.ModuleType("__main__")
    sys.modules["__main__"] = main_module
    try:
        exec(compile(code, FILE, "exec"), main_module.__dict__)
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        print(leaving.code, file=sys.stderr)
        return 1
    except BaseException as error:
        _tell(error, channel)
        return 1
    return 0


def _tell(error: BaseException, channel) -> None:
    """The traceback from the learner's own lines on; libraries' frames only after the last."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == FILE]
    line = own[-1].lineno if own else getattr(error, "lineno", None)
    if own:
        sys.stderr.write("Traceback (most recent call last):\n")
        sys.stderr.write("".join(traceback.format_list(own)))
    sys.stderr.write("".join(traceback.format_exception_only(error)))
    sys.stderr.flush()
    _send(channel, {"kind": "line", "line": line}, b"")


class _Backend(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A matplotlib backend, made when matplotlib asks for it: showing hands the figures out."""

    def __init__(self, channel):
        self._channel = channel

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name == BACKEND else None

    def exec_module(self, module) -> None:
        from matplotlib.backend_bases import FigureManagerBase
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        module.FigureCanvas, module.FigureManager = FigureCanvasAgg, FigureManagerBase
        module.show = self.show

    def show(self, *_, **__) -> None:
        import matplotlib.pyplot as plt

        for number in plt.get_fignums():
            picture = io.BytesIO()
            plt.figure(number).savefig(picture, format="png", dpi=110, bbox_inches="tight")
            _send(self._channel, {"kind": "figure"}, picture.getvalue())
        plt.close("all")


def _show_left_open(backend: _Backend) -> None:
    if "matplotlib.pyplot" in sys.modules:
        backend.show()


def _send(channel, head: dict, body: bytes) -> None:
    line = json.dumps({**head, "size": len(body)}).encode() + b"\n"
    view = memoryview(line + body)
    while view:
        view = view[channel.write(view) :]


def _limit(limits: dict) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: memory, time and tasks are watched from outside
    for name in ("DATA", "FSIZE", "NOFILE", "CORE", "CPU", "NPROC"):
        if name in limits:
            kind = getattr(resource, f"RLIMIT_{name}")
            _, hard = resource.getrlimit(kind)
            value = limits[name] if hard == resource.RLIM_INFINITY else min(limits[name], hard)
            resource.setrlimit(kind, (value, value))
    _die_with_parent()


def _die_with_parent() -> None:
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    main()
