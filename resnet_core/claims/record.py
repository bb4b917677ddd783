"""The records that ship: what a claim's experiment gave, seed by seed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from base.files import write_json
from resnet_core.claims.catalogue import CLAIMS

RECORDS = Path(__file__).parent / "records"


@dataclass(frozen=True)
class Record:
    """What the claim's experiment gave, seed by seed, when it was recorded."""

    claim: str
    data: str
    seeds: tuple[int, ...]
    values: tuple[float, ...]
    threshold: float
    sense: str
    seconds: float
    versions: dict[str, str]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def held(self) -> int:
        """Return for how many seeds the claim held."""
        claim = CLAIMS[self.claim]
        return sum(claim.holds(value) for value in self.values)


def record(name: str) -> Record | None:
    """Return the record that ships, or None if the claim was never recorded."""
    path = RECORDS / f"{name}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    return Record(**{**data, "seeds": tuple(data["seeds"]), "values": tuple(data["values"])})


def write_record(made: Record) -> Path:
    path = RECORDS / f"{made.claim}.json"
    write_json(path, asdict(made))
    path.chmod(0o644)
    return path
