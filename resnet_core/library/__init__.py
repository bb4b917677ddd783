"""Keep runs as a library: names and tags, search, comparison, a bin, archives, and disk usage.

What a person says of a run is stored in `label.json` beside the run's own files. The library never
writes those, so the log of a run keeps its one writer.
"""

from resnet_core.library.archive import ArchiveError, pack, unpack
from resnet_core.library.differences import Difference, differences
from resnet_core.library.disk import Usage, usage
from resnet_core.library.label import Label, LabelError, label_of, tags_of, write_label
from resnet_core.library.names import called
from resnet_core.library.removal import bin_of, empty, restore, throw, thrown
from resnet_core.library.shelf import Entry, Kind, entries, found

__all__ = [
    "ArchiveError",
    "Difference",
    "Entry",
    "Kind",
    "Label",
    "LabelError",
    "Usage",
    "bin_of",
    "called",
    "differences",
    "empty",
    "entries",
    "found",
    "label_of",
    "pack",
    "restore",
    "tags_of",
    "throw",
    "thrown",
    "unpack",
    "usage",
    "write_label",
]
