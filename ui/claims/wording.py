"""Word the numbers of a claim: what is asked, what was measured, and the name of its tier."""

from resnet_core.claims import Claim, Effect, Predicate, Record
from resnet_core.claims.shown import interval, number
from ui.shell.i18n import t


def asked(predicate: Predicate) -> str:
    """Return what a predicate asks, such as "at least 0.3"."""
    values = {"threshold": number(predicate.threshold), "tolerance": number(predicate.tolerance)}
    if predicate.sense == "about":
        return t("claim.about" if predicate.tolerance else "claim.equal", **values)
    return t("claim.at_least" if predicate.sense == "at least" else "claim.at_most", **values)


def came(effect: Effect | None) -> str:
    """Return an effect with its interval, whose brackets stay on one line."""
    if effect is None:
        return "–"
    mean, _, bounds = interval(effect).partition(" [")
    return f"{mean} [{bounds}".replace(", ", ",\u00a0") if bounds else mean


def tier(claim: Claim) -> str:
    """Return the name of a claim's tier."""
    return t(f"claim.tier.{claim.tier}")


def badges(claim: Claim, record: Record | None) -> str:
    """Return whether the claim holds here, and its tier, each in words and a colour.

    A claim that fails says so once: its tier would only repeat the verdict.
    """
    tier_of = f":gray-badge[{tier(claim)}]"
    if record is None:
        return tier_of
    if record.holds:
        return f":green-badge[✔ {t('claim.holds_here')}] {tier_of}"
    fails = f":orange-badge[✘ {t('claim.fails_here')}]"
    return fails if claim.tier == "fails-here" else f"{fails} {tier_of}"
