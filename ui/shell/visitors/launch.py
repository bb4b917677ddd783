"""Name the environment variable that carries the launch token from `python -m ui` to the server."""

TOKEN = "RESIDUAL_LAUNCH_TOKEN"
