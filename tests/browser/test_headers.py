"""What the headers forbid, a browser refuses; and nothing of the app is among it."""

from playwright.sync_api import expect

from tests.browser.test_snippets import QUESTION, SLOW_MS, write

FIGURE = """
import matplotlib.pyplot as plt
plt.figure(figsize=(2, 1))
plt.plot([1, 2])
print("drawn")
"""
FOREIGN = """
const image = document.createElement("img");
image.src = "http://198.51.100.7/x.png";
document.body.append(image);
"""


def test_pages_editor_figures_and_charts_work_and_another_host_is_refused(visit):
    refused = []
    visit.page.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
    )
    visit.open(QUESTION)
    write(visit.page, FIGURE)
    visit.page.keyboard.press("Control+Enter")
    figure = visit.page.get_by_role("img").and_(visit.page.locator("[src^='data:image/png']"))
    expect(figure).to_be_visible(timeout=SLOW_MS)
    assert figure.evaluate("one => one.naturalWidth") > 100
    for page in ("Today", "Lab", "Quiz", "Progress", "Settings"):
        visit.menu(page)
    assert refused == []
    other = visit.page.context.new_page()  # what this one asks for is meant to be refused
    other.goto(visit.server.url)
    with other.expect_event("console", lambda said: "198.51.100.7" in said.text) as heard:
        other.evaluate(FOREIGN)
    assert "img-src" in heard.value.text
    other.close()
