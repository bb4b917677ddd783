"""Draw the parts of the settings page."""

import platform
import shutil
import tempfile
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import streamlit as st

from base import folders
from base.messages import UserError
from base.version import VERSION
from resnet_core import library, runs
from study.reviews.storage.store import Store
from ui.home.first_start import LEVELS
from ui.shared import review_log
from ui.shared.made_file import made_file
from ui.shared.plan.form import plan_form
from ui.shared.question_bank import the_bank
from ui.shell import preferences
from ui.shell.i18n import named, t, word
from ui.shell.visitors import access, login, own

LIBRARIES = (
    "streamlit",
    "tensorflow",
    "keras",
    "numpy",
    "pandas",
    "matplotlib",
    "fsrs",
    "sqlalchemy",
    "rapidfuzz",
    "genanki",
)
# The uploader's own words are English in every language.
UPLOADER = """
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "%s"; font-size: 0.95rem; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
"""
LICENCE = "License :: OSI Approved :: "


def learner_parts() -> None:
    """Draw what the learner chooses, and what can be done with the log.

    If the log cannot be read, this part draws how to repair it; the rest of the page does not
    change.
    """
    st.header(t("settings.learner"), anchor=False)
    if access.refusal():
        st.info(access.refusal())
        return
    _level()
    review_log.spoken(_log)


def _level() -> None:
    kept = preferences.load().level
    level = st.radio(
        t("start.level"),
        LEVELS,
        index=LEVELS.index(kept),
        format_func=named("start.level_"),
        horizontal=True,
    )
    if level != kept:
        preferences.remember(level=level)


def _log() -> None:
    store = review_log.the_store()
    if store is None:
        return
    plan_form(store, the_bank(), "settings_plan")
    st.header(t("settings.progress"), anchor=False)
    review_log.tell_aside(store)
    _downloads(store)
    _restore(store)
    with st.expander(t("settings.delete")):
        st.markdown(t("settings.delete_what"))
        typed = st.text_input(t("settings.delete_type", word=t("settings.delete_word")))
        if st.button(t("settings.delete_now"), disabled=typed != t("settings.delete_word")):
            store.delete_all()
            st.success(t("settings.deleted"))


def _downloads(store: Store) -> None:
    """Draw a backup and an export, each made only on request."""
    stamp = f"{datetime.now(UTC):%Y%m%d}"
    with st.container(horizontal=True):
        if store.path is not None:
            name = f"residual-{stamp}.sqlite"
            made = partial(_copy, store)
            made_file(t("settings.backup"), made, name, "application/vnd.sqlite3", key="backup")
        name = f"residual-{stamp}.jsonl"
        made_file(t("settings.export"), store.export, name, "application/jsonl", key="export")


def _copy(store: Store) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        store.backup(copy)
        return copy.read_bytes()


def _restore(store: Store) -> None:
    """Add the rows of a backup or an export. None is duplicated or lost."""
    st.html(f"<style>{UPLOADER % t('settings.choose_file')}</style>")
    given = st.file_uploader(t("settings.import"), type=["sqlite", "jsonl"], max_upload_size=200)
    if given is None or not st.button(t("settings.import_now")):
        return
    try:
        found = store.import_file(given.getvalue())
    except UserError as error:
        st.error(word(error.message))
        return
    st.success(t("settings.imported", new=found.new, known=found.known))
    if found.aside:
        rows = review_log.listed(found.aside)
        st.warning(t("settings.imported_aside", count=len(found.aside), rows=rows))


def data_parts() -> None:
    """Draw where files are stored; on a server with a login only the teacher sees it."""
    if access.refusal() or login.configured():
        return
    st.header(t("settings.places"), anchor=False)
    places = {
        "settings.place_progress": folders.progress(),
        "settings.place_runs": folders.runs(),
        "settings.place_caches": folders.caches(),
    }
    lines = [
        f"| {t('settings.what')} | {t('settings.where')} | {t('settings.size')} |",
        "|---|---|---:|",
    ]
    lines += [
        f"| {t(key)} | `{path}` | {_megabytes(path)}\u00a0MB |" for key, path in places.items()
    ]
    st.markdown("\n".join(lines))
    st.caption(t("settings.move"))
    _clear()


def _clear() -> None:
    folded = st.expander(t("settings.clear"), key="settings_clear", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.markdown(t("settings.clear_what"))
        unsure = not st.checkbox(t("settings.clear_sure"), key="clear_sure")
        with st.container(horizontal=True):
            sizes = {"size": _megabytes(folders.runs())}
            wanted = st.button(t("settings.clear_runs", **sizes), key="clear_runs", disabled=unsure)
            sizes = {"size": _megabytes(folders.caches())}
            emptied = st.button(
                t("settings.clear_caches", **sizes), key="clear_caches", disabled=unsure
            )
    if wanted or emptied:
        own.shared()
    if wanted:
        for run in runs.every():
            if not runs.held(run.folder):
                runs.delete(run.folder)
        library.empty(folders.runs())
    if emptied:
        shutil.rmtree(folders.caches(), ignore_errors=True)
    if wanted or emptied:
        st.toast(t("settings.cleared"))


def about() -> None:
    """Draw the isolation of this machine and the versions of the libraries."""
    st.header(t("settings.about"), anchor=False)
    from study import sandbox

    try:
        st.markdown(word(sandbox.tier().line))
    except UserError as error:
        st.markdown(word(error.message))
    heads = (t("settings.library"), t("settings.version"), t("settings.licence"))
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|"]
    lines += [f"| Residual | {VERSION} | MIT |", f"| Python | {platform.python_version()} | PSF |"]
    lines += [_library(name) for name in LIBRARIES]
    st.markdown("\n".join(lines))
    st.markdown(t("settings.licences"))


def _library(name: str) -> str:
    """Return a row of the table, with dashes while pip is replacing the library."""
    try:
        return f"| {name} | {version(name)} | {_licence(name)} |"
    except PackageNotFoundError:
        return f"| {name} | – | – |"


def _licence(name: str) -> str:
    """Return the licence that the installed package states, in any of its three forms."""
    known = metadata(name)
    for classifier in known.get_all("Classifier") or ():
        if classifier.startswith(LICENCE):
            stated = classifier.removeprefix(LICENCE)
            break
    else:
        stated = (known.get("License") or "–").strip().splitlines()[0]
    return known.get("License-Expression") or stated


def _megabytes(folder: Path) -> str:
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return f"{sum(path.stat().st_size for path in files) / 1e6:,.1f}"
