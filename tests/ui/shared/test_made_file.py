"""A file that was made on request stays until its session runs again, whatever others do."""

import pytest
import streamlit as st
from streamlit import runtime
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.shared import made_file as made_files

ASKING = "the one who asked"


class Runtime:
    def __init__(self):
        self.media_file_mgr = MediaFileManager(MemoryMediaFileStorage("/media"))


@pytest.fixture
def files(monkeypatch) -> MediaFileManager:
    made = Runtime()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: made)
    current = ["nobody"]
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: current[0])
    monkeypatch.setattr(made_files, "get_script_run_ctx", lambda **_: ASKING)
    monkeypatch.setattr(
        made_files, "add_script_run_ctx", lambda _, session: current.__setitem__(0, session)
    )
    return made.media_file_mgr


def rerun_twice(files):
    """The first rerun marks a file that no session has, and the second removes it."""
    for _ in range(2):
        files.remove_orphaned_files()


@pytest.mark.parametrize("content", ["数 1", b"\x00\x01"])
def test_a_rerun_of_another_session_leaves_the_file_alone(files, monkeypatch, content):
    offered = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, mime, **more: offered.update(data=data)
    )
    made_files.made_file("Take", lambda: content, "a.txt", "text/plain", key="take")
    data = offered["data"]()
    address = files._storage.load_and_get_id(data, "text/plain", None, "a.txt")
    rerun_twice(files)
    assert files._storage.get_file(address).content == data
    files.clear_session_refs(ASKING)
    rerun_twice(files)
    with pytest.raises(Exception, match="No media file"):
        files._storage.get_file(address)


def test_outside_the_app_the_file_is_only_made(monkeypatch):
    offered = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, mime, **more: offered.update(data=data)
    )
    made_files.made_file("Take", lambda: "x", "a.txt", "text/plain", key="take")
    assert offered["data"]() == b"x"
