"""Lend this machine's devices to the run of a chief: python -m resnet_core.nn.devices.follower.

TF_CONFIG names the machines. Nothing is read from disk and nothing is written: nets, weights and
images come from the chief.
"""

import json
import sys

import numpy as np

from base.messages import UserError
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.jobs import machines
from resnet_core.nn.devices.company import Company, Order, form
from resnet_core.nn.devices.spread_arm import SpreadArm


def main() -> int:
    """Follow the chief to its end. The exit status is 1 if it was lost before."""
    try:
        company = form(machines.devices())
        with company.in_step():
            follow(company)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def follow(company: Company) -> None:
    """Carry out the chief's orders. Raises DevicesError if a machine is lost."""
    arms: dict[int, SpreadArm] = {}
    while True:
        order, (first, second, third) = company.hear()
        number = int(first)
        if order is Order.END:
            return
        if order is Order.BUILD:
            text = company.share(np.zeros(int(second), np.int32)).astype(np.uint8).tobytes()
            told = json.loads(text)
            net, train = NetConfig(**told["net"]), TrainConfig(**told["train"])
            arms[number] = SpreadArm(net, train, company, number)
        elif order is Order.STATE:
            arms[number].hear_state()
        elif order is Order.SURGERY:
            arms[number].hear_surgery(int(second))
        else:
            arms[number].hear_step(second, bool(third))


if __name__ == "__main__":
    sys.exit(main())
