"""Learn vehicles and move to animals: fewer classes first, and harder ones afterwards."""

from resnet_core.experiment.fine_tuning.kinds import SPLITS, Split
from resnet_core.experiment.fine_tuning.splits.animals_to_vehicles import ANIMALS, VEHICLES

SPLITS.register("vehicles-to-animals")(Split(learned=VEHICLES, new=ANIMALS))
