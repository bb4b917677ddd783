"""Downloads from a server that drops, lies, stalls and redirects: the right file, or a reason."""

import hashlib
import os
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from resnet_core.data import download, published
from resnet_core.data.batch_files import DataError

BODY = os.urandom(400_000)
ARCHIVE = replace(
    published.archives("cifar10")[0], size=len(BODY), sha256=hashlib.sha256(BODY).hexdigest()
)
TAG = '"v1"'


class Server:
    """Answers each request by the next behaviour; the last one repeats."""

    def __init__(self, *behaviours):
        self.behaviours, self.requests = list(behaviours), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.requests.append(dict(self.headers))
                behave = outer.behaviours[min(len(outer.requests), len(outer.behaviours)) - 1]
                behave(self)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}/{ARCHIVE.file}"

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def send(body=BODY, *, length=None, upto=None, tag=TAG, ranges=True, status=200):
    def behave(handler):
        asked = handler.headers.get("Range")
        first = 0
        if ranges and asked and handler.headers.get("If-Range") == tag:
            first = int(asked.removeprefix("bytes=").rstrip("-"))
        handler.send_response(206 if first else status)
        if first:
            handler.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(length or len(body) - first))
        handler.send_header("ETag", tag)
        handler.end_headers()
        handler.wfile.write(body[first : upto and first + upto])
        handler.close_connection = True

    return behave


def redirect(handler):
    handler.send_response(302)
    handler.send_header("Location", "/elsewhere")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def stall(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(BODY)))
    handler.end_headers()
    handler.wfile.write(BODY[:100_000])
    handler.wfile.flush()
    handler.server.stalled.wait(20)


@pytest.fixture
def fetch(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "ARRAYS_NEED", 0)
    monkeypatch.setattr(download, "STALL_S", 0.3)
    servers = []

    def fetching(*behaviours, progress=None):
        server = Server(*behaviours)
        server.http.stalled = threading.Event()
        servers.append(server)
        target = tmp_path / ARCHIVE.file
        try:
            download.fetch(server.url, target, ARCHIVE, progress)
        finally:
            server.http.stalled.set()
        return target, server

    yield fetching
    for server in servers:
        server.close()


def right(target):
    return target.read_bytes() == BODY and not target.with_suffix(".part").exists()


def refused(fetch, tmp_path, key, *behaviours):
    with pytest.raises(DataError) as caught:
        fetch(*behaviours)
    assert caught.value.message.key == key
    assert not (tmp_path / ARCHIVE.file).exists()
    return caught.value


def test_a_good_server_gives_the_file_and_tells_progress(fetch):
    heard = []
    target, _ = fetch(send(), progress=lambda done, size: heard.append((done, size)))
    assert right(target) and heard[-1] == (len(BODY), len(BODY))


def test_a_server_that_drops_is_asked_for_the_rest(fetch):
    target, server = fetch(send(upto=100_000), send(upto=100_000), send())
    assert right(target)
    asked = [int(r["Range"].strip("bytes=-")) for r in server.requests[1:]]
    assert 0 < asked[0] <= 100_000 and asked[0] < asked[1] <= 200_000


def test_a_server_without_ranges_starts_again(fetch):
    target, _ = fetch(send(upto=100_000), send(ranges=False))
    assert right(target)


def test_a_file_that_changed_in_between_starts_again(fetch):
    target, _ = fetch(send(upto=100_000, tag='"old"'), send())
    assert right(target)


def test_a_redirect_is_followed(fetch):
    target, _ = fetch(redirect, send())
    assert right(target)


def test_a_captive_portal_is_refused_by_its_length(fetch, tmp_path):
    error = refused(fetch, tmp_path, "data.not_the_archive", send(b"<html>please log in</html>"))
    assert "login page" in str(error)
    assert not (tmp_path / ARCHIVE.file).with_suffix(".part").exists()


