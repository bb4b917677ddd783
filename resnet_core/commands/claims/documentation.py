"""Write docs/claims.md from the records alone."""

from pathlib import Path

from resnet_core import claims
from resnet_core.claims import CLAIMS, TIERS, Claim, Predicate, Record, Trial, shared_runs, trials
from resnet_core.claims.record import ENOUGH, arms_of, note_of
from resnet_core.claims.shown import asked, interval, number

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
    parts += [_time(made), _disagreements(made)]
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

TIME = """\
**Time.** Measured alone, one claim after another and one seed after another, the records took
{minutes} minutes on two cores that had other work beside. Those {needed} runs are {different}
different ones, each of which `python -m resnet_core claims` makes once. The {untrained} claims that
train nothing took {of_untrained} of the minutes. By tier: {by_tier}.
"""

DISAGREE = """\
## Where our short runs disagree with the literature

None of these refutes a paper: our nets are narrow, and our runs are hundreds of times shorter.
"""


def _time(made: dict[str, Record]) -> str:
    """Return what the whole set took, seed by seed, and how many runs are shared."""
    needed = [trial for name in made for trial in _trials(CLAIMS[name], made[name])]
    different = len({shared_runs.key(trial, "") for trial in needed})
    untrained = [name for name in made if not CLAIMS[name].trains]
    by_tier = {tier: [name for name in made if CLAIMS[name].tier == tier] for tier in TIERS}
    return TIME.format(
        minutes=_minutes(made, list(made)),
        needed=len(needed),
        different=different,
        untrained=len(untrained),
        of_untrained=_minutes(made, untrained),
        by_tier=", ".join(
            f"{tier.replace('-', ' ')} {_minutes(made, names)}" for tier, names in by_tier.items()
        ),
    )


def _minutes(made: dict[str, Record], names: list[str]) -> str:
    """Return the minutes that these records took, without decimals."""
    return f"{sum(made[name].seconds * len(made[name].values) for name in names) / 60:.0f}"


def _trials(claim: Claim, record: Record) -> list[Trial]:
    return [trial for seed in record.seeds for trial in trials(claim, seed)]


def _disagreements(made: dict[str, Record]) -> str:
    """Return a table of what did not hold: our number and its budget beside the literature's."""
    lines = [DISAGREE, "| claim | here | what our number says | our budget | the literature |"]
    lines.append("|---|---|---|---|---|")
    for name, record in made.items():
        if not record.holds:
            claim = CLAIMS[name]
            lines.append(
                f"| [{name}](#{name}) | {interval(record.effect)}, required "
                f"{asked(record.predicate)} | {_outcome(record)} | {_budget(claim)} "
                f"| {claim.words('paper')} [{claim.source}] |"
            )
    return "\n".join(lines) + "\n"


def _outcome(record: Record) -> str:
    """Return how the number of a claim that failed lies to what was required."""
    if record.held >= ENOUGH * len(record.values):
        return "it holds, but its negative control does not stay quiet"
    if record.sense != "at least":
        return "it is not what was required"
    if record.direction < 0:
        return "reversed in every seed"
    if record.direction == 0:
        return "the seeds do not agree on the sign"
    return "the same direction, but less than was required"


def _budget(claim: Claim) -> str:
    """Return the longest of the claim's own trainings."""
    longest = max((one.train for one in claim.experiments), key=lambda train: train.steps)
    return f"{longest.steps:,} steps of {longest.batch} images"


def _table(rows: list[tuple[Claim, Record]]) -> str:
    lines = ["| claim | effect | required | held | control |", "|---|---|---|---|---|"]
    for claim, record in rows:
        mark = "✔" if record.holds else "✘"
        lines.append(
            f"| {mark} [{claim.name}](#{claim.name}) | {interval(record.effect)} "
            f"| {asked(record.predicate)} | {record.held} of {len(record.values)} "
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
    lines += [f"- **Tried before:** {_tried(attempt)}" for attempt in record.tried]
    return "\n".join([*lines, ""])


def _control(record: Record) -> str:
    control, gave = record.control, record.control_effect
    if control is None or gave is None:
        return "–"
    absent = Predicate(control.sense, control.threshold, control.tolerance)
    return f"{interval(gave)}, required {asked(absent)}"


def _tried(attempt: dict) -> str:
    predicate = Predicate(attempt["sense"], attempt["threshold"], attempt["tolerance"])
    values = ", ".join(number(float(value)) for value in attempt["values"])
    told = f"{arms_of(attempt)}: required {asked(predicate)}, measured {values}."
    return " ".join([told, *filter(None, [note_of(attempt).get("en")])])
