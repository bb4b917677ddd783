"""The system call filter as the kernel would read it, for both architectures, without a kernel."""

import errno
import struct

import pytest

from study.sandbox.inside import seccomp

OWN = 4242
MACHINES = ("x86_64", "aarch64")


def answer(machine: str, strength: str, name: str, *arguments: int, scoped: bool = False) -> object:
    """ "ok", "kill", or the name of the error that the call gets."""
    number = seccomp.CALLS[name][MACHINES.index(machine)] if isinstance(name, str) else name
    return decide(machine, strength, number, arguments, scoped)


def decide(machine, strength, number, arguments, scoped, architecture=None) -> str:
    code = seccomp.program(strength, signals_scoped=scoped, own=OWN, machine=machine)
    padded = [*arguments, *[0] * (6 - len(arguments))]
    architecture = architecture or seccomp.EVERYWHERE[machine]
    data = struct.pack("=iIQ6Q", number, architecture, 0, *[a % (1 << 64) for a in padded])
    held = at = 0
    while True:
        operation, yes, no, value = struct.unpack("=HBBI", code[at])
        at += 1
        if operation == seccomp.LOAD:
            held = struct.unpack_from("=I", data, value)[0]
        elif operation == seccomp.AND:
            held &= value
        elif operation == seccomp.RETURN:
            break
        else:
            true = {
                seccomp.IF_EQUAL: held == value,
                seccomp.IF_GREATER: held > value,
                seccomp.IF_AT_LEAST: held >= value,
            }[operation]
            at += yes if true else no
    if value == seccomp.ALLOW:
        return "ok"
    if value == seccomp.KILL:
        return "kill"
    return errno.errorcode.get(value & 0xFFFF, "ignored")


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("strength", ["namespaced", "bare"])
def test_what_is_denied_everywhere(machine, strength):
    for name in seccomp.DENIED:
        if seccomp.CALLS[name][MACHINES.index(machine)] is not None:
            assert answer(machine, strength, name) == "EPERM", name
    assert answer(machine, strength, "clone3") == "ENOSYS"
    assert answer(machine, strength, "clone", 0x10000000 | 17) == "EPERM"
    assert answer(machine, strength, "clone", 0x3D0F00) == "ok"  # what a thread is made with
    assert answer(machine, strength, "sendto", 3, 1, 1, 0, 0, 0) == "ok"
    assert answer(machine, strength, "sendto", 3, 1, 1, 0, 0xFFFF_0000_0000, 16) == "EPERM"
    assert answer(machine, strength, "socketpair", 1, 1 | 0o2000000) == "ok"
    maps = ((0x21, "EPERM"), (0x4021, "EPERM"), (0x40022, "EPERM"), (0x22, "ok"), (0x01, "ok"))
    for flags, said in maps:
        assert answer(machine, strength, "mmap", 0, 4096, 3, flags, -1, 0) == said, flags
    assert answer(machine, strength, "setsid") == "ignored"
    assert answer(machine, strength, "prctl", 4, 0) == "EPERM"
    assert answer(machine, strength, "prctl", 22, 2) == "EPERM"
    assert answer(machine, strength, "prctl", 15, 1) == "ok"  # the name of a thread
    assert answer(machine, strength, "socketpair", 1, 2) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_other_architectures_and_calls_of_the_future_are_not_served(machine):
    assert decide(machine, "bare", 0, (), False, architecture=0x40000003) == "kill"
    assert decide(machine, "bare", 463, (), False) == "ENOSYS"
    assert decide(machine, "bare", 0x40000000 | 41, (), False) == "ENOSYS"


@pytest.mark.parametrize("machine", MACHINES)
def test_without_namespaces_others_are_out_of_reach(machine):
    def bare(name, *arguments, **more):
        return answer(machine, "bare", name, *arguments, **more)

    assert bare("fchmodat", -100, 1, 0) == "ignored"
    assert bare("truncate", 1, 0) == "EPERM"
    assert bare("lgetxattr", 1, 1, 1, 1) == bare("listxattr", 1, 1, 1) == "ENOTSUP"
    assert bare("fallocate", 3, 1, 0, 1 << 30) == "ENOTSUP"
    assert bare("prlimit64", 0, 7) == "ok" and bare("prlimit64", 77, 7) == "EPERM"
    assert bare("ioctl", 0, 0x5413) == "ok" and bare("ioctl", 3, 0x40086602) == "ENOTTY"
    assert bare("fcntl", 3, 2) == "ok" and bare("fcntl", 3, 8, 77) == "EPERM"
    assert bare("openat", -100, 1, 0o1000) == "EPERM" and bare("openat", -100, 1, 0o1101) == "ok"
    assert bare("openat", -100, 1, 0o1003) == "EPERM" and bare("openat", -100, 1, 0o1102) == "ok"
    assert bare("kill", OWN, 9) == "ok" and bare("kill", 0, 9) == "ok"
    assert bare("kill", 77, 9) == "EPERM" and bare("kill", -1, 9) == "EPERM"
    assert bare("tgkill", 77, 77, 9) == "EPERM" and bare("tgkill", OWN, OWN, 6) == "ok"
    assert bare("kill", 77, 9, scoped=True) == "ok"  # Landlock asks whose process it is


@pytest.mark.parametrize("machine", MACHINES)
def test_in_namespaces_a_snippet_may_do_as_it_likes_with_its_own(machine):
    for name, arguments in (("kill", (77, 9)), ("fchmodat", (-100, 1, 0)), ("ioctl", (3, 1))):
        assert answer(machine, "namespaced", name, *arguments) == "ok"


def test_no_number_stands_twice_and_a_jump_reaches_no_further_than_a_byte():
    for column, machine in enumerate(MACHINES):
        numbers = [pair[column] for pair in seccomp.CALLS.values() if pair[column] is not None]
        assert len(numbers) == len(set(numbers))
        assert len(seccomp.program("bare", signals_scoped=False, own=OWN, machine=machine)) < 4096


def test_a_machine_without_a_table_is_refused():
    with pytest.raises(OSError, match="riscv64"):
        seccomp.program("bare", signals_scoped=False, own=OWN, machine="riscv64")
