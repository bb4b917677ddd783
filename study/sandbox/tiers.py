"""Which isolation this machine gives, found by trying it, and the command that starts a snippet."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from resnet_core.wording import Said, Words

CHILD = Path(__file__).with_name("child.py")
NAMES = ("isolated-a", "limited")
PROBE_TIMEOUT_S = 20
PROBE = """
import socket, sys
try:
    open(sys.argv[1]).read(); sys.exit(3)
except OSError:
    pass
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2); sys.exit(4)
except OSError:
    print("denied")
"""


class TierError(Said):
    """A tier that was asked for by name and did not pass its probe."""


@dataclass(frozen=True)
class Tier:
    """`isolated` says that the probe was denied both the canary file and the network."""

    name: str
    isolated: bool
    line: Words


def tier(name: str | None = None) -> Tier:
    """The best tier that passed its probe, or the one named (also by RESIDUAL_TIER)."""
    name = name or os.environ.get("RESIDUAL_TIER") or ""
    if name and (name not in NAMES or (name == "isolated-a" and not bubblewrap_isolates())):
        raise TierError(
            Words(
                "sandbox.no_such_tier",
                {"tier": name},
                f"The tier {name} is not to be had on this machine: it did not pass its probe.",
            )
        )
    if name == "limited" or not (name or bubblewrap_isolates()):
        return Tier("limited", False, _limited_line())
    return Tier("isolated-a", True, _isolated_line())


@lru_cache(maxsize=1)
def bubblewrap_isolates() -> bool:
    """Whether a process in bubblewrap was really denied a canary file and a listening socket."""
    if sys.platform != "linux" or not shutil.which("bwrap"):
        return False
    import socket

    with tempfile.TemporaryDirectory(dir=Path.home()) as folder, socket.socket() as listener:
        canary = Path(folder) / "canary"
        canary.write_text("canary", "utf-8")
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        command = [*bubblewrap(64 << 20), *interpreter(), "-c", PROBE, str(canary), str(port)]
        try:
            ended = subprocess.run(
                command, capture_output=True, timeout=PROBE_TIMEOUT_S, check=False, text=True
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return ended.returncode == 0 and ended.stdout.strip() == "denied"


def interpreter() -> list[str]:
    """The Python of this environment, deaf to the user's own settings and folders."""
    return [sys.executable, "-I", "-X", "utf8"]


def bubblewrap(work_bytes: int) -> list[str]:
    """New namespaces of every kind, an empty root, Python read-only, a small work folder.

    tmpfs comes before the binds: an environment under /tmp would vanish otherwise.
    """
    options = [
        shutil.which("bwrap") or "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        *("--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "snippet"),
    ]
    for folder in ("/tmp", "/work", "/dev/shm"):
        options += ["--size", str(work_bytes), "--tmpfs", folder]
    options += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--size",
        str(work_bytes),
        "--tmpfs",
        "/dev/shm",
    ]
    for path in _readable():
        options += ["--ro-bind-try", path, path]
    for name, value in environment("/work").items():
        options += ["--setenv", name, value]
    return [*options, "--remount-ro", "/", "--chdir", "/work", "--"]


def environment(work: str) -> dict[str, str]:
    """Built from nothing: a snippet inherits no variable of the learner."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": work,
        "TMPDIR": work,
        "MPLCONFIGDIR": f"{work}/.matplotlib",
        "MPLBACKEND": "module://residual_figures",
        "KERAS_HOME": f"{work}/.keras",
        "LANG": "C.UTF-8",
        "TZ": time.strftime("%Z") if sys.platform == "win32" else "UTC",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "ONEDNN_MAX_CPU_ISA": "AVX2",  # TensorFlow 2.21 corrupts memory in one kernel beyond it
        "PYTHONHASHSEED": "0",
        **({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}),
    }


def _readable() -> list[str]:
    """What Python needs to run: its environment, its base, shared libraries, fonts, this child."""
    prefixes = {sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib")}
    executables = {str(Path(sys.executable).resolve().parent)}
    system = {"/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/localtime"}
    wanted = sorted({*prefixes, *executables, *system, "/etc/fonts", str(CHILD)})
    return [path for path in wanted if path and path != "/"]


def _isolated_line() -> Words:
    english = (
        "Isolated (bubblewrap). Code runs without network, cannot see your files, and is stopped "
        "at its limits. Checked at start: 2 of 2 probes were denied."
    )
    return Words("sandbox.tier_isolated_a", {}, english)


def _limited_line() -> Words:
    english = (
        "Limited. Time, memory and output are capped, but code you run here can read and change "
        "your files and use the network, like any program you start. Run only code you trust or "
        "wrote."
    )
    return Words("sandbox.tier_limited", {}, english)
