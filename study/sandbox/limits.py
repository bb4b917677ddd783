"""Define the limits of one snippet."""

import os
from dataclasses import dataclass

MIB = 1 << 20
# TensorFlow starts a few threads for each processor.
TASKS = max(96, 32 + 8 * (os.cpu_count() or 1))


@dataclass(frozen=True)
class Limits:
    """Hold the limits of one run, in seconds of wall clock, in bytes, or as counts.

    `memory` is the resident memory of the whole process tree. `data` is the heap of each process,
    of which TensorFlow needs 0.5 GiB.
    """

    seconds: float = 60.0
    memory: int = 2048 * MIB
    data: int = 3072 * MIB
    file: int = 64 * MIB
    work: int = 128 * MIB
    tasks: int = TASKS
    handles: int = 256
    stdout: int = MIB
    stderr: int = MIB // 4
    values: int = MIB
    calls: int = 8 * MIB  # what hidden cases and the code that they call say to each other
    figures: int = 8 * MIB
    figure_count: int = 12
    figure_pixels: int = 4_000_000  # of each figure; a browser needs four bytes for a pixel
