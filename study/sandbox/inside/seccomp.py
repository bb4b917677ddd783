"""Filter system calls: no sockets, no tracing, no new namespaces, and no unknown newer calls.

The filter has two strengths. `namespaced` is used inside bubblewrap. `bare` has only Landlock below
it, so it also denies calls that reach other processes and other people's files without opening one:
signals, limits and priorities of others, modes and times of files, leases, watches.

Source: Linux manual, seccomp(2), and Documentation/userspace-api/seccomp_filter.rst.
"""

import ctypes
import errno
import os
import platform
import struct

LOAD, AND, RETURN = 0x20, 0x54, 0x06
IF_EQUAL, IF_GREATER, IF_AT_LEAST = 0x15, 0x25, 0x35
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
X32 = 0x40000000
NEWEST = 462  # mseal, Linux 6.10; later calls are "not implemented"
EVERYWHERE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Numbers as (x86_64, aarch64), None if the architecture lacks the call.
CALLS = {
    "accept": (43, 202),
    "accept4": (288, 242),
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bind": (49, 200),
    "bpf": (321, 280),
    "chmod": (90, None),
    "chown": (92, None),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "connect": (42, 203),
    "delete_module": (176, 106),
    "epoll_create": (213, None),
    "epoll_create1": (291, 20),
    "fallocate": (285, 47),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "fcntl": (72, 25),
    "fgetxattr": (193, 10),
    "finit_module": (313, 273),
    "flistxattr": (196, 13),
    "fremovexattr": (199, 16),
    "fsconfig": (431, 431),
    "fsetxattr": (190, 7),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "futimesat": (261, None),
    "getxattr": (191, 8),
    "init_module": (175, 105),
    "inotify_add_watch": (254, 27),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "io_setup": (206, 0),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioctl": (16, 29),
    "ioperm": (173, None),
    "iopl": (172, None),
    "ioprio_set": (251, 30),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "kill": (62, 129),
    "landlock_add_rule": (445, 445),
    "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446),
    "lchown": (94, None),
    "lgetxattr": (192, 9),
    "listen": (50, 201),
    "listmount": (458, 458),
    "listxattr": (194, 11),
    "llistxattr": (195, 12),
    "lookup_dcookie": (212, 18),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "mknod": (133, None),
    "mmap": (9, 222),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "msgctl": (71, 187),
    "msgget": (68, 186),
    "msgrcv": (70, 188),
    "msgsnd": (69, 189),
    "name_to_handle_at": (303, 264),
    "open": (2, None),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "openat": (257, 56),
    "openat2": (437, 437),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "pivot_root": (155, 41),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "removexattr": (197, 14),
    "request_key": (249, 218),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "seccomp": (317, 277),
    "semctl": (66, 191),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "sendfile": (40, 71),
    "sendmmsg": (307, 269),
    "sendmsg": (46, 211),
    "sendto": (44, 206),
    "setns": (308, 268),
    "setpriority": (141, 140),
    "setsid": (112, 157),
    "settimeofday": (164, 170),
    "setxattr": (188, 5),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "shmget": (29, 194),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "splice": (275, 76),
    "statmount": (457, 457),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "tee": (276, 77),
    "tgkill": (234, 131),
    "tkill": (200, 130),
    "truncate": (76, 45),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "utime": (132, None),
    "utimensat": (280, 88),
    "utimes": (235, None),
    "vhangup": (153, 58),
    "vmsplice": (278, 75),
}
# Some of these are denied for reasons that are not obvious. `sendmsg` can leave a file in a
# socket, where nobody sees that it is held. System V memory, message queues, memfd and rings of
# asynchronous input are kernel memory that no limit counts. Existing System V objects and message
# queues belong to the whole account, are opened by number or name, and are not checked by
# Landlock. An account has few inotify instances and epoll watches, and a namespace uses the same
# ones; without epoll Python waits by poll. A page in a pipe or a socket counts for no process, and
# any part of a huge page holds all of it (vmsplice, splice, tee, sendfile: callers fall back to
# copying). Landlock's rules and filters use memory too. The list of mounts describes the machine.
DENIED = """
    accept accept4 acct add_key adjtimex bind bpf chroot clock_adjtime clock_settime connect
    delete_module epoll_create epoll_create1 fanotify_init fanotify_mark finit_module fsconfig
    fsmount fsopen fspick init_module inotify_add_watch inotify_init inotify_init1 io_setup
    io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load
    keyctl landlock_add_rule landlock_create_ruleset landlock_restrict_self listen listmount
    lookup_dcookie memfd_create memfd_secret migrate_pages mknod modify_ldt mount mount_setattr
    move_mount move_pages mq_open mq_unlink msgctl msgget msgrcv msgsnd name_to_handle_at
    open_by_handle_at open_tree perf_event_open pidfd_getfd pidfd_send_signal pivot_root
    process_madvise process_mrelease process_vm_readv process_vm_writev ptrace quotactl quotactl_fd
    reboot request_key rt_sigqueueinfo rt_tgsigqueueinfo seccomp semctl semget semop semtimedop
    sendfile sendmmsg sendmsg setns settimeofday shmat shmctl shmget socket splice statmount swapoff
    swapon syslog tee umount2 unshare userfaultfd vhangup vmsplice
""".split()
DENIED_BARE = "ioprio_set setpriority truncate".split()
# These succeed and do nothing: libraries set modes and times of their own files.
IGNORED_BARE = """
    chmod chown fchmod fchmodat fchmodat2 fchown fchownat fremovexattr fsetxattr futimesat lchown
    lremovexattr lsetxattr removexattr setxattr utime utimensat utimes
""".split()
# As on a file system without them. An attribute that a browser or an editor sets on a file is
# content too, and reserved space is outside the limit on a file's size and shown nowhere.
UNSUPPORTED_BARE = """
    fallocate fgetxattr flistxattr getxattr lgetxattr listxattr llistxattr
""".split()
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW flag
# Shared memory without a file: it outlives its pages in a process, where limits would see it.
SHARED_ANONYMOUS, KIND_OF_MEMORY = 0x21, 0x2F
HUGE_PAGES = 0x40000  # pages that an administrator reserved count for no process
SET_DUMPABLE, SET_SECCOMP = 4, 22
STREAM, SEQUENCED, KIND_OF_SOCKET = 1, 5, 0xF
# Terminal size and name, bytes waiting, close on exec, non-blocking.
REQUESTS = (0x5401, 0x5413, 0x540F, 0x541B, 0x5421, 0x5450, 0x5451)
SET_OWNER, SET_SIGNAL, SET_OWNER_EX, SET_LEASE, NOTIFY = 8, 10, 15, 1024, 1026
# Access mode 3 is neither reading nor writing, and Landlock before ABI 3 does not check it.
READ_AND_TRUNCATE, TRUNCATING = 0o1003, (0o1000, 0o1003)


