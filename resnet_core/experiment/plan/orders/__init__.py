"""Define the orders; each file says where BatchNorm and activation come in a block."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
