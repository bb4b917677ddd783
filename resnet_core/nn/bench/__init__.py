"""Define the contenders of `python -m resnet_core bench`, which train one net in a process each."""
