"""A claim under its question: the record that ships, the paper's word, and a live run."""

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from resnet_core.claims import CLAIMS, Claim, record
from ui.shared import own_runs
from ui.shell import access, navigation
from ui.shell.i18n import t, word

TICK_S = 1.0


def claim_box(name: str, sentence: str) -> None:
    claim = CLAIMS.get(name)
    if claim is None:
        return
    with st.container(border=True):
        st.markdown(f"**{t('claim.title')}** {sentence}")
        _record(claim)
        st.caption(f"{t('claim.paper')} {word(claim.paper)}")
        _live(claim)


def _record(claim: Claim) -> None:
    made = record(claim.name)
    if made is None:
        st.info(t("claim.no_record"))
        return
    mark = "✔" if made.held == len(made.seeds) else "✘"
    text = t(
        "claim.record",
        mark=mark,
        held=made.held,
        seeds=len(made.seeds),
        quantity=word(claim.quantity),
        median=f"{made.median:.4g}",
        sense=t(f"claim.{made.sense.replace(' ', '_')}"),
        threshold=f"{made.threshold:g}",
        data=made.data,
        seconds=f"{made.seconds:.0f}",
    )
    (st.success if mark == "✔" else st.warning)(text)


def _live(claim: Claim) -> None:
    key = f"claim_run_{claim.name}"
    refusal = access.refusal()
    if st.button(
        t("claim.run"),
        key=f"claim_start_{claim.name}",
        disabled=bool(refusal),
        help=refusal or None,
    ):
        _start(claim, key)
    folder = st.session_state.get(key)
    if folder is not None:
        alive = runs.status(folder).live
        st.fragment(_follow, run_every=TICK_S if alive else None)(claim, folder)


def _start(claim: Claim, key: str) -> None:
    from resnet_core.data import cifar

    try:
        try:
            cifar.find()
            dataset = "cifar10"
        except UserError:
            dataset = "synthetic"
        st.session_state[key] = own_runs.start(claim.experiment(0, dataset)).folder
    except UserError as error:
        st.error(word(error.message))


def _follow(claim: Claim, folder) -> None:
    from resnet_core import jobs

    jobs.ensure_worker()
    past = runs.history(folder)
    status = runs.status(folder, past)
    steps = claim.design.train.steps
    if status.name == "queued":
        from ui.lab.queue_place import queued

        queued(folder)
        return
    if status.live:
        st.progress(
            min(1.0, status.step / steps), t("claim.running", step=status.step, steps=steps)
        )
        return
    if not st.session_state.get(f"{folder}:told"):
        st.session_state[f"{folder}:told"] = True
        st.rerun()
    if status.name == "done":
        _verdict(claim, past)
    else:
        st.warning(word(status.reason) if status.reason else t(f"status.{status.name}"))
    navigation.link("lab", t("claim.see"), run=folder.name)


def _verdict(claim: Claim, past: runs.History) -> None:
    value = claim.measure(past)
    holds = claim.holds(value)
    text = t(
        "claim.holds" if holds else "claim.fails",
        quantity=word(claim.quantity),
        value=f"{value:.4g}",
        sense=t(f"claim.{claim.sense.replace(' ', '_')}"),
        threshold=f"{claim.threshold:g}",
        data=past.started["data"]["label"],
        seconds=f"{max(e['elapsed_s'] for e in past.events):.0f}",
    )
    (st.success if holds else st.warning)(text)
