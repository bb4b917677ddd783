"""Output as text that a page can show: decoded, without control characters, cut with a word."""

import re
import struct

from study.sandbox.limits import Limits
from study.sandbox.result import Figure

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
LONGEST_LINE, MOST_LINES = 10_000, 2_000
PNG_START = b"\x89PNG\r\n\x1a\n"
# What TensorFlow 2.21 says of itself on standard error before any of the learner's code has run.
NOISE = re.compile(
    r"^(?:WARNING: All log messages before absl::InitializeLog.*"
    r"|[IWE]0000 00:00:\d+\.\d+ +\d+ [\w./]+:\d+\] .*"
    r"|To enable the following instructions: .* rebuild TensorFlow with .*)\n?",
    re.M,
)


def clean(data: bytes) -> str:
    """UTF-8 with replacements; escape sequences, control and direction characters taken out."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("\ufffd", ESCAPES.sub("", text))


def for_page(text: str) -> tuple[str, int]:
    """As much as a page shows without stalling, and how many lines were left out."""
    lines = text.split("\n")
    return "\n".join(_cut(line) for line in lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES)


def without_noise(text: str) -> str:
    return NOISE.sub("", text)


def figure(data: bytes, limits: Limits) -> Figure | None:
    """None for what is not a PNG of reasonable size: the header is read, nothing is decoded."""
    if len(data) < 33 or not data.startswith(PNG_START) or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    if not 0 < width * height <= limits.figure_pixels:
        return None
    return Figure(data, width, height)


def _cut(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE]}… ({len(line) - LONGEST_LINE} more characters)"
