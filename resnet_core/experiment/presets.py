"""Define the named experiments of the lab. Their titles and explanations are in the locales."""

from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

DEMONSTRATION = "skips-56"  # the worker prepares it while it waits

PRESETS: dict[str, Experiment] = {
    DEMONSTRATION: Experiment.twins(
        DEMONSTRATION,
        NetConfig(depth=56, width=8),
        TrainConfig(
            steps=120,
            batch=64,
            learning_rate=0.02,
            augment=False,
            evaluate_images=256,
            optimizer="nesterov",  # apart after two thirds of the steps (docs/demonstration.md)
        ),
    ),
    "fast-20": Experiment.twins(
        "fast-20",
        NetConfig(depth=20, width=8),
        TrainConfig(steps=200, batch=64, learning_rate=0.05, augment=False, evaluate_every=100),
    ),
    "no-bn-56": Experiment.twins(
        "no-bn-56",
        NetConfig(depth=56, width=8, batch_norm=False, init="glorot"),
        TrainConfig(steps=25, batch=64, learning_rate=0.001, augment=False, evaluate_images=256),
    ),
}
