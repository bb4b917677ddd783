"""The quiz: one card at a time; its answer is in the database before the next is shown."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from study import quiz as grading
from study import schedule
from study.question import Bank, Item, Question
from study.store import Row, new_id
from ui import forms, house, prose
from ui.keeping import keep, the_store
from ui.knowledge import the_bank
from ui.texts import language, of, t

CONFIDENCE = (50, 60, 70, 80, 90, 100)
CARD = "quiz_card"


@dataclass(frozen=True)
class Card:
    """What is on the table. Its id is that of the row it will become."""

    id: str
    item: str
    shown_at: float
    answer: object = None
    grade: grading.Grade | None = None
    confidence: float = 0.5


def quiz() -> None:
    store, bank = the_store(), the_bank()
    if store is None:
        return
    rows = store.rows()
    items = _chosen(bank)
    card = st.session_state.get(CARD)
    if card is not None and bank.item(card.item) is None:
        card = None
    if card is None or (card.grade is None and card.item not in {item.id for item in items}):
        card = _next_card(items, rows)
    if card is None:
        _nothing(items)
        return
    item = bank.item(card.item)
    question = bank.get(item.question)
    if card.grade is None:
        _ask(card, item, question, bank, store)
    else:
        _reveal(card, item, question, bank, store)


def _chosen(bank: Bank) -> list[Item]:
    """Items of the question in the link, or of the topic chosen, or all."""
    asked = bank.get(str(st.query_params.get("question", "")))
    if asked is not None:
        house.link("questions", f"← {of(asked.title)}", q=asked.id)
        questions = [asked]
    else:
        topics = [topic for topic in bank.topics if any(q.topic == topic for q in bank.questions)]
        topic = st.selectbox(
            t("quiz.topic"),
            ["", *topics],
            format_func=lambda key: of(bank.topics[key]) if key else t("quiz.all"),
            key="quiz_topic",
        )
        questions = [q for q in bank.questions if topic in ("", q.topic)]
    return [item for q in questions for item in q.items if grading.askable(item)]


def _next_card(items: list[Item], rows: list[Row]) -> Card | None:
    waiting = schedule.due([item.id for item in items], rows, datetime.now(UTC))
    if st.session_state.pop("quiz_more", False) and not waiting:
        waiting = [item.id for item in items]
    if not waiting:
        return None
    skipped = st.session_state.get("quiz_skipped", [])
    order = [i for i in waiting if i not in skipped] or waiting
    st.caption(t("quiz.waiting", count=len(waiting)))
    return _put(Card(new_id(), order[0], time.monotonic()))


def _put(card: Card | None) -> Card | None:
    st.session_state[CARD] = card
    return card


def _nothing(items: list[Item]) -> None:
    if not items:
        st.info(t("quiz.no_items"))
        return
    st.success(t("quiz.done"), icon=":material/check_circle:")
    if st.button(t("quiz.more")):
        st.session_state["quiz_more"] = True
        st.rerun()
    house.link("progress", t("quiz.see_progress"))


def _ask(card: Card, item: Item, question: Question, bank: Bank, store) -> None:
    _heading(item, question, bank)
    answer = forms.ask(item, question, bank, card.id)
    confidence = st.segmented_control(
        t("quiz.confidence"),
        CONFIDENCE,
        format_func=lambda percent: f"{percent} %",
        key=f"confidence_{card.id}",
        help=t("quiz.confidence_help"),
    )
    with st.container(horizontal=True):
        ready = answer is not None and confidence is not None
        if st.button(t("quiz.check"), type="primary", disabled=not ready, key="quiz_check"):
            _answered(card, item, question, answer, confidence / 100, store)
        if st.button(t("quiz.skip"), key="quiz_skip"):
            skipped = st.session_state.setdefault("quiz_skipped", [])
            skipped.append(item.id)
            _put(None)
            st.rerun()
        if st.button(t("quiz.bury"), key="quiz_bury", help=t("quiz.bury_help")):
            _set_aside(store, Row("bury", item.id))
        if st.button(t("quiz.suspend"), key="quiz_suspend", help=t("quiz.suspend_help")):
            _set_aside(store, Row("suspend", item.id, body={"suspended": True}))
    if not ready:
        st.caption(t("quiz.not_ready"))


def _set_aside(store, row: Row) -> None:
    if keep(store, row):
        _put(None)
        st.rerun()


def _answered(
    card: Card, item: Item, question: Question, answer: object, confidence: float, store
) -> None:
    grade = grading.grade(item, question, answer)
    row = Row(
        "review",
        item.id,
        item.version,
        {
            "answer": answer,
            "score": grade.score,
            "correct": grade.correct,
            "rating": grade.rating,
            "graded_by": grade.graded_by,
            "confidence": confidence,
            "seconds": round(time.monotonic() - card.shown_at, 1),
            "language": language(),
        },
        id=card.id,
    )
    if keep(store, row):
        _put(replace(card, answer=answer, grade=grade, confidence=confidence))
        st.rerun()


def _reveal(card: Card, item: Item, question: Question, bank: Bank, store) -> None:
    _heading(item, question, bank)
    text, grade = item.text[language()], card.grade
    if item.form in ("bug", "output"):
        st.code(item.files[""], language="python", line_numbers=True)
    if grade.correct:
        st.success(t("quiz.right"), icon=":material/check:")
    elif item.form == "recall":
        st.warning(t("quiz.points_missing", percent=f"{100 * grade.score:.0f}"))
    else:
        st.error(t("quiz.wrong"), icon=":material/close:")
    _reasons(card, item, question, bank)
    prose.show(text.why, bank)
    with st.container(horizontal=True):
        if st.button(t("quiz.next"), type="primary", key="quiz_next", shortcut="n"):
            _put(None)
            st.rerun()
        if st.button(t("quiz.undo"), key="quiz_undo", help=t("quiz.undo_help")):
            _set_aside(store, Row("undo", item.id, body={"undoes": card.id}))
    house.link("questions", t("quiz.read"), q=question.id)


def _reasons(card: Card, item: Item, question: Question, bank: Bank) -> None:
    """Every choice with the reason it has; the right answer where there is nothing to choose."""
    text = item.text[language()]
    right = grading.right_answer(item, question)
    if item.form in ("choice", "bug", "answer"):
        for key in grading.choices(item):
            mark = "✔" if key == right else "✘" if key == card.answer else "·"
            if item.form == "answer":
                mark = "✘" if key == right else "✔"
            told = f"**{mark}** {text.choices.get(key, key)}"
            if text.reasons.get(key):
                told += f"  \n  :small[{text.reasons[key]}]"
            prose.show(f"- {told}", bank)
        if item.form == "bug":
            st.caption(t("quiz.fixed"))
            st.code(item.files.get(".fixed", ""), language="python", line_numbers=True)
    elif item.form == "number":
        st.markdown(t("quiz.answer_is", answer=f"{right:,g}", unit=item.facts.get("unit", "")))
    elif item.form == "output":
        st.code(str(right), language=None)
    elif item.form == "order":
        lines = [f"{n}. {text.choices.get(line) or f'`{line}`'}" for n, line in enumerate(right, 1)]
        st.markdown("\n".join(lines))
    else:
        for key in right:
            mark = "✔" if key in card.answer else "✘"
            prose.show(f"- **{mark}** {question.prose[language()].points.get(key, key)}", bank)


def _heading(item: Item, question: Question, bank: Bank) -> None:
    form, title = t(f"form.{item.form}"), of(question.title)
    st.caption(f"{form} · {title} · {t('question.level', level=item.level)}")
    text = item.text[language()]
    st.markdown(f"#### {prose.linked(text.prompt, bank)}")
    prose.show(text.body, bank)
