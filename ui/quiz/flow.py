"""Draw the sitting of the quiz, and write each answer before the next card.

study/practice/session.py decides what is asked and what the summary says.
"""

import time
from dataclasses import replace

import streamlit as st

from study.bank.question import Bank, Item, Question
from study.practice import grading, session
from study.practice.drills import Drill
from study.practice.session import Card, Choice, Left, Sitting
from study.reviews.review import LOCAL, Row, new_id
from study.scheduling import queue
from ui.quiz import drill_items, forms
from ui.quiz.confidence import state_confidence
from ui.quiz.feedback import reveal
from ui.quiz.focus import field_of, look
from ui.quiz.forms import code_answer, recalling
from ui.quiz.frame import fill_frame, open_frame
from ui.quiz.summary import show_summary
from ui.shared import prose, review_log
from ui.shared.plan.day import the_syllabus
from ui.shared.question_bank import the_bank
from ui.shell import address, navigation
from ui.shell.i18n import language, of, t
from ui.shell.visitors import own

SITTING, SITTINGS, LAST = "quiz_sitting", "quiz_sittings", "quiz_last"
OPEN_CARDS = 2000  # of all tabs together; older ones are forgotten


def quiz() -> None:
    """Draw the quiz, or the mock interview if the address asks for one."""
    line = open_frame()
    store, bank = review_log.the_store(), the_bank()
    if store is None:
        return
    choice = Choice.of(address.parts(), bank)
    if choice.mode == "mock":
        from ui.quiz.mock.flow import mock

        fill_frame(line, choice, bank, None)
        mock(store, bank)
        return
    _sit(line, _sitting(choice), bank, store)


def _sitting(choice: Choice) -> Sitting:
    """Return the sitting of this address, so that coming back to it shows the same card."""
    return _keep(st.session_state.setdefault(SITTINGS, {}).get(choice, Sitting(choice)))


def _keep(sitting: Sitting) -> Sitting:
    st.session_state[SITTINGS][sitting.choice] = st.session_state[SITTING] = sitting
    return sitting


def _sit(line, sitting: Sitting, bank: Bank, store) -> None:
    day, known, plan = review_log.today(), store.states(), queue.plan_of(store.plans())
    daily = queue.everyday(bank, known)
    ids = session.pool(sitting.choice, bank, queue.introduction(bank), daily)
    today = queue.today(ids, known, day, plan, the_syllabus(store, bank))
    if not sitting.shows(ids, bank):
        sitting = _next(sitting, _waiting(sitting, ids, known, today), store)
    fill_frame(line, sitting.choice, bank, _left(sitting, ids, known, today))
    if sitting.card is None:
        _end(sitting, ids, known, plan, bank, store)
    elif sitting.card.grade is None:
        _ask(sitting, bank, store)
    else:
        _reveal(sitting, bank, store)


def _waiting(sitting: Sitting, ids: list[str], known: dict, today: queue.Today) -> list[str]:
    if sitting.scheduled:
        return list(today.all)
    if sitting.over(ids):
        return []
    day = review_log.today()
    shown = [i for i in ids if not (i in known and queue.hidden(known[i], day))]
    return session.by_need(sitting.still_open(shown), known, day)


def _left(sitting: Sitting, ids: list[str], known: dict, today: queue.Today) -> Left:
    if sitting.scheduled:
        day = review_log.today()
        done = sum(state.today for state in known.values() if state.last == day)
        return Left(done, len(today.all), (today.due, today.new, len(today.again)))
    done = len(sitting.answered)
    return Left(done, max(0, sitting.size(ids) - done))


def _next(sitting: Sitting, waiting: list[str], store) -> Sitting:
    sitting, item = sitting.next_item(waiting)
    if item is None:
        return _keep(sitting.with_card(None))
    rows = store.rows_of(item)
    drill = _drawn(item, rows) if drill_items.is_drill(item) else None
    return _keep(sitting.with_card(Card(_card_id(item, rows), item, time.monotonic(), drill)))


def _drawn(item: str, rows: list[Row]) -> Drill:
    from study.practice.drills import used_keys

    return drill_items.draw(item, used_keys([row.body for row in rows]), len(rows))


