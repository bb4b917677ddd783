"""Start apps as forks of a process that has imported what lies below the interface.

Each line of its input asks for one app: `[options of the command, environment]`. It answers with
the app's process id. Modules of `ui` are imported by the app alone, since some of them tell
Streamlit's server what they need.
"""

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]


class WarmServers:
    """Hold the process that forks. Its apps are as those of `streamlit run` from then on."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.warm_servers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def start(self, options: list[str], environment: dict[str, str]) -> psutil.Process:
        """Start an app with the options of `streamlit run`."""
        self._process.stdin.write(json.dumps([options, environment]) + "\n")
        self._process.stdin.flush()
        return psutil.Process(int(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process that forks. Apps that still run stay."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)


def _serve() -> None:
    _import_what_lies_below()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to wait for an app that has ended
    for line in sys.stdin:
        options, environment = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run(options, environment)
        print(pid, flush=True)


def _import_what_lies_below() -> None:
    for name in ("streamlit.web.cli", "pandas", "sqlalchemy.dialects.sqlite"):
        importlib.import_module(name)
    for package in ("base", "resnet_core", "study"):
        for found in pkgutil.walk_packages([package], f"{package}."):
            if not any(f".{part}" in found.name for part in ("nn", "__main__", "template")):
                importlib.import_module(found.name)


def _run(options: list[str], environment: dict[str, str]) -> None:
    """Become the app. Never returns."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["streamlit", "run", "app.py", *options]
    status = 1
    try:
        sys.modules["streamlit.web.cli"].main()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
