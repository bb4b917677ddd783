"""Find which isolation this machine allows, by trying it and never by the name of the system."""

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from base.messages import Message, UserError
from study.sandbox.isolation.confinement import ABI_CAP, landlock_abi
from study.sandbox.isolation.worker import Worker
from study.sandbox.limits import MIB, Limits

NAMES = ("isolated-a", "isolated-b", "limited")
PROBE_TIMEOUT_S = 20.0
PROBED_FOR_S = 3600.0
PROBES = 3  # a busy machine can be late; if it is denied once, the rules deny it
# Prints which of the two were denied, and also what was not denied.
PROBE = """
import os, socket
def denied(act):
    try:
        act()
    except OSError:
        return True
    return False
def connect():
    socket.create_connection(("127.0.0.1", {port}), 2).close()
def signal():
    os.kill({pid}, 0)
print(denied(lambda: open({canary!r}).read()), denied(connect), denied(signal))
"""


class TierError(UserError):
    """Raised for a tier that was requested by name and did not pass its probe."""


@dataclass(frozen=True)
class Tier:
    """Hold a tier that passed its probe, with the line that says what it isolates.

    `isolated` says that the probe was denied the canary file, the network and a signal.
    """

    name: str
    isolated: bool
    line: Message


def tier(name: str | None = None) -> Tier:
    """Return the best tier that passed its probe, or the one named here or by RESIDUAL_TIER.

    Raises TierError if the tier named did not pass.
    """
    name = name or os.environ.get("RESIDUAL_TIER") or ""
    if name and not (name in NAMES and passed(name)):
        raise TierError(_why_not(name))
    chosen = name or next(one for one in NAMES if passed(one))
    return Tier(chosen, chosen != "limited", LINES[chosen]())


def passed(name: str) -> bool:
    """Return whether the tier's probe was denied everything. The result is kept for an hour."""
    if name == "limited":
        return True
    asked = (name, os.environ.get("PATH"), os.environ.get(ABI_CAP))
    with _asking:
        at, answer = _answers.get(asked, (-PROBED_FOR_S, False))
        if time.monotonic() - at >= PROBED_FOR_S:
            answer = _offered(name) and _isolates(name)
            _answers[asked] = (time.monotonic(), answer)
    return answer


def as_root() -> bool:
    """Return whether the app runs as root, for whom Landlock and process limits do not hold."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _offered(name: str) -> bool:
    """Return whether it is worth probing a tier on this machine."""
    if sys.platform != "linux":
        return False
    if name == "isolated-a":
        return shutil.which("bwrap") is not None
    return landlock_abi() > 0 and not as_root()


def _why_not(name: str) -> Message:
    values = {"tier": name, "tiers": ", ".join(NAMES)}
    if name not in NAMES:
        return Message("sandbox.tier_unknown", values)
    if name == "isolated-b" and as_root():
        return Message("sandbox.tier_as_root", values)
    if name == "isolated-a" and not shutil.which("bwrap"):
        return Message("sandbox.tier_no_bubblewrap", values)
    return Message("sandbox.tier_not_passed", values)


def _isolates(name: str) -> bool:
    """Return whether a snippet was really denied a file at home, a socket and this process."""
    with tempfile.TemporaryDirectory(dir=_probed_folder()) as folder, socket.socket() as listener:
        canary = Path(folder) / "canary"
        canary.write_text("canary", "utf-8")
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        code = PROBE.format(canary=str(canary), port=port, pid=os.getpid())
        return any(_said(name, code) == "True True True" for _ in range(PROBES))


def _said(name: str, code: str) -> str:
    """Return what the probe printed, or nothing if it could not be started or was late."""
    try:
        return _printed(name, code)
    except OSError:
        return ""


def _printed(name: str, code: str) -> str:
    worker = Worker(name, "plain", 64 * MIB)
    timer = threading.Timer(PROBE_TIMEOUT_S, worker.end)
    timer.start()
    try:
        if not worker.wait_ready(PROBE_TIMEOUT_S):
            return ""
        worker.feed(code, Limits())
        said = b""
        while not said.endswith(b"\n") and (more := worker.stdout.read(100)):
            said += more  # a pipe may return only a part
        return said.decode("utf-8", "replace").strip()
    finally:
        timer.cancel()
        worker.let_go()


def _probed_folder() -> Path:
    """Return the home folder, or a temporary one if home is not writable."""
    home = Path.home()
    return home if os.access(home, os.W_OK) else Path(tempfile.gettempdir())


def _isolated_a() -> Message:
    if as_root():
        return Message("sandbox.tier_isolated_a_root")
    return Message("sandbox.tier_isolated_a")


def _isolated_b() -> Message:
    return Message("sandbox.tier_isolated_b")


def _limited() -> Message:
    return Message("sandbox.tier_limited")


LINES = {"isolated-a": _isolated_a, "isolated-b": _isolated_b, "limited": _limited}
_answers: dict[tuple, tuple[float, bool]] = {}
_asking = threading.Lock()
