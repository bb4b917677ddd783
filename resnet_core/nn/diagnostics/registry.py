"""Find the diagnostics by name.

A new diagnostic is a name in `resnet_core.experiment.diagnostics` and a module of that name in this
folder, with a function `measure(subject)` that returns plain figures.
"""

import importlib
from typing import Any

from resnet_core.nn.diagnostics.nets.subject import Subject


def measure(name: str, subject: Subject) -> dict[str, Any]:
    """Return what the diagnostic of that name measures on one net."""
    module = importlib.import_module(f"resnet_core.nn.diagnostics.{name}")
    figures: dict[str, Any] = module.measure(subject)
    return figures
