"""Write numbers of claims for people: three digits, and powers of ten only if needed."""

import math

from resnet_core.claims.claim import Predicate
from resnet_core.claims.interval import Effect

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | None) -> str:
    """Return a number with three significant digits: 0.428, 1,340, 1.96 × 10⁻¹⁰."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    rounded = float(f"{value:.3g}")
    size = math.floor(math.log10(abs(rounded)))
    if -4 <= size < 6:
        digits = max(0, 2 - size)
        text = f"{rounded:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{rounded / 10**size:.3g} × 10{str(size).translate(RAISED)}"


def interval(effect: Effect) -> str:
    """Return the mean with its interval in brackets, or the mean alone if there is none."""
    if effect.low is None or effect.high is None or effect.low == effect.high:
        return number(effect.mean)
    return f"{number(effect.mean)} [{number(effect.low)}, {number(effect.high)}]"


def asked(predicate: Predicate) -> str:
    """Return what a predicate asks: ≥ 0.3, = 2 ± 0.6."""
    if predicate.sense == "about":
        slack = f" ± {predicate.tolerance:g}" if predicate.tolerance else ""
        return f"= {predicate.threshold:g}{slack}"
    return f"{'≥' if predicate.sense == 'at least' else '≤'} {predicate.threshold:g}"
