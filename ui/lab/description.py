"""Describe a run in full: its nets with their differences, and their training."""

from pathlib import Path

from resnet_core import library, runs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import SHIPPED, Experiment, NetConfig, TrainConfig
from ui.lab.corner.words import moves
from ui.lab.labels import arm_names, changes_told
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t

TOGGLES = ("order", "block", "start", "squeeze", "separable", "kernel", "activation")
OPTIONS = "ABC"  # the shortcuts that have a letter
USUAL = NetConfig()


def description(run: runs.Run) -> str:
    """Return the two lines about a run as Markdown, one more if it fine-tunes or has a plan."""
    if not run.experiment.train.steps:
        return f"{nets(run.experiment)}  \n{_weights(run)}"
    lines = [nets(run.experiment), training(run.experiment, run.experiment.train)]
    if run.experiment.fine_tuning is not None:
        lines.append(moves(run.experiment))
    if run.experiment.changes:
        lines.append(t("surgery.planned", changes=changes_told(run.experiment.changes)))
    return "  \n".join(lines)


def nets(experiment: Experiment) -> str:
    """Return what the nets share, then what is particular to each arm."""
    names = arm_names(list(experiment.arms))
    told = _told(experiment)
    facts = {arm: _net(net, told) for arm, net in experiment.arms.items()}
    shared = [
        text
        for field, text in next(iter(facts.values())).items()
        if all(other.get(field) == text for other in facts.values())
    ]
    own = {
        arm: [text for text in fact.values() if text not in shared and text != names[arm]]
        for arm, fact in facts.items()
    }
    parts = [
        f"**{names[arm]}**" + (t("lab.own_facts", facts=" · ".join(own[arm])) if own[arm] else "")
        for arm in facts
    ]
    return " / ".join(parts) + " · " + " · ".join(shared)


def _weights(run: runs.Run) -> str:
    """Return, in words, which weights a run without training measures."""
    experiment = run.experiment
    if not experiment.weights:
        return t("why.of_initial", seed=experiment.seed)
    if experiment.weights == SHIPPED:
        return t("why.of_shipped")
    measured = Path(experiment.weights).name
    label = library.label_of(run.folder.parent / measured)
    name = library.called(measured, label, language())
    return t("why.of_run", run=as_text(name), seed=experiment.seed)


def training(experiment: Experiment, train: TrainConfig) -> str:
    """Return how all arms are trained."""
    parts = [
        t("lab.length", steps=train.steps, batch=train.batch),
        _optimizer(train),
        rate(train),
        t("lab.warmup", steps=train.warmup) if train.warmup else t("lab.no_warmup"),
        t("lab.decay", decay=f"{train.weight_decay:g}"),
        *_further(train),
        t("lab.with_augmentation" if train.augment else "lab.no_augmentation"),
        train.precision,
        _seeds(experiment),
    ]
    return " · ".join(parts)


def _seeds(experiment: Experiment) -> str:
    if experiment.seeds == 1:
        return t("lab.of_seed", seed=experiment.seed)
    first, last = experiment.every_seed[0], experiment.every_seed[-1]
    return t("seeds.of", first=first, last=last)


def rate(train: TrainConfig) -> str:
    """Return the configured learning rate with the steps at which it falls."""
    falls = " / ".join(map(str, train.decay_at))
    configured = f"{train.learning_rate:g}"
    if falls:
        return t("lab.rate_falls", rate=configured, steps=falls)
    if train.schedule not in ("step", "constant"):
        schedule = t(f"toggle.schedule_{train.schedule}")
        return t("lab.rate_by", rate=configured, schedule=schedule)
    return t("lab.rate_is", rate=configured)


def _optimizer(train: TrainConfig) -> str:
    momentum = f"{train.momentum:g}"
    if train.optimizer == "adamw":
        return t("lab.adamw", momentum=momentum)
    optimizer = t(f"toggle.optimizer_{train.optimizer}")
    return t("lab.momentum", optimizer=optimizer, momentum=momentum)


def _further(train: TrainConfig) -> list[str]:
    """Return the settings that few runs change."""
    parts = []
    if train.decay_norms:
        parts.append(t("lab.decays_all"))
    if train.clip_norm:
        parts.append(t("lab.clipped", norm=f"{train.clip_norm:g}"))
    if train.label_smoothing:
        parts.append(t("lab.smoothed", share=f"{train.label_smoothing:g}"))
    return parts


def _told(experiment: Experiment) -> list[str]:
    """Return the toggles that some arm has changed. The others are not mentioned."""
    return [
        field
        for field in TOGGLES
        if any(getattr(net, field) != getattr(USUAL, field) for net in experiment.arms.values())
    ]


def _net(net: NetConfig, told: list[str]) -> dict[str, str]:
    """Return the facts of one net by field. The shortcut's option is included only with skips."""
    facts = {
        "skip": t("lab.with_skips" if net.skip else "lab.without_skips"),
        "depth": t("lab.layers", count=net.depth),
        "width": t("lab.of_width", count=net.width),
        "norm": t("lab.with_norm" if net.batch_norm else "lab.without_norm"),
        "init": t("lab.of_init", init=t(f"lab.init_{net.init}")),
    }
    if net.skip:
        facts["shortcut"] = _shortcut(net.shortcut)
    facts |= {field: _toggle(field, getattr(net, field)) for field in told}
    facts["parameters"] = t("lab.parameters", count=f"{arithmetic.parameters(net):,}")
    return facts


def _shortcut(name: str) -> str:
    if name in OPTIONS:
        return t("lab.of_shortcut", option=name)
    return t("lab.shortcut_is", shortcut=t(f"toggle.shortcut_{name}"))


def _toggle(field: str, value: object) -> str:
    if isinstance(value, bool):
        name = t(f"toggle.{field}")
        return name if value else t("lab.has_not", toggle=name)
    return t(f"toggle.{field}_{value}")
