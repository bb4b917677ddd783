"""Write docs/claims.md from the records alone."""

from pathlib import Path

from resnet_core import claims
from resnet_core.claims import CLAIMS, TIERS, Claim, Predicate, Record
from resnet_core.claims.record import arms_of
from resnet_core.claims.shown import interval, number
from resnet_core.commands.claims.table import wanted

PATH = Path(__file__).resolve().parents[3] / "docs" / "claims.md"
MEANING = {
    "fails-here": "It does not hold at our budget; each claim says what we think the reason is.",
    "proxy": "A short run stands in for the paper's long one.",
    "measured": "The paper's effect, at its setting or at a smaller one that is stated.",
    "exact": "True by construction or by counting.",
}


def write() -> Path:
    """Write docs/claims.md and return its path."""
    PATH.write_text(text(), "utf-8")
    return PATH


def text() -> str:
    """Return the page."""
    made = {name: one for name in CLAIMS if (one := claims.record(name)) is not None}
    parts = [HEAD.format(claims=len(made), held=sum(one.holds for one in made.values()))]
    for tier in TIERS:
        of_tier = [claim for claim in CLAIMS.values() if claim.tier == tier and claim.name in made]
        if of_tier:
            parts.append(f"## {tier.replace('-', ' ').capitalize()}\n\n{MEANING[tier]}\n")
            parts.append(_table([(claim, made[claim.name]) for claim in of_tier]))
            parts += [_claim(claim, made[claim.name]) for claim in of_tier]
    return "\n".join(parts)


HEAD = """# Claims and their receipts

Made by `python -m resnet_core claims --docs` from `resnet_core/claims/records/`; do not edit.
{held} of {claims} claims hold here. The effect is the mean over the seeds with its 95 % t-interval
(of ratios the geometric mean); a claim holds when four seeds of five meet its predicate and its
negative control, the same measurement where the effect must be absent, meets its own. Repeat any of
them with `python -m resnet_core claims NAME`.
"""


def _table(rows: list[tuple[Claim, Record]]) -> str:
    lines = ["| claim | effect | required | held | control |", "|---|---|---|---|---|"]
    for claim, record in rows:
        mark = "✔" if record.holds else "✘"
        lines.append(
            f"| {mark} [{claim.name}](#{claim.name}) | {interval(record.effect)} "
            f"| {wanted(record.predicate)} | {record.held} of {len(record.values)} "
            f"| {_control(record)} |"
        )
    return "\n".join(lines) + "\n"


def _claim(claim: Claim, record: Record) -> str:
    values = ", ".join(number(value) for value in record.values)
    where = f" on {record.data}, seeds 0 to {len(record.seeds) - 1}" if record.seeds else ""
    lines = [
        f"### {claim.name}",
        "",
        str(claim.words("title")),
        "",
        f"- **Measured{where}:** {claim.words('quantity')}: {values}.",
        f"- **Control:** {claim.words('control')}: {_control(record)}.",
        f"- **The literature:** {claim.words('paper')} [{claim.source}]",
        f"- **Why this tier:** {claim.words('why')}",
    ]
    if claim.rests_on:
        lines.append("- **Rests on:** " + ", ".join(f"[{n}](#{n})" for n in claim.rests_on))
    if record.tried:
        lines.append(f"- **Tried before:** {'; '.join(_tried(one) for one in record.tried)}.")
    return "\n".join([*lines, ""])


def _control(record: Record) -> str:
    control, gave = record.control, record.control_effect
    if control is None or gave is None:
        return "–"
    asked = Predicate(control.sense, control.threshold, control.tolerance)
    return f"{interval(gave)}, required {wanted(asked)}"


def _tried(attempt: dict) -> str:
    predicate = Predicate(attempt["sense"], attempt["threshold"], attempt["tolerance"])
    values = ", ".join(number(float(value)) for value in attempt["values"])
    note = f" ({attempt['note']})" if attempt.get("note") else ""
    return f"{arms_of(attempt)}: required {wanted(predicate)}, measured {values}{note}"
