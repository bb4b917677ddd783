"""The quiz: one card at a time; its answer is in the database before the next is shown."""

import time
from dataclasses import dataclass, replace

import streamlit as st

from study.bank.question import Bank, Item, Question
from study.practice import grading
from study.practice.drills import Drill
from study.reviews.memory_state import recall
from study.reviews.review import new_id
from study.scheduling import queue
from ui.quiz import drill_items, forms
from ui.quiz.confidence import state_confidence
from ui.quiz.feedback import reveal
from ui.quiz.focus import field_of, look
from ui.quiz.forms import code_answer, recalling
from ui.quiz.style import QUIZ_CSS
from ui.shared import prose, review_log
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import language, named, of, t

MODES = ("today", "drills", "bugs", "mock")
CARD, LAST, SKIPPED, MORE = "quiz_card", "quiz_last", "quiz_skipped", "quiz_more"


@dataclass(frozen=True)
class Card:
    """What is on the table. Its id is that of the row it will become, so that a double click
    inserts once. `left`: how many are due, new and to be asked again, this one among them.
    `confidence` is stated before `answer` and `grade` are there.
    """

    id: str
    item: str
    shown_at: float
    drill: Drill | None = None
    left: tuple[int, int, int] | None = None
    confidence: float | None = None
    seconds: float = 0.0
    answer: object = None
    grade: grading.Grade | None = None


def quiz() -> None:
    store, bank = review_log.the_store(), the_bank()
    if store is None:
        return
    st.html(QUIZ_CSS)
    mode = _mode()
    if mode == "mock":
        from ui.quiz.mock_flow import mock

        mock(store, bank)
        return
    ids = _chosen(bank, mode, store)
    card = st.session_state.get(CARD)
    if card is not None and not _still_there(card, ids, bank):
        card = None
    card = card or _next_card(ids, store, mode)
    if card is None:
        _nothing(ids)
    elif card.grade is None:
        _ask(card, bank, store)
    else:
        _reveal(card, bank, store)


def _mode() -> str:
    """Of the link at first; the card goes when it changes."""
    if "quiz_mode" not in st.session_state:
        linked = st.query_params.get("mode")
        st.session_state["quiz_mode"] = linked if linked in MODES else MODES[0]
    return st.segmented_control(
        t("quiz.mode"),
        MODES,
        format_func=named("quiz.mode_"),
        key="quiz_mode",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: _put(None),
    )


def _chosen(bank: Bank, mode: str, store) -> list[str]:
    """Ids of the items of the question in the link, of the mode and topic chosen, or all."""
    if mode == "drills":
        return _drills()
    asked = bank.get(str(st.query_params.get("question", "")))
    if asked is not None:
        navigation.link("questions", f"← {of(asked.title)}", q=asked.id)
        return [item.id for item in asked.items]
    topics = [topic for topic in bank.topics if any(q.topic == topic for q in bank.questions)]
    titles = {topic: of(bank.topics[topic]) for topic in topics} | {"": t("quiz.all")}
    topic = st.selectbox(t("quiz.topic"), ["", *topics], format_func=titles.get, key="quiz_topic")
    if mode == "today" and not topic:
        return queue.everyday(bank, store.states())
    within = {item.id: (q.topic, item.form) for q in bank.questions for item in q.items}
    wanted = ("bug", "answer") if mode == "bugs" else tuple(forms.FORMS)
    return [
        i
        for i in queue.introduction(bank)
        if topic in ("", within[i][0]) and within[i][1] in wanted
    ]


def _drills() -> list[str]:
    from study.practice import drills

    skill = st.selectbox(
        t("quiz.skill"),
        ["", *drills.KINDS],
        format_func=named("drill.name_"),
        key="quiz_skill",
        on_change=lambda: _put(None),
    )
    return [f"{drills.PREFIX}{skill}"] if skill else drills.ids()


def _still_there(card: Card, ids: list[str], bank: Bank) -> bool:
    if card.drill is None and bank.item(card.item) is None:
        return False
    return card.grade is not None or card.item in ids


