"""Draw the record of a claim: verdict, effect with interval, control, paper, and what was tried."""

import streamlit as st

from resnet_core.claims import CLAIMS, Claim, Predicate, Record
from resnet_core.claims.record import arms_of, note_of
from resnet_core.claims.shown import number
from ui.claims import wording
from ui.lab.labels import data_name
from ui.shared import prose
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import of, t, word


def receipt(claim: Claim, record: Record | None, *, whole: bool = False) -> None:
    """Draw the record of a claim. With `whole`, add the reason for its tier and what was tried."""
    if record is None:
        st.info(t("claim.no_record"))
    else:
        st.markdown(wording.badges(claim, record))
        st.markdown(_effect(claim, record))
        _control(claim, record)
    paper = t("claim.paper", paper=word(claim.words("paper")), source=claim.source)
    st.caption(prose.linked(paper, the_bank()))
    st.caption(_why(claim))
    if record is not None and whole:
        _tried(record)
    if record is not None and record.stale:
        st.caption(t("claim.stale"))
    if claim.rests_on:
        _foundations(claim)


def _why(claim: Claim) -> str:
    """Return the reason for the tier; of a claim that fails the verdict has named it already."""
    why = word(claim.words("why"))
    if claim.tier == "fails-here":
        return t("claim.why_fails", why=why)
    return t("claim.why", tier=wording.tier(claim), why=why)


def _effect(claim: Claim, record: Record) -> str:
    facts = {
        "quantity": word(claim.words("quantity")),
        "effect": wording.came(record.effect),
        "asked": wording.asked(record.predicate),
    }
    if not record.seeds:
        return t("claim.effect_counted", **facts)
    seeds = {"seeds": len(record.seeds), "held": record.held, "data": data_name(record.data)}
    if record.scale == "log":
        return t("claim.effect_log", **facts, **seeds)
    return t("claim.effect", **facts, **seeds)


def _control(claim: Claim, record: Record) -> None:
    control = record.control
    if control is None:
        return
    predicate = Predicate(control.sense, control.threshold, control.tolerance)
    effect = wording.came(record.control_effect)
    what = word(claim.words("control"))
    st.markdown(t("claim.control", what=what, effect=effect, asked=wording.asked(predicate)))


def _tried(record: Record) -> None:
    if not record.tried:
        return
    with st.expander(t("claim.tried", count=len(record.tried))):
        for attempt in record.tried:
            predicate = Predicate(attempt["sense"], attempt["threshold"], attempt["tolerance"])
            values = ", ".join(number(float(value)) for value in attempt["values"])
            told = t("claim.tried_one", asked=wording.asked(predicate), values=values)
            note = note_of(attempt)
            told += f"  \n{t('claim.tried_note', note=of(note))}" if note else ""
            st.markdown(f"- {arms_of(attempt)} · {told}")


def _foundations(claim: Claim) -> None:
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption(t("claim.rests_on"))
        for name in claim.rests_on:
            navigation.link("claims", word(CLAIMS[name].words("title")), claim=name)
