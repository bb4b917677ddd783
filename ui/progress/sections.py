"""The parts of the progress page; each says what it is when there is nothing to show yet."""

from datetime import date, timedelta

import streamlit as st

from study.bank.question import Bank
from study.reviews.memory_state import NEVER, State
from study.reviews.review import Row
from study.scheduling import queue
from study.scheduling import statistics as figures
from study.scheduling.queue import Plan
from ui.progress import charts
from ui.shared import review_log
from ui.shared.countdown import until
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import of, t
from ui.shell.outside import as_text

WEEKS = 12


def progress() -> None:
    store, bank = review_log.the_store(), the_bank()
    if store is None:
        return
    rows, known, today = store.rows(), store.states(), review_log.today()
    answered = figures.reviews(rows)
    plan = queue.plan_of(rows)
    if not answered:
        st.info(t("progress.empty"))
        navigation.link("quiz", t("today.start"))
        _plan(plan, store)
        return
    _readiness(rows[-1].id, answered, bank, known, plan, today)
    _ahead(bank, known, plan, today)
    _map(bank, known, today)
    _calibration(answered, bank)
    _retention(answered, plan)
    _history(answered, today)
    _mocks(rows)
    _plan(plan, store)
    _hidden(bank, known, store)


def _readiness(
    newest: str, answered: list[Row], bank: Bank, known: dict[str, State], plan: Plan, today: date
) -> None:
    from study.scheduling.readiness import readiness

    ids = [item.id for item in bank.items]
    days = figures.per_day(answered)
    month = sum(day > today - timedelta(days=28) for day in days)
    seen = sum(i in known and known[i].reviews > 0 for i in ids)
    believed = _believed(newest, answered)
    now = readiness(ids, known, believed, today)
    with st.container(horizontal=True):
        st.metric(t("progress.answers"), f"{len(answered):,}")
        st.metric(t("progress.days"), f"{month} / 28", help=t("progress.days_help"))
        st.metric(t("progress.seen"), f"{seen} / {len(ids)}")
        st.metric(t("progress.today"), _percent(now.mean), help=t("progress.today_help"))
    if plan.days_left(today) is None:
        return
    then = readiness(ids, known, believed, plan.interview)
    with st.container(border=True):
        st.markdown(
            t(
                "progress.then",
                until=until(plan.days_left(today)),
                share=_percent(then.mean),
                low=_percent(then.low),
                high=_percent(then.high),
            )
        )
        key = "progress.then_guess" if believed.answers < 20 else "progress.then_help"
        st.caption(t(key, answers=believed.answers, factor=f"{believed.factor:.1f}"))


@st.cache_data(max_entries=4, show_spinner=False)
def _believed(newest: str, _answered: list[Row]):
    """Of the log up to its newest row; it only grows, so that row names its whole state."""
    from study.scheduling.readiness import belief

    return belief(_answered)


def _ahead(bank: Bank, known: dict[str, State], plan: Plan, today: date) -> None:
    st.subheader(t("progress.forecast"), anchor=False)
    ids = [item.id for item in bank.items]
    ahead = figures.forecast(ids, known, plan, today)
    charts.bars(
        {day.isoformat()[5:]: {"due": count} for day, count in ahead.items()},
        {"due": t("progress.due")},
        t("progress.forecast"),
        key="forecast",
    )


def _map(bank: Bank, known: dict[str, State], today: date) -> None:
    st.subheader(t("progress.topics"), anchor=False)
    cells = figures.topic_map(bank, known, today)
    titles = {topic: of(title) for topic, title in bank.topics.items()}
    charts.topic_map(cells, titles)
    st.caption(t("progress.topics_read"))


def _calibration(answered: list[Row], bank: Bank) -> None:
    found = figures.calibration(answered)
    if found is None:
        return
    st.subheader(t("progress.calibration"), anchor=False)
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
                stated=_percent(own.stated),
                right=_percent(own.right),
                answers=own.answers,
            )
        )


def _retention(answered: list[Row], plan: Plan) -> None:
    weeks = figures.retention(answered)
    if not weeks:
        return
    st.subheader(t("progress.retention"), anchor=False)
    total = sum(week.answers for week in weeks.values())
    right = sum(week.right for week in weeks.values())
    st.markdown(
        t(
            "progress.retention_is",
            share=_percent(right / total),
            answers=f"{total:,}",
            aim=_percent(plan.retention),
        )
    )
    if len(weeks) > 1:
        charts.retention(dict(list(weeks.items())[-WEEKS:]), plan.retention)


def _history(answered: list[Row], today: date) -> None:
    """The last twelve weeks at most; by week where there is more to see."""
    days = figures.per_day(answered)
    first = max(min(days), today - timedelta(days=7 * WEEKS - 1))
    first = min(first, today - timedelta(days=6))
    span = [first + timedelta(days=k) for k in range((today - first).days + 1)]
    st.subheader(t("progress.history"), anchor=False)
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


def _mocks(rows: list[Row]) -> None:
    from study.practice.mock_interview import sessions

    found = sessions(rows)
    if not found:
        return
    st.subheader(t("progress.mocks"), anchor=False)
    for one in list(found.values())[-10:][::-1]:
        day = one.marks[0].day if one.marks else ""
        score = _percent(one.score)
        label = t("progress.mock", day=day, minutes=one.script.minutes, score=score)
        navigation.link("quiz", label, mode="mock", report=one.script.id)


def _plan(plan: Plan, store) -> None:
    """Limits and retention; the interview day itself stands in the settings."""
    with st.expander(t("progress.plan")), st.form("plan", border=False):
        retention = st.slider(
            t("progress.plan_retention"), 70, 97, round(100 * plan.retention), format="%d %%"
        )
        left, right = st.columns(2)
        new = left.number_input(t("progress.plan_new"), 0, 200, plan.new_a_day)
        total = right.number_input(t("progress.plan_total"), 1, 1000, plan.a_day)
        st.caption(t("progress.plan_help"))
        told = {"retention": retention / 100, "new_a_day": int(new), "a_day": int(total)}
        if st.form_submit_button(t("progress.plan_keep")) and review_log.keep(
            store, review_log.row("plan", **told)
        ):
            st.rerun()
    navigation.link("settings", t("progress.plan_day"))


def _hidden(bank: Bank, known: dict[str, State], store) -> None:
    """What was suspended, to bring back; and a new beginning."""
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


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
