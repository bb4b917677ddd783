"""The schedules of the learning rate: each file is one."""

from resnet_core.experiment.registry import import_all

import_all(__name__, __path__)
