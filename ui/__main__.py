"""python -m ui: start the app with a launch token, for machines that others use too.

Only sessions that come by the printed link may edit code, train, and keep progress.
"""

import os
import secrets
import sys
from pathlib import Path

from ui.shell.launch import TOKEN

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    from streamlit.web import cli

    token = secrets.token_urlsafe(24)
    os.environ[TOKEN] = token
    print(f"Open {link(sys.argv[1:], token)}", flush=True)
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *sys.argv[1:]]
    return cli.main()


def link(arguments: list[str], token: str) -> str:
    """Return the link with the address and port that Streamlit takes from its options."""
    address = _option(arguments, "address") or "127.0.0.1"
    host = "127.0.0.1" if address in ("0.0.0.0", "::", "localhost") else address
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{_option(arguments, 'port') or '8501'}/?token={token}"


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
