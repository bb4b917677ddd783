"""Memory and messages of System V, which belong to no folder and to no process."""

import ctypes

PRIVATE, OPEN_TO_ALL = 0, 0o1666
REMOVE, LOOK = 0, 2
MESSAGES = 10  # the word of `struct msqid_ds` that says how many wait
HELD = b"CANARY-shm"


class SystemV:
    """A segment and a queue with one message, open to every account of the machine."""

    def __init__(self):
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.shmat.restype = ctypes.c_void_p
        self.segment = self._libc.shmget(PRIVATE, 4096, OPEN_TO_ALL)
        self.queue = self._libc.msgget(PRIVATE, OPEN_TO_ALL)
        assert self.segment >= 0 and self.queue >= 0, ctypes.get_errno()
        place = self._libc.shmat(self.segment, None, 0)
        ctypes.memmove(place, HELD, len(HELD))
        self._libc.shmdt(ctypes.c_void_p(place))
        message = ctypes.create_string_buffer(b"\1\0\0\0\0\0\0\0CANARY-message")
        assert self._libc.msgsnd(self.queue, message, 14, 0) == 0, ctypes.get_errno()

    def seen(self) -> tuple[bytes, int]:
        """What the segment holds, and how many messages wait; raises where one is gone."""
        place = self._libc.shmat(self.segment, None, 0)
        if place in (None, ctypes.c_void_p(-1).value):
            raise OSError(ctypes.get_errno(), "the segment is gone")
        held = ctypes.string_at(place, len(HELD))
        self._libc.shmdt(ctypes.c_void_p(place))
        about = (ctypes.c_ulong * 32)()
        if self._libc.msgctl(self.queue, LOOK, ctypes.byref(about)) != 0:
            raise OSError(ctypes.get_errno(), "the queue is gone")
        return held, about[MESSAGES]

    def remove(self) -> None:
        self._libc.shmctl(self.segment, REMOVE, None)
        self._libc.msgctl(self.queue, REMOVE, None)
