"""Word a share as a percentage, with one spelling everywhere."""


def percent(share: float) -> str:
    """Return a share as a whole percentage, with the space that the texts use."""
    return f"{100 * share:.0f} %"
