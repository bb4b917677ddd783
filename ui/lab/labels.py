"""Name arms, classes, data and times, in the learner's language or a given one."""

from collections.abc import Iterable

from resnet_core.data.published import UNPUBLISHED
from resnet_core.diagnosis.marks import Mark, changes
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.surgery.change import Change
from ui.shell.i18n import known, language, t, translate, word

MINUTES_FROM_S, HOURS_FROM_S = 120, 7200
LARGE = {"en": 1e6, "zh": 1e4}  # English counts in millions, Chinese in ten thousands


def arm_name(arm: str, code: str = "") -> str:
    """Return the title of an arm: its own name, or that of its toggle ("order-pre").

    A name from an experiment file is not changed.
    """
    toggle = "toggle.{}_{}".format(*arm.split("-", 1)) if "-" in arm else ""
    for key in (f"arm.{arm}", toggle):
        if known(key):
            return translate(code or language(), key)
    return arm


def arm_names(arms: list[str], code: str = "") -> dict[str, str]:
    """Return the title of each arm."""
    return {arm: arm_name(arm, code) for arm in arms}


def class_name(name: str) -> str:
    """Return the title of a class. The hundred names of CIFAR-100 stay English."""
    return t(f"class.{name}") if known(f"class.{name}") else name


def data_name(label: str, code: str = "") -> str:
    """Return the title of a data set. A label that a person chose is not changed."""
    if label == "synthetic":
        return translate(code or language(), "data.synthetic")
    if label.endswith(UNPUBLISHED):
        title = label.removesuffix(UNPUBLISHED)
        return translate(code or language(), "data.unpublished", data=title)
    return label


def run_name(experiment: Experiment) -> str:
    """Return what a run is called: by its preset, or by the claim that it repeats.

    If it has several seeds, their number is added.
    """
    titles = (f"preset.{experiment.name}.title", f"claims.{experiment.name}.title")
    titles += (f"fine_tuning.{experiment.name}.title",)
    title = next((t(title) for title in titles if known(title)), t("lab.custom"))
    return (
        title if experiment.seeds == 1 else t("seeds.titled", title=title, seeds=experiment.seeds)
    )


def large(count: float) -> str:
    """Return a count of millions in the unit that each language counts in."""
    digits = 1 if language() == "en" else 0
    told = f"{count / LARGE[language()]:.{digits}f}"
    return t("lab.large", count=told)


def duration(seconds: float) -> str:
    """Return a time in seconds, minutes or hours."""
    if seconds < MINUTES_FROM_S:
        return t("lab.seconds", count=f"{seconds:.0f}")
    if seconds < HOURS_FROM_S:
        return t("lab.minutes", count=f"{seconds / 60:.0f}")
    return t("lab.hours", count=f"{seconds / 3600:.1f}")


def told(marks: Iterable[Mark]) -> str:
    """Return marks in words, each with its step."""
    return " · ".join(t("lab.mark_at", mark=word(mark.words), step=mark.step) for mark in marks)


def changes_told(planned: Iterable[Change]) -> str:
    """Return the changes that an experiment plans in words, each with its step."""
    return told(changes((one.step, one.changed) for one in planned))
