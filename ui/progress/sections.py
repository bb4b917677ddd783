"""Draw the parts of the progress page. Each says what it will show if there is nothing yet."""

from datetime import date, timedelta

import streamlit as st

from study.bank.question import Bank
from study.reviews.memory_state import NEVER, State
from study.reviews.review import Row
from study.reviews.storage.store import Store
from study.scheduling import queue
from study.scheduling import statistics as figures
from study.scheduling.queue import Plan
from ui.progress import charts
from ui.shared import review_log
from ui.shared.percent import percent
from ui.shared.plan.countdown import until
from ui.shared.plan.day import the_belief, the_day
from ui.shared.plan.form import plan_form
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import of, t

WEEKS = 12
LEECHES = 5  # items named at a time


def progress() -> None:
    """Draw the progress page."""
    store, bank = review_log.the_store(), the_bank()
    if store is None:
        return
    review_log.tell_aside(store)
    rows, known, today = store.rows(), store.states(), review_log.today()
    answered, plan = store.reviews(), queue.plan_of(store.plans())
    if not answered:
        st.info(t("progress.empty"))
        with st.container(key="act_first", width="content"):
            navigation.link("quiz", t("today.start"))
        _plan(store, bank)
        return
    _readiness(answered, store, bank, known, today)
    _plan(store, bank)
    _ahead(bank, known, plan, today)
    _map(bank, known, today)
    _leeches(bank, known, store)
    _calibration(answered, bank)
    _retention(answered, plan)
    _history(answered, today)
    _mocks(rows)
    _hidden(bank, known, store)


def _readiness(
    answered: list[Row], store: Store, bank: Bank, known: dict[str, State], today: date
) -> None:
    """Say what is recalled now and on the interview day, if learning stops or follows the plan."""
    ids = [item.id for item in bank.items]
    days = figures.per_day(answered)
    month = sum(day > today - timedelta(days=28) for day in days)
    seen = sum(i in known and known[i].reviews > 0 for i in ids)
    found = the_day(store, bank)
    with st.container(horizontal=True):
        st.metric(t("progress.answers"), f"{len(answered):,}")
        st.metric(t("progress.days"), f"{month} / 28", help=t("progress.days_help"))
        st.metric(t("progress.seen"), f"{seen} / {len(ids)}")
        now = percent(found.now.mean) if found.now else "–"
        st.metric(t("progress.today"), now, help=t("progress.today_help"))
    if found.stopped is None or found.days_left is None:
        return
    believed, stopped = the_belief(store, bank), found.stopped
    with st.container(border=True):
        st.markdown(
            t(
                "progress.then",
                until=until(found.days_left),
                share=percent(stopped.mean),
                low=percent(stopped.low),
                high=percent(stopped.high),
            )
        )
        if found.then is not None:
            low, high = percent(found.then.low), percent(found.then.high)
            share = percent(found.then.mean)
            st.markdown(t("progress.then_followed", share=share, low=low, high=high))
        key = "progress.then_guess" if believed.answers < 20 else "progress.then_help"
        st.caption(t(key, answers=believed.answers, factor=f"{believed.factor:.1f}"))


def _ahead(bank: Bank, known: dict[str, State], plan: Plan, today: date) -> None:
    st.header(t("progress.forecast"), anchor=False)
    ids = [item.id for item in bank.items]
    ahead = figures.forecast(ids, known, plan, today)
    charts.bars(
        {day.isoformat()[5:]: {"due": count} for day, count in ahead.items()},
        {"due": t("progress.due")},
        t("progress.forecast"),
        key="forecast",
    )


def _map(bank: Bank, known: dict[str, State], today: date) -> None:
    st.header(t("progress.topics"), anchor=False)
    cells = figures.topic_map(bank, known, today)
    titles = {topic: of(title) for topic, title in bank.topics.items()}
    charts.topic_map(cells, titles)
    st.caption(t("progress.topics_read"))


def _calibration(answered: list[Row], bank: Bank) -> None:
    found = figures.calibration(answered)
    if found is None:
        return
    st.header(t("progress.calibration"), anchor=False)
    st.markdown(t("progress.brier", brier=f"{found.brier:.3f}", answers=f"{found.answers:,}"))
    charts.calibration(found)
    st.caption(t("progress.calibration_read"))
    over = figures.overconfident(answered, bank)
    if over:
        st.markdown(t("progress.over"))
    for topic, own in over:
        st.markdown(
            "- "
            + t(
                "progress.over_topic",
                topic=of(bank.topics[topic]),
                stated=percent(own.stated),
                right=percent(own.right),
                answers=own.answers,
            )
        )


