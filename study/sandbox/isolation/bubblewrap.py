"""Build the command that starts a process with an empty root, no network and a read-only Python."""

import shutil
import sys
import sysconfig
from pathlib import Path

from study.sandbox.inside import landlock, seccomp

INSIDE = Path(__file__).parents[1] / "inside"
WORK = "/snippet"  # a path under which nothing else is bound

WRITABLE = ("/tmp", WORK, "/dev/shm")


def command(work_bytes: int, environment: dict[str, str], filter_handle: int) -> list[str]:
    """Return the command that starts a process in new namespaces of every kind.

    Only tmpfs of a stated size is writable. The tmpfs mounts come before the binds, which would
    hide an environment under /tmp otherwise. The filter that is read from the handle also holds for
    bubblewrap's own process inside, whose memory the snippet could otherwise write; a read-only
    /proc prevents the same.
    """
    size = ("--size", str(work_bytes), "--tmpfs")
    options = [
        shutil.which("bwrap") or "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        *("--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "snippet"),
        *("--seccomp", str(filter_handle), "--proc", "/proc"),
        *_devices(),
        *(option for mount in WRITABLE for option in (*size, mount)),
    ]
    emptied = _environment_root()
    for path in sorted({*readable(), *emptied}):  # a parent comes before what is mounted in it
        options += [*size, path] if path in emptied else ["--ro-bind-try", path, path]
    for name, value in environment.items():
        options += ["--setenv", name, value]
    for path in ("/proc", "/dev", *emptied, "/"):
        options += ["--remount-ro", path]
    return [*options, "--chdir", WORK, "--"]


def system_calls() -> bytes:
    """Return the filter of system calls in the form that bubblewrap reads."""
    return b"".join(seccomp.program("namespaced", signals_scoped=True, own=0))


def readable() -> list[str]:
    """Return the paths that Python needs: its environment, libraries, fonts, the code inside."""
    prefixes = {sys.base_prefix, sysconfig.get_path("stdlib"), *_environment()}
    executables = {str(Path(sys.executable).resolve().parent)}
    system = {"/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/localtime"}
    wanted = sorted({*prefixes, *executables, *system, "/etc/fonts", str(INSIDE)})
    return [path for path in wanted if path and path != "/"]


def _devices() -> list[str]:
    """Return options for fewer devices than bubblewrap's own --dev has.

    /dev/zero is left out because memory can be shared through it, and so are terminals.
    """
    options = ["--tmpfs", "/dev"]
    for path in landlock.DEVICES:
        options += ["--dev-bind", path, path]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        options += ["--symlink", f"/proc/self/fd/{number}", f"/dev/{name}"]
    return [*options, "--symlink", "/proc/self/fd", "/dev/fd"]


def _environment() -> set[str]:
    """Return the needed parts of a virtual environment; its pip.conf may hold a password."""
    names = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
    parts = {str(Path(root, name)) for root in _environment_root() for name in names}
    return parts or {sys.prefix}


def _environment_root() -> list[str]:
    """Return the folder of a virtual environment, which is empty inside but for its parts."""
    return [] if sys.prefix == sys.base_prefix else [sys.prefix]
