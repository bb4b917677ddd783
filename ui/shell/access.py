"""Who can reach this server, and what is therefore allowed."""

import hmac
import ipaddress
import os

import streamlit as st

from ui.shell.i18n import t
from ui.shell.launch import TOKEN

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip")


def loopback_only() -> bool:
    """Whether the server listens on this machine alone, and nothing passes others on to it."""
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
    """Whether a proxy stands in front. A visitor who pretends so only loses by it."""
    headers = st.context.headers
    return any(headers.get(name) for name in FORWARDED)


def has_token() -> bool:
    """Whether this session came by the link that `python -m ui` printed; True without one."""
    return not launched_with_link() or _token_given()


def launched_with_link() -> bool:
    return bool(os.environ.get(TOKEN))


def refusal() -> str:
    """Why edits, training and progress are locked in this session; empty when they are not."""
    if not loopback_only():
        return t("access.reachable")
    if not has_token():
        return t("access.token")
    return ""


def editing_allowed() -> bool:
    """An administrator can switch editing off."""
    return os.environ.get("RESIDUAL_EDITING", "on") != "off"


def server(consent: bool):
    """What the policy of the sandbox asks about."""
    from study.sandbox.policy import Server

    local = loopback_only()
    known = (launched_with_link() and _token_given()) or _logged_in()
    locked = launched_with_link() and not (_token_given() or _logged_in())
    return Server(local, editing_allowed(), consent, known, locked)


def _token_given() -> bool:
    """By the link, once a session. It goes back into the address, so that a reload keeps it."""
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
