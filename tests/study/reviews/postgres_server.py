"""Debian's PostgreSQL on a free port of this machine, run by an ordinary account, for the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")  # PostgreSQL does not start as root
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class MissingError(Exception):
    """Say what this machine lacks."""


@dataclass
class Server:
    """A server with the owner `owner`.

    `new()` makes a database and returns its URL; `log()` returns one with an empty log, used before
    if there is one, since each takes 7 MB and a moment.
    """

    folder: Path
    programs: Path
    port: int
    options: dict
    made: int = 0
    free: list[str] = field(default_factory=list)

    def new(self) -> str:
        self.made += 1
        name = f"residual_{self.made}"
        self.run_sql("postgres", f"CREATE DATABASE {name} OWNER owner")
        return self.url(name)

    def log(self) -> str:
        return self.free.pop() if self.free else self.new()

    def give_back(self, url: str) -> None:
        """Empty a log for the next test."""
        from study.reviews.storage.store import Store

        store = Store(url)
        store.delete_all()
        store.close()
        self.free.append(url)

    def url(self, database: str, role: str = "owner") -> str:
        return f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/{database}"

    def run_sql(self, database: str, sql: str) -> None:
        import psycopg

        place = f"host=127.0.0.1 port={self.port} user=super dbname={database}"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(sql)

    def start(self) -> None:
        # Nothing here outlives the tests, so nothing waits for the disk.
        settings = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -F -c max_connections=200"
        log = str(self.folder / "log")
        self._program("pg_ctl", "-w", "-l", log, "-o", settings, "start")

    def stop(self) -> None:
        self._program("pg_ctl", "-w", "-m", "immediate", "stop")

    def _program(self, name: str, *arguments: str) -> None:
        command = [str(self.programs / name), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, timeout=60, cwd="/", **QUIET, **self.options)


def started() -> Server:
    """Return a running server, or raise MissingError."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingError("psycopg is not installed: requirements-server.txt") from error
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise MissingError("PostgreSQL is not installed: apt-get install postgresql")
    options = _ordinary()
    folder = Path(tempfile.mkdtemp(prefix="residual-pg-"))
    if options:
        os.chown(folder, options["user"], options["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(folder, found[-1].parent, port, options)
    server._program("initdb", "-U", "super", "-A", "trust", "-E", "UTF8", "--no-sync")
    server.start()
    server.run_sql("postgres", "CREATE ROLE owner LOGIN")
    return server


def ended(server: Server) -> None:
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def _ordinary() -> dict:
    """Return the options of subprocess that leave root behind."""
    if os.geteuid() != 0:
        return {}
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise MissingError("as root PostgreSQL needs an ordinary account")
