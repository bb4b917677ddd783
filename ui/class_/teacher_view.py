"""Draw what a teacher assigns and sees of the class."""

from datetime import timedelta
from functools import partial

import streamlit as st

from base.messages import UserError
from resnet_core.experiment.presets import PRESETS
from study.bank.question import Bank
from study.classroom import assignments, faults, nameless, roll
from study.classroom.assignments import Assignment
from study.reviews.review import Row
from study.reviews.storage.store import Store
from ui.class_.fault_charts import shares
from ui.class_.standing_words import standing_table
from ui.shared import review_log
from ui.shared.made_file import made_file
from ui.shared.percent import percent
from ui.shared.question_bank import the_bank
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import of, t, word
from ui.shell.visitors import login


def teacher_view() -> None:
    """Draw the assignments, who did what, and what goes wrong."""
    store, bank = review_log.the_whole(), the_bank()
    known = assignments.assignments(store)
    everyone = roll.learners(store, login.person())
    rows = [store.of(one).standing() for one in everyone]
    st.header(t("class.assigned"), anchor=False)
    _assigned(store, known, rows, bank)
    _assign(store, bank)
    st.header(t("class.who"), anchor=False)
    if not everyone:
        st.info(t("class.nobody"))
        return
    today = review_log.today()
    standing_table([roll.standing(store.of(one), known, bank, today) for one in everyone])
    _faults(rows, bank)
    made_file(
        t("class.export"),
        partial(nameless.nameless, store, login.person(), bank),
        "class.jsonl",
        "application/jsonl",
        key="class_export",
        help=t("class.export_help"),
    )


def _assigned(store: Store, known: list[Assignment], rows: list[list[Row]], bank: Bank) -> None:
    """Draw each assignment with how many learners did all of it, and a button to withdraw it."""
    if not known:
        st.info(t("class.assign_first"))
    for one in known:
        done = sum(
            all(task.on for task in assignments.tasks(one, standing, bank)) for standing in rows
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"given_{one.id}"):
            told = t("class.did_all", done=done, learners=len(rows))
            st.markdown(
                f"**{as_text(one.title)}** · {t('class.due', day=one.due.isoformat())} · {told}"
            )
            with st.popover(t("class.withdraw"), type="tertiary"):
                st.markdown(t("class.withdraw_sure"))
                if st.button(t("class.withdraw_yes"), key=f"withdraw_{one.id}"):
                    assignments.withdraw(store, login.person(), one.id)
                    st.rerun()


def _assign(store: Store, bank: Bank) -> None:
    """Draw the form for a new assignment."""
    with st.expander(t("class.assign")), st.form("assign", border=False, clear_on_submit=True):
        title = st.text_input(t("class.title"), max_chars=100)
        due = st.date_input(
            t("class.due_day"), review_log.today() + timedelta(days=7), min_value="today"
        )
        questions = st.multiselect(
            t("class.questions"), [q.id for q in bank.questions], format_func=_question_name(bank)
        )
        items = st.multiselect(
            t("class.items"), [i.id for i in bank.items], format_func=_item_name(bank)
        )
        experiment = st.selectbox(
            t("class.experiment"),
            ["", *PRESETS],
            format_func=_experiment_names().get,
            key="assign_experiment",
            help=t("class.experiment_help"),
        )
        if not st.form_submit_button(t("class.assign_now"), type="primary"):
            return
        if not title.strip() or not (questions or items or experiment):
            st.warning(t("class.assign_empty"))
            return
        body = {"due": due.isoformat(), "questions": questions, "items": items}
        body |= {"experiment": experiment, "day": review_log.today().isoformat()}
        try:
            assignments.assign(store, login.person(), title=title.strip(), **body)
        except UserError as error:
            st.error(word(error.message))
            return
    st.rerun()


def _faults(rows: list[list[Row]], bank: Bank) -> None:
    """Draw what the class gets wrong: items, misconceptions, key points, and overconfidence."""
    found = faults.faults(rows, bank)
    st.header(t("class.faults"), anchor=False)
    if not (found.items or found.misconceptions or found.points):
        st.info(t("class.no_faults"))
    item_name = _item_name(bank)
    parts = (
        ("items", found.items, {one.key: item_name(one.key) for one in found.items}),
        (
            "misconceptions",
            found.misconceptions,
            {o.key: of(bank.misconceptions.get(o.key, {})) or o.key for o in found.misconceptions},
        ),
        ("points", found.points, {one.key: _point_name(one.key, bank) for one in found.points}),
    )
    for name, shown, names in parts:
        if shown:
            st.subheader(t(f"class.faults_{name}"), anchor=False)
            shares(shown, names, name, t(f"class.faults_{name}"))
    judged = found.confidence
    if judged is not None:
        key = "class.confidence_over" if judged.over > 0 else "class.confidence_under"
        told = {"stated": percent(judged.stated), "right": percent(judged.right)}
        st.markdown(t(key, answers=judged.answers, **told))


def _question_name(bank: Bank):
    titles = {question.id: of(question.title) for question in bank.questions}
    return lambda id: titles.get(id, id)


def _item_name(bank: Bank):
    titles = {
        item.id: f"{of(question.title)} · {t(f'form.{item.form}')} · {item.key}"
        for question in bank.questions
        for item in question.items
    }
    return lambda id: titles.get(id, id)


def _point_name(key: str, bank: Bank) -> str:
    question_id, _, point = key.rpartition("/")
    question = bank.get(question_id)
    return of({code: prose.points.get(point, point) for code, prose in question.prose.items()})


def _experiment_names() -> dict[str, str]:
    names = {name: t(f"preset.{name}.title") for name in PRESETS}
    return {"": t("class.no_experiment"), **names}
