"""The parts of the settings page."""

import platform
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import streamlit as st

from resnet_core import folders
from resnet_core.version import VERSION
from resnet_core.wording import Said
from ui import access, prefs
from ui.first_start import LEVELS, set_interview
from ui.texts import named, t, word

LIBRARIES = ("streamlit", "tensorflow", "keras", "numpy", "fsrs", "sqlalchemy")


def learner_parts() -> None:
    st.subheader(t("settings.learner"), anchor=False)
    level = st.radio(
        t("start.level"),
        LEVELS,
        index=LEVELS.index(prefs.load()["level"]) if prefs.load()["level"] in LEVELS else 1,
        format_func=named("start.level_"),
        horizontal=True,
    )
    prefs.remember(level=level)
    if access.refusal():
        st.info(access.refusal())
        return
    from study.schedule import plan_of
    from ui.keeping import the_store, today

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
    st.subheader(t("settings.progress"), anchor=False)
    if access.refusal():
        st.info(access.refusal())
        return
    from ui.keeping import the_store

    store = the_store()
    if store is None:
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite"
            store.backup(copy)
            data = copy.read_bytes()
        export = store.export()
    except Said as error:
        st.error(word(error.words))
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
    given = st.file_uploader(t("settings.import"), type=["sqlite", "jsonl"], max_upload_size=200)
    if given is None or not st.button(t("settings.import_now")):
        return
    try:
        rows = store.bring_in(_log_of(given.name, given.getvalue()))
    except UnicodeDecodeError:
        st.error(t("progress.bad_import"))
    except Said as error:
        st.error(word(error.words))
    else:
        st.success(t("settings.imported", rows=rows))


def _log_of(name: str, data: bytes) -> str:
    """The review log in a file that was given; a backup is read from a copy of its own."""
    if not name.endswith(".sqlite"):
        return data.decode("utf-8")
    from study.store import Store

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "given.sqlite"
        copy.write_bytes(data)
        other = Store(f"sqlite:///{copy}")
        try:
            return other.export()
        finally:
            other.close()


def data_parts() -> None:
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
    lines += [f"| {t(key)} | `{path}` | {_megabytes(path)} MB |" for key, path in places.items()]
    st.markdown("\n".join(lines))
    st.caption(t("settings.move"))


def about() -> None:
    st.subheader(t("settings.about"), anchor=False)
    from study import sandbox

    try:
        st.markdown(word(sandbox.tier().line))
    except Said as error:
        st.markdown(word(error.words))
    lines = [f"| {t('settings.library')} | {t('settings.version')} |", "|---|---|"]
    lines += [f"| Residual | {VERSION} |", f"| Python | {platform.python_version()} |"]
    lines += [f"| {name} | {version(name)} |" for name in LIBRARIES]
    st.markdown("\n".join(lines))
    st.markdown(t("settings.licences"))


def _megabytes(folder: Path) -> str:
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return f"{sum(path.stat().st_size for path in files) / 1e6:,.1f}"