def _next_card(ids: list[str], store, mode: str) -> Card | None:
    """What is due; where the learner asked for more, or drills, whatever is least sure."""
    day, known = review_log.today(), store.states()
    plan = queue.plan_of(store.plans())
    today = queue.today(ids, known, day, plan)
    waiting = list(today.all)
    if not waiting and (st.session_state.get(MORE) or mode != "today"):
        waiting = [i for i in ids if not (i in known and queue.hidden(known[i], day))]
        waiting.sort(
            key=lambda i: (
                known[i].today if i in known and known[i].last == day else 0,
                recall(known[i], day) if i in known else 0.5,
            )
        )
    if not waiting:
        return None
    skipped = st.session_state.setdefault(SKIPPED, [])
    if all(i in skipped for i in waiting):
        skipped.clear()  # each was skipped once: the round begins anew
    item = next(i for i in waiting if i not in skipped)
    left = (today.due, today.new, len(today.again)) if mode == "today" and today.all else None
    drill = _drawn(item, store) if drill_items.is_drill(item) else None
    return _put(Card(new_id(), item, time.monotonic(), drill, left))


def _drawn(item: str, store) -> Drill:
    from study.practice.drills import used_keys

    rows = store.rows_of(item)
    return drill_items.draw(item, used_keys([row.body for row in rows]), len(rows))


def _put(card: Card | None) -> Card | None:
    st.session_state[CARD] = card
    return card


def _nothing(ids: list[str]) -> None:
    if not ids:
        st.info(t("quiz.no_items"))
        return
    st.success(t("quiz.done"), icon=":material/check_circle:")
    _undo_last(review_log.the_store())
    if st.button(t("quiz.more"), key="quiz_more_button"):
        st.session_state[MORE] = True
        st.rerun()
    navigation.link("progress", t("quiz.see_progress"))


def _parts(card: Card, bank: Bank) -> tuple[Item, Question | None]:
    if card.drill is not None:
        return drill_items.as_item(card.drill), None
    item = bank.item(card.item)
    return item, bank.get(item.question)


def _ask(card: Card, bank: Bank, store) -> None:
    item, question = _parts(card, bank)
    _left(card)
    with st.container(key="quiz_card"):
        _heading(item, question, bank)
        if card.confidence is None:
            answer = forms.ask(item, question, bank, card.id)
    if card.confidence is not None:
        _tick(card, item, question, bank, store)
        look(f"{card.id} tick")
        return
    stated = _stated(card, item, answer)
    if stated is not None and answer is None:
        said = item.form in ("number", "shape") and st.session_state.get(f"{item.form}_{card.id}")
        if not said:  # what cannot be read has its own sentence
            st.warning(t("quiz.answer_first"))
    elif stated is not None:
        seconds = round(time.monotonic() - card.shown_at, 1)
        card = replace(card, confidence=stated, seconds=seconds, answer=answer)
        if item.form == "recall":
            st.session_state[f"kept_notes_{card.id}"] = answer
            _put(card)
            st.rerun()
        _answered(card, item, question, answer, store)
    _aside(card, store)
    look(card.id, field_of(item.form, card.id))


def _stated(card: Card, item: Item, answer: object) -> float | None:
    """The confidence in the run that reveals; for code it was stated before the first run."""
    if item.form != "code":
        return state_confidence(card.id)
    return code_answer.finished(answer, card.id) if code_answer.begun(card.id) else None


def _left(card: Card) -> None:
    """How many wait, and of which kind; kinds without any go unsaid."""
    if card.left:
        kinds = zip(("due", "new", "again"), card.left, strict=True)
        parts = [t(f"quiz.waiting_{kind}", count=count) for kind, count in kinds if count]
        listed = t("quiz.list_comma").join(parts)
        st.caption(t("quiz.waiting", count=sum(card.left), kinds=listed))


