"""Draw what a learner has to do, what the teacher sees of it, and the learner's data."""

import io
import shutil
import zipfile
from functools import partial
from pathlib import Path

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from resnet_core.experiment.presets import PRESETS
from study.bank.question import Bank
from study.classroom import assignments, roll
from study.classroom.assignments import Assignment, Task
from study.reviews.learner_log import LearnerLog
from ui.class_ import predict_first
from ui.class_.standing_words import standing_table
from ui.shared import own_runs, review_log
from ui.shared.made_file import made_file
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import of, t, word
from ui.shell.visitors import own

MARKS = {True: ":material/check_circle:", False: ":material/radio_button_unchecked:"}


def learner_view() -> None:
    """Draw the assignments, the learner's own row of figures, and their data."""
    log, bank = review_log.the_store(), the_bank()
    if log is None:
        return
    known = review_log.assigned()
    st.header(t("class.assigned"), anchor=False)
    if not known:
        st.info(t("class.nothing_assigned"))
    for one in known:
        _assignment(one, log, bank)
    st.header(t("class.seen"), anchor=False)
    st.markdown(t("class.seen_what"))
    standing_table([roll.standing(log, known, bank, review_log.today())])
    _data(log)


def _assignment(one: Assignment, log: LearnerLog, bank: Bank) -> None:
    """Draw one assignment with a line for each task."""
    found = assignments.tasks(one, log.standing(), bank)
    done = sum(task.on is not None for task in found)
    with st.container(border=True, key=f"assignment_{one.id}"):
        st.subheader(as_text(one.title), anchor=False)
        over = one.due < review_log.today() and done < len(found)
        due = t("class.was_due" if over else "class.due", day=one.due.isoformat())
        st.caption(f"{due} · {t('class.done_of', done=done, asked=len(found))}")
        for task in found:
            _task(task, one, log, bank)


def _task(task: Task, one: Assignment, log: LearnerLog, bank: Bank) -> None:
    mark = MARKS[task.on is not None]
    if task.kind == "question" and (question := bank.get(task.key)) is not None:
        navigation.link("quiz", of(question.title), icon=mark, question=task.key)
    elif task.kind == "item" and (item := bank.item(task.key)) is not None:
        question = bank.get(item.question)
        label = f"{of(question.title)} · {t(f'form.{item.form}')}"
        navigation.link("quiz", label, icon=mark, items=item.id)
    elif task.kind == "experiment" and task.key in PRESETS:
        predict_first.predict_first(one, task, log)


def _data(log: LearnerLog) -> None:
    """Offer everything that is kept about this learner, and its deletion."""
    st.header(t("class.data"), anchor=False)
    st.markdown(t("class.data_what"))
    packed = partial(everything, log, own.home())
    made_file(t("class.take"), packed, "residual.zip", "application/zip", key="take")
    with st.expander(t("class.delete")):
        st.markdown(t("class.delete_what"))
        typed = st.text_input(t("settings.delete_type", word=t("settings.delete_word")))
        sure = typed == t("settings.delete_word")
        if st.button(t("class.delete_now"), disabled=not sure) and sure:
            try:
                delete(log)
            except UserError as error:
                st.error(word(error.message))
            else:
                st.session_state["entered"] = log.profile  # until the next login
                st.success(t("class.deleted"))


def delete(log: LearnerLog) -> None:
    """Delete the runs, the edits and every row. Raises UserError while a run is in use."""
    for run in own_runs.every():
        runs.delete(run.folder)
    shutil.rmtree(own.home(), ignore_errors=True)
    log.delete_all()


def everything(log: LearnerLog, home: Path) -> bytes:
    """Return a ZIP with the log and every file of the learner's folder except checkpoints."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("reviews.jsonl", log.export())
        for path in sorted(home.rglob("*")) if home.is_dir() else ():
            if path.is_file() and not path.is_symlink() and runs.CHECKPOINTS not in path.parts:
                archive.write(path, path.relative_to(home))
    return packed.getvalue()
