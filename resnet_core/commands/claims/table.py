"""Write records as a table for a terminal and as objects."""

import json
from collections.abc import Sequence

from resnet_core.claims import CLAIMS, Predicate, Record
from resnet_core.claims.record import ENOUGH
from resnet_core.claims.shown import asked, interval, number

HEAD = ("claim", "tier", "effect, 95 % interval", "required", "held", "control", "s a seed")


def as_text(records: Sequence[Record]) -> str:
    """Return the records as lines of equal columns."""
    rows = [HEAD, *(row(record) for record in records)]
    widths = [max(len(cells[place]) for cells in rows) for place in range(len(HEAD))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)) for cells in rows]
    seconds = sum(record.seconds * len(record.values) for record in records)
    held = sum(record.holds for record in records)
    end = f"{held} of {len(records)} hold here; {seconds / 60:.0f} min if no run were shared."
    return "\n".join([*(line.rstrip() for line in lines), end])


def row(record: Record) -> tuple[str, ...]:
    """Return the cells of one record."""
    control = record.control
    absent = "–"
    if control is not None:
        gave = record.control_effect
        absent_asked = Predicate(control.sense, control.threshold, control.tolerance)
        mark = "✔" if control.held >= ENOUGH * len(control.values) else "✘"
        absent = f"{mark} {number(gave.mean if gave else None)} ({asked(absent_asked)})"
    return (
        f"{'✔' if record.holds else '✘'} {record.claim}",
        CLAIMS[record.claim].tier,
        interval(record.effect),
        asked(record.predicate),
        f"{record.held}/{len(record.values)}",
        absent,
        f"{record.seconds:.0f}" + (", stale" if record.stale else ""),
    )


def as_json(records: Sequence[Record]) -> str:
    """Return the records as an array of objects."""
    return json.dumps([_object(record) for record in records], indent=1)


def _object(record: Record) -> dict[str, object]:
    effect, control = record.effect, record.control
    gave = record.control_effect
    return {
        "name": record.claim,
        "tier": CLAIMS[record.claim].tier,
        "seeds": len(record.seeds),
        "held": record.held,
        "holds": record.holds,
        "effect": finite(effect.mean),
        "interval": [finite(effect.low), finite(effect.high)],
        "control": None
        if control is None
        else {
            "effect": finite(gave.mean if gave else None),
            "interval": [finite(gave.low), finite(gave.high)] if gave else None,
            "values": [finite(value) for value in control.values],
            "sense": control.sense,
            "threshold": control.threshold,
            "held": control.held,
        },
        "values": [finite(value) for value in record.values],
        "sense": record.sense,
        "threshold": record.threshold,
        "data": record.data,
        "seconds": record.seconds,
        "stale": record.stale,
        "tried": list(record.tried),
    }


def finite(value: float | None) -> float | None:
    """Return a value that JSON can hold, with four digits, or None if it is not finite."""
    if value is None or value - value != 0:
        return None
    return float(f"{value:.4g}")
