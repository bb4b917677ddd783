"""Draw the end of a sitting: time, right and wrong items, calibration, and tomorrow."""

from datetime import date, timedelta

import streamlit as st

from study.bank.question import Bank
from study.practice import session
from study.practice.session import Sitting, Summary
from study.reviews.memory_state import State
from study.reviews.review import LOCAL
from study.scheduling import queue
from study.scheduling.queue import Plan
from ui.shared import review_log
from ui.shared.percent import percent
from ui.shared.plan.day import the_syllabus
from ui.shell import navigation
from ui.shell.i18n import of, t


def show_summary(
    sitting: Sitting, ids: list[str], known: dict[str, State], plan: Plan, bank: Bank, store
) -> None:
    """Draw the summary of a sitting."""
    day = review_log.today()
    rows = store.rows(LOCAL, "review", "undo", "reset")
    told = session.summary(session.of_sitting(rows, sitting, day))
    with st.container(key="quiz_summary"):
        _heading(sitting, ids, known, plan, day)
        if told.answers:
            _figures(told)
            _items(told, bank)
        daily = queue.everyday(bank, known)
        tomorrow = day + timedelta(days=1)
        _tomorrow(queue.today(daily, known, tomorrow, plan, the_syllabus(store, bank)))


def _heading(
    sitting: Sitting, ids: list[str], known: dict[str, State], plan: Plan, day: date
) -> None:
    """Say that everything is done, but only if nothing is due."""
    late = overdue(ids, known, plan, day) if sitting.scheduled else 0
    if late:
        st.markdown(f"## {t('quiz.share_done')}")
        st.markdown(t("quiz.still_due", count=late))
    else:
        st.markdown(f"## {t('quiz.done' if sitting.scheduled else 'quiz.round_done')}")


def overdue(ids: list[str], known: dict[str, State], plan: Plan, day: date) -> int:
    """Return how many items are due and were left for another day by the plan's limits."""
    states = [known[i] for i in ids if i in known and not queue.hidden(known[i], day)]
    due = [queue.due_day(state, plan) for state in states if state.last != day]
    return sum(when is not None and when <= day for when in due)


def _figures(told: Summary) -> None:
    right = len(told.right)
    with st.container(horizontal=True, key="quiz_figures"):
        st.metric(t("quiz.sum_answers"), told.answers)
        st.metric(t("quiz.sum_right"), f"{right} / {right + len(told.wrong)}")
        st.metric(t("quiz.sum_time"), _minutes(told.seconds))
        if told.stated is not None and told.held is not None:
            st.metric(t("quiz.sum_sure"), f"{percent(told.stated)} → {percent(told.held)}")
    if told.stated is not None and told.held is not None:
        st.caption(t("quiz.sum_sure_what", stated=percent(told.stated), held=percent(told.held)))


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _items(told: Summary, bank: Bank) -> None:
    """Draw the items, wrong ones first, each with a link to its question."""
    for items, colour, mark, open_it in (
        (told.wrong, "red", f"✘ {t('quiz.mark_wrong_word')}", True),
        (told.right, "green", f"✔ {t('quiz.mark_right_word')}", False),
    ):
        if not items:
            continue
        with st.expander(f":{colour}[{mark}] · {len(items)}", expanded=open_it):
            for item_id in items:
                _line(item_id, bank)


def _line(item_id: str, bank: Bank) -> None:
    item = bank.item(item_id)
    if item is None:
        kind = item_id.rpartition("/")[2]
        navigation.link("quiz", t(f"drill.name_{kind}"), mode="drills", skill=kind)
        return
    prompt = of({language: text.prompt for language, text in item.text.items()})
    navigation.link("questions", f"{t(f'form.{item.form}')} · {prompt}", q=item.question)


def _tomorrow(today: queue.Today) -> None:
    st.markdown(t("quiz.sum_tomorrow", due=today.due, new=today.new))
