"""Tell who is logged in, using Streamlit's own OpenID Connect login.

`[auth]` in Streamlit's secrets switches it on. Without it nothing of a class is imported.
"""

import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.shell.appearance.outside import as_text
from ui.shell.i18n import t

if TYPE_CHECKING:
    from study.classroom.people import Person
    from study.classroom.server_file import Limits


@cache
def configured() -> bool:
    """Return whether this server has a login, according to its secrets at the first call."""
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def person() -> "Person | None":
    """Return the person to whom this session belongs, or None for nobody."""
    if not configured():
        return None
    from study.classroom import people, server_file

    return people.person_of(claims(), server_file.current().people, time.time())


def claims() -> Mapping[str, Any]:
    """Return what the provider said about this session, as Streamlit checked it at the login."""
    return st.user.to_dict()


def limits() -> "Limits":
    """Return the limits of one learner."""
    from study.classroom import server_file

    return server_file.current().limits


def draw() -> None:
    """Draw who is logged in, or the way to log in."""
    if not configured():
        return
    who = person()
    if who is None:
        if claims().get("is_logged_in"):
            st.warning(t("access.not_admitted"))
            st.button(t("login.out"), key="login_out", on_click=st.logout)
        else:
            st.button(
                t("login.in"), key="login_in", type="primary", width="stretch", on_click=st.login
            )
        return
    role = t("login.teacher" if who.teacher else "login.learner")
    with st.container(horizontal=True, vertical_alignment="center", key="login_who"):
        st.caption(f"{as_text(who.name)} · {role}")
        st.button(t("login.out"), key="login_out", type="tertiary", on_click=st.logout)
