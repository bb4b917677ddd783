"""Start the app for machines that others use too: python -m ui.

The command prints a link with a launch token: only sessions that come by it may edit code, train,
and keep progress. `--class FILE` starts the app for a class that logs in, as the file says.
"""

import os
import secrets
import socket
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from psutil import net_if_addrs

from base.messages import UserError
from study.classroom import server_file
from ui.shell import logs, metrics
from ui.shell.visitors.launch import TOKEN

ROOT = Path(__file__).resolve().parent.parent
CLASS, SECRETS = "--class", "--secrets"


def main() -> int:
    from streamlit.web import cli

    logs.begin()
    try:
        metrics.begin()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    arguments = sys.argv[1:]
    if CLASS in arguments:
        try:
            options = for_a_class(arguments)
        except UserError as error:
            print(error, file=sys.stderr)
            return 1
    else:
        token = secrets.token_urlsafe(24)
        os.environ[TOKEN] = token
        print(f"Open {link(arguments, token)}", flush=True)
        options = [*hosts(arguments), *arguments]
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *options]
    return cli.main()


def for_a_class(arguments: Sequence[str]) -> list[str]:
    """Return Streamlit's options for a class. Both files are read and checked before it starts.

    Raises ServerFileError.
    """
    rest = list(arguments)
    file, login = _taken(rest, CLASS), _taken(rest, SECRETS)
    found = server_file.load(Path(file))
    _check_login(Path(login) if login else ROOT / ".streamlit" / "secrets.toml")
    os.environ[server_file.FILE] = str(Path(file).resolve())
    where = found.server
    names = where.hosts or ("localhost", "127.0.0.1")
    return [
        f"--server.address={where.address}",
        f"--server.port={where.port}",
        f"--browser.serverAddress={names[0]}",
        *(f"--server.allowedHosts={name}" for name in names),
        *([f"--secrets.files={login}"] if login else []),
        *(["--logger.hideWelcomeMessage=true"] if logs.wanted() else []),
        *rest,
    ]


def _taken(arguments: list[str], name: str) -> str:
    """Remove an option and its value from the arguments. Return the value, or "" without one."""
    if name not in arguments:
        return ""
    at = arguments.index(name)
    value = arguments[at + 1] if at + 1 < len(arguments) else ""
    del arguments[at : at + 2]
    return value


def _check_login(path: Path) -> None:
    """Raise ServerFileError if the login lacks a setting, before anyone clicks on it."""
    try:
        told = tomllib.loads(path.read_text("utf-8")).get("auth", {})
    except (OSError, ValueError) as error:
        raise server_file.unreadable(path, str(error)) from error
    wanted = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
    missing = [name for name in wanted if not told.get(name)]
    if missing:
        raise server_file.unreadable(path, f"[auth] lacks {', '.join(missing)}")
    if not str(told["redirect_uri"]).endswith("/oauth2callback"):
        raise server_file.unreadable(path, "redirect_uri does not end with /oauth2callback")
    if len(str(told["cookie_secret"])) < 32:
        raise server_file.unreadable(path, "cookie_secret has fewer than 32 characters")


def link(arguments: list[str], token: str) -> str:
    """Return the link with the address and port that Streamlit takes from its options."""
    address = _option(arguments, "address") or "127.0.0.1"
    host = "127.0.0.1" if address in ("0.0.0.0", "::", "localhost") else address
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{_option(arguments, 'port') or '8501'}/?token={token}"


def hosts(arguments: list[str]) -> list[str]:
    """Return the options that let a browser come by this machine's own names and addresses.

    They are needed if other machines can reach this one. A page under another name that points here
    (DNS rebinding) is still refused.
    """
    address = _option(arguments, "address")
    told = _option(arguments, "allowedHosts") or os.environ.get("STREAMLIT_SERVER_ALLOWED_HOSTS")
    if told or address in ("", "127.0.0.1", "localhost", "::1") or address.startswith("unix:"):
        return []
    mine = {"127.0.0.1", "localhost", address}
    if address in ("0.0.0.0", "::"):
        mine |= {socket.gethostname(), socket.getfqdn()}
        mine |= {a.address.split("%")[0] for every in net_if_addrs().values() for a in every
                 if a.family in (socket.AF_INET, socket.AF_INET6)}  # fmt: skip
    return [f"--server.allowedHosts={name}" for name in sorted(mine - {"0.0.0.0", "::"})]


def _option(arguments: list[str], name: str) -> str:
    """Return an option given as `--server.port=1`, `--server.port 1` or in the environment."""
    flag = f"--server.{name}"
    for at, argument in enumerate(arguments):
        if argument.startswith(f"{flag}="):
            return argument.partition("=")[2]
        if argument == flag and at + 1 < len(arguments):
            return arguments[at + 1]
    return os.environ.get(f"STREAMLIT_SERVER_{name.upper()}", "")


if __name__ == "__main__":
    sys.exit(main())
