"""Draw the shelf: every run by name, a search and filters, and the use of the disk."""

import streamlit as st

from resnet_core import library
from resnet_core.library import Entry
from ui.library.import_box import import_box
from ui.library.row import row
from ui.library.words import size
from ui.shared import places
from ui.shell import address, navigation
from ui.shell.i18n import language, named, t
from ui.shell.visitors import own

ON_A_PAGE = 12
FEWEST, MOST = 2, 5  # runs to compare
KINDS = ("own", "claim", "measured")


def shelf_view() -> None:
    """Draw the shelf."""
    navigation.link("lab", t("library.to_lab"))
    st.header(t("library.heading"), anchor=False)
    every = library.entries(own.runs())
    _room(len(every))
    if every:
        shown = _searched(every)
        _compare(shown)
        _rows(shown)
    else:
        st.info(t("library.none"))
    thrown = len(library.thrown(own.runs()))
    navigation.link("lab", t("library.bin", count=thrown), shelf="bin")
    import_box()


def _room(count: int) -> None:
    """Say how much the runs take, and what is left of the disk or of a learner's limit."""
    took = library.usage(own.runs())
    values = {"count": count, "runs": size(took.runs), "thrown": size(took.thrown)}
    limit = places.disk_limit()
    if limit is not None:
        st.caption(t("library.disk_limit", limit=size(limit), **values))
    elif took.free is None:
        st.caption(t("library.disk_unknown", **values))
    else:
        st.caption(t("library.disk", free=size(took.free), **values))


def _searched(every: list[Entry]) -> list[Entry]:
    """Draw the search and return what it finds. Its words are kept in the address."""
    tags = sorted({tag for entry in every for tag in entry.label.tags})
    text, kind, tag = st.columns([2, 1, 1])
    with text:
        write = address.follow_text("find", "library_find")
        st.text_input(
            t("library.find"),
            key="library_find",
            placeholder=t("library.find_hint"),
            on_change=write,
        )
    with kind:
        write = address.follow("kind", "library_kind", KINDS, None)
        words = named("library.kind_")
        st.selectbox(
            t("library.kind"),
            KINDS,
            key="library_kind",
            placeholder=t("library.all_kinds"),
            format_func=words,
            on_change=write,
        )
    with tag:
        write = address.follow("tag", "library_tag", tags, None)
        st.selectbox(
            t("library.tag"),
            tags,
            key="library_tag",
            placeholder=t("library.all_tags"),
            on_change=write,
            disabled=not tags,
        )
    state = st.session_state
    return library.found(
        every, state["library_find"], state["library_tag"] or "", state["library_kind"] or ""
    )


def _compare(shown: list[Entry]) -> None:
    if len(shown) < FEWEST:
        return
    code = language()
    names = {entry.run.id: _line(entry, code) for entry in shown if entry.kind != "measured"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            t("library.compare_what"),
            list(names),
            format_func=lambda run_id: names.get(run_id, run_id),
            max_selections=MOST,
            key="library_chosen",
            placeholder="",
        )
        few = len(chosen) < FEWEST
        if st.button(t("library.compare"), key="library_compare", disabled=few):
            navigation.go("lab", compare=",".join(chosen))


def _line(entry: Entry, code: str) -> str:
    name = library.called(entry.run.id, entry.label, code)
    return f"{name} · {entry.run.created[5:16].replace('T', ' ')}"


def _rows(shown: list[Entry]) -> None:
    if not shown:
        st.info(t("library.none_found"))
        return
    last_page = (len(shown) - 1) // ON_A_PAGE
    asked = address.value("page", map(str, range(last_page + 1)), "0")
    first = int(asked) * ON_A_PAGE
    for entry in shown[first : first + ON_A_PAGE]:
        row(entry)
    if last_page:
        _pages(int(asked), last_page, first, len(shown))


def _pages(page: int, last: int, first: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = min(count, first + ON_A_PAGE)
        st.caption(t("library.page_of", first=first + 1, last=shown, count=count))
        place = {name: address.value(name) for name in ("shelf", "find", "kind", "tag")}
        if page:
            navigation.link("lab", t("library.newer_page"), **place, page=page - 1 or None)
        if page < last:
            navigation.link("lab", t("library.older_page"), **place, page=page + 1)
