"""List the pages with their addresses and titles, and draw the menu and links to them."""

from pathlib import Path

import streamlit as st

from ui.shell import address
from ui.shell.i18n import t
from ui.shell.visitors import login

ROOT = Path(__file__).resolve().parents[2] / "pages"
ICONS = {
    "home": ":material/home:",
    "questions": ":material/menu_book:",
    "claims": ":material/fact_check:",
    "lab": ":material/science:",
    "quiz": ":material/quiz:",
    "progress": ":material/trending_up:",
    "glossary": ":material/translate:",
    "settings": ":material/settings:",
}
CLASS = "class_"  # only on a server with a login


def page(name: str, *, icon: bool = True) -> st.Page:
    """Return a page, titled in the language of this session. Links to it show its icon, or none."""
    return st.Page(
        ROOT / f"{name}.py",
        title=t(f"page.{name}"),
        icon=_icons()[name] if icon else None,
        url_path=name.rstrip("_") if name != "home" else "",
        default=name == "home",
    )


def pages() -> list[st.Page]:
    """Return all pages in the order of the menu."""
    return [page(name) for name in _icons()]


def menu() -> None:
    """Draw the links of the sidebar.

    Streamlit's own menu would drop the language from the address and so add a second entry to the
    browser's history.
    """
    with st.container(key="menu", gap=None):
        for name, icon in _icons().items():
            st.page_link(
                page(name), label=t(f"page.{name}"), icon=icon, query_params=address.query()
            )


def _icons() -> dict[str, str]:
    if not login.configured():
        return ICONS
    return {"home": ICONS["home"], CLASS: ":material/groups:"} | ICONS


def link(
    name: str, label: str, *, icon: str | None = None, help: str | None = None, **place: object
) -> None:
    """Draw a real link to a place of a page, which can be opened in a new tab and copied."""
    query = address.query(**place)
    st.page_link(page(name, icon=False), label=label, icon=icon, help=help, query_params=query)


def go(name: str, **place: object) -> None:
    """Go to a place of a page and draw it at once, when a button decides it."""
    st.switch_page(page(name), query_params=address.query(**place))
