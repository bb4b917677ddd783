"""Draw the figures of learners as a table, with the same columns for teachers and learners."""

from collections.abc import Sequence

import streamlit as st

from study.classroom.roll import Standing
from ui.shared.percent import percent
from ui.shell.i18n import t


def standing_table(found: Sequence[Standing]) -> None:
    """Draw the table, with a row for each learner."""
    st.dataframe([_row(one) for one in found], hide_index=True, width="stretch")


def _row(one: Standing) -> dict[str, object]:
    return {
        t("class.name"): one.name,
        t("class.tasks"): f"{one.done} / {one.asked}",
        t("class.late"): one.late,
        t("class.answers"): one.answers,
        t("class.this_week"): one.this_week,
        t("class.right"): percent(one.right) if one.right is not None else "–",
        t("class.over"): f"{100 * one.over:+.0f}" if one.over is not None else "–",
        t("class.runs"): one.runs,
        t("class.last"): one.last.isoformat() if one.last else "–",
    }