@st.cache_resource(show_spinner=False)
def _open_cards() -> dict[tuple[str, ...], str]:
    """Return the ids of the open cards in all tabs of this server.

    They are keyed by learner and by their place in the learner's log.
    """
    return {}


def _card_id(item: str, rows: list[Row]) -> str:
    """Return one id for the same card in every tab, so that the log accepts its answer once."""
    cards = _open_cards()
    while len(cards) > OPEN_CARDS:
        cards.pop(next(iter(cards)), None)
    return cards.setdefault((own.owner(), *session.place_in_log(item, rows)), new_id())


def _parts(card: Card, bank: Bank) -> tuple[Item, Question | None]:
    if card.drill is not None:
        return drill_items.as_item(card.drill), None
    item = bank.item(card.item)
    return item, bank.get(item.question)


def _end(sitting: Sitting, ids: list[str], known: dict, plan, bank: Bank, store) -> None:
    if not ids:
        st.info(t("quiz.no_items"))
        return
    show_summary(sitting, ids, known, plan, bank, store)
    with st.container(horizontal=True, vertical_alignment="center", key="quiz_foot"):
        if st.button(t("quiz.more"), key="quiz_more_button", type="primary", shortcut="n"):
            _keep(sitting.another_round())
            st.rerun()
        navigation.link("progress", t("quiz.see_progress"))
        _undo_last(sitting, store)


def _ask(sitting: Sitting, bank: Bank, store) -> None:
    card = sitting.card
    item, question = _parts(card, bank)
    with st.container(key="quiz_card"):
        _heading(item, question, bank)
        if card.confidence is None:
            answer = forms.ask(item, question, bank, card.id)
    if card.confidence is not None:
        _tick(sitting, item, question, bank, store)
        look(f"{card.id} tick")
        return
    with st.container(key="quiz_foot"):
        stated = _stated(card, item, answer)
        told = st.container()
        _aside(sitting, store)
    if stated is not None and answer is None:
        said = item.form in ("number", "shape") and st.session_state.get(f"{item.form}_{card.id}")
        if not said:  # unreadable input has its own sentence
            told.warning(t("quiz.answer_first"))
    elif stated is not None:
        seconds = round(time.monotonic() - card.shown_at, 1)
        card = replace(card, confidence=stated, seconds=seconds, answer=answer)
        if item.form == "recall":
            st.session_state[f"kept_notes_{card.id}"] = answer
            _keep(sitting.with_card(card))
            st.rerun()
        _answered(sitting, card, item, question, answer, store)
    look(card.id, field_of(item.form, card.id))


def _stated(card: Card, item: Item, answer: object) -> float | None:
    """Return the confidence in the run that reveals; code asks for it before its first run."""
    if item.form == "code":
        return code_answer.confirm(item, answer, card.id)
    return state_confidence(session.confidence_levels(item), card.id)


def _tick(sitting: Sitting, item: Item, question: Question, bank: Bank, store) -> None:
    """Draw the key points to tick after free recall, once the confidence is stated."""
    card = sitting.card
    notes = st.session_state.get(f"kept_notes_{card.id}")
    if notes:
        st.caption(t("quiz.notes_yours"))
        st.text(notes)
    said = recalling.tick(item, question, bank, card.id)
    with st.container(key="quiz_foot"):
        if st.button(t("quiz.ticked"), type="primary", key="quiz_ticked", shortcut="d"):
            _answered(sitting, card, item, question, said, store)


def _aside(sitting: Sitting, store) -> None:
    """Draw skip, bury, suspend, reset and undo. All except skip write a row of the log."""
    card = sitting.card
    with st.container(horizontal=True, gap="small", key="quiz_aside"):
        if st.button(t("quiz.skip"), key="quiz_skip", shortcut="s", type="tertiary"):
            _keep(sitting.without(card.item))
            st.rerun()
        with st.popover(t("quiz.other"), type="tertiary"):
            if st.button(t("quiz.bury"), key="quiz_bury", help=t("quiz.bury_help")):
                _set_aside(sitting, store, review_log.row("bury", card.item))
            if st.button(t("quiz.suspend"), key="quiz_suspend", help=t("quiz.suspend_help")):
                _set_aside(sitting, store, review_log.row("suspend", card.item, suspended=True))
            if st.button(t("quiz.reset"), key="quiz_reset", help=t("quiz.reset_help")):
                _set_aside(sitting, store, review_log.row("reset", card.item))
        _undo_last(sitting, store)


