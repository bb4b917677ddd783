"""The mock interview on the page: agree, answer, mark, and at the end the report."""

import random
import time

import streamlit as st

from study.bank.question import Bank, Question
from study.practice import mock_interview as interview
from study.practice.mock_interview import MARKS, MINUTES, ROLES, Ask, Mark, Script, Session
from study.practice.session import SURE
from study.reviews.review import new_id
from ui.quiz.confidence import state_confidence
from ui.quiz.focus import look
from ui.quiz.forms import checklist, recalling
from ui.quiz.mock_report import mock_report
from ui.shared import prose, review_log
from ui.shared.question_bank import the_bank
from ui.shell.i18n import LANGUAGES, NAMES, language, named, of, t

SESSION, SHOWN = "mock_session", "mock_shown"
KEYS = "spw"  # strong, partly, weak; the digits tick key points


def mock(store, bank: Bank) -> None:
    rows = store.mocks()
    found = interview.sessions(rows)
    asked_for = str(st.query_params.get("report", "")) or st.session_state.get(SESSION, "")
    session = found.get(asked_for)
    if session is None:
        _agree(store, found)
        return
    ask = interview.next_ask(session, bank)
    if ask is None:
        mock_report(session, bank)
        if st.button(t("mock.another"), key="mock_another"):
            _leave()
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
        drawn = random.SystemRandom().randrange(10_000) if seed is None else int(seed)
        script = Script(new_id(), drawn, minutes, role, code)
        if review_log.keep(store, review_log.row("mock", **script.to_json())):
            st.session_state[SESSION] = script.id
            st.rerun()
    unfinished = [s for s in found.values() if not s.ended and s.marks][-1:]
    for session in unfinished:
        if interview.next_ask(session, the_bank()) and st.button(
            t("mock.go_on", asked=len(session.marks)), key="mock_go_on"
        ):
            st.session_state[SESSION] = session.script.id
            st.rerun()


def _leave() -> None:
    for key in (SESSION, SHOWN):
        st.session_state.pop(key, None)
    st.query_params.pop("report", None)
    st.rerun()


def _interview(session: Session, ask: Ask, bank: Bank, store) -> None:
    number = len(session.marks)
    card = f"{session.script.id}_{number}"
    shown = st.session_state.get(SHOWN)
    if shown is None or shown[0] != card:
        shown = (card, time.monotonic(), new_id())
        st.session_state[SHOWN] = shown
    st.fragment(_clock, run_every=1.0)(session, shown[1])
    question = bank.get(ask.question)
    with st.container(key="quiz_card"):
        st.caption(t("mock.opening") if not ask.path else t("mock.follow"))
        st.markdown(f"#### {_asked(question, ask, session.script.language)}")
        notes = st.text_area(
            t("mock.notes"), key=f"mock_notes_{card}", height=120, max_chars=20_000
        )
    said_at = f"mock_said_{card}"
    if said_at not in st.session_state:
        stated = state_confidence(SURE, card, t("mock.said"))
        if stated is not None:
            st.session_state[said_at] = (round(time.monotonic() - shown[1], 1), stated)
            st.rerun()
        _end(session, store)
        look(card)
        return
    look(f"{card} said")
    seconds, stated = st.session_state[said_at]
    marked = _marked(question, ask, session.script.language, bank, card)
    if marked is not None:
        mark, points, flags = marked
        made = Mark(ask, mark, seconds, notes, flags, points, confidence=stated)
        row = review_log.row(
            "mock", row_id=shown[2], **session.script.to_json(), mark=made.to_json()
        )
        if review_log.keep(store, row):
            st.rerun()


def _asked(question: Question, ask: Ask, code: str) -> str:
    if not ask.path:
        return " ".join(question.prose[code].ask.split())
    return interview.follow_up(question, ask.path, code).ask


def _clock(session: Session, shown_at: float) -> None:
    """The time of answers; reading the solution does not count."""
    said = st.session_state.get(f"mock_said_{session.script.id}_{len(session.marks)}")
    used = session.seconds + (time.monotonic() - shown_at if said is None else said[0])
    total = 60 * session.script.minutes
    st.progress(
        min(1.0, used / total),
        t("mock.clock", used=_minutes(used), total=_minutes(total), asked=len(session.marks)),
    )


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _end(session: Session, store) -> None:
    if st.button(t("mock.end"), key="mock_end") and review_log.keep(
        store, review_log.row("mock", **session.script.to_json(), ended=True)
    ):
        st.rerun()


def _marked(
    question: Question, ask: Ask, code: str, bank: Bank, card: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """(mark, points said, misconceptions said), once the learner is through with it."""
    if ask.path:
        prose.show(interview.follow_up(question, ask.path, code).answer, bank)
        points, suggested = (), None
    else:
        prose.show(question.prose[code].short, bank)
        st.markdown(t("quiz.tick"))
        words = recalling.worded(question, tuple(question.points), code, bank)
        points = tuple(checklist.tick(words, f"points_{card}"))
        weight = sum(question.points[point] for point in points)
        suggested = interview.mark_of(weight / sum(question.points.values()))
    flags = _flags(question, code, card) if not ask.path else ()
    st.caption(t("mock.how") if suggested is None else t("mock.how_points"))
    with st.container(horizontal=True, key="mock_foot"):
        for mark, letter in zip(MARKS, KEYS, strict=True):
            if st.button(
                t(f"mock.mark_{mark}"),
                key=f"mock_{mark}_{card}",
                type="primary" if mark == suggested else "secondary",
                shortcut=letter,
            ):
                return mark, points, flags
    return None


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
