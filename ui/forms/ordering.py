"""Put lines in order: choose them one after another."""

import random

import streamlit as st

from study.question import Bank, Item, Question
from ui.texts import language, t


def ask(item: Item, question: Question, bank: Bank, key: str) -> list[str] | None:
    wanted = list(item.facts.get("lines") or item.facts["steps"])
    shuffled = sorted(wanted)
    random.Random(key).shuffle(shuffled)
    texts = item.text[language()].choices
    chosen = st.pills(
        t("quiz.order"),
        shuffled,
        selection_mode="multi",
        format_func=lambda line: texts.get(line, line),
        key=f"order_{key}",
        help=t("quiz.order_help"),
    )
    for number, line in enumerate(chosen, start=1):
        st.markdown(f"{number}. {texts.get(line) or f'`{line}`'}")
    return list(chosen) if len(chosen) == len(wanted) else None
