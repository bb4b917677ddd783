"""Turn a generated drill into an item that the quiz can ask, in both languages."""

from collections.abc import Mapping

from base.messages import Message
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
    facts = {
        "form": drill.form,
        "answer": list(drill.answer) if isinstance(drill.answer, tuple) else drill.answer,
        "tolerance": drill.solved.tolerance,
        "unit": drill.solved.unit,
    }
    if drill.solved.options:
        facts["options"] = list(drill.solved.options)
    if drill.solved.run:
        facts["run"] = f"records/curves/{drill.solved.run}.json"
        facts["quantity"] = drill.solved.quantity
    text = {language: _text(drill, language) for language in LANGUAGES}
    return Item(
        f"{PREFIX}{drill.kind}", drill.kind, "", drill.form, 3, (), facts, {}, text, "drill"
    )


def _text(drill: Drill, language: str) -> ItemText:
    solved, values = drill.solved, _worded(drill.texts, language)
    return ItemText(
        translate(language, drill.task, **values),
        "\n".join(f"- **{mark}** {_word(one, language)}" for mark, one in solved.shown.items()),
        {key: _word(one, language) for key, one in solved.options.items()},
        {key: _word(one, language) for key, one in solved.reasons.items()},
        translate(language, drill.why, **values),
    )


def _word(words: Message, language: str) -> str:
    return translate(language, words.key, **_worded(words.values, language))


def _worded(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Return the values of a text; what is itself a text is put in the language first."""
    return {
        name: _word(value, language) if isinstance(value, Message) else value
        for name, value in values.items()
    }
