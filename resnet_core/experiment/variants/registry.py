"""Keep the variants of one kind by name: each variant is one file of a folder.

A file registers what it defines, and the folder imports all its files. A new variant is therefore
one new file, and nothing else changes.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

Variant = TypeVar("Variant")


class Registry(Mapping[str, Variant], Generic[Variant]):
    """Map the names of one kind to its variants. The default comes first, then by file name."""

    def __init__(self, kind: str, default: str):
        self.kind, self.default = kind, default
        self._variants: dict[str, Variant] = {}

    def register(self, name: str) -> Callable[[Variant], Variant]:
        """Return a decorator that enters a variant. Raises ValueError for a name that is taken."""

        def enter(variant: Variant) -> Variant:
            if name in self._variants:
                raise ValueError(f"Two variants of {self.kind} have the name {name!r}.")
            self._variants[name] = variant
            return variant

        return enter

    def __getitem__(self, name: str) -> Variant:
        return self._variants[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._variants, key=lambda name: name != self.default))

    def __len__(self) -> int:
        return len(self._variants)


def import_all(package: str, folders: Iterable[str]) -> None:
    """Import every file of a package, so that each registers its variant."""
    for module in sorted(found.name for found in pkgutil.iter_modules(folders)):
        importlib.import_module(f"{package}.{module}")
