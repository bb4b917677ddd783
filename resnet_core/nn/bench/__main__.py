"""python -m resnet_core.nn.bench NAME CASE OPTIONS: one contender, started by the benchmark.

OPTIONS is JSON; what the contender trains stands in CASE. It talks over its pipes (gate.py).
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
