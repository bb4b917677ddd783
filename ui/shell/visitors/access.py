"""Find out who can reach this server, and what is therefore allowed."""

import hmac
import ipaddress
import os
import secrets

import streamlit as st

from base.messages import Message
from ui.shell import address
from ui.shell.i18n import t
from ui.shell.visitors import login
from ui.shell.visitors.launch import TOKEN

# Headers that proxies, tunnels and content networks add to a request, in lower case.
FORWARDED_BEGINS = ("x-forwarded-", "cf-", "tailscale-", "x-envoy-", "x-amzn-", "x-appengine-")
FORWARDED = frozenset(
    "forwarded via x-real-ip x-client-ip x-cluster-client-ip x-original-host x-original-url "
    "x-originating-ip x-proxyuser-ip x-remote-ip true-client-ip fastly-client-ip fly-client-ip "
    "x-azure-clientip x-proxy-user x-remote-user remote-user".split()
)


def loopback_only() -> bool:
    """Return whether the server listens only on this machine and nothing forwards others to it."""
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
    """Return whether a proxy is in front. A visitor who fakes one only loses by it."""
    names = [name.lower() for name in st.context.headers]
    return any(name in FORWARDED or name.startswith(FORWARDED_BEGINS) for name in names)


def has_token() -> bool:
    """Return whether this session came by the link that `python -m ui` printed.

    Returns True if the app was started without one.
    """
    return not launched_with_link() or _token_given()


def launched_with_link() -> bool:
    """Return whether the app was started with a launch token."""
    return bool(os.environ.get(TOKEN))


def refusal() -> str:
    """Return why edits, training and progress are locked in this session, or "" if they are not."""
    key = _locked_by()
    return t(key) if key else ""


def require() -> None:
    """Raise NotAllowed if edits, training and progress are locked in this session."""
    key = _locked_by()
    if key:
        from study.classroom.rights import NotAllowed

        raise NotAllowed(Message(key))


def _locked_by() -> str:
    """Return the key of what locks this session, or "" if nothing does."""
    if login.configured():
        return "" if login.person() else "access.login"
    if not loopback_only():
        return "access.reachable"
    return "" if has_token() else "access.token"


def editing_allowed() -> bool:
    """Return whether editing is on. An administrator can switch it off."""
    return os.environ.get("RESIDUAL_EDITING", "on") != "off"


def server(consent: bool):
    """Return what the sandbox's policy needs to know about the server and this session."""
    from study.sandbox.isolation.policy import Server

    if login.configured():  # others share this machine, wherever they are
        return Server(False, editing_allowed(), False, login.person() is not None)
    local = loopback_only()
    known = launched_with_link() and _token_given()
    locked = launched_with_link() and not _token_given()
    return Server(local, editing_allowed(), consent, known, locked)


def visitor() -> str | None:
    """Return the visitor who takes a place for snippets, or None for the server's own person."""
    now = server(consent=False)
    if now.known or (now.local and not now.locked):
        return None
    return st.session_state.setdefault("visitor", secrets.token_hex(8))


def learner() -> str | None:
    """Return which learner of a class uses a place for snippets, or None without a class."""
    who = login.person()
    return who.profile if who else None


def _token_given() -> bool:
    """Return whether the launch token was given in this session; the link gives it once.

    The token goes back into the address, so that a reload keeps it.
    """
    wanted = os.environ.get(TOKEN, "")
    given = address.value("token")
    if wanted and given and hmac.compare_digest(given.encode(), wanted.encode()):
        st.session_state["token_given"] = True
    known = bool(wanted and st.session_state.get("token_given"))
    if known and given != wanted:
        address.keep("token", wanted)
    return known
