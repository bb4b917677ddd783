"""The contenders of `python -m resnet_core bench`: each trains the same net in its own process."""
