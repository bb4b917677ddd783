"""Provide both databases of a log; each test runs on both."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from study.reviews.storage.store import Store


@pytest.fixture(scope="session")
def postgres():
    """Yield a PostgreSQL server for these tests. Skips without one, except in CI."""
    if os.environ.get("CI"):
        pytest.skip("CI has no PostgreSQL; the same tests run on SQLite")
    from tests.study.reviews import postgres_server

    try:
        server = postgres_server.started()
    except postgres_server.MissingError as missing:
        pytest.skip(str(missing))
    yield server
    postgres_server.ended(server)


@dataclass
class Database:
    """Hold a database. `new()` returns the URL of an empty one.

    `store()` returns an open log without rows, which SQLite keeps in memory.
    """

    kind: str
    new: Callable[[], str]
    log: Callable[[], str]
    opened: list[Store] = field(default_factory=list)

    def store(self, url: str = "") -> Store:
        self.opened.append(Store(url or self.log()))
        return self.opened[-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        taken: list[str] = []

        def log() -> str:
            taken.append(server.log())
            return taken[-1]

        made = Database(request.param, server.new, log)
    else:
        numbers = iter(range(1_000))

        def new() -> str:
            return f"sqlite:///{tmp_path / f'progress-{next(numbers)}.sqlite'}"

        taken, made = [], Database(request.param, new, lambda: "sqlite://")
    yield made
    for store in made.opened:
        store.close()
    for url in taken:
        server.give_back(url)


@pytest.fixture
def log(database) -> Store:
    """Return an empty log in either database."""
    return database.store()
