"""python -m ui: starts the app with a launch token, for machines that others use too.

Only sessions that come by the printed link may edit code, train, and keep progress.
"""

import os
import secrets
import sys
from pathlib import Path

from ui.launch import TOKEN

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    from streamlit.web import cli

    token = secrets.token_urlsafe(24)
    os.environ[TOKEN] = token
    port = next((a.split("=")[1] for a in sys.argv if a.startswith("--server.port=")), "8501")
    print(f"Open http://127.0.0.1:{port}/?token={token}", flush=True)
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *sys.argv[1:]]
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
