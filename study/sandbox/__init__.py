"""Run one snippet that nobody has to trust, and stream its output.

    execution = sandbox.start(code)
    for event in execution.events(): …
    result = execution.result()

There are three tiers, chosen by a probe. In `isolated-a` (bubblewrap) and `isolated-b` (Landlock
with seccomp) the snippet reaches no file of the learner and no network. `limited` is a plain
process with limits, which keeps nothing secret.
"""

from study.sandbox.isolation.tiers import Tier, TierError, tier
from study.sandbox.limits import Limits
from study.sandbox.running.execution import BusyError, Execution, run, running, start
from study.sandbox.running.result import Event, Figure, Result

__all__ = [
    "BusyError",
    "Event",
    "Execution",
    "Figure",
    "Limits",
    "Result",
    "Tier",
    "TierError",
    "run",
    "running",
    "start",
    "tier",
]
