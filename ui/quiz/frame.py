"""Draw the line above a card: the place, the progress, and what else can be practised."""

import streamlit as st

from study.bank.question import Bank
from study.practice.drill_kinds import KINDS
from study.practice.session import MODES, Choice, Left
from ui.shell import navigation
from ui.shell.appearance.heading import heading
from ui.shell.i18n import named, of, t


def open_frame():
    """Draw the title and return the line, to be filled once the number of cards is known."""
    line = st.container(horizontal=True, vertical_alignment="center", key="quiz_frame")
    with line:
        heading(t("quiz.title"))
    return line


def fill_frame(line, choice: Choice, bank: Bank, left: Left | None) -> None:
    """Fill the line with the progress and the choices."""
    with line:
        if left is not None:
            st.progress(left.share, _words(left))
        with st.popover(_named(choice, bank)):
            _choose(choice, bank)
    question = bank.get(choice.question)
    if question is not None:
        navigation.link("questions", f"← {of(question.title)}", q=question.id)


def _words(left: Left) -> str:
    """Return how many cards are done and how many wait; kinds without any are left out."""
    told = t("quiz.progress", done=left.done, total=left.done + left.left)
    if left.kinds is None:
        return told
    kinds = zip(("due", "new", "again"), left.kinds, strict=True)
    parts = [t(f"quiz.waiting_{kind}", count=count) for kind, count in kinds if count]
    return " · ".join([told, *parts])


def _named(choice: Choice, bank: Bank) -> str:
    question = bank.get(choice.question)
    if question is not None:
        return of(question.title)
    if choice.items:
        return t("quiz.chosen", count=len(choice.items))
    if choice.topic:
        return of(bank.topics[choice.topic])
    return t(f"drill.name_{choice.skill}") if choice.skill else t(f"quiz.mode_{choice.mode}")


def _choose(choice: Choice, bank: Bank) -> None:
    """Draw the choices, each an address. Widgets are named after it, so that Back resets them."""
    here = "_".join(choice.to_query().values())[:60]
    mode = st.segmented_control(
        t("quiz.mode"),
        MODES,
        default=choice.mode,
        format_func=named("quiz.mode_"),
        key=f"quiz_mode_{here}",
        required=True,
    )
    if mode != choice.mode:
        navigation.go("quiz", mode=mode)
    if mode == "drills":
        _choose_skill(choice, here)
    elif mode in ("today", "bugs"):
        _choose_topic(choice, bank, here)


def _choose_skill(choice: Choice, here: str) -> None:
    skills = ["", *KINDS]
    skill = st.selectbox(
        t("quiz.skill"),
        skills,
        index=skills.index(choice.skill),
        format_func=named("drill.name_"),
        key=f"quiz_skill_{here}",
    )
    if skill != choice.skill:
        navigation.go("quiz", **Choice("drills", skill=skill).to_query())


def _choose_topic(choice: Choice, bank: Bank, here: str) -> None:
    topics = ["", *(key for key in bank.topics if any(q.topic == key for q in bank.questions))]
    titles = {key: of(bank.topics[key]) for key in topics if key} | {"": t("quiz.all")}
    topic = st.selectbox(
        t("quiz.topic"),
        topics,
        index=topics.index(choice.topic),
        format_func=titles.get,
        key=f"quiz_topic_{here}",
    )
    if topic != choice.topic:
        navigation.go("quiz", **Choice(choice.mode, topic=topic).to_query())
