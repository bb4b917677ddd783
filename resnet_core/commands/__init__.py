"""What `python -m resnet_core` can do; one module a command."""
