"""Draw how a training goes, against its steps: loss, accuracy, and the learning rate."""
