"""Run one contender for the benchmark: python -m resnet_core.nn.bench NAME CASE OPTIONS.

CASE says what the contender trains. OPTIONS is JSON. The contender talks over its pipes (gate.py).
"""

import importlib
import json
import sys

from resnet_core.bench.case import Case
from resnet_core.nn.bench.gate import Ended, Gate


def main(name: str, case: str, options: str) -> None:
    trainer = importlib.import_module(f"resnet_core.nn.bench.{name}")
    gate = Gate()
    try:
        trainer.train(Case.from_json(case), gate, **json.loads(options))
    except Ended:
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