def test_wrong_bytes_of_the_right_length_are_deleted(fetch, tmp_path):
    refused(fetch, tmp_path, "data.wrong_checksum", send(bytes(len(BODY))))
    assert not (tmp_path / ARCHIVE.file).with_suffix(".part").exists()


def test_a_server_that_stalls_is_left_and_what_came_is_kept(fetch, tmp_path):
    refused(fetch, tmp_path, "data.no_network", stall)
    assert (tmp_path / ARCHIVE.file).with_suffix(".part").stat().st_size >= 65_536


def test_a_server_that_drips_is_left(fetch, tmp_path):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(BODY)))
        handler.end_headers()
        while not handler.server.stalled.wait(0.02):
            handler.wfile.write(b"x")

    refused(fetch, tmp_path, "data.no_network", drip)


def test_a_length_that_is_no_number_says_nothing(fetch, tmp_path):
    assert right(fetch(send(length="abc"))[0])
    (tmp_path / ARCHIVE.file).unlink()
    refused(fetch, tmp_path, "data.no_network", send(b"<html>log in</html>", length="abc"))


def test_where_a_range_is_refused_it_starts_again(fetch, tmp_path):
    part = (tmp_path / ARCHIVE.file).with_suffix(".part")
    part.write_bytes(BODY[:1000])
    part.with_suffix(".etag").write_text(TAG)
    target, server = fetch(send(b"", ranges=False, status=416), send())
    assert right(target) and "Range" not in server.requests[1]


def test_a_server_that_sends_too_much_is_refused(fetch, tmp_path):
    refused(fetch, tmp_path, "data.not_the_archive", send(BODY + b"more"))


def test_an_error_page_is_no_archive(fetch, tmp_path):
    refused(fetch, tmp_path, "data.no_network", send(status=503))


def test_a_server_that_keeps_dropping_is_given_up_and_resumed_later(fetch, tmp_path):
    refused(fetch, tmp_path, "data.no_network", send(upto=70_000), send(upto=1))
    target, server = fetch(send())
    assert right(target) and server.requests[0]["Range"].startswith("bytes=")


def test_a_whole_part_file_needs_no_request(fetch, tmp_path):
    (tmp_path / ARCHIVE.file).with_suffix(".part").write_bytes(BODY)
    target, server = fetch(send())
    assert right(target) and server.requests == []


def test_a_foreign_or_too_long_part_file_is_started_again(fetch, tmp_path):
    (tmp_path / ARCHIVE.file).with_suffix(".part").write_bytes(BODY + b"x")
    assert right(fetch(send())[0])


def test_no_server_at_all_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "ARRAYS_NEED", 0)
    with pytest.raises(DataError, match="could not be reached") as caught:
        download.fetch("http://127.0.0.1:9/x", tmp_path / "x.tar.gz", ARCHIVE)
    assert caught.value.message.key == "data.no_network"


def test_a_disk_too_small_is_said_before_the_first_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "ARRAYS_NEED", 1 << 60)
    with pytest.raises(DataError, match="MB are free"):
        download.fetch("http://127.0.0.1:9/x", tmp_path / "x.tar.gz", ARCHIVE)


def test_a_disk_that_fills_keeps_the_part_and_says_so(fetch, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(download.os, "fsync", full)
    refused(fetch, tmp_path, "data.cannot_write", send())
    monkeypatch.undo()
    assert (tmp_path / ARCHIVE.file).with_suffix(".part").exists()


def test_a_second_download_at_the_same_time_is_told(fetch, tmp_path):
    from filelock import FileLock

    with FileLock((tmp_path / ARCHIVE.file).with_suffix(".lock")):
        refused(fetch, tmp_path, "data.download_busy", send())


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("no folder can be made here")
    with pytest.raises(DataError) as caught:
        download.fetch("http://127.0.0.1:9/x", tmp_path / "file" / "x.tar.gz", ARCHIVE)
    assert caught.value.message.key == "data.cannot_write"
