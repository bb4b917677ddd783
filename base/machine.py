"""Read what the kernel says of this machine that explains why a process is gone (Linux).

Other systems say nothing, which None stands for.
"""

from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
COUNTS = Path("/proc/vmstat")


def boot() -> str | None:
    """Return a name for the time since the machine was started, another one after every start."""
    try:
        return BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return None


def ended_for_memory() -> int | None:
    """Return how many processes the kernel has ended since then because memory was short."""
    try:
        counts = dict(line.split() for line in COUNTS.read_text("ascii").splitlines())
        return int(counts["oom_kill"])
    except (OSError, ValueError, KeyError):
        return None
