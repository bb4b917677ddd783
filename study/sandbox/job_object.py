"""Windows: one job for the snippet and whatever it starts; closing it ends them all.

Only time, memory and processes: a job keeps nothing secret. Not run on a real Windows machine by
its authors.
"""

import ctypes
import subprocess
from ctypes import wintypes

from study.sandbox.limits import Limits

EXTENDED_LIMITS = 9
UI_RESTRICTIONS = 4
KILL_ON_CLOSE, ACTIVE_PROCESSES, JOB_MEMORY, DIE_ON_ERROR = 0x2000, 0x8, 0x200, 0x400
EVERY_UI_RESTRICTION = 0xFF


class _Basic(ctypes.Structure):
    _fields_ = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    ]


class _Extended(ctypes.Structure):
    _fields_ = [
        ("Basic", _Basic),
        ("IoCounters", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    ]


class JobObject:
    """Joined before any code was sent, so nothing escapes it."""

    def __init__(self, process: subprocess.Popen, limits: Limits):
        self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
        self._handle = self._kernel.CreateJobObjectW(None, None)
        about = _Extended()
        about.Basic.LimitFlags = KILL_ON_CLOSE | ACTIVE_PROCESSES | JOB_MEMORY | DIE_ON_ERROR
        about.Basic.ActiveProcessLimit = limits.tasks
        about.JobMemoryLimit = limits.data
        self._set(EXTENDED_LIMITS, about)
        self._set(UI_RESTRICTIONS, wintypes.DWORD(EVERY_UI_RESTRICTION))
        joined = self._kernel.AssignProcessToJobObject(
            wintypes.HANDLE(self._handle), wintypes.HANDLE(int(process._handle))
        )
        if not joined:
            process.kill()
            raise ctypes.WinError(ctypes.get_last_error())

    def close(self) -> None:
        """Ends every process of the job."""
        if self._handle:
            self._kernel.CloseHandle(wintypes.HANDLE(self._handle))
            self._handle = None

    def _set(self, kind: int, about: ctypes.Structure) -> None:
        done = self._kernel.SetInformationJobObject(
            wintypes.HANDLE(self._handle), kind, ctypes.byref(about), ctypes.sizeof(about)
        )
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
