"""Name a run before a person does, with two words that follow from its id.

The words are easier to say and to find again than a time, and are the same after every restart.
"""

import zlib

from base.catalogue import catalogue
from resnet_core.library.label import Label


def called(run_id: str, label: Label, language: str) -> str:
    """Return what a run is called: by its label, otherwise by its id."""
    return label.name or memorable(run_id, language)


def memorable(run_id: str, language: str) -> str:
    """Return the two words of a run in a language."""
    texts = catalogue(language)
    qualities, animals = texts["library.qualities"].split(), texts["library.animals"].split()
    number = zlib.crc32(run_id.encode())
    quality = qualities[number % len(qualities)]
    animal = animals[number // len(qualities) % len(animals)]
    return texts["library.two_words"].format(quality=quality, animal=animal)
