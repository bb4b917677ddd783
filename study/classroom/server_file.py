"""Read the one file that sets up a server for a class; RESIDUAL_SERVER names it.

It is read and checked as a whole: hosts and proxies, who teaches, and limits for a learner. Without
the file the defaults hold.
"""

import ipaddress
import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from base.messages import Message, UserError

FILE = "RESIDUAL_SERVER"
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
Count = Annotated[int, Meta(ge=1, le=1_000_000)]


class ServerFileError(UserError):
    """Raised for a file that cannot be read or has values that cannot be."""


class Server(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold where the app listens, the names by which browsers reach it, and the proxies before it.

    With `proxies` (addresses or networks), no other machine may connect.
    """

    address: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535)] = 8501
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()

    def networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """Return the proxies as networks. Raises ValueError if one is not a network."""
        return [ipaddress.ip_network(one) for one in self.proxies]


class People(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold who may enter and who teaches, by subject, by verified address, or by a claim.

    Without `learners` everyone whom the provider knows may enter. A login lasts `hours` hours.
    """

    teachers: tuple[str, ...] = ()
    learners: tuple[str, ...] = ()
    role_claim: str = ""
    teacher_values: tuple[str, ...] = ("teacher",)
    hours: Count = 12


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what one learner may use.

    The limits are for runs waiting or training, minutes of one run, snippets, warm processes for
    them, and space on the disk.
    """

    runs: Count = 6
    run_minutes: Count = 20
    snippets_an_hour: Count = 120
    warm_an_hour: Count = 40
    disk_mb: Count = 500


class ServerFile(Struct, frozen=True, forbid_unknown_fields=True):
    server: Server = Server()
    people: People = People()
    limits: Limits = Limits()


def current() -> ServerFile:
    """Return the contents of the file that the environment names, or the defaults without one."""
    named = os.environ.get(FILE)
    if not named:
        return ServerFile()
    path = Path(named)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error


def load(path: Path) -> ServerFile:
    """Read and check a file. Raises ServerFileError."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        found = msgspec.convert(told, ServerFile)
        found.server.networks()
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise unreadable(path, str(error)) from error
    for host in found.server.hosts:
        if not HOST.fullmatch(host):
            raise unreadable(path, f"hosts: {host!r} is no name; leave out https:// and the port")
    return found


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> ServerFile:
    return load(path)


def unreadable(path: Path, why: str) -> ServerFileError:
    """Return the error for a file whose contents are not as they should be."""
    values: dict[str, object] = {"path": str(path), "why": why}
    return ServerFileError(Message("class.server_file", values))
