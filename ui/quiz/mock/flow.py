"""Draw the mock interview: settings, answers, marks, and at the end the report.

The address names the interview, so that a reload continues at the same place.
"""

import random
import time

import streamlit as st

from study.bank.question import Bank, Question
from study.practice import grading
from study.practice import mock_interview as interview
from study.practice.mock_interview import MARKS, MINUTES, ROLES, Ask, Mark, Script, Session
from study.practice.session import SURE
from study.reviews.review import new_id
from ui.quiz.confidence import state_confidence
from ui.quiz.focus import look
from ui.quiz.forms import checklist, recalling
from ui.quiz.mock.report import mock_report
from ui.quiz.mock.words import asked, show_answer
from ui.shared import prose, review_log
from ui.shared.question_bank import the_bank
from ui.shell import address, navigation
from ui.shell.i18n import LANGUAGES, NAMES, language, named, of, t

SHOWN = "mock_shown"
KEYS = "spw"  # strong, partly, weak; the digits tick key points


def mock(store, bank: Bank) -> None:
    """Draw the interview that the address names, or the form for a new one."""
    found = interview.sessions(store.mocks())
    session = found.get(address.value("interview"))
    if session is None:
        _agree(store, found)
        return
    ask = interview.next_ask(session, bank)
    if ask is None:
        mock_report(session, bank)
        return
    _interview(session, ask, bank, store)


def _agree(store, found: dict[str, Session]) -> None:
    st.markdown(t("mock.what"))
    minutes = st.segmented_control(
        t("mock.minutes"), MINUTES, default=15, key="mock_minutes", required=True
    )
    role = st.segmented_control(
        t("mock.role"),
        list(ROLES),
        default="junior",
        format_func=named("mock.role_"),
        key="mock_role",
        required=True,
    )
    code = st.segmented_control(
        t("mock.language"),
        LANGUAGES,
        default=language(),
        format_func=NAMES.get,
        key="mock_language",
        required=True,
    )
    with st.expander(t("mock.seed_title")):
        seed = st.number_input(
            t("mock.seed"), 0, 999_999, value=None, help=t("mock.seed_help"), key="mock_seed"
        )
    if st.button(t("mock.start"), type="primary", key="mock_start"):
        script = _script(seed, minutes, role, code, found)
        if review_log.keep(store, review_log.row("mock", **script.to_json())):
            navigation.go("quiz", mode="mock", interview=script.id)
    for session in [s for s in found.values() if not s.ended][-1:]:
        if interview.next_ask(session, the_bank()) and st.button(
            t("mock.go_on", asked=len(session.marks)), key="mock_go_on"
        ):
            navigation.go("quiz", mode="mock", interview=session.script.id)


def _script(
    seed: int | None, minutes: int, role: str, code: str, found: dict[str, Session]
) -> Script:
    """Return the script. A drawn one avoids the last questions; one with a number never varies."""
    if seed is not None:
        return Script(new_id(), int(seed), minutes, role, code)
    last = [session for session in found.values() if session.marks][-1:]
    avoid = last[0].questions if last else ()
    return Script(new_id(), random.SystemRandom().randrange(10_000), minutes, role, code, avoid)


def _interview(session: Session, ask: Ask, bank: Bank, store) -> None:
    card = f"{session.script.id}-{len(session.marks)}"
    shown = st.session_state.get(SHOWN)
    if shown is None or shown[0] != card:
        shown = (card, time.monotonic())
        st.session_state[SHOWN] = shown
    st.fragment(_clock, run_every=1.0)(session, shown[1])
    question, code = bank.get(ask.question), session.script.language
    said_at = f"mock_said_{card}"
    with st.container(key="quiz_card"):
        kind = "opening" if not ask.path else "probe" if ask.must else "follow"
        st.caption(t(f"mock.{kind}"))
        st.markdown(f"## {prose.linked(asked(question, ask, code), bank)}")
        notes = st.text_area(t("mock.notes"), key=f"mock_notes_{card}", height=90, max_chars=20_000)
    if said_at not in st.session_state:
        with st.container(key="mock_foot"):
            stated = state_confidence(SURE, card, t("mock.said"))
            if st.button(t("mock.end"), key="mock_end", type="tertiary"):
                _end(session, store)
        if stated is not None:
            st.session_state[said_at] = (round(time.monotonic() - shown[1], 1), stated)
            st.rerun()
        look(card)
        return
    look(f"{card} said")
    seconds, stated = st.session_state[said_at]
    marked = _marked(question, ask, code, bank, card)
    if marked is not None:
        mark, points, flags = marked
        spent = round(time.monotonic() - shown[1], 1)
        made = Mark(ask, mark, seconds, notes, flags, points, confidence=stated, spent=spent)
        if _keep(session, made, card, question, store):
            st.rerun()


