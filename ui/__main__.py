"""Start the app with a launch token, for machines that others use too: python -m ui.

Only sessions that come by the printed link may edit code, train, and keep progress.
"""

import os
import secrets
import socket
import sys
from pathlib import Path

from psutil import net_if_addrs

from ui.shell.launch import TOKEN

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    from streamlit.web import cli

    token = secrets.token_urlsafe(24)
    os.environ[TOKEN] = token
    print(f"Open {link(sys.argv[1:], token)}", flush=True)
    reached_by = hosts(sys.argv[1:])
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *reached_by, *sys.argv[1:]]
    return cli.main()


def link(arguments: list[str], token: str) -> str:
    """Return the link with the address and port that Streamlit takes from its options."""
    address = _option(arguments, "address") or "127.0.0.1"
    host = "127.0.0.1" if address in ("0.0.0.0", "::", "localhost") else address
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{_option(arguments, 'port') or '8501'}/?token={token}"


def hosts(arguments: list[str]) -> list[str]:
    """Return the options that let a browser come by this machine's own names and addresses.

    They are needed if other machines can reach this one. A page of another name that points here
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
