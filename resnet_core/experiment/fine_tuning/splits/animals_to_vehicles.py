"""Learn animals and move to vehicles: two domains that share edges and textures, not shapes.

Of CIFAR-100 these are the mammals of four superclasses and the two superclasses of vehicles. The
synthetic set has neither: there the net learns filled shapes and moves to rings and crosses.
"""

from resnet_core.experiment.fine_tuning.kinds import SPLITS, Split

ANIMALS = {
    "cifar10": (2, 3, 4, 5, 6, 7),
    "cifar100": (3, 15, 19, 21, 31, 34, 36, 38, 42, 43, 50, 63, 64, 65, 66, 74, 75, 80, 88, 97),
    "synthetic": (0, 1, 2, 3, 4, 5),
}
VEHICLES = {
    "cifar10": (0, 1, 8, 9),
    "cifar100": (8, 13, 41, 48, 58, 69, 81, 85, 89, 90),
    "synthetic": (6, 7, 8, 9),
}

SPLITS.register("animals-to-vehicles")(Split(learned=ANIMALS, new=VEHICLES))
