"""A claim as one script of its own: the laboratory's net, step and batches, nothing else of it.

The script holds the sources of the modules that compute the number, word for word, and imports them
from itself. So it prints the number that the record has, on a machine that has never seen this
project; it needs TensorFlow, Keras, NumPy and a folder with CIFAR-10.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from resnet_core.claims import Claim

ROOT = Path(__file__).resolve().parents[3]
COMPUTES = (
    "resnet_core.nn.training.arms",
    "resnet_core.nn.runtime",
    "resnet_core.data.batches",
)
OURS = ("base", "resnet_core")


def script(claim: Claim) -> str:
    """Return the source of the script."""
    of_claim = f"resnet_core.claims.each.{claim.name.replace('-', '_')}"
    names = sorted(_closure([*COMPUTES, of_claim]))
    sources = {name: _source(name).read_text("utf-8") for name in names}
    told = f"{claim.words('title')}\n\n    python script.py CIFAR-FOLDER [SEEDS]\n\nMeasured: "
    docstring = f'"""{told}{claim.words("quantity")}.\nSource: {claim.source}.\n"""\n'
    return "\n".join(
        [
            docstring,
            HEAD,
            "MODULES = {",
            *(f"    {json.dumps(name)}: {_literal(text)}," for name, text in sources.items()),
            "}\n",
            IMPORTER,
            f"from {of_claim} import CLAIM  # noqa: E402",
            TRAINING,
        ]
    )


def _literal(text: str) -> str:
    """Return a raw string, readable as the file is, or an escaped one where it cannot be raw."""
    return repr(text) if "'''" in text or text.endswith("\\") else f"r'''{text}'''"


def _closure(names: list[str]) -> set[str]:
    """Return these modules and all of ours that they import, directly or not."""
    found: set[str] = set()
    while names:
        name = names.pop()
        if name not in found and _source(name).is_file():
            found.add(name)
            names += _imports(name)
    return found


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(_executed(ast.parse(_source(name).read_text("utf-8")))):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in OURS:
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _executed(tree: ast.Module) -> ast.Module:
    """Return a module without what only a type checker reads."""
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING")
    ]
    return tree


def _source(name: str) -> Path:
    return ROOT / f"{name.replace('.', '/')}.py"


HEAD = """\
import importlib.abc
import importlib.util
import math
import os
import pickle
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
"""

IMPORTER = '''\
class Here(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the modules of this file; a package is a name that others begin with."""

    def find_spec(self, name, path=None, target=None):
        package = any(other.startswith(f"{name}.") for other in MODULES)
        if name in MODULES or package:
            return importlib.util.spec_from_loader(name, self, is_package=package)
        return None

    def exec_module(self, module):
        module.__file__ = f"{module.__name__}.py"
        exec(compile(MODULES.get(module.__name__, ""), module.__file__, "exec"), module.__dict__)


sys.meta_path.insert(0, Here())
'''

TRAINING = '''\
import numpy as np  # noqa: E402
from dataclasses import replace  # noqa: E402
from resnet_core.claims.claim import Evidence  # noqa: E402
from resnet_core.data.batches import Batches  # noqa: E402
from resnet_core.experiment.config import QUANTITIES  # noqa: E402
from resnet_core.nn import runtime  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402


class Events(list):
    """What a run writes down, found by kind and arm."""

    def of(self, kind, arm=None):
        return [event for event in self if event["kind"] == kind and arm in (None, event["arm"])]


def read(folder):
    """Return the training images (N, 32, 32, 3) and labels of a folder of python batches."""
    images, labels = [], []
    for path in sorted(Path(folder).rglob("data_batch_*")):
        batch = pickle.loads(path.read_bytes(), encoding="bytes")
        images.append(batch[b"data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))
        labels.append(np.array(batch[b"labels"], np.uint8))
    return np.ascontiguousarray(np.concatenate(images)), np.concatenate(labels)


def train(experiment, cuts, images, labels):
    """Train the arms of an experiment and return what happened."""
    events, design = Events(), experiment.train
    batches = Batches(images, labels, design.batch, experiment.seed, design.augment)
    for name, net in experiment.arms.items():
        arm = Arm(net, design, experiment.seed)
        arm.normalise_by(batches.mean, batches.deviation)
        events.append({"kind": "built", "arm": name, "parameters": arm.trainable_parameters})
        for step in range(design.steps):
            flow = step % design.flow_every == 0
            if cuts:
                arm.set_skips(step < cuts)
            if step and not arm.is_traced(flow):
                arm.trace(flow)
            seen = arm.step(*batches.at(step), design.rate_at(step), flow=flow)
            loss = float(f"{seen.loss:.4g}") if math.isfinite(seen.loss) else None
            facts = {"arm": name, "step": step}
            events.append({"kind": "step", "loss": loss, "accuracy": seen.accuracy, **facts})
            if flow:
                rows = {q: [rounded(x) for x in r] for q, r in zip(QUANTITIES, seen.flow)}
                events.append({"kind": "flow", **rows, **facts})
            if loss is None:
                break
    return events


def rounded(value):
    return float(f"{value:.4g}") if math.isfinite(value) else None


def main():
    images, labels = read(sys.argv[1]) if CLAIM.experiments else (None, None)
    runtime.prepare(1)
    for seed in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        whole = {tuple(e.arms): e for e in (*CLAIM.experiments, *CLAIM.control.experiments)}
        runs = [train(replace(e, seed=seed), CLAIM.cuts, images, labels) for e in whole.values()]
        evidence = Evidence(runs)
        value, control = CLAIM.measure(evidence), CLAIM.control.measure(evidence)
        mark = "holds" if CLAIM.predicate.holds(value) else "does not hold"
        print(f"seed {seed}: {value:.4g} ({mark}); control {control:.4g}")


if __name__ == "__main__":
    main()
'''