def _tick(card: Card, item: Item, question: Question, bank: Bank, store) -> None:
    """Free recall: the confidence was stated, now the points are uncovered."""
    notes = st.session_state.get(f"kept_notes_{card.id}")
    if notes:
        st.caption(t("quiz.notes_yours"))
        st.text(notes)
    said = recalling.tick(item, question, bank, card.id)
    with st.container(key="quiz_foot"):
        if st.button(t("quiz.ticked"), type="primary", key="quiz_ticked", shortcut="d"):
            _answered(card, item, question, said, store)


def _aside(card: Card, store) -> None:
    """Skip, bury, suspend, reset, undo: each a row of the log, but for skip."""
    with st.container(horizontal=True, key="quiz_aside"):
        if st.button(t("quiz.skip"), key="quiz_skip", shortcut="s"):
            st.session_state.setdefault(SKIPPED, []).append(card.item)
            _put(None)
            st.rerun()
        with st.popover(t("quiz.other")):
            if st.button(t("quiz.bury"), key="quiz_bury", help=t("quiz.bury_help")):
                _set_aside(store, review_log.row("bury", card.item))
            if st.button(t("quiz.suspend"), key="quiz_suspend", help=t("quiz.suspend_help")):
                _set_aside(store, review_log.row("suspend", card.item, suspended=True))
            if st.button(t("quiz.reset"), key="quiz_reset", help=t("quiz.reset_help")):
                _set_aside(store, review_log.row("reset", card.item))
        _undo_last(store)


def _undo_last(store) -> None:
    """The row noted last in this session, whatever it was."""
    last = st.session_state.get(LAST)
    if last is None:
        return
    row_id, item = last
    if st.button(t("quiz.undo"), key="quiz_undo", help=t("quiz.undo_help"), shortcut="u") and (
        review_log.keep(store, review_log.row("undo", item, undoes=row_id))
    ):
        st.session_state[LAST] = None
        _put(None)
        st.rerun()


def _set_aside(store, row) -> None:
    if review_log.keep(store, row):
        st.session_state[LAST] = (row.id, row.item)
        _put(None)
        st.rerun()


def _answered(card: Card, item: Item, question: Question | None, answer: object, store) -> None:
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
    if review_log.keep(store, row):
        st.session_state[LAST] = (row.id, row.item)
        _put(replace(card, answer=answer, grade=grade))
        st.rerun()


def _reveal(card: Card, bank: Bank, store) -> None:
    item, question = _parts(card, bank)
    _left(card)
    with st.container(key="quiz_card"):
        _heading(item, question, bank)
        reveal(item, question, bank, card.answer, card.grade, card.confidence, card.id)
    _comes_back(item.id, store)
    if question is not None:
        navigation.link("questions", t("quiz.read"), q=question.id)
    with st.container(horizontal=True, key="quiz_foot"):
        if st.button(t("quiz.next"), type="primary", key="quiz_next", shortcut="n"):
            _put(None)
            st.rerun()
        _undo_last(store)
    look(f"{card.id} shown")


def _comes_back(item_id: str, store) -> None:
    """When the schedule asks it again, as it stands after this answer."""
    state, today = store.states().get(item_id), review_log.today()
    day = queue.due_day(state, queue.plan_of(store.plans())) if state else None
    if day is None:
        return
    if state.rating == grading.AGAIN:
        st.caption(t("quiz.back_today"))
    elif (day - today).days <= 1:
        st.caption(t("quiz.back_tomorrow"))
    else:
        st.caption(t("quiz.back_in", days=(day - today).days))


def _heading(item: Item, question: Question | None, bank: Bank) -> None:
    about = t(f"form.{item.form}") if question else t(f"drill.name_{item.key}")
    title = f" · {of(question.title)}" if question else ""
    st.caption(f"{about}{title} · {t('question.level', level=item.level)}")
    text = item.text[language()]
    st.markdown(f"#### {prose.linked(text.prompt, bank)}")
    prose.show(text.body, bank)
