"""Images that another process has lent to this one, which has no files of them itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from resnet_core.data.cifar import Dataset

_lent: dict[str, Dataset] = {}


def lend(data: Dataset) -> None:
    """Have this process use a data set instead of looking for its files."""
    _lent[data.name] = data


def find(name: str) -> Dataset | None:
    """Return the data set of a name that was lent last, or None."""
    return _lent.get(name)


@contextmanager
def instead(data: Dataset) -> Iterator[None]:
    """Have this process use a data set in the place of that of the same name, for a while."""
    before = _lent.get(data.name)
    _lent[data.name] = data
    try:
        yield
    finally:
        del _lent[data.name]
        if before is not None:
            _lent[data.name] = before