def _undo_last(sitting: Sitting, store) -> None:
    """Offer to undo the last row of today, written on this page or before a reload."""
    if LAST not in st.session_state:
        rows = store.rows(LOCAL, "undo", *session.UNDOABLE)
        st.session_state[LAST] = session.last_undoable(rows, review_log.today())
    last = st.session_state[LAST]
    if last is None:
        return
    pressed = st.button(
        t("quiz.undo"), key="quiz_undo", help=t("quiz.undo_help"), shortcut="u", type="tertiary"
    )
    if pressed and review_log.keep(store, review_log.row("undo", last.item, undoes=last.id)):
        del st.session_state[LAST]
        sitting = _keep(sitting.undone(last.id))
        if last.kind == "review" and not drill_items.is_drill(last.item):
            _next(sitting, [last.item], store)
        st.rerun()


def _set_aside(sitting: Sitting, store, row: Row) -> None:
    if review_log.keep(store, row):
        st.session_state[LAST] = row
        _keep(sitting.with_card(None))
        st.rerun()


def _answered(
    sitting: Sitting, card: Card, item: Item, question: Question | None, answer: object, store
) -> None:
    grade = grading.grade(item, question, answer)
    row = review_log.row(
        "review",
        item.id,
        item.version,
        card.id,
        answer=answer,
        score=grade.score,
        correct=grade.correct,
        rating=grade.rating,
        graded_by=grade.graded_by,
        confidence=card.confidence,
        seconds=card.seconds,
        language=language(),
        **({"drill": card.drill.key, "seed": card.drill.seed} if card.drill else {}),
    )
    inserted = review_log.inserted(store, row)
    if inserted is None:
        return
    if inserted or session.retried(_row_of(card, store), answer, card.confidence):
        st.session_state[LAST] = row
        _keep(sitting.with_answer(card, answer, grade))
    else:
        st.toast(t("quiz.answered_elsewhere"), icon=":material/tab:")
        _keep(sitting.with_card(None))
    st.rerun()


def _row_of(card: Card, store) -> Row | None:
    return next((row for row in store.rows_of(card.item) if row.id == card.id), None)


def _reveal(sitting: Sitting, bank: Bank, store) -> None:
    card = sitting.card
    item, question = _parts(card, bank)
    with st.container(key="quiz_card"):
        _heading(item, question, bank)
        reveal(item, question, bank, card.answer, card.grade, card.confidence, card.id)
    with st.container(horizontal=True, vertical_alignment="center", key="quiz_foot"):
        if st.button(t("quiz.next"), type="primary", key="quiz_next", shortcut="n"):
            _keep(sitting.with_card(None))
            st.rerun()
        _when_again(card.item, bank, store)
        _undo_last(sitting, store)
        if question is not None:
            navigation.link("questions", t("quiz.read"), q=question.id)
    look(f"{card.id} shown")


def _when_again(item_id: str, bank: Bank, store) -> None:
    """Say when the schedule asks the item again, given this answer."""
    known, plan, day = store.states(), queue.plan_of(store.plans()), review_log.today()
    daily = queue.everyday(bank, known)
    rest = queue.today(daily, known, day, plan, the_syllabus(store, bank))
    again = queue.comes_back(item_id, known, day, plan, rest)
    if again is None:
        return
    if again == day:
        st.caption(t("quiz.back_today"))
    elif (again - day).days <= 1:
        st.caption(t("quiz.back_tomorrow"))
    else:
        st.caption(t("quiz.back_in", days=(again - day).days))


def _heading(item: Item, question: Question | None, bank: Bank) -> None:
    about = t(f"form.{item.form}") if question else t(f"drill.name_{item.key}")
    title = f" · {of(question.title)}" if question else ""
    st.caption(f"{about}{title} · {t('question.level', level=item.level)}")
    text = item.text[language()]
    st.markdown(f"## {prose.linked(text.prompt, bank)}")
    prose.show(text.body, bank)
