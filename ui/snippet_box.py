"""A snippet under its question: recorded output, Run, Stop, Edit, Reset."""

import streamlit as st

from resnet_core import folders
from resnet_core.wording import Said
from study.question import Question
from ui import access, prefs
from ui.texts import t, word

TICK_S = 0.3


def snippet_box(question: Question, shipped: frozenset[str]) -> None:
    snippet = question.snippet
    if snippet is None:
        return
    st.subheader(t("snippet.title"), anchor=False)
    code = _code(question)
    with st.container(horizontal=True):
        running = _execution(question) is not None and _execution(question).running
        run = st.button(t("snippet.run"), key="snippet_run", disabled=running, type="primary")
        edit = st.toggle(t("snippet.edit"), key=f"snippet_edit_{question.id}")
        if code != snippet.code and st.button(t("snippet.reset"), key="snippet_reset"):
            _forget(question)
            st.rerun()
    if edit:
        code = _editor(question, code)
    else:
        st.code(code, language="python", line_numbers=True)
    if run:
        _start(question, code, shipped)
    execution = _execution(question)
    if execution is None:
        _recorded(snippet.expected)
    else:
        st.fragment(_live, run_every=TICK_S if execution.running else None)(question)
    _tier_line()


def _editor(question: Question, code: str) -> str:
    edited = st.text_area(
        t("snippet.editor"),
        code,
        height=min(640, 60 + 21 * (code.count("\n") + 1)),
        key=f"snippet_text_{question.id}",
        help=t("snippet.editor_help"),
    )
    if edited != code:
        _keep(question, edited)
    return edited


def _start(question: Question, code: str, shipped: frozenset[str]) -> None:
    from study import sandbox
    from study.sandbox.policy import Server, judge

    server = Server(not access.refusal(), access.editing_allowed(), prefs.load()["consent"])
    try:
        verdict = judge(shipped=code in shipped, tier=sandbox.tier(), server=server)
    except Said as error:
        st.error(word(error.words))
        return
    if not verdict.allowed:
        st.warning(word(verdict.why))
        if verdict.needs_consent:
            st.button(t("snippet.consent"), on_click=lambda: prefs.remember(consent=True))
        return
    limits = sandbox.Limits(seconds=60)
    st.session_state[_key(question)] = sandbox.start(code, limits)


def _live(question: Question) -> None:
    execution = _execution(question)
    if execution.running:
        with st.container(horizontal=True):
            st.markdown(t("snippet.running"))
            if st.button(t("snippet.stop"), key="snippet_stop"):
                execution.stop()
        out, err, figures = execution.so_far()
        _show(out, err, figures)
        return
    if not st.session_state.get(_key(question) + ":told"):
        st.session_state[_key(question) + ":told"] = True
        st.rerun()  # a full run: Run comes back, the ticking ends
    result = execution.result()
    _headline(result)
    _show(result.stdout, result.stderr, result.figures)


def _headline(result) -> None:
    seconds = f"{result.seconds:.1f}"
    if result.status == "ok":
        st.success(t("snippet.ok", seconds=seconds), icon=":material/check:")
    elif result.status == "error":
        key = "snippet.error_line" if result.line else "snippet.error"
        st.error(t(key, seconds=seconds, line=result.line), icon=":material/error:")
    else:
        st.warning(word(result.reason), icon=":material/block:")


def _show(out: str, err: str, figures) -> None:
    """As text only: output is never rendered."""
    from study.sandbox.output import for_page

    for title, text in ((t("snippet.stdout"), out), (t("snippet.stderr"), err)):
        if text.strip():
            shown, more = for_page(text)
            st.caption(title)
            st.code(shown, language=None, wrap_lines=True)
            if more:
                st.caption(t("snippet.more_lines", lines=more))
    for number, figure in enumerate(figures, start=1):
        st.image(figure.png, caption=t("snippet.figure", number=number))


def _recorded(expected: str) -> None:
    if expected:
        st.caption(t("snippet.recorded"))
        st.code(expected, language=None, wrap_lines=True)


def _tier_line() -> None:
    from study import sandbox

    try:
        st.caption(word(sandbox.tier().line))
    except Said as error:
        st.caption(word(error.words))


def _key(question: Question) -> str:
    return f"execution_{question.id}"


def _execution(question: Question):
    return st.session_state.get(_key(question))


def _kept(question: Question):
    return folders.home() / "edits" / f"{question.id}.py"


def _code(question: Question) -> str:
    """As edited before, so that a reload loses nothing; else as it ships."""
    try:
        return _kept(question).read_text("utf-8")
    except OSError:
        return question.snippet.code


def _keep(question: Question, code: str) -> None:
    path = _kept(question)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, "utf-8")
    except OSError as error:
        st.warning(t("snippet.cannot_keep", why=error.strerror or str(error)))


def _forget(question: Question) -> None:
    _kept(question).unlink(missing_ok=True)
    for key in (_key(question), f"snippet_text_{question.id}"):
        st.session_state.pop(key, None)
