"""The parts of the settings page."""

import platform
import shutil
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import streamlit as st

from base import folders
from base.messages import UserError
from base.version import VERSION
from resnet_core import runs
from ui.home.first_start import LEVELS, set_interview
from ui.shell import access, preferences
from ui.shell.i18n import named, t, word

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
    st.subheader(t("settings.learner"), anchor=False)
    if access.refusal():
        st.info(access.refusal())
        return
    level = st.radio(
        t("start.level"),
        LEVELS,
        index=LEVELS.index(preferences.load()["level"])
        if preferences.load()["level"] in LEVELS
        else 1,
        format_func=named("start.level_"),
        horizontal=True,
    )
    preferences.remember(level=level)
    from study.scheduling.queue import plan_of
    from ui.shared.review_log import the_store, today

    store = the_store()
    if store is None:
        return
    known = plan_of(store.rows()).interview
    day = st.date_input(t("start.interview"), known, help=t("start.interview_help"))
    if day != known:
        set_interview(day)
        st.toast(t("settings.kept"))
    if day is not None and day < today():
        st.caption(t("start.interview_past"))


def keep_parts() -> None:
    """Backup, restore and deletion of progress."""
    if access.refusal():
        return
    st.subheader(t("settings.progress"), anchor=False)
    from ui.shared.review_log import the_store

    store = the_store()
    if store is None:
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite"
            store.backup(copy)
            data = copy.read_bytes()
        export = store.export()
    except UserError as error:
        st.error(word(error.message))
        return
    stamp = f"{datetime.now(UTC):%Y%m%d}"
    with st.container(horizontal=True):
        st.download_button(t("settings.backup"), data, f"residual-{stamp}.sqlite")
        st.download_button(t("settings.export"), export, f"residual-{stamp}.jsonl")
    _restore(store)
    with st.expander(t("settings.delete")):
        st.markdown(t("settings.delete_what"))
        typed = st.text_input(t("settings.delete_type", word=t("settings.delete_word")))
        if st.button(t("settings.delete_now"), disabled=typed != t("settings.delete_word")):
            store.delete_all()
            st.success(t("settings.deleted"))


def _restore(store) -> None:
    """A backup or an export: its rows join those that are here; none is doubled or lost."""
    st.html(f"<style>{UPLOADER % t('settings.choose_file')}</style>")
    given = st.file_uploader(t("settings.import"), type=["sqlite", "jsonl"], max_upload_size=200)
    if given is None or not st.button(t("settings.import_now")):
        return
    try:
        rows = store.bring_in(_log_of(given.name, given.getvalue()))
    except UnicodeDecodeError:
        st.error(t("progress.bad_import"))
    except UserError as error:
        st.error(word(error.message))
    else:
        st.success(t("settings.imported", rows=rows))


def _log_of(name: str, data: bytes) -> str:
    """The review log in a file that was given; a backup is read from a copy of its own."""
    if not name.endswith(".sqlite"):
        return data.decode("utf-8")
    from study.reviews.store import Store

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "given.sqlite"
        copy.write_bytes(data)
        other = Store(f"sqlite:///{copy}")
        try:
            return other.export()
        finally:
            other.close()


def data_parts() -> None:
    if access.refusal():
        return
    st.subheader(t("settings.places"), anchor=False)
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
    if wanted:
        for run in runs.every():
            if not runs.held(run.folder):
                shutil.rmtree(run.folder)
    if emptied:
        shutil.rmtree(folders.caches(), ignore_errors=True)
    if wanted or emptied:
        st.toast(t("settings.cleared"))


def about() -> None:
    st.subheader(t("settings.about"), anchor=False)
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
    """A row; pip may be replacing the library at this very moment, and then there is none."""
    try:
        return f"| {name} | {version(name)} | {_licence(name)} |"
    except PackageNotFoundError:
        return f"| {name} | – | – |"


def _licence(name: str) -> str:
    """As the installed package states it: an expression, a classifier, or a short text."""
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
