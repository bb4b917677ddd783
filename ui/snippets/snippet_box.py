"""Draw a snippet under its question, to edit, run, stop, reset and download."""

import streamlit as st

from base.messages import UserError
from study.bank.question import Question
from study.sandbox import imports
from ui.shared import warm_pool
from ui.shared.made_file import made_file
from ui.shell.i18n import language, of, t, word
from ui.shell.visitors import access
from ui.snippets import edits, runner
from ui.snippets.code_editor import code_editor
from ui.snippets.output_box import output_box, recorded


def warm_for(question: Question) -> None:
    """Prepare a worker for this question's snippet while the question is being read."""
    if question.snippet is not None:
        warm_pool.pool().want(imports.kind(edits.load(question)))


def snippet_box(question: Question, shipped: frozenset[str]) -> None:
    """Draw the snippet of a question. Does nothing if it has none."""
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
    slot = _slot(question)
    left, right = st.columns([3, 2])
    with left:
        code, wanted = _code(question)
        with st.container(horizontal=True, vertical_alignment="center"):
            place = st.empty()
            if not runner.running(slot):
                wanted |= place.button(t("snippet.run"), key="snippet_run", type="primary")
            if code != question.snippet.code:
                reset = {"on_click": _reset, "args": (question,)}
                st.button(t("snippet.reset"), key="snippet_reset", **reset)
            _take_along(question, code)
        if wanted and not runner.running(slot):
            runner.begin_code(slot, code, shipped=code in shipped)
        if runner.running(slot):
            runner.stop_button(slot, key="snippet_stop", place=place)
        _isolation(tier, imports.kind(code))
    with right, st.container(key="snippet_output"):
        if runner.kept(slot) is None:
            recorded(question.snippet.expected)
        runner.follow(slot, _output)


def _code(question: Question) -> tuple[str, bool]:
    """Return the text to run, and whether Ctrl-Enter asked for it."""
    verdict = runner.verdict(shipped=False)
    if not (verdict.allowed or verdict.needs_consent):
        st.code(question.snippet.code, language="python", line_numbers=True)
        st.caption(word(verdict.why))
        return question.snippet.code, False
    run = runner.kept(_slot(question))
    result = None if run is None or run.work.running else run.work.result()
    code, wanted = code_editor(
        edits.load(question),
        key=f"snippet_text_{question.id}",
        epoch=edits.epoch(question),
        mark=result.line if result else None,
        marked_text=run.code if run else "",
        header=_header(question, edits.load(question)),
        keep=edits.browser_slot(question),
    )
    edits.keep(question, code)
    return code, wanted


def _output(run: runner.Run) -> None:
    output_box(run.work, cold=imports.kind(run.code) == "tf" and not run.work.warm)


def _take_along(question: Question, code: str) -> None:
    from study.sandbox.notebook import notebook

    text = question.prose[language()]
    made_file(
        t("snippet.notebook"),
        lambda: notebook(text.title, text.ask, code),
        f"{question.id}.ipynb",
        "application/x-ipynb+json",
        key="snippet_notebook",
        help=t("snippet.notebook_help"),
    )


def _header(question: Question, code: str) -> str:
    """Return the comment that goes above a copied script."""
    lines = [f"# Residual: {of(question.title)} ({question.id})"]
    if needed := imports.packages(code):
        lines.append(f"# {t('snippet.header_needs', packages='pip install ' + ' '.join(needed))}")
    return "\n".join(lines) + "\n\n"


def _isolation(tier, kind: str) -> None:
    """Say in one line how code is isolated; the details are folded up behind it."""
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
    runner.forget(_slot(question))


def _slot(question: Question) -> str:
    return f"ran_{question.id}"
