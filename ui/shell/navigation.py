"""The pages there are: where each lies, how it is called, and links to them."""

from pathlib import Path

import streamlit as st

from ui.shell.i18n import language, t

ROOT = Path(__file__).resolve().parents[2] / "pages"
ICONS = {
    "home": ":material/home:",
    "questions": ":material/menu_book:",
    "lab": ":material/science:",
    "quiz": ":material/quiz:",
    "progress": ":material/trending_up:",
    "settings": ":material/settings:",
}


def page(name: str) -> st.Page:
    return st.Page(
        ROOT / f"{name}.py",
        title=t(f"page.{name}"),
        icon=ICONS[name],
        url_path=name if name != "home" else "",
        default=name == "home",
    )


def pages() -> list[st.Page]:
    return [page(name) for name in ICONS]


def link(name: str, label: str, **query: str) -> None:
    """A real link, so that it can be opened in a new tab and bookmarked."""
    st.page_link(page(name), label=label, query_params={**query, "lang": language()})


def go(name: str, **query: str) -> None:
    """Write an address and draw its page; for a button, which is no link."""
    st.switch_page(page(name), query_params={**query, "lang": language()})
