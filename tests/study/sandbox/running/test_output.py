"""Output is text that a page can show, whatever was written."""

import os
import struct
import unicodedata
import zlib
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.sandbox.limits import Limits
from study.sandbox.running import output

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes, checksum: int | None = None) -> bytes:
    known = zlib.crc32(kind + body) if checksum is None else checksum
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", known)


def png(width: int, height: int, pixels: bytes | None = None, end: bytes = b"IEND") -> bytes:
    """One of black pixels, or of what is given for them."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = zlib.compress(bytes(min(height, 20) * (width + 1))) if pixels is None else pixels
    return PNG + head + chunk(b"IDAT", pixels) + chunk(end, b"")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("wörld ✓ 残差\n".encode(), "wörld ✓ 残差\n"),
        (b"\x1b[31mred\x1b[0m", "red"),
        (b"\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        (b"\x1b[2J\x00", "␛[2J␀"),
        (b"\xff\xfe", "��"),
        ("a\u202eb\u2066\u200b".encode(), "a�b��"),
        (b"1/3\r2/3\r3/3\nnext\r\n", "3/3\nnext\n"),
        (b"\tindented", "\tindented"),
        (b"<b>**x** $y$", "<b>**x** $y$"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(data, text):
    assert output.clean(data) == text


@given(st.binary(max_size=400))
def test_no_bytes_make_a_control_character(data):
    shown = output.clean(data)
    assert {c for c in shown if unicodedata.category(c) in ("Cc", "Zl", "Zp")} <= {"\n", "\t"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_plain_text_stays_as_it_is(text):
    assert output.clean(text.encode()) == text


@given(st.text(alphabet="a残é\n", max_size=50), st.integers(1, 7))
def test_pieces_cut_anywhere_make_the_whole(text, size):
    data, pieces = text.encode(), output.Pieces()
    cut = [data[at : at + size] for at in range(0, len(data), size)]
    assert "".join(pieces.text(piece) for piece in cut) == text


def test_a_page_gets_lines_and_line_lengths_it_can_show():
    text = "\n".join(["x" * 20_000] + ["y"] * 3000)
    shown, more = output.for_page(text)
    lines = shown.split("\n")
    assert len(lines) == output.MOST_LINES and more == 3001 - output.MOST_LINES
    assert lines[0].endswith("… (10000 more characters)")
    assert len(lines[0]) < output.LONGEST_LINE + 50


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (png(10, 20), True),
        (png(100_000, 100_000), False),
        (png(2001, 2000), False),
        (png(0, 5), False),
        (png(10, 20)[:33] + os.urandom(400), False),  # a header, and then rubbish
        (png(10, 20, os.urandom(400)), False),
        (png(10, 20, b""), False),
        (png(10, 20)[:-3], False),
        (png(10, 20) + b"x", False),
        (png(10, 20, end=b"tEXt"), False),
        (png(10, 20).replace(b"IEND\xae", b"IEND\xaf"), False),
        (PNG + chunk(b"IHDR", bytes(13)) * 2, False),
        (b"GIF89a" + bytes(40), False),
        (PNG, False),
        (b"", False),
    ],
    ids=count(),  # random bytes would make other names in every process
)
def test_a_figure_is_a_png_of_reasonable_size(data, kept):
    figure = output.figure(data, Limits())
    assert (figure is not None) == kept
    assert not kept or (figure.width, figure.height) == (10, 20)


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_break_the_look_at_a_figure(data, kept):
    for wild in (data, png(10, 20)[:kept] + data):
        found = output.figure(wild, Limits())
        assert found is None or found.png == png(10, 20)


def test_what_tensorflow_says_of_itself_is_left_out_and_nothing_else():
    noise = "I0000 00:00:1700000000.123456  1234 cpu_feature_guard.cc:227] This binary\n"
    own = "ValueError: I0000 is no number\n"
    assert output.without_noise(noise + own) == own
