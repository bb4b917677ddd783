"""Keep what a fine-tuning can choose from: splits, parts of the net, and modes of BatchNorm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resnet_core.experiment.variants.registry import Registry


@dataclass(frozen=True)
class Split:
    """Divide the classes of data sets in two. Both map a data set to class numbers, in order.

    `learned` are those that the source net learns, `new` those that it then moves to. A data set
    that neither names cannot be split this way.
    """

    learned: Mapping[str, tuple[int, ...]]
    new: Mapping[str, tuple[int, ...]]


Part = Callable[[str], bool]  # says whether the layer of a name is trained
Norms = Callable[[bool], bool]  # says, of whether the body is trained, if batch statistics are used

SPLITS: Registry[Split] = Registry("split", "animals-to-vehicles")
PARTS: Registry[Part] = Registry("part", "all")
NORMS: Registry[Norms] = Registry("norms", "frozen")

HEAD = "head"  # the name of the layer that is new
LAST_STAGE = "stage3_"
