"""Write a claim as one script with the laboratory's net, step and batches and nothing else of it.

The script holds the sources of the modules that compute the number, word for word, and unpacks them
into a folder of its own while it runs. It therefore prints the number of the record on a machine
that has never seen this project. It needs TensorFlow, Keras, NumPy and a folder with CIFAR-10.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from base.messages import Message, UserError
from resnet_core.claims import MODULES, Claim
from resnet_core.standalone.data_code import READ

ROOT = Path(__file__).resolve().parents[3]
COMPUTES = (
    "resnet_core.nn.training.arms",
    "resnet_core.nn.training.optimizers",
    "resnet_core.nn.runtime",
    "resnet_core.data.batches",
    "resnet_core.data.cifar",
)
OURS = ("base", "resnet_core")
# Packages of which only the named modules are needed: their own __init__ imports more.
OPEN = (
    "base",
    "resnet_core",
    "resnet_core.claims",
    "resnet_core.data",
    "resnet_core.nn",
    "resnet_core.nn.diagnostics",
)
# Code that finds, checks and stores the data is left out: the script is given a folder.
DATASET = "resnet_core/data/cifar.py"
IN_ITS_PLACE = '''"""The images of a script: all that a diagnostic asks of a data set."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dataset:
    """Images (N, 32, 32, 3) uint8 and labels (N,) uint8."""

    train_images: Any
    train_labels: Any
    test_images: Any
    test_labels: Any
'''


def script(claim: Claim) -> str:
    """Return the source of the script. Raises UserError for a claim about fine-tuning."""
    whole = (*claim.experiments, *claim.control.experiments)
    if any(experiment.fine_tuning is not None for experiment in whole):
        raise UserError(Message("standalone.fine_tuning"))
    of_claim = MODULES[claim.name]
    files = sorted(_closure([*COMPUTES, *_diagnostics(claim), of_claim]))
    sources = {path.relative_to(ROOT).as_posix(): _source(path) for path in files}
    told = f"{claim.words('title')}\n\n    python script.py CIFAR-FOLDER [SEEDS]\n\nMeasured: "
    docstring = f'"""{told}{claim.words("quantity")}.\nSource: {claim.source}.\n"""\n'
    return "\n".join(
        [
            docstring,
            HEAD,
            "MODULES = {",
            *(f"    {json.dumps(name)}: {_literal(text)}," for name, text in sources.items()),
            "}\n",
            UNPACKING,
            f"from {of_claim} import CLAIM  # noqa: E402",
            TRAINING,
        ]
    )


def _literal(text: str) -> str:
    """Return a raw string, readable as the file is, or an escaped one if it cannot be raw."""
    return repr(text) if "'''" in text or text.endswith("\\") else f"r'''{text}'''"


def _closure(names: list[str]) -> set[Path]:
    """Return the files of these modules and of all of ours that they import, even indirectly."""
    found: set[Path] = set()
    while names:
        for path in _files(names.pop()):
            if path not in found:
                found.add(path)
                names += [] if path == ROOT / DATASET else _imports(path)
    return found


def _diagnostics(claim: Claim) -> list[str]:
    """Return the modules that measure what the experiments ask for besides their training."""
    whole = (*claim.experiments, *claim.control.experiments)
    asked = {name for experiment in whole for name in experiment.measure}
    room = "resnet_core.nn.diagnostics"
    return [f"{room}.registry", *(f"{room}.{name}" for name in sorted(asked))] if asked else []


def _source(path: Path) -> str:
    return IN_ITS_PLACE if path == ROOT / DATASET else path.read_text("utf-8")


def _files(name: str) -> list[Path]:
    """Return the file of a module or all files of a package, or none for another name."""
    place = ROOT / name.replace(".", "/")
    if place.with_suffix(".py").is_file():
        return [place.with_suffix(".py")]
    if name in OPEN or not (place / "__init__.py").is_file():
        return []
    return sorted(place.rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_executed(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in OURS:
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _executed(tree: ast.Module) -> ast.Module:
    """Return a module without the code that only a type checker reads."""
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING")
    ]
    return tree


HEAD = """\
import math
import os
import pickle
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
"""

UNPACKING = """\
unpacked = tempfile.TemporaryDirectory()
for name, source in MODULES.items():
    path = Path(unpacked.name, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")
sys.path.insert(0, unpacked.name)
"""

TRAINING = '''\
import numpy as np  # noqa: E402
from dataclasses import replace  # noqa: E402
from resnet_core.claims.claim import Evidence  # noqa: E402
from resnet_core.data.batches import Batches  # noqa: E402
from resnet_core.data.cifar import Dataset  # noqa: E402
from resnet_core.experiment.config import QUANTITIES  # noqa: E402
from resnet_core.experiment.surgery.cuts import Surgery  # noqa: E402
from resnet_core.nn import runtime  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402


class Events(list):
    """What a run writes down, found by kind and arm."""

    def of(self, kind, arm=None):
        return [event for event in self if event["kind"] == kind and arm in (None, event["arm"])]


# READ

def measured(experiment, name, arm, data):
    """Return what the diagnostics of an experiment say of an arm."""
    if not experiment.measure:
        return []
    from resnet_core.nn.diagnostics.registry import measure
    from resnet_core.nn.diagnostics.nets.subject import Subject

    subject = Subject.of(arm, data, experiment.seed, experiment.train.steps > 0)
    return [
        {"kind": "diagnostic", "name": one, "arm": name, "figures": measure(one, subject)}
        for one in experiment.measure
    ]


def train(experiment, cuts, data):
    """Train the arms of an experiment and return what happened."""
    events, design = Events(), experiment.train
    images, labels = data.train_images, data.train_labels
    batches = Batches(images, labels, design.batch, experiment.seed, design.augment)
    for name, net in experiment.arms.items():
        arm = Arm(net, design, experiment.seed)
        arm.normalise_by(batches.mean, batches.deviation)
        events.append({"kind": "built", "arm": name, "parameters": arm.trainable_parameters})
        for step in range(design.steps):
            flow = step % design.flow_every == 0
            if cuts:
                arm.operate(Surgery(skips=step < cuts))
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
        events += measured(experiment, name, arm, data)
    return events


def rounded(value):
    return float(f"{value:.4g}") if math.isfinite(value) else None


def main():
    """Print what the claim gives for each seed, and return the events of the last."""
    data, evidence = None, None
    if CLAIM.experiments:
        data = Dataset(*read(sys.argv[1], "data_batch_*"), *read(sys.argv[1], "test_batch*"))
    runtime.prepare(1)
    for seed in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        whole = {tuple(e.arms): e for e in (*CLAIM.experiments, *CLAIM.control.experiments)}
        runs = [train(replace(e, seed=seed), CLAIM.cuts, data) for e in whole.values()]
        evidence = Evidence(runs)
        value, control = CLAIM.measure(evidence), CLAIM.control.measure(evidence)
        mark = "holds" if CLAIM.predicate.holds(value) else "does not hold"
        print(f"seed {seed}: {value:.4g} ({mark}); control {control:.4g}")
    return evidence


if __name__ == "__main__":
    main()
'''.replace("# READ\n", READ)
