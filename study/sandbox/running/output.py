"""Turn output into text for a page: decoded, without control characters, cut with a note."""

import codecs
import re
import struct
import zlib

from study.sandbox.limits import Limits
from study.sandbox.running.result import Figure

COLOURS = re.compile(r"\x1b\[[0-9;:]*m")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Characters that change the direction of a line, hide, or end a line in a browser.
INVISIBLE = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
LONGEST_LINE, MOST_LINES = 10_000, 2_000
PNG_START = b"\x89PNG\r\n\x1a\n"
HEAD_OF_PIXELS = 1 << 14
# What TensorFlow 2.21 prints on standard error before any of the learner's code has run.
NOISE = re.compile(
    r"^(?:WARNING: All log messages before absl::InitializeLog.*"
    r"|[IWE]0000 00:00:\d+\.\d+ +\d+ [\w./]+:\d+\] .*"
    r"|To enable the following instructions: .* rebuild TensorFlow with .*)\n?",
    re.M,
)


def clean(data: bytes) -> str:
    """Decode UTF-8, with replacements for invalid bytes.

    Colours are removed, and a progress bar is shown in its last state. Every other control
    character is shown as its picture (␛), and direction characters as �.
    """
    return _plain(data.decode("utf-8", "replace"))


class Pieces:
    """Clean output that arrives in pieces cut at any byte."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def text(self, data: bytes) -> str:
        return _plain(self._decoder.decode(data))


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    text = COLOURS.sub("", "\n".join(_as_it_ended(line) for line in lines))
    return INVISIBLE.sub("\ufffd", CONTROLS.sub(_picture, text))


def _as_it_ended(line: str) -> str:
    """Return what a terminal shows of a line that was overwritten repeatedly."""
    return next((part for part in reversed(line.split("\r")) if part), "")


def _picture(found: re.Match) -> str:
    number = ord(found[0])
    return chr(0x2400 + number) if number < 0x20 else "\u2421" if number == 0x7F else "\ufffd"


def for_page(text: str) -> tuple[str, int]:
    """Return as much as a page can show quickly, and how many lines were left out."""
    lines = text.split("\n")
    return "\n".join(_cut(line) for line in lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES)


def without_noise(text: str) -> str:
    """Return standard error without what TensorFlow prints about itself."""
    return NOISE.sub("", text)


def figure(data: bytes, limits: Limits) -> Figure | None:
    """Return the PNG, or None if it is incomplete or too large.

    Its chunks and checksums are read, and the head of its pixels is unpacked. The app decodes no
    image here or elsewhere: the browser is sent the bytes as they are.
    """
    width, height = struct.unpack(">II", data[16:24]) if len(data) > 24 else (0, 0)
    if not 0 < width * height <= limits.figure_pixels or not _is_whole(data):
        return None
    return Figure(data, width, height)


def _is_whole(data: bytes) -> bool:
    """Return whether the chunks follow each other from the first to IEND with right checksums."""
    at, kinds, pixels = len(PNG_START), [], b""
    while data.startswith(PNG_START) and at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        named = data[at + 4 : at + 8 + size]
        if zlib.crc32(named).to_bytes(4, "big") != data[at + 8 + size : at + 12 + size]:
            return False
        if named[:4] == b"IDAT" and len(pixels) < HEAD_OF_PIXELS:
            pixels += named[4 : 4 + HEAD_OF_PIXELS]
        kinds.append(named[:4])
        at += 12 + size
    ends = at == len(data) and kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"]
    try:
        return ends and bool(zlib.decompressobj().decompress(pixels, HEAD_OF_PIXELS))
    except zlib.error:
        return False


def _cut(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE]}… ({len(line) - LONGEST_LINE} more characters)"
