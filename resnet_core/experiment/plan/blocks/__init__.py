"""Define the blocks; each file lists the convolutions of one kind of branch."""

from resnet_core.experiment.variants.registry import import_all

import_all(__name__, __path__)
