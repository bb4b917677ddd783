"""Read what people type and what programs print: numbers, shapes, outputs.

The quiz and the linter share this grammar: two outputs are the same for `study check` exactly if
the quiz accepts one for the other.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, replace

GROUPS = (
    r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d*)?"  # 1,234.5
    r"|[1-9]\d{0,2}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?"  # 1.234.567
    r"|[1-9]\d{0,2}(?:\.\d{3})+,\d+"  # 1.234,5
    r"|\d+(?:[.,]\d*)?"
    r"|[.,]\d+"
)
SIGN = r"(?:(?<![\w.)\]])[-+])?"
TYPED = re.compile(rf"{SIGN}(?:{GROUPS})(?:e[-+]?\d+)?", re.I)
TIMES_TEN = re.compile(r"(?<=\d)\s*[×x*·⋅]\s*10\s*(?:\^|\*\*)\s*([-+]?\d+)(?![\d.,])", re.I)
RAISED = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # 10⁹ would otherwise become 109
SPACED = re.compile(r"(?<=\d)[ _'\u2009\u202f](?=\d{3}(?!\d))")
JOINED = re.compile(r"(?<=\d)\s*(\^|\*\*|/|⁄)\s*(?=[-+]?\d)")
MAGNITUDES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mio": 1e6, "m": 1e6, "mn": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "g": 1e9, "千": 1e3, "百万": 1e6, "万": 1e4, "亿": 1e8,
}  # fmt: skip
COUNTED = re.compile(r"^(k|m|g|b)(?:macs?|flops?|params?)$")  # 3.86 GMAC
AFTER = re.compile(r"\s*(百万|[万亿千]|[a-z]+|%|‰)?", re.I)
LEAST_DIGITS = 0.01  # a rounded number counts if its last digit is worth at most this share


@dataclass(frozen=True)
class Reading:
    """Hold one meaning of what was typed.

    `half` is half a unit of its last digit, or 0 if the number is exact. `fraction` says that it
    was typed as one. With `only_in` the meaning is only valid in that unit: 9.83M is 9.83 in M.
    """

    value: float
    half: float = 0.0
    fraction: bool = False
    only_in: str = ""

    def times(self, factor: float) -> "Reading":
        """Return the reading multiplied by a factor."""
        return Reading(self.value * factor, self.half * factor)


def readings(text: str) -> list[Reading]:
    """Return the possible meanings of one typed number, the likeliest first.

    The list is empty if the text holds no number or several. Accepted are full-width digits,
    thousands separators (1,234 or 1 234 or 1.234.567), 1e-3, 1×10⁻³, 2^10, 12/13, 96 %, 9.83M and
    85万. A unit after the number is skipped.
    """
    plain = _typed(text)
    found = list(TYPED.finditer(plain))
    if not 1 <= len(found) <= 2:
        return []
    first: Reading | None = _read(found[0][0])
    rest = plain[found[-1].end() :]
    if len(found) == 2:
        between = plain[found[0].end() : found[1].start()]
        first = _combined(_read(found[0][0]), between, _read(found[1][0]))
    if first is None or not math.isfinite(first.value):
        return []
    meanings = _with_magnitude(first, rest)
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}", plain):
        meanings.append(Reading(first.value * 1000, 0.5))  # 2.752 for 2,752
    return [one for one in meanings if math.isfinite(one.value)]


def why_no_number(text: str) -> str:
    """Return why a text has no reading: "several" numbers, or "none"."""
    return "several" if len(TYPED.findall(_typed(text))) > 1 else "none"


def same_number(text: str, wanted: float, tolerance: float, unit: str = "", asks: str = "") -> bool:
    """Return whether a typed number is the right one.

    With `asks` "count" every digit matters, and with "size" a difference of 2 % is accepted. If it
    is empty, a number rounded to the digits typed is right: 0.92 for 12/13, 9.83M for 9,834,496. A
    percentage answers a share, and a fraction answers a percentage.
    """
    if asks == "size":
        tolerance = max(tolerance, 0.02 * abs(wanted))
    margin = tolerance * (1 + 1e-9) + 1e-12 * abs(wanted)
    for meaning in _in_unit(readings(text), unit):
        off = abs(meaning.value - wanted)
        rounded = asks != "count" and meaning.half <= LEAST_DIGITS * abs(meaning.value)
        if off <= margin or (rounded and off <= meaning.half * (1 + 1e-9)):
            return True
    return False


def _in_unit(found: list[Reading], unit: str) -> list[Reading]:
    """Return the meanings in the unit asked for: 12/13 is 92.3 if per cent are asked."""
    asked = unit.lower()
    fitting = [one for one in found if not one.only_in or asked.startswith(one.only_in)]
    if unit == "%":
        fitting += [one.times(100) for one in found if one.fraction]
    return fitting


def _typed(text: str) -> str:
    """Return the text in plain digits: 10⁹ as 10^9, 1×10⁻³ as 1e-3, 1 234 as 1234."""
    raised = RAISED.sub(lambda found: f"^{found[0]}", text)
    plain = unicodedata.normalize("NFKC", raised)
    for fancy in "−–":
        plain = plain.replace(fancy, "-")
    return SPACED.sub("", JOINED.sub(r"\1", TIMES_TEN.sub(r"e\1", plain.strip())))


def _read(number: str) -> Reading:
    """Return the value of one number with half a unit of its last digit."""
    mantissa, _, exponent = number.lower().partition("e")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", mantissa):
        mantissa = mantissa.replace(",", "")
    elif mantissa.count(".") > 1 or re.search(r"\.\d+,", mantissa):
        mantissa = mantissa.replace(".", "").replace(",", ".")
    mantissa = mantissa.replace(",", ".")
    decimals = len(mantissa.partition(".")[2])
    value = float(f"{mantissa}e{exponent or 0}")
    power = int(exponent or 0) - decimals
    return Reading(value, 0.5 * 10.0**power if -300 < power < 300 else 0.0)


def _combined(first: Reading, sign: str, second: Reading) -> Reading | None:
    """Return a fraction or a power, or None if the two are simply two numbers."""
    try:
        if sign in ("/", "⁄"):
            return Reading(first.value / second.value, fraction=True)
        if sign in ("^", "**"):
            power = first.value**second.value
            return Reading(power) if isinstance(power, float) else None
    except (ArithmeticError, ValueError):
        return None
    return None


def _with_magnitude(found: Reading, rest: str) -> list[Reading]:
    """Return the meanings, with a letter, word or per-cent sign after the number applied."""
    after = AFTER.match(rest)
    word = (after and after[1] or "").lower()
    if word in ("%", "‰"):
        return [found, found.times(0.01 if word == "%" else 0.001)]
    counted = COUNTED.match(word)
    name = counted[1] if counted else word
    if name not in MAGNITUDES:
        return [found]
    return [found.times(MAGNITUDES[name]), replace(found, only_in=name)]


def shape_of(given: str) -> tuple[int, ...]:
    """Return the sizes in `8×8×64`, `8x8x64`, `(8, 8, 64)` or `8 8 64`, without a None."""
    plain = unicodedata.normalize("NFKC", given)
    return tuple(int(part) for part in re.findall(r"[0-9]+", plain))


def same_shape(given: str, wanted: tuple[int, ...]) -> bool:
    """Return whether a typed shape, without its batch, is the wanted one."""
    return shape_of(given) == wanted


# An output is a list of lines, and a line is a list of numbers, words and signs.
TOKEN = re.compile(
    r"(?P<number>(?:(?<![\w.)\]])[-+])?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w]))"
    r"|(?P<word>\w+)|(?P<sign>\S)",
    re.I,
)
THOUSANDS = re.compile(r"(?<![\w.,])[-+]?[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
QUOTES = str.maketrans('“”‘’"−', "'''''-")


@dataclass(frozen=True)
class Token:
    """Hold a piece of a line; `number` is its value if it is a number."""

    text: str
    number: float | None = None

    @property
    def whole(self) -> bool:
        """Return whether the token is an integer."""
        return self.text.lstrip("+-").isdigit()

    @property
    def array_form(self) -> bool:
        """Return whether a number has NumPy's form: NumPy prints 2. and Python prints 2.0."""
        return self.text.endswith(".")


