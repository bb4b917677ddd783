"""Word a fine-tuning: its classes, and how each arm moves to the new ones."""

from resnet_core.data.published import CLASS_NAMES
from resnet_core.data.synthetic import NAMES
from resnet_core.experiment.config import Experiment, Way
from ui.lab.labels import arm_names, class_name
from ui.shell.i18n import t

MOST_CLASSES = 6  # of more only the number is said


def classes(dataset: str, numbers: tuple[int, ...]) -> str:
    """Return the titles of some classes of a data set, or how many there are."""
    if len(numbers) > MOST_CLASSES:
        return t("fine_tuning.count_of_classes", count=len(numbers))
    names = {**CLASS_NAMES, "synthetic": NAMES}[dataset]
    return t("fine_tuning.comma").join(class_name(names[one]) for one in numbers)


def moves(experiment: Experiment) -> str:
    """Return what is learned first, what the arms move to, and how each does."""
    moved = experiment.fine_tuning
    if moved is None:
        return ""
    dataset, titles = experiment.dataset, arm_names(list(experiment.arms))
    first = t(
        "fine_tuning.moves",
        learned=classes(dataset, moved.learned(dataset)),
        steps=moved.source_steps,
        new=classes(dataset, moved.new(dataset)),
        images=moved.images,
    )
    each = [f"**{titles[arm]}**{t('lab.own_facts', facts=way(moved.ways[arm]))}" for arm in titles]
    return f"{first} {' / '.join(each)}"


def way(one: Way) -> str:
    """Return how an arm is fine-tuned, in a few words."""
    parts = [t(f"fine_tuning.trains_{one.trains}")]
    if one.head_first:
        parts.append(t("fine_tuning.after_head", steps=one.head_first))
    if one.body_rate != 1:
        parts.append(t("fine_tuning.at_rate", share=f"{one.body_rate:g}"))
    parts.append(t(f"fine_tuning.norms_{one.norms}"))
    if not one.pretrained:
        parts.append(t("fine_tuning.fresh"))
    return " · ".join(parts)
