"""Define the starts; each file says what a branch computes before it has learned anything."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
