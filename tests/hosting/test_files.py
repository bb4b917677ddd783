"""The files that ship for a server say what the app takes, and each other's names."""

import re
import tomllib
from pathlib import Path

from study.classroom import server_file
from ui.__main__ import CLASS, SECRETS

ROOT = Path(__file__).resolve().parents[2]
HOSTING = ROOT / "hosting"


def test_the_file_of_the_server_is_one_that_the_app_takes():
    found = server_file.load(HOSTING / "server.toml")
    assert found.server.proxies and found.server.hosts == ("residual.example.org",)
    assert found.limits == server_file.Limits()  # what it shows are the defaults


def test_the_login_has_every_field_and_no_secret():
    told = tomllib.loads((HOSTING / "secrets.example.toml").read_text("utf-8"))["auth"]
    assert told["redirect_uri"].endswith("/oauth2callback") and len(told) == 5


def test_the_image_holds_every_folder_of_the_app_and_runs_as_nobody_special():
    text = (HOSTING / "Containerfile").read_text("utf-8")
    for folder in ("base", "locales", "pages", "questions", "resnet_core", "study", "ui"):
        assert f"COPY {folder} {folder}" in text
    assert text.index("USER 10001") < text.index('CMD ["python", "-m", "ui"')
    assert f'"{CLASS}", "/etc/residual/server.toml"' in text and f'"{SECRETS}"' in text
    assert "/_stcore/health" in text


def test_compose_and_nginx_name_the_same_two_replicas_read_only():
    compose = (HOSTING / "compose.yaml").read_text("utf-8")
    replicas = set(re.findall(r"^  (app\d+): \*app$", compose, re.M))
    named = set(re.findall(r"upstream (app\d+) ", (HOSTING / "nginx.conf").read_text("utf-8")))
    assert replicas == named == {"app1", "app2"}
    assert "read_only: true" in compose and "cap_drop: [ALL]" in compose
    assert "no-new-privileges:true" in compose


def test_what_the_server_needs_besides_stands_in_its_own_file():
    alone = (ROOT / "requirements.txt").read_text("utf-8").lower()
    server = (ROOT / "requirements-server.txt").read_text("utf-8").lower()
    for package in ("authlib", "httpx", "psycopg"):
        assert package in server and package not in alone
