"""Confine a process with Landlock: it may read what Python needs and write its work folder.

The confinement holds for everything that the process starts. Landlock needs Linux 5.13 or newer,
but neither root nor a package. The filter in seccomp.py covers what Landlock does not control:
chmod, truncate before ABI 3, and signals before ABI 6.
"""

import ctypes
import os
import stat

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on every architecture
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
MAKE_FIFO, MAKE_SYM, REFER, TRUNCATE, IOCTL_DEV = 1 << 10, 1 << 12, 1 << 13, 1 << 14, 1 << 15
EVERY_RIGHT = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
NEWEST = (1 << 16) - 1
READ = EXECUTE | READ_FILE | READ_DIR
WORK = (
    READ
    | WRITE_FILE
    | REMOVE_DIR
    | REMOVE_FILE
    | MAKE_DIR
    | MAKE_REG
    | MAKE_FIFO
    | MAKE_SYM
    | REFER
    | TRUNCATE
)
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
# Not /dev/zero: a shared mapping of it is memory that no limit on a process sees.
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")
OWN_FACTS = ("cgroup", "cmdline", "fd", "maps", "stat", "statm", "status")
# The files of /proc and /sys that libraries read to count processors and memory. Of the process'
# own entry only these: `net` and `task` list the connections of the whole machine.
FACTS = (
    *(f"/proc/self/{name}" for name in OWN_FACTS),
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """Return the version of Landlock in this kernel, or 0 if it has none."""
    known: int = _libc().syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return max(0, known)


def confine(version: int, readable: list[str], work: str) -> None:
    """Confine this process permanently. Raises OSError if the kernel refuses."""
    handled = EVERY_RIGHT.get(version, NEWEST)
    ruleset = _create(version, handled)
    for path in (*readable, *FACTS):
        _allow(ruleset, path, READ & handled)
    for path in DEVICES:
        _allow(ruleset, path, (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    _allow(ruleset, work, WORK & handled)
    _call("no_new_privs", _libc().prctl(38, 1, 0, 0, 0))
    _call("landlock_restrict_self", _libc().syscall(RESTRICT, ruleset, ctypes.c_uint32(0)))
    os.close(ruleset)


def _create(version: int, handled: int) -> int:
    """Create a ruleset that allows no TCP (ABI 4), and no abstract sockets or signals (ABI 6)."""
    rules = _Ruleset(handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    made = _libc().syscall(CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    return _call("landlock_create_ruleset", made)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        there = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a missing path needs no right
    if not stat.S_ISDIR(os.fstat(there).st_mode):
        rights &= OF_A_FILE
    rule = _Beneath(rights, there)
    added = _libc().syscall(ADD, ruleset, 1, ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(there)
    _call(f"landlock_add_rule {path}", added)


def _call(name: str, returned: int) -> int:
    if returned < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return returned


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
