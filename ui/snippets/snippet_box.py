"""Draw a snippet under its question, to edit, run, stop, reset and download."""

import streamlit as st

from base.messages import UserError
from study.bank.question import Question
from study.sandbox import imports
from ui.shared import warm_pool
from ui.shell import access, preferences
from ui.shell.i18n import language, of, t, word
from ui.snippets import edits
from ui.snippets.code_editor import code_editor
from ui.snippets.output_box import output_box, recorded

TICK_S = 0.25
FIRST_OUTPUT_S, END_S = 0.4, 0.15  # what is over by then is drawn in one go
SECONDS = 60


def warm_for(question: Question) -> None:
    """Prepare a worker for this question's snippet while the question is being read."""
    if question.snippet is not None:
        warm_pool.pool().want(imports.kind(edits.load(question)))


def snippet_box(question: Question, shipped: frozenset[str]) -> None:
    if question.snippet is None:
        return
    st.header(t("snippet.title"), anchor="run")
    st.fragment(_box)(question, shipped)


def _box(question: Question, shipped: frozenset[str]) -> None:
    from study import sandbox

    try:
        tier = sandbox.tier()
    except UserError as error:
        st.error(word(error.message))
        return
    left, right = st.columns([3, 2])
    with left:
        code, wanted = _code(question, tier)
        with st.container(horizontal=True, vertical_alignment="center"):
            place = st.empty()
            if not _running(question):
                wanted |= place.button(t("snippet.run"), key="snippet_run", type="primary")
            if code != question.snippet.code:
                reset = {"on_click": _reset, "args": (question,)}
                st.button(t("snippet.reset"), key="snippet_reset", **reset)
            _take_along(question, code)
        if wanted and not _running(question):
            _start(question, code, shipped, tier)
        if _running(question):
            place.button(t("snippet.stop"), key="snippet_stop", on_click=_execution(question).stop)
        _isolation(tier, imports.kind(code))
    execution = _execution(question)
    with right, st.container(key="snippet_output"):
        if execution is None:
            recorded(question.snippet.expected)
        else:
            st.fragment(_live, run_every=TICK_S if execution.running else None)(question)


def _code(question: Question, tier) -> tuple[str, bool]:
    """Return the text to run, and whether Ctrl-Enter asked for it."""
    verdict = _verdict(False, tier)
    if not (verdict.allowed or verdict.needs_consent):
        st.code(question.snippet.code, language="python", line_numbers=True)
        st.caption(word(verdict.why))
        return question.snippet.code, False
    ran = st.session_state.get(_slot(question))
    result = None if ran is None or ran[1].running else ran[1].result()
    code, wanted = code_editor(
        edits.load(question),
        key=f"snippet_text_{question.id}",
        epoch=edits.epoch(question),
        mark=result.line if result else None,
        marked_text=ran[0] if ran else "",
        header=_header(question, edits.load(question)),
        keep=edits.browser_slot(question),
    )
    edits.keep(question, code)
    return code, wanted


def _start(question: Question, code: str, shipped: frozenset[str], tier) -> None:
    from study import sandbox

    verdict = _verdict(code in shipped, tier)
    if not verdict.allowed:
        st.warning(word(verdict.why))
        if verdict.needs_consent:
            agree = {"on_click": preferences.remember, "kwargs": {"consent": True}}
            st.button(t("snippet.consent"), key="snippet_consent", **agree)
        return
    limits = sandbox.Limits(seconds=SECONDS)
    worker = warm_pool.pool().take(code, tier.name)
    try:
        execution = sandbox.start(code, limits, worker=worker, visitor=access.visitor())
    except UserError as error:
        st.warning(word(error.message))
        return
    st.session_state[_slot(question)] = (code, execution)
    execution.wait(FIRST_OUTPUT_S, END_S)


def _verdict(shipped: bool, tier):
    from study.sandbox.isolation.policy import judge

    return judge(shipped=shipped, tier=tier, server=access.server(preferences.load()["consent"]))


def _live(question: Question) -> None:
    code, execution = st.session_state[_slot(question)]
    running = execution.running
    output_box(execution, cold=imports.kind(code) == "tf" and not execution.warm)
    told = f"told_{execution.number}"
    if not running and told not in st.session_state:
        st.session_state[told] = True
        st.rerun()  # Run comes back, the ticking ends, the line is marked


def _take_along(question: Question, code: str) -> None:
    from study.sandbox.notebook import notebook

    text = question.prose[language()]
    st.download_button(
        t("snippet.notebook"),
        lambda: notebook(text.title, text.ask, code),
        file_name=f"{question.id}.ipynb",
        mime="application/x-ipynb+json",
        help=t("snippet.notebook_help"),
        key="snippet_notebook",
        on_click="ignore",
    )


def _header(question: Question, code: str) -> str:
    """Return the comment that goes above a copied script."""
    lines = [f"# Residual: {of(question.title)} ({question.id})"]
    if needed := imports.packages(code):
        lines.append(f"# {t('snippet.header_needs', packages='pip install ' + ' '.join(needed))}")
    return "\n".join(lines) + "\n\n"


def _isolation(tier, kind: str) -> None:
    """Say in one line how code is isolated; what else there is to know is folded up behind it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(t(f"snippet.tier_{tier.name.replace('-', '_')}"))
        with st.popover(t("snippet.details"), type="tertiary"):
            st.markdown(word(tier.line))
            if access.loopback_only() and not access.launched_with_link():
                st.markdown(t("snippet.plain_start"))
            if kind == "tf":
                _warmth()


def _warmth() -> None:
    state = warm_pool.pool().state("tf")
    if state == "ready":
        st.markdown(t("snippet.warm_ready", mb=warm_pool.pool().memory() // 1_000_000))
    elif state == "starting":
        st.markdown(t("snippet.warm_starting"))


def _reset(question: Question) -> None:
    edits.reset(question)
    st.session_state.pop(_slot(question), None)


def _slot(question: Question) -> str:
    return f"ran_{question.id}"


def _running(question: Question) -> bool:
    execution = _execution(question)
    return execution is not None and execution.running


def _execution(question: Question):
    ran = st.session_state.get(_slot(question))
    return None if ran is None else ran[1]