def confine(strength: str, *, signals_scoped: bool) -> None:
    """Put the filter on this process permanently. Raises OSError if the kernel refuses."""
    code = b"".join(program(strength, signals_scoped=signals_scoped, own=os.getpid()))
    held = ctypes.create_string_buffer(code, len(code))
    about = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for name, arguments in (("no_new_privs", (38, 1, 0, 0, 0)), ("seccomp", (22, 2, about))):
        passed = [ctypes.byref(one) if isinstance(one, _Program) else one for one in arguments]
        if libc.prctl(*passed) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"{name}: {os.strerror(number)}")


def program(
    strength: str, *, signals_scoped: bool, own: int, machine: str | None = None
) -> list[bytes]:
    """Return the filter as instructions of eight bytes each.

    `own` is the process that may still be signalled.
    """
    machine = machine or platform.machine()
    if machine not in EVERYWHERE:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")
    fail = FAIL | errno.EPERM
    code = [
        _step(LOAD, ARCHITECTURE),
        _jump(IF_EQUAL, EVERYWHERE[machine], 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _jump(IF_GREATER, NEWEST, 0, 1),  # x32 numbers are above it too
        _step(RETURN, FAIL | errno.ENOSYS),
    ]
    rules = {name: _always(fail) for name in DENIED}
    rules["clone3"] = rules["openat2"] = _always(FAIL | errno.ENOSYS)  # libraries fall back
    rules["clone"] = _any_bit(0, NEW_NAMESPACES, fail)
    rules["socketpair"] = _only(1, (STREAM, SEQUENCED), fail, mask=KIND_OF_SOCKET)
    rules["sendto"] = _null(4, fail)
    rules["prctl"] = _not(0, (SET_DUMPABLE, SET_SECCOMP), fail)  # its memory stays countable
    rules["setsid"] = _always(FAIL)  # does nothing: each session has its share of the processors
    huge = _any_bit(3, HUGE_PAGES, fail)[:-1]  # the others go on to the next question
    rules["mmap"] = huge + _not(3, (SHARED_ANONYMOUS,), fail, mask=KIND_OF_MEMORY)
    if strength == "bare":
        rules |= _bare(fail, signals_scoped, own)
    column = list(EVERYWHERE).index(machine)
    for name, body in rules.items():
        number = CALLS[name][column]
        if number is not None:
            code += [_jump(IF_EQUAL, number, 0, len(body)), *body]
    return [*code, _step(RETURN, ALLOW)]


def _bare(fail: int, signals_scoped: bool, own: int) -> dict[str, list[bytes]]:
    rules = {name: _always(fail) for name in DENIED_BARE}
    rules |= {name: _always(FAIL) for name in IGNORED_BARE}
    rules |= {name: _always(FAIL | errno.EOPNOTSUPP) for name in UNSUPPORTED_BARE}
    rules["ioctl"] = _only(1, REQUESTS, FAIL | errno.ENOTTY)
    rules["fcntl"] = _not(1, (SET_OWNER, SET_SIGNAL, SET_OWNER_EX, SET_LEASE, NOTIFY), fail)
    for name in ("prlimit64", "sched_setaffinity", "sched_setattr"):
        rules[name] = _only(0, (0,), fail)
    for name in ("sched_setparam", "sched_setscheduler"):
        rules[name] = _only(0, (0,), fail)
    rules["open"] = _not(1, TRUNCATING, fail, mask=READ_AND_TRUNCATE)
    rules["openat"] = _not(2, TRUNCATING, fail, mask=READ_AND_TRUNCATE)
    if not signals_scoped:
        rules["kill"] = _only(0, (0, own), fail)
        rules["tgkill"] = _only(0, (own,), fail)
        rules["tkill"] = _always(fail)
    return rules


def _always(action: int) -> list[bytes]:
    return [_step(RETURN, action)]


def _only(argument: int, allowed: tuple[int, ...], action: int, mask: int = 0) -> list[bytes]:
    code = _low(argument, mask)
    for value in allowed:
        code += [_jump(IF_EQUAL, value, 0, 1), _step(RETURN, ALLOW)]
    return [*code, _step(RETURN, action)]


def _not(argument: int, denied: tuple[int, ...], action: int, mask: int = 0) -> list[bytes]:
    code = _low(argument, mask)
    for value in denied:
        code += [_jump(IF_EQUAL, value, 0, 1), _step(RETURN, action)]
    return [*code, _step(RETURN, ALLOW)]


def _any_bit(argument: int, bits: int, action: int) -> list[bytes]:
    return [
        *_low(argument, bits),
        _jump(IF_EQUAL, 0, 1, 0),
        _step(RETURN, action),
        _step(RETURN, ALLOW),
    ]


def _null(argument: int, action: int) -> list[bytes]:
    """Return the instructions that act if both halves of a pointer are zero."""
    return [
        _step(LOAD, ARGUMENTS + 8 * argument),
        _jump(IF_EQUAL, 0, 0, 3),
        _step(LOAD, ARGUMENTS + 8 * argument + 4),
        _jump(IF_EQUAL, 0, 0, 1),
        _step(RETURN, ALLOW),
        _step(RETURN, action),
    ]


def _low(argument: int, mask: int) -> list[bytes]:
    """Return the instructions that load the lower 32 bits; the kernel reads no more of an int."""
    load = [_step(LOAD, ARGUMENTS + 8 * argument)]
    return [*load, _step(AND, mask)] if mask else load


def _step(operation: int, value: int) -> bytes:
    return struct.pack("=HBBI", operation, 0, 0, value)


def _jump(operation: int, value: int, if_so: int, if_not: int) -> bytes:
    return struct.pack("=HBBI", operation, if_so, if_not, value)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
