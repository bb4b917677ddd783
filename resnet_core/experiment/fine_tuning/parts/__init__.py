"""Define the parts of the net that are trained, one in each file."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
