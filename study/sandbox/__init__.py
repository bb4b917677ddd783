"""Runs one snippet that nobody has to trust, and streams what it puts out.

    execution = sandbox.start(code)
    for event in execution.events(): …
    result = execution.result()

Two tiers, chosen by a probe: `isolated-a`, bubblewrap, where the snippet sees no file of the
learner and no network; and `limited`, a plain process with limits, which keeps nothing secret.
"""

from study.sandbox.execution import Execution, run, start
from study.sandbox.limits import Limits
from study.sandbox.result import Event, Figure, Result
from study.sandbox.tiers import Tier, TierError, tier

__all__ = [
    "Event",
    "Execution",
    "Figure",
    "Limits",
    "Result",
    "Tier",
    "TierError",
    "run",
    "start",
    "tier",
]
