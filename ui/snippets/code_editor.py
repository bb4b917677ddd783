"""Edit Python with colours, line numbers, Tab and Ctrl-Enter. The editor contacts no other host."""

from pathlib import Path

import streamlit as st

from ui.shell.i18n import t

HERE = Path(__file__)
HTML = """
<div class="editor">
  <div class="scroll"><div class="stack">
    <pre aria-hidden="true"></pre>
    <textarea aria-label="Python" spellcheck="false" autocapitalize="off" autocomplete="off"
      autocorrect="off" wrap="off"></textarea>
  </div></div>
  <div class="foot">
    <span class="hint"></span><button type="button">Copy</button>
  </div>
</div>
"""
_mount = st.components.v2.component(
    "residual_code_editor",
    html=HTML,
    css=HERE.with_suffix(".css").read_text("utf-8"),
    js=HERE.with_suffix(".js").read_text("utf-8"),
)


def code_editor(
    text: str,
    *,
    key: str,
    epoch: int = 0,
    mark: int | None = None,
    marked_text: str = "",
    header: str = "",
    keep: str = "",
) -> tuple[str, bool]:
    """Return the current text and whether Ctrl-Enter was pressed.

    `text` is used at first and when `epoch` changes; in between the browser's text is kept. `mark`
    is a line to mark while the text is `marked_text`. `header` is put before what Copy copies.
    `keep` names where this browser stores the text, for servers that do not.
    """
    data = {
        "text": text,
        "epoch": epoch,
        "mark": mark,
        "markedText": marked_text,
        "header": header,
        "keep": keep,
        "label": t("snippet.editor"),
        "hint": t("snippet.editor_hint"),
        "copy": t("snippet.copy"),
        "copied": t("snippet.copied"),
    }
    result = _mount(
        key=f"{key}_{epoch}",
        data=data,
        default={"text": text},
        on_text_change=lambda: None,
        on_run_change=lambda: None,
    )
    if result.run is not None:
        return str(result.run), True
    return str(result.text if result.text is not None else text), False
