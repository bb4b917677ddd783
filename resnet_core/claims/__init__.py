"""Define the claims that questions make: their experiments, their controls and their records.

The sentence of a claim is in the question that makes it. The locales say what is measured, what the
paper says and why the claim has its tier. The records in `records/` were measured by `python -m
resnet_core claims --record`. A claim that does not hold is recorded as not holding, and the record
keeps the results of every setting that was recorded before.
"""

from resnet_core.claims.catalogue import CLAIMS, MODULES, built_on
from resnet_core.claims.claim import TIERS, Claim, Control, Evidence, Predicate, Tier
from resnet_core.claims.fingerprint import of_claim
from resnet_core.claims.interval import Effect, effect
from resnet_core.claims.record import (
    RECORDS,
    Confirmation,
    ControlRecord,
    Record,
    record,
    setting,
    write_record,
)
from resnet_core.claims.trial import Trial, trials, watched

SEEDS = (0, 1, 2, 3, 4)

__all__ = [
    "CLAIMS",
    "MODULES",
    "RECORDS",
    "SEEDS",
    "TIERS",
    "Claim",
    "Confirmation",
    "Control",
    "ControlRecord",
    "Effect",
    "Evidence",
    "Predicate",
    "Record",
    "Tier",
    "Trial",
    "built_on",
    "effect",
    "of_claim",
    "record",
    "setting",
    "trials",
    "watched",
    "write_record",
]
