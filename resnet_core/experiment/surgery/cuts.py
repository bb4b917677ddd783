"""Describe what is cut in the nets of a run at a step."""

import re
from dataclasses import dataclass

BLOCK = r"^stage[1-3]_block[1-9][0-9]{0,2}$"
MOST_BLOCKS = 999


@dataclass(frozen=True)
class Surgery:
    """Hold what differs in the nets of a run from the nets that were built.

    Without `skips` every block has lost its skip, and `skips_out` are single blocks that have. Of
    the blocks in `deleted` only the shortcut is left; a block without a shortcut passes its input
    on instead, in the shape of its output (option A). With `averages` BatchNorm normalises by its
    moving averages and leaves them as they are; otherwise it uses the statistics of the batch.
    """

    skips: bool = True
    skips_out: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    averages: bool = False

    @property
    def text(self) -> str:
        """Return a text that only the same surgery has."""
        return f"{self.skips} {self.skips_out} {self.deleted} {self.averages}"

    def has_skip(self, block: str) -> bool:
        """Return whether a block keeps its skip, if it was built with one."""
        return self.skips and block not in self.skips_out

    def has_layer(self, layer: str) -> bool:
        """Return whether a weight layer of a branch is still used, by the layer's name."""
        return block_of(layer) not in self.deleted


WHOLE = Surgery()


def block_of(layer: str) -> str:
    """Return the name of the block that a layer's name begins with."""
    return "_".join(layer.split("_")[:2])


def is_block(name: object) -> bool:
    """Return whether a value has the form of a block's name."""
    return isinstance(name, str) and re.match(BLOCK, name) is not None
