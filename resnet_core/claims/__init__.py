"""Claims that questions make, their experiments, and the records that ship.

A claim's words stand in the question that makes it; here is only what can be run. The records in
`records/` are what `python -m resnet_core claims --record` measured; a claim that does not hold is
recorded as not holding.
"""

from resnet_core.claims.catalogue import CLAIMS
from resnet_core.claims.claim import Claim
from resnet_core.claims.record import RECORDS, Record, record, write_record

SEEDS = (0, 1, 2, 3, 4)

__all__ = ["CLAIMS", "RECORDS", "SEEDS", "Claim", "Record", "record", "write_record"]
