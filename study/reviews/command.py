"""Prepare a PostgreSQL database, or move a log into it: python -m study database."""

import argparse
import sys
from pathlib import Path

from base.messages import UserError
from study.reviews.review import LOCAL
from study.reviews.storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["prepare", "import"])
    parser.add_argument("file", nargs="?", type=Path, help="an export, or a progress file")
    parser.add_argument("--grant", metavar="ROLE", help="the role that the app logs in with")
    parser.add_argument("--as", dest="profile", metavar="PROFILE", help="whose the rows become")


def main(options: argparse.Namespace) -> int:
    """Run the requested action on the database that RESIDUAL_DATABASE names."""
    try:
        store = Store()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        if options.action == "prepare":
            _prepare(store, options.grant)
        else:
            return _import(store, options.file, options.profile)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


def _prepare(store: Store, role: str | None) -> None:
    named = store.url.render_as_string(hide_password=True)
    if role:
        store.grant(role)
        print(f"{named} is up to date; {role} may read and append.")
    else:
        print(f"{named} is up to date.")


def _import(store: Store, file: Path | None, profile: str | None) -> int:
    if file is None or not file.is_file():
        print("Name the file: python -m study database import FILE", file=sys.stderr)
        return 2
    log = store if profile in (None, LOCAL) else store.of(str(profile))
    found = log.import_file(file.read_bytes())
    print(f"{found.new} rows are new, {found.known} were there already.")
    for one in found.aside:
        print(one.message, file=sys.stderr)
    return 0