def _keep(session: Session, mark: Mark, card: str, question: Question, store) -> bool:
    """Write the mark, and after an opening also a review of the question's recall item.

    The schedule therefore learns from an interview as it does from the quiz.
    """
    row = review_log.row("mock", row_id=card, **session.script.to_json(), mark=mark.to_json())
    if not review_log.keep(store, row):
        return False
    item = next((one for one in question.items if one.form == "recall" and not one.points), None)
    if mark.ask.path or item is None:
        return True
    grade = grading.grade(item, question, mark.points)
    review = review_log.row(
        "review",
        item.id,
        item.version,
        f"{card}-r",
        answer=list(mark.points),
        score=grade.score,
        correct=grade.correct,
        rating=grade.rating,
        graded_by=grade.graded_by,
        confidence=mark.confidence,
        seconds=mark.seconds,
        language=session.script.language,
        interview=session.script.id,
    )
    return review_log.keep(store, review)


def _clock(session: Session, shown_at: float) -> None:
    """Draw the clock, which includes reading and marking."""
    used = session.seconds + time.monotonic() - shown_at
    total = 60 * session.script.minutes
    told = t("mock.clock", used=_minutes(used), total=_minutes(total), asked=len(session.marks))
    st.progress(min(1.0, used / total), t("mock.clock_over") if used > total else told)


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _end(session: Session, store) -> None:
    if review_log.keep(store, review_log.row("mock", **session.script.to_json(), ended=True)):
        st.rerun()


def _marked(
    question: Question, ask: Ask, code: str, bank: Bank, card: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Return (mark, points said, misconceptions said) once the learner has finished marking."""
    show_answer(question, ask, code, bank)
    points, suggested, flags = (), None, ()
    if not ask.path:
        st.markdown(t("quiz.tick"))
        words = recalling.worded(question, tuple(question.points), code, bank)
        points = tuple(checklist.tick(words, f"points_{card}", all_of_it=t("quiz.tick_all")))
        weight = sum(question.points[point] for point in points)
        suggested = interview.mark_of(weight / sum(question.points.values()))
        flags = _flags(question, code, card)
    with st.container(key="mock_foot"):
        st.caption(t("mock.how") if suggested is None else t("mock.how_points"))
        mark = _mark_buttons(card, suggested)
    if mark == "strong" and ask.must:
        points = (ask.must,)
    return (mark, points, flags) if mark else None


def _mark_buttons(card: str, suggested: str | None) -> str | None:
    pressed = None
    with st.container(horizontal=True, gap="small"):
        for mark, letter in zip(MARKS, KEYS, strict=True):
            if st.button(
                t(f"mock.mark_{mark}"),
                key=f"mock_{mark}_{card}",
                type="primary" if mark == suggested else "secondary",
                shortcut=letter,
            ):
                pressed = mark
    return pressed


def _flags(question: Question, code: str, card: str) -> tuple[str, ...]:
    traps = question.prose[code].trap
    if not traps:
        return ()
    st.markdown(t("mock.flags"))
    words = {slug: _wrong_words(slug, code) for slug in traps}
    return tuple(checklist.tick(words, f"flags_{card}", digits=False))


def _wrong_words(slug: str, code: str) -> str:
    told = the_bank().misconceptions.get(slug, {})
    return told.get(code) or of(told) or slug
