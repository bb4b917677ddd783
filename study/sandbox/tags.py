"""What a snippet imports: which kind of waiting process would serve it, if any."""

import ast
import re

KINDS = ("plain", "numpy", "tf")
OF_TENSORFLOW = {"tensorflow", "keras", "tensorboard"}
OF_NUMPY = {"numpy", "matplotlib", "pandas", "scipy", "sklearn", "PIL", "h5py"}
# What has to be set before TensorFlow starts has no effect, or fails, once it has.
BEFORE_IMPORT = re.compile(
    r"os\s*\.\s*(?:environ|putenv)|KERAS_BACKEND|config\s*\.\s*threading|set_visible_devices"
    r"|set_logical_device|set_memory_growth|matplotlib\s*\.\s*use|sys\s*\.\s*modules|__import__"
)


def kind(code: str) -> str:
    """plain, numpy or tf, by the imports anywhere in it; code that does not parse is plain."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "plain"
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            roots.add(node.module.split(".")[0])
    if roots & OF_TENSORFLOW:
        return "tf"
    return "numpy" if roots & OF_NUMPY else "plain"


def may_be_warm(code: str) -> bool:
    """Whether it runs in a process that imported its libraries as it would in a fresh one."""
    return kind(code) == "plain" or BEFORE_IMPORT.search(code) is None
