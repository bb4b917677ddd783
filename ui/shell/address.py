"""Read and write the address of what is on screen. No other module does.

The address determines what a person sees: a link, Back, Forward, a reload and a copied link all
lead to the same place. Widgets that choose what is shown therefore take their state from the
address and write to it when they are touched.
"""

from collections.abc import Callable, Iterable

import streamlit as st

from ui.shell.i18n import language

DRAWN = "page_drawn"  # the page of this session's last run


def value(name: str, allowed: Iterable[str] | None = None, default: str = "") -> str:
    """Return a part of the address, or `default` if it is absent or not one of `allowed`."""
    given = str(st.query_params.get(name, default))
    return given if allowed is None or given in allowed else default


def parts() -> dict[str, str]:
    """Return all parts of the address by name."""
    return {name: str(part) for name, part in st.query_params.to_dict().items()}


def query(**place: object) -> dict[str, str]:
    """Return the whole query of a place: language and launch token, then its own parts.

    Parts that are empty or None are left out.
    """
    kept = {"lang": language(), "token": value("token")}
    return {name: str(part) for name, part in {**kept, **place}.items() if part not in (None, "")}


def change(**changed: object) -> None:
    """Change some parts of the address and leave the others. An empty part is removed.

    This is for callbacks: the run that follows draws the new place.
    """
    st.query_params.from_dict(query(**{**parts(), **changed}))


def keep(name: str, part: str) -> None:
    """Write one part while a page is drawn, and leave the others as they are."""
    st.query_params[name] = part


def go(**place: object) -> None:
    """Go to another place of the same page and draw it at once."""
    st.query_params.from_dict(query(**place))
    st.rerun()


def publish(page: str) -> None:
    """Tell the browser the address that this run of a page is drawn for.

    A link to the current page reaches the server, but Streamlit's frontend does not update the
    address bar; the next click would then be read at the old place. The browser adds an entry to
    its history only if the address differs. When the page changes, the frontend writes the address
    itself a moment later; ours would come first and add an entry for the old page.
    """
    same = st.session_state.get(DRAWN) == page
    st.session_state[DRAWN] = page
    if same:
        st.query_params.from_dict(parts())


def follow(
    name: str, key: str, options: Iterable[object], default: object, *, always: bool = False
) -> Callable[[], None]:
    """Set the widget `key` as the address says, and return its `on_change`.

    The default is not written, so that the plain address stays plain, except with `always`.
    """
    words = {str(option): option for option in options}
    st.session_state[key] = words.get(value(name), default)

    def write() -> None:
        chosen = st.session_state[key]
        change(**{name: None if chosen == default and not always else chosen})

    return write


def follow_text(name: str, key: str) -> Callable[[], None]:
    """Set a text field as the address says, as `follow` does, and return its `on_change`."""
    st.session_state[key] = value(name)
    return lambda: change(**{name: st.session_state[key].strip()})
