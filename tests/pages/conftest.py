"""Run the entry script with AppTest, opened on one page in one language."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from study.sandbox.running.pool import Pool

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("home", "questions", "claims", "lab", "quiz", "progress", "glossary", "settings")


@pytest.fixture
def open_page(monkeypatch):
    """Return `open_page("lab", "zh", preset="skips-56")`, which opens a page for a first visit."""
    # Looking starts no worker and warms up no process for snippets.
    monkeypatch.setattr("resnet_core.jobs.warm", lambda: None)
    monkeypatch.setattr(Pool, "want", lambda pool, kind: None)

    def opened(name: str, language: str = "en", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        app.query_params.update({"lang": language, **query})
        if name == "class_":  # AppTest knows its address only after a first page
            app.run()
        if name != "home":  # as from a link: it is the first page that is drawn
            app.switch_page(str(ROOT / "pages" / f"{name}.py"))
        app.run()
        assert not app.exception, app.exception[0].message
        return app

    return opened


def texts(app: AppTest) -> str:
    """Return everything that a person reads on the page."""
    kinds = ("title", "header", "subheader", "markdown", "caption")
    kinds += ("info", "warning", "error", "success")
    return "\n".join(str(part.value) for kind in kinds for part in getattr(app, kind))
