"""What a run is, in full: its nets with what sets them apart, and how they are trained."""

from resnet_core import runs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from ui.lab.labels import arm_names
from ui.shell.i18n import t


def description(run: runs.Run) -> str:
    """Return both lines about a run, as Markdown."""
    return f"{nets(run.experiment)}  \n{training(run.experiment, run.experiment.train)}"


def nets(experiment: Experiment) -> str:
    """Return what the nets share, then for each arm what it has for itself."""
    names = arm_names(list(experiment.arms))
    facts = {arm: _net(net) for arm, net in experiment.arms.items()}
    shared = [
        text
        for field, text in next(iter(facts.values())).items()
        if all(other.get(field) == text for other in facts.values())
    ]
    own = {
        arm: [text for text in fact.values() if text not in shared] for arm, fact in facts.items()
    }
    parts = [
        f"**{names[arm]}**" + (t("lab.own_facts", facts=" · ".join(own[arm])) if own[arm] else "")
        for arm in facts
    ]
    return " / ".join(parts) + " · " + " · ".join(shared)


def training(experiment: Experiment, train: TrainConfig) -> str:
    """Return how all arms are trained."""
    parts = [
        t("lab.length", steps=train.steps, batch=train.batch),
        t("lab.momentum", momentum=f"{train.momentum:g}"),
        rate(train),
        t("lab.warmup", steps=train.warmup) if train.warmup else t("lab.no_warmup"),
        t("lab.decay", decay=f"{train.weight_decay:g}"),
        t("lab.with_augmentation" if train.augment else "lab.no_augmentation"),
        train.precision,
        t("lab.of_seed", seed=experiment.seed),
    ]
    return " · ".join(parts)


def rate(train: TrainConfig) -> str:
    """Return the configured learning rate with the steps at which it falls."""
    falls = " / ".join(map(str, train.decay_at))
    configured = f"{train.learning_rate:g}"
    if falls:
        return t("lab.rate_falls", rate=configured, steps=falls)
    return t("lab.rate_is", rate=configured)


def _net(net: NetConfig) -> dict[str, str]:
    """Return the facts of one net by field; the shortcut's option only where there are skips."""
    facts = {
        "skip": t("lab.with_skips" if net.skip else "lab.without_skips"),
        "depth": t("lab.layers", count=net.depth),
        "width": t("lab.of_width", count=net.width),
        "norm": t("lab.with_norm" if net.batch_norm else "lab.without_norm"),
        "init": t("lab.of_init", init=t(f"lab.init_{net.init}")),
    }
    if net.skip:
        facts["shortcut"] = t("lab.of_shortcut", option=net.shortcut)
    facts["parameters"] = t("lab.parameters", count=f"{arithmetic.parameters(net):,}")
    return facts
