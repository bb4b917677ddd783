"""Read CIFAR's batch files without running anything in them.

The binary layout has records of label bytes and 3072 pixel bytes. The python layout is a pickle,
which is not unpickled: its opcodes are walked, and only one long byte string and the small integers
of one list are taken.
"""

import pickletools

import numpy as np

from base.messages import Message, UserError
from resnet_core.data.published import Archive

PIXELS = 3072
LABEL_KEYS = {10: "labels", 100: "fine_labels"}
TEXT_OPCODES = ("SHORT_BINSTRING", "BINSTRING", "SHORT_BINUNICODE", "BINUNICODE")
BYTES_OPCODES = ("BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BINUNICODE")
INTEGER_OPCODES = ("BININT1", "BININT2", "BININT", "INT", "LONG1")
MOST_OPCODES = 1_000_000  # CIFAR-100's 50,000 images with two labels and a name each need a third


class DataError(UserError):
    """Raised for data that is missing, damaged or not what it should be."""


def read(archive: Archive, name: str, data: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (N, 32, 32, 3) and labels (N,), uint8, of a batch file. Raises DataError."""
    pixels, labels = (_binary if archive.layout == "binary" else _pickled)(archive, name, data)
    if len(labels) and int(labels.max()) >= archive.classes:
        raise foreign(
            name, f"a label of {int(labels.max())} where the largest is {archive.classes - 1}"
        )
    return pixels.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), labels


def foreign(name: str, what: str) -> DataError:
    """Return the error for a batch file that is not laid out as a published one."""
    return DataError(Message("data.foreign", {"file": name, "what": what}))


def _binary(archive: Archive, name: str, data: bytes) -> tuple[np.ndarray, np.ndarray]:
    if not data or len(data) % archive.record:
        raise foreign(
            name, f"{len(data)} bytes are no whole number of {archive.record}-byte records"
        )
    rows = np.frombuffer(data, np.uint8).reshape(-1, archive.record)
    return rows[:, archive.label_bytes :], rows[:, archive.label_bytes - 1].copy()


def _pickled(archive: Archive, name: str, data: bytes) -> tuple[np.ndarray, np.ndarray]:
    try:
        pixels, labels = _walk(data, LABEL_KEYS[archive.classes])
    except (ValueError, KeyError, IndexError, OverflowError, UnicodeDecodeError) as error:
        raise foreign(name, f"its pickle breaks off or is malformed ({error})") from error
    if pixels is None or labels is None:
        raise foreign(name, "it holds no images or no labels")
    if len(pixels) != PIXELS * len(labels):
        raise foreign(name, f"{len(pixels)} pixel bytes do not make {len(labels)} images")
    if any(not 0 <= label < archive.classes for label in labels):
        raise foreign(name, f"labels outside 0 to {archive.classes - 1}")
    return np.frombuffer(pixels, np.uint8), np.array(labels, np.uint8)


def _walk(data: bytes, label_key: str) -> tuple[bytes | None, list[int] | None]:
    """Return the longest byte string, and the integers that follow the key of the labels."""
    pixels: bytes | None = None
    labels: list[int] | None = None
    collecting: list[int] | None = None
    for number, (opcode, argument, _) in enumerate(pickletools.genops(data)):
        if number == MOST_OPCODES:
            raise ValueError("more steps than a batch needs")
        text = argument if isinstance(argument, str | bytes) else b""
        if opcode.name in BYTES_OPCODES and len(text) >= PIXELS:
            found = text.encode("latin-1") if isinstance(text, str) else text
            pixels = found if pixels is None or len(found) > len(pixels) else pixels
        elif opcode.name in TEXT_OPCODES:
            collecting = [] if argument == label_key else None
        elif opcode.name in INTEGER_OPCODES and isinstance(argument, int):
            if collecting is not None:
                collecting.append(argument)
        elif opcode.name in ("APPENDS", "STOP") and collecting:
            labels, collecting = labels or collecting, None
    return pixels, labels
