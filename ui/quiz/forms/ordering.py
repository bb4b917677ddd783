"""Put lines in order: touch them one after another, or move them."""

import random
from pathlib import Path

import streamlit as st

from study.bank.question import Bank, Item, Question
from ui.shell.i18n import language, t

HERE = Path(__file__).parent
HTML = '<p class="answer"></p><ol class="answer"></ol><p class="pool"></p><ol class="pool"></ol>'


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> list[str] | None:
    """Draw the lines. Return the keys in order, or None until all are placed."""
    lines = item.facts.get("lines")
    shuffled = sorted(lines or item.facts["steps"])
    random.Random(key).shuffle(shuffled)
    texts = {name: item.text[language()].choices.get(name, name) for name in shuffled}
    name = f"order_{key}"
    chosen = (st.session_state.get(name) or {}).get("order") or []
    data = {
        "keys": shuffled,
        "texts": texts,
        "chosen": chosen,
        "code": bool(lines),
        "pool_label": t("quiz.order_pool"),
        "answer_label": t("quiz.order"),
    }
    given = _parsons()(key=name, data=data, on_order_change=lambda: None).order or []
    return list(given) if len(given) == len(shuffled) else None


def _parsons():
    """Return the component, registered on every run because the registry is the server's."""
    return st.components.v2.component(
        "residual_order",
        html=HTML,
        css=(HERE / "order.css").read_text("utf-8"),
        js=(HERE / "order.js").read_text("utf-8"),
    )
