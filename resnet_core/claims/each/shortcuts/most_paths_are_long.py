"""Less than half a percent of the paths of 54 blocks have the lengths that carry the gradient."""

from math import comb

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate

BLOCKS = 54


def share(shortest: int, longest: int) -> float:
    """Return the percentage of paths of these lengths; each block is passed or skipped."""
    passed = sum(comb(BLOCKS, length) for length in range(shortest, longest + 1))
    return float(100 * passed / 2**BLOCKS)


def effective(_: Evidence) -> float:
    """Return the percentage of paths with the lengths that carry the gradient."""
    return share(5, 17)


def around_the_mean(_: Evidence) -> float:
    """Return the percentage of paths with lengths around the mean, 27."""
    return share(19, 35)


CLAIM = Claim(
    name="most-paths-are-long",
    topic="shortcuts",
    tier="exact",
    measure=effective,
    predicate=Predicate("about", 0.45, 0.03),
    control=Control(measure=around_the_mean, predicate=Predicate("at least", 95.0)),
    source="veit16 §5",
)
