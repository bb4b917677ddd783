"""Learn some animals and vehicles and move to others, so that both tasks are of one domain.

Each is the classes of animals-to-vehicles by turns, so half of either domain is on either side.
"""

from resnet_core.experiment.fine_tuning.kinds import SPLITS, Split
from resnet_core.experiment.fine_tuning.splits.animals_to_vehicles import ANIMALS, VEHICLES


def every_second(first: int) -> dict[str, tuple[int, ...]]:
    """Return every second animal and vehicle of each data set, from the first or the second on."""
    return {
        name: tuple(sorted((*ANIMALS[name][first::2], *VEHICLES[name][first::2])))
        for name in ANIMALS
    }


SPLITS.register("near")(Split(learned=every_second(0), new=every_second(1)))
