"""Offer surgery on the nets of a living run: a skip, a block, and the statistics of BatchNorm."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from base.messages import Message
from resnet_core import jobs, runs
from resnet_core.diagnosis.marks import changes
from resnet_core.experiment.surgery import limits
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from ui.lab.watch.requests import ask
from ui.shell.i18n import language, t, translate, word


def made(run: runs.Run, past: runs.History) -> runs.Settings:
    """Return the settings at the last step, as the log says."""
    events = (event["changed"] for event in past.of("control"))
    return runs.configured(run.experiment).after(events)


def wished(run: runs.Run, past: runs.History) -> runs.Settings:
    """Return the settings as the log has them, with what was asked for since."""
    return made(run, past).after([runs.control(run.folder).asked])


def without_skips(surgery: Surgery, out: bool) -> Surgery:
    """Return a surgery with the skips of every block taken out, or put back."""
    return replace(surgery, skips=not out, skips_out=())


def surgery_box(run: runs.Run, past: runs.History) -> None:
    """Draw the button of the surgery, and below it what can be done, to which block."""
    with st.popover(t("surgery.title"), icon=":material/healing:", key="lab_surgery"):
        now = wished(run, past).surgery
        st.caption(t("surgery.what"))
        _one_block(run, now)
        _norm(run, now)
        if now != WHOLE:
            cuts = [word(mark.words) for mark in changes([(0, _as_change(now))])]
            st.markdown(t("surgery.now", cuts=" · ".join(cuts)))
            _button(run, "surgery.undo", WHOLE)


def _one_block(run: runs.Run, now: Surgery) -> None:
    nets, code = list(run.experiment.arms.values()), language()
    names = dict.fromkeys(name for net in nets for name in limits.block_names(net))
    block = st.selectbox(
        t("surgery.block"),
        list(names),
        format_func=lambda name: _called(name, code),
        key="lab_surgery_block",
    )
    reasons = [limits.why_not_skip(net, block) for net in nets if block in limits.block_names(net)]
    refused = limits.everywhere(reasons)
    if refused is None and not now.skips:
        refused = Message("surgery.all_skips_out")
    out, gone = block in now.skips_out, block in now.deleted
    with st.container(horizontal=True, gap="small"):
        switched = replace(now, skips_out=_switched(now.skips_out, block, names))
        key = "surgery.skip_in" if out else "surgery.skip_out"
        _button(run, key, switched, disabled=refused is not None)
        switched = replace(now, deleted=_switched(now.deleted, block, names))
        key = "surgery.restore" if gone else "surgery.delete"
        _button(run, key, switched, about=t("surgery.delete_what"))
    if refused is not None:
        st.caption(word(refused))


def _norm(run: runs.Run, now: Surgery) -> None:
    """Draw the switch of BatchNorm. It follows the run, which may also change it by its plan."""
    refused = limits.everywhere(map(limits.why_not_averages, run.experiment.arms.values()))
    if refused is not None:
        st.caption(word(refused))
        return
    st.session_state["lab_surgery_averages"] = now.averages
    st.toggle(
        t("surgery.averages"),
        key="lab_surgery_averages",
        on_change=ask,
        args=(jobs.operate, run.folder, replace(now, averages=not now.averages)),
    )
    st.caption(t("surgery.by_averages" if now.averages else "surgery.by_batch"))


def _button(
    run: runs.Run, key: str, wanted: Surgery, *, disabled: bool = False, about: str | None = None
) -> None:
    """Draw a button that asks for a surgery. It has another key once it would undo it."""
    st.button(
        t(key),
        key=f"lab_{key.replace('.', '_')}",
        on_click=ask,
        args=(jobs.operate, run.folder, wanted),
        disabled=disabled,
        help=about,
    )


def _switched(blocks: Iterable[str], block: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the blocks with one more or one less, in the order of the net."""
    wanted = set(blocks) ^ {block}
    return tuple(name for name in names if name in wanted)


def _called(block: str, code: str) -> str:
    stage, _, number = block.removeprefix("stage").partition("_block")
    return translate(code, "surgery.block_name", stage=stage, number=number)


def _as_change(surgery: Surgery) -> dict[str, object]:
    """Return by name what a surgery changes in nets that were whole."""
    usual = vars(WHOLE)
    return {name: value for name, value in vars(surgery).items() if value != usual[name]}
