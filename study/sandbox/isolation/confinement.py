"""Describe how each tier confines a process, whether or not this machine can."""

import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

ABI_CAP = "RESIDUAL_LANDLOCK_ABI"  # for tests: pretends that the kernel is older; 0 for no Landlock


def landlock_abi() -> int:
    """Return the Landlock version of the kernel, or a lower one if the environment says so."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        return 0
    from study.sandbox.inside import landlock

    return min(landlock.abi(), int(os.environ.get(ABI_CAP) or 99))


@dataclass(frozen=True)
class Confinement:
    """Describe how one tier confines a process.

    With `supervised`, a process beside the snippet ends what the snippet started. `filter` is the
    strength of the system call filter that the process puts on itself; bubblewrap brings its own.
    `landlock()` returns the version to use, or None.
    """

    supervised: bool
    filter: str | None
    landlock: Callable[[], int | None]


CONFINEMENTS = {
    "isolated-a": Confinement(False, None, lambda: None),
    "isolated-b": Confinement(True, "bare", landlock_abi),
    "limited": Confinement(sys.platform != "win32", None, lambda: None),
}


def interpreter() -> list[str]:
    """Return the command of this environment's Python, which ignores the user's settings."""
    return [sys.executable, "-I", "-X", "utf8"]


def environment(work: str) -> dict[str, str]:
    """Return the environment of a snippet, built from nothing; it inherits no variable."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": work,
        "TMPDIR": work,
        "MPLCONFIGDIR": f"{work}/.matplotlib",
        "MPLBACKEND": "agg",
        "KERAS_HOME": f"{work}/.keras",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "ONEDNN_MAX_CPU_ISA": "AVX2",  # TensorFlow 2.21 corrupts memory in one kernel beyond it
        "PYTHONHASHSEED": "0",
        **(_of_windows(work) if sys.platform == "win32" else {}),
    }


def _of_windows(work: str) -> dict[str, str]:
    return {
        "SYSTEMROOT": os.environ["SYSTEMROOT"],
        "TZ": time.strftime("%Z"),
        "TEMP": work,
        "TMP": work,
        "USERPROFILE": work,
    }
