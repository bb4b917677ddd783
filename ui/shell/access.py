"""Who can reach this server, and what is therefore allowed."""

import hmac
import ipaddress
import os

import streamlit as st

from ui.shell.i18n import t
from ui.shell.launch import TOKEN

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip")


def loopback_only() -> bool:
    """Return whether only this machine can reach the server, without a proxy for others."""
    address = st.get_option("server.address") or ""
    if address.startswith("unix://"):
        return not forwarded()
    if address in ("localhost", ""):
        return address == "localhost" and not forwarded()
    try:
        return ipaddress.ip_address(address).is_loopback and not forwarded()
    except ValueError:
        return False


def forwarded() -> bool:
    """Return whether a proxy is in front. A visitor who forges its headers only loses access."""
    headers = st.context.headers
    return any(headers.get(name) for name in FORWARDED)


def has_token() -> bool:
    """Return whether this session used the printed link, or True if there is none."""
    return not launched_with_link() or _token_given()


def launched_with_link() -> bool:
    return bool(os.environ.get(TOKEN))


def refusal() -> str:
    """Return why edits, training and progress are locked in this session, or an empty text."""
    if not loopback_only():
        return t("access.reachable")
    if not has_token():
        return t("access.token")
    return ""


def editing_allowed() -> bool:
    """Return whether editing is allowed. An administrator can switch it off."""
    return os.environ.get("RESIDUAL_EDITING", "on") != "off"


def server(consent: bool):
    """Return what the sandbox's policy needs to know about the server."""
    from study.sandbox.policy import Server

    local = loopback_only()
    known = (launched_with_link() and _token_given()) or _logged_in()
    locked = launched_with_link() and not (_token_given() or _logged_in())
    return Server(local, editing_allowed(), consent, known, locked)


def _token_given() -> bool:
    """Return whether the link gave the token. The address keeps it, so that a reload does too."""
    wanted = os.environ.get(TOKEN, "")
    given = str(st.query_params.get("token", ""))
    if wanted and given and hmac.compare_digest(given.encode(), wanted.encode()):
        st.session_state["token_given"] = True
    known = bool(wanted and st.session_state.get("token_given"))
    if known and given != wanted:
        st.query_params["token"] = wanted
    return known


def _logged_in() -> bool:
    return bool(getattr(st.user, "is_logged_in", False))
