"""Define the shortcuts; each file is one way around the branch of a block."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
