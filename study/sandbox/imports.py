"""Find what a snippet imports, and which kind of waiting process can run it."""

import ast
import re
import sys
from functools import lru_cache

KINDS = ("plain", "numpy", "tf")
OF_TENSORFLOW = {"tensorflow", "keras", "tensorboard"}
OF_NUMPY = {"numpy", "matplotlib", "pandas", "scipy", "sklearn", "PIL", "h5py"}
NAMES_TO_INSTALL = {"keras": "tensorflow", "sklearn": "scikit-learn", "PIL": "pillow"}
# What must be set before TensorFlow starts has no effect afterwards, or fails.
BEFORE_IMPORT = re.compile(
    r"os\s*\.\s*(?:environ|putenv)|KERAS_BACKEND|config\s*\.\s*threading|set_visible_devices"
    r"|set_logical_device|set_memory_growth|matplotlib\s*\.\s*use|sys\s*\.\s*modules|__import__"
)


def kind(code: str) -> str:
    """Return "plain", "numpy" or "tf" by the imports anywhere in the code.

    Code that does not parse is plain.
    """
    roots = _imported(code)
    if roots & OF_TENSORFLOW:
        return "tf"
    return "numpy" if roots & OF_NUMPY else "plain"


def packages(code: str) -> list[str]:
    """Return the packages that the code needs elsewhere, by their names in the package index."""
    foreign = _imported(code) - sys.stdlib_module_names
    return sorted({NAMES_TO_INSTALL.get(name, name) for name in foreign})


def may_be_warm(code: str) -> bool:
    """Return whether the code runs the same in a process that already imported its libraries."""
    return kind(code) == "plain" or BEFORE_IMPORT.search(code) is None


@lru_cache(maxsize=128)  # a page asks three times for the snippet that it draws
def _imported(code: str) -> frozenset[str]:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.split(".")[0])
    return frozenset(roots)