def same_output(
    expected: str,
    given: str,
    tolerance: float | None = None,
    *,
    any_case: bool = False,
) -> bool:
    """Return whether two outputs say the same, line by line.

    Spaces, commas inside brackets, padding of arrays and the spelling of a number (1e-6, 1e-06)
    do not matter; words, signs, their order and the kind of a number (2 or 2.0) do. With a
    `tolerance` numbers may differ by that share. `any_case` lets True be typed as true.
    """
    ours, theirs = _lines(expected, any_case), _lines(given, any_case)
    if len(ours) != len(theirs):
        return False
    return all(
        len(a) == len(b) and all(_same_token(x, y, tolerance) for x, y in zip(a, b, strict=True))
        for a, b in zip(ours, theirs, strict=True)
    )


def _same_token(ours: Token, theirs: Token, tolerance: float | None) -> bool:
    if ours.number is None or theirs.number is None:
        return ours.text == theirs.text
    if tolerance is not None:
        return math.isclose(ours.number, theirs.number, rel_tol=tolerance, abs_tol=1e-9)
    same_kind = ours.whole == theirs.whole or ours.array_form or theirs.array_form
    return same_kind and math.isclose(ours.number, theirs.number, rel_tol=1e-12)


def _lines(text: str, any_case: bool) -> list[list[Token]]:
    """Return the tokens of each line that has any; an array over several lines is one line."""
    plain = unicodedata.normalize("NFKC", text).translate(QUOTES)
    lines: list[list[Token]] = []
    depth = 0
    for line in (plain.lower() if any_case else plain).splitlines():
        inside = depth > 0
        tokens, depth = _tokens(line, depth)
        if inside and lines:
            lines[-1] += tokens
        elif tokens:
            lines.append(tokens)
    return lines


def _tokens(line: str, depth: int) -> tuple[list[Token], int]:
    """Return the tokens of a line, and how many brackets are open after it."""
    found = []
    if depth == 0 and not re.search(r"[\[(]", line):
        line = THOUSANDS.sub(lambda number: number[0].replace(",", ""), line)
    for match in TOKEN.finditer(line):
        text = match[0]
        depth = max(0, depth + (text in "([{") - (text in ")]}"))
        if text == "," and depth:
            continue
        number = float(text) if match.lastgroup == "number" else None
        found.append(Token(text, number))
    return found, depth


def first_difference(expected: str, given: str, tolerance: float | None = None) -> int:
    """Return the number of the first line, from 1, at which two outputs differ."""
    wanted, got = expected.strip().splitlines(), given.strip().splitlines()
    pairs = enumerate(zip(wanted, got, strict=False), start=1)
    parted = (n for n, (a, b) in pairs if not same_output(a, b, tolerance))
    return next(parted, min(len(wanted), len(got)) + 1)
