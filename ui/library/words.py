"""Word what runs, sizes, settings and their values are called."""

from resnet_core.library import Entry
from ui.lab.labels import arm_names, data_name, run_name
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import known, t

GIGABYTE, MEGABYTE, KILOBYTE = 1e9, 1e6, 1e3
NOTHING = "–"


def size(count: int) -> str:
    """Return a number of bytes in words."""
    if count >= GIGABYTE:
        return t("library.gigabytes", size=f"{count / GIGABYTE:,.1f}")
    if count >= MEGABYTE / 10:
        return t("library.megabytes", size=f"{count / MEGABYTE:,.1f}")
    return t("library.kilobytes", size=f"{count / KILOBYTE:,.0f}")


def facts(entry: Entry, status: str = "") -> str:
    """Return the line under a run's name: experiment, moment, status, tags."""
    moment = entry.run.created[:16].replace("T", " ")
    marks = [t("library.imported")] if entry.label.imported else []
    tags = [f":gray-badge[{_in_badge(tag)}]" for tag in entry.label.tags]
    parts = [run_name(entry.run.experiment), moment, *([t(f"status.{status}")] if status else [])]
    return " · ".join([*parts, *marks]) + (f"  {' '.join(tags)}" if tags else "")


def value_of(setting: str, by_arm: dict[str, object]) -> str:
    """Return the value of a setting in one run, or that of each net if they differ."""
    if not by_arm:
        return NOTHING
    if "" in by_arm:
        return _value(setting, by_arm[""])
    names = arm_names(list(by_arm))
    return " / ".join(f"{names[arm]} {_value(setting, one)}" for arm, one in by_arm.items())


def _value(setting: str, value: object) -> str:
    if isinstance(value, bool):
        return t("library.yes" if value else "library.no")
    if setting == "arms" and isinstance(value, tuple):
        return " / ".join(arm_names(list(value)).values())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or NOTHING
    if isinstance(value, float):
        return f"{value:g}"
    if setting == "dataset":
        return data_name(str(value)) if value == "synthetic" else t(f"data.{value}")
    for key in (f"toggle.{setting}_{value}", f"lab.{setting}_{value}"):
        if known(key):
            return t(key)
    return str(value) if value != "" else NOTHING


def _in_badge(tag: str) -> str:
    """Return a tag for a badge. Its brackets are replaced, and its Markdown is shown as text."""
    return as_text(tag.replace("[", "(").replace("]", ")"))
