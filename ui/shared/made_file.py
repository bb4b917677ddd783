"""Offer a file that is made when it is asked for, and keep it until the browser has it.

Streamlit stores such a file under no session, so the second rerun from then on removes it, whoever
reruns: in a class that can be before the browser has fetched the file. Here it also belongs to the
session that asked, which lets go of it with its next full rerun.
"""

import threading
from collections.abc import Callable

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext


def made_file(
    label: str,
    make: Callable[[], bytes | str],
    name: str,
    mime: str,
    *,
    key: str,
    help: str | None = None,
) -> None:
    """Draw a button that downloads what `make` returns, as a file of this name and type.

    `make` runs outside the session: what it needs of the session is read before. The page does not
    rerun, which would take the file away from under the download.
    """
    asking = get_script_run_ctx()

    def kept() -> bytes:
        made = make()
        data = made.encode("utf-8") if isinstance(made, str) else made
        if asking is not None and runtime.exists():
            _keep(data, name, mime, key, asking)
        return data

    st.download_button(label, kept, name, mime, key=key, help=help, on_click="ignore")


def _keep(data: bytes, name: str, mime: str, key: str, asking: ScriptRunContext) -> None:
    """Store a file for the session that asked. Equal files are stored once."""
    thread = threading.current_thread()
    before = get_script_run_ctx(suppress_warning=True)
    add_script_run_ctx(thread, asking)
    try:
        files = runtime.get_instance().media_file_mgr
        files.add(data, mime, f"made-{key}", file_name=name, is_for_static_download=True)
    finally:
        add_script_run_ctx(thread, before)