def _retention(answered: list[Row], plan: Plan) -> None:
    weeks = figures.retention(answered)
    if not weeks:
        return
    st.header(t("progress.retention"), anchor=False)
    total = sum(week.answers for week in weeks.values())
    right = sum(week.right for week in weeks.values())
    st.markdown(
        t(
            "progress.retention_is",
            share=percent(right / total),
            answers=f"{total:,}",
            aim=percent(plan.retention),
        )
    )
    if len(weeks) > 1:
        charts.retention(dict(list(weeks.items())[-WEEKS:]), plan.retention)


def _history(answered: list[Row], today: date) -> None:
    """Draw the last twelve weeks at most, and weekly shares if there are enough answers."""
    days = figures.per_day(answered)
    first = max(min(days), today - timedelta(days=7 * WEEKS - 1))
    first = min(first, today - timedelta(days=6))
    span = [first + timedelta(days=k) for k in range((today - first).days + 1)]
    st.header(t("progress.history"), anchor=False)
    charts.bars(
        {
            day.isoformat()[5:]: {
                "right": days.get(day, (0, 0))[1],
                "wrong": days.get(day, (0, 0))[0] - days.get(day, (0, 0))[1],
            }
            for day in span
        },
        {"right": t("progress.right_ones"), "wrong": t("progress.wrong_ones")},
        t("progress.history"),
        key="history",
    )


def _leeches(bank: Bank, known: dict[str, State], store: Store) -> None:
    """Name the items that fail repeatedly; one can read the question or suspend the item."""
    found = figures.leeches([item.id for item in bank.items], known)[:LEECHES]
    if not found:
        return
    st.header(t("progress.leeches"), anchor=False)
    st.markdown(t("progress.leeches_what"))
    for leech in found:
        item = bank.item(leech.item)
        if item is None:
            continue
        with st.container(border=True):
            failed = t("progress.leech", failed=leech.failed, answers=leech.answers)
            st.markdown(f"{of_prompt(item)}  \n{failed}")
            with st.container(horizontal=True, vertical_alignment="center"):
                navigation.link("questions", t("quiz.read"), q=item.question)
                if st.button(t("progress.leech_aside"), key=f"leech_{leech.item}"):
                    _noted(store, review_log.row("suspend", leech.item, suspended=True))


def _mocks(rows: list[Row]) -> None:
    """List the last ten interviews in which something was answered."""
    from study.practice.mock_interview import sessions

    found = [one for one in sessions(rows).values() if one.marks]
    if not found:
        return
    st.header(t("progress.mocks"), anchor=False)
    for one in found[-10:][::-1]:
        told = {"minutes": one.script.minutes, "score": percent(one.score)}
        label = t("progress.mock", day=one.begun, **told)
        navigation.link("quiz", label, mode="mock", interview=one.script.id)


def _plan(store: Store, bank: Bank) -> None:
    st.header(t("progress.plan"), anchor=False)
    plan_form(store, bank, "plan")


def _hidden(bank: Bank, known: dict[str, State], store) -> None:
    """Draw the suspended items, to bring them back, and the button for a full reset."""
    away = [i for i in known if known[i].hidden_until == NEVER]
    if away:
        with st.expander(t("progress.suspended", count=len(away))):
            for item_id in away:
                item = bank.item(item_id)
                label = of_prompt(item) if item else as_text(item_id)
                if st.button(t("progress.bring_back", item=label), key=f"back_{item_id}"):
                    _noted(store, review_log.row("suspend", item_id, suspended=False))
    with st.expander(t("progress.reset")):
        st.markdown(t("progress.reset_what"))
        sure = st.checkbox(t("progress.reset_sure"), key="progress_sure")
        if st.button(t("progress.reset_now"), disabled=not sure, key="progress_reset"):
            _noted(store, review_log.row("reset"))


def of_prompt(item) -> str:
    return of({language: text.prompt for language, text in item.text.items()})


def _noted(store, row) -> None:
    if review_log.keep(store, row):
        st.rerun()
