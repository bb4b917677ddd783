"""The exact versions are those of one moment, and none that the bounds name is missing."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
NAMED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[\w+\])?[<>=~]", re.MULTILINE)


def pinned(path: str) -> set[tuple[str, str]]:
    return set(PINNED.findall((ROOT / path).read_text("utf-8")))


def test_ci_installs_the_versions_that_people_get():
    """And not the driver of PostgreSQL, which no test of CI needs."""
    locked, people = pinned(".ci/locked.txt"), pinned("constraints.txt")
    assert locked < people
    assert {"psycopg", "psycopg-binary"} <= {name for name, _ in people - locked}


def test_every_requirement_has_its_exact_version():
    known = {name.lower() for name, _ in pinned("constraints.txt")}
    asked = {
        name.lower()
        for path in ("requirements.txt", "requirements-dev.txt", "requirements-server.txt")
        for name in NAMED.findall((ROOT / path).read_text("utf-8"))
    }
    assert len(asked) > 20
    assert asked <= known
