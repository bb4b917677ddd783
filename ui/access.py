"""Who can reach this server, and what is therefore allowed."""

import hmac
import ipaddress
import os

import streamlit as st

from ui.launch import TOKEN
from ui.texts import t


def loopback_only() -> bool:
    """Whether the server listens on this machine alone."""
    address = st.get_option("server.address") or ""
    if address in ("localhost", ""):
        return address == "localhost"
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def has_token() -> bool:
    """Whether this session came by the link that `python -m ui` printed; True without one."""
    wanted = os.environ.get(TOKEN, "")
    if not wanted:
        return True
    given = str(st.query_params.get("token", ""))
    if given and hmac.compare_digest(given.encode(), wanted.encode()):
        st.session_state["token_given"] = True
    return bool(st.session_state.get("token_given"))


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
