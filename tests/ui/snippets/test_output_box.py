"""What a snippet put out, as a page shows it."""

import base64

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from study.sandbox.limits import Limits
from study.sandbox.running import output
from tests.study.sandbox.running.test_output import png


def test_a_figure_reaches_the_browser_as_it_is_and_the_app_decodes_nothing(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *_: pytest.fail("decoded in the app"))
    figure = output.figure(png(10, 20), Limits())
    page = AppTest.from_function(_page, args=(figure,)).run()
    assert not page.exception
    (shown,) = [one.proto.imgs[0].url for one in page.main if hasattr(one.proto, "imgs")]
    assert base64.b64decode(shown.removeprefix("data:image/png;base64,")) == figure.png


def _page(figure):
    from ui.snippets.output_box import show

    show("", "", (figure,))
