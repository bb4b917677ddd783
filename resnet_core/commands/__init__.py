"""Define the commands of `python -m resnet_core`, one module for each."""
