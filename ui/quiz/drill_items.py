"""Turn a generated drill into an item that the quiz can ask, in both languages."""

from study.bank.question import Item, ItemText
from study.practice import drills
from study.practice.drills import PREFIX, Drill
from ui.shell.i18n import LANGUAGES, translate


def is_drill(item_id: str) -> bool:
    """Return whether an id is that of a generated drill."""
    return item_id.startswith(PREFIX)


def draw(item_id: str, used: set[str], seed: int) -> Drill:
    """Return an item with fresh numbers."""
    return drills.fresh(item_id.removeprefix(PREFIX), used, seed)


def as_item(drill: Drill) -> Item:
    text = {
        language: ItemText(
            translate(language, drill.task, **drill.texts),
            "",
            {},
            {},
            translate(language, drill.why, **drill.texts),
        )
        for language in LANGUAGES
    }
    facts = {
        "form": drill.form,
        "answer": list(drill.answer) if drill.form == "shape" else drill.answer,
        "tolerance": drill.solved.tolerance,
        "unit": drill.solved.unit,
    }
    if drill.solved.run:
        facts["run"] = f"records/curves/{drill.solved.run}.json"
        facts["quantity"] = drill.solved.quantity
    return Item(
        f"{PREFIX}{drill.kind}", drill.kind, "", drill.form, 3, (), facts, {}, text, "drill"
    )
