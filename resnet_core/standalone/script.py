"""Put the parts together: as one script, whose parts a notebook shows one by one."""

import re
import textwrap
from dataclasses import dataclass

from base.catalogue import catalogue
from resnet_core.standalone import data_code, net_code, training_code
from resnet_core.standalone.subject import Subject
from resnet_core.standalone.toggles import Toggles

WIDTH, WRAPPED = 72, 96
IMPORTS = {
    "hashlib": r"\bhashlib\.",
    "math": r"\bmath\.",
    "os": r"\bos\.",
    "pickle": r"\bpickle\.",
    "sys": r"\bsys\.",
    "zlib": r"\bzlib\.",
}


# The order of a sum decides its last digit. In a plain net of 56 layers that difference reaches the
# second digit of the loss within two steps, so the script sums in the lab's order.
SAME_ROUNDING = """\
# The order of a sum decides its last digit. In a deep net that difference reaches the second digit
# of the loss within a few steps. Threads and graph passes are therefore those of the run. You may
# leave both out.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
tf.config.threading.set_intra_op_parallelism_threads(1 if CORES <= {arms} else CORES)
tf.config.optimizer.set_experimental_options({{"disable_meta_optimizer": True}})
"""


@dataclass(frozen=True)
class Part:
    """Hold one part: `key` names its heading and its explanation in the catalogue."""

    key: str
    code: str


def parts(subject: Subject, *, folder: str) -> list[Part]:
    """Return the parts in order. `folder` is the expression of the folder with the data."""
    experiment = subject.experiment
    toggles = Toggles(list(experiment.arms.values()))
    found = [
        Part("images", data_code.images(experiment, subject.fingerprint)),
        Part("batches", data_code.cut(experiment)),
        Part("net", net_code.net(toggles)),
        Part("nets", net_code.nets(toggles, list(experiment.arms))),
        Part("schedule", training_code.schedule(subject)),
        Part("step", training_code.step(experiment.train)),
        Part("training", training_code.GO),
    ]
    if subject.losses:
        found.append(Part("compared", training_code.compared(subject)))
    train = experiment.train
    classes = next(iter(experiment.arms.values())).classes
    settings = [f"SEED, CLASSES = {experiment.seed}, {classes}"]
    settings.append(f"STEPS, BATCH = {train.steps}, {train.batch}")
    if experiment.dataset != "synthetic":
        settings.insert(0, f"FOLDER = {folder}")
    code = "\n".join(settings) + "\n\n" + SAME_ROUNDING.format(arms=len(experiment.arms))
    whole = "".join(part.code for part in found) + code
    return [Part("settings", f"{_imports(whole)}\n\n{code}"), *found]


def script(subject: Subject) -> str:
    """Return the source of the script, in English as all code is."""
    takes_folder = subject.experiment.dataset != "synthetic"
    texts = catalogue("en")
    found = parts(subject, folder='sys.argv[1] if len(sys.argv) > 1 else ""')
    first, *others = [part.code for part in found]
    usage = "python script.py [CIFAR-FOLDER]" if takes_folder else "python script.py"
    lines = [
        f'"""{title(subject)}',
        "",
        f"    {usage}",
        "",
        *_wrapped(about(subject, "en")),
        '"""',
        "",
    ]
    body = [first.rstrip("\n")]
    for part, code in zip(found[1:], others, strict=True):
        heading = texts[f"standalone.{part.key}"]
        body.append(f"\n\n# --- {heading} {'-' * max(3, WIDTH - len(heading))}\n\n{code.strip()}")
    return "\n".join(lines) + "\n" + "\n".join(body) + "\n"


def title(subject: Subject) -> str:
    """Return what the script repeats, in one line of plain characters."""
    name = re.sub(r"[^\w .,()+-]", "-", subject.experiment.name)
    of_run = f" (run {re.sub(r'[^0-9A-Za-z_-]', '-', subject.run)})" if subject.run else ""
    return f"{name}: {', '.join(subject.experiment.arms)}{of_run}."


def about(subject: Subject, language: str) -> str:
    """Return what a reader should know first."""
    texts = catalogue(language)
    told = [texts["standalone.needs"]]
    if subject.experiment.dataset != "synthetic":
        told.append(texts["standalone.folder"])
    if subject.losses:
        last = max(step for losses in subject.losses.values() for step in losses)
        adamw = subject.experiment.train.optimizer == "adamw"
        agrees = texts["standalone.agrees_adamw" if adamw else "standalone.agrees"]
        told.append(agrees.format(tolerance=subject.tolerance, last=last))
    return "\n".join(told)


def _wrapped(text: str) -> list[str]:
    return [row for line in text.splitlines() for row in textwrap.wrap(line, WRAPPED)]


def _imports(code: str) -> str:
    """Return the imports that the code needs."""
    lines = [f"import {name}" for name, use in IMPORTS.items() if re.search(use, code)]
    lines.append("from dataclasses import dataclass")
    if "Path(" in code:
        lines.append("from pathlib import Path")
    third = ["import keras", "import numpy as np", "import tensorflow as tf"]
    return "\n".join([*lines, "", *third, "from keras import layers"])
