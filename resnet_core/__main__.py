"""Run a command of the lab without the app: python -m resnet_core COMMAND."""

import argparse
import importlib
import sys

COMMANDS = {
    "train": ("resnet_core.commands.train", "train the arms of a preset and print the run folder"),
    "why": ("resnet_core.commands.why", "the diagnostics that explain why skips help, measured"),
    "probe": ("resnet_core.commands.probe", "gradient flow of nets at chosen steps, as a table"),
    "claims": ("resnet_core.commands.claims", "check claims by experiment, with their seeds"),
    "code": ("resnet_core.commands.code", "a run as one Keras script or a notebook"),
    "bench": ("resnet_core.commands.bench", "training speed against Keras fit and PyTorch"),
    "apart": ("resnet_core.commands.apart", "seconds until the demonstration's twins are apart"),
    "estimates": ("resnet_core.commands.estimates", "estimates of ten runs, and what they take"),
    "ship": ("resnet_core.commands.ship", "make the weights that ship from a run"),
    "data": ("resnet_core.commands.data", "get, check or find CIFAR-10 and CIFAR-100"),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m resnet_core", description=__doc__)
    parser.add_argument("command", choices=COMMANDS, help="; ".join(_lines()))
    chosen = parser.parse_args(sys.argv[1:2]).command
    module = importlib.import_module(COMMANDS[chosen][0])
    own = argparse.ArgumentParser(
        prog=f"python -m resnet_core {chosen}", description=COMMANDS[chosen][1]
    )
    module.add_arguments(own)
    status: int = module.main(own.parse_args(sys.argv[2:]))
    return status


def _lines() -> list[str]:
    return [f"{name}: {what}" for name, (_, what) in COMMANDS.items()]


if __name__ == "__main__":
    sys.exit(main())
