"""Run the snippet as `__main__`, shorten its traceback and send out its figures."""

import importlib.abc
import importlib.machinery
import io
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from study.sandbox.inside.channel import Channel

After = Callable[[types.ModuleType], None]
FILE = "snippet.py"
BACKEND = "residual_figures"
DOTS_PER_INCH, LONGEST_SIDE = 110, 1600  # twice what a page shows of a width


def run(code: str, after: After | None, channel: "Channel") -> None:
    """Run the code, then `after` with the code's module, and end the process."""
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the snippet's life
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    show = Figures(channel)
    sys.meta_path.insert(0, show)
    if "matplotlib.pyplot" in sys.modules:
        _use(show)
    sys.argv = [FILE]
    sys.path.insert(0, os.getcwd())
    status = _status(code, after, channel)
    show.left_open()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # the snippet closed it
    os._exit(status)  # TensorFlow takes seconds to take itself down


def _status(code: str, after: After | None, channel: "Channel") -> int:
    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    main = types.ModuleType("__main__")
    main.__file__, main.__loader__ = FILE, Source(code)
    sys.modules["__main__"] = main
    try:
        exec(compile(code, FILE, "exec"), main.__dict__)
        if after is not None:
            after(main)
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return (leaving.code or 0) & 0xFF
        print(leaving.code, file=sys.stderr)
        return 1
    except BaseException as error:
        tell(error, channel)
        return 1
    return 0


class Source(importlib.abc.InspectLoader):
    """Let tracebacks and AutoGraph read the learner's lines, for which there is no file."""

    def __init__(self, code: str):
        self._code = code

    def get_source(self, fullname: str) -> str:
        return self._code


def tell(error: BaseException, channel: "Channel") -> None:
    """Print the traceback without the libraries' own frames, and send the learner's line."""
    told = traceback.TracebackException.from_exception(error)
    own = [frame.lineno for frame in told.stack if frame.filename == FILE]
    where = own[-1] if own else getattr(error, "lineno", None)
    _shorten(told, set())
    sys.stderr.write("".join(told.format()))
    sys.stderr.flush()
    channel.send({"kind": "line", "line": where})


def _shorten(told: traceback.TracebackException, seen: set[int]) -> None:
    """Keep only the learner's own frames, also in causes and groups."""
    if id(told) in seen:
        return
    seen.add(id(told))
    told.stack = traceback.StackSummary.from_list(
        [frame for frame in told.stack if frame.filename == FILE]
    )
    for other in (told.__cause__, told.__context__, *(getattr(told, "exceptions", None) or ())):
        if other is not None:
            _shorten(other, seen)


class Figures(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Make a backend when matplotlib asks for it. Its `show` sends the figures out."""

    def __init__(self, channel: "Channel"):
        self._channel = channel

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, self) if name == BACKEND else None

    def exec_module(self, module: Any) -> None:
        from matplotlib.backend_bases import FigureManagerBase
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        module.FigureCanvas, module.FigureManager = FigureCanvasAgg, FigureManagerBase
        module.show = self.show

    def show(self, *_: object, **__: object) -> None:
        import matplotlib.pyplot as plt

        for number in plt.get_fignums():
            picture, figure = io.BytesIO(), plt.figure(number)
            dots = min(DOTS_PER_INCH, LONGEST_SIDE / max(figure.get_size_inches()))
            figure.savefig(picture, format="png", dpi=dots, bbox_inches="tight")
            self._channel.send({"kind": "figure"}, picture.getvalue())
        plt.close("all")

    def left_open(self) -> None:
        if "matplotlib.pyplot" in sys.modules:
            try:
                self.show()
            except Exception as error:  # what the snippet drew last fails as its own line would
                tell(error, self._channel)


def _use(show: Figures) -> None:
    """Make pyplot draw with this backend; the warm-up imported it without a window system."""
    import matplotlib.pyplot as plt

    plt.switch_backend(f"module://{BACKEND}")
