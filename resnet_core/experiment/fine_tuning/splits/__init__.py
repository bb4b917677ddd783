"""Define the splits of the classes, one in each file."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
