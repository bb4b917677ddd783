"""Let the learner say the answer against the clock and hear it again. Nothing leaves the page.

The browser makes and plays the recording, which is neither stored nor sent.
"""

from pathlib import Path

import streamlit as st

from ui.shell.i18n import t

HERE = Path(__file__)
HTML = """
<div class="aloud">
  <span class="lengths"></span>
  <button type="button" class="record" hidden></button>
  <progress max="1" value="0" hidden></progress>
  <output aria-live="polite"></output>
  <audio controls hidden></audio>
</div>
"""
_mount = st.components.v2.component(
    "residual_say_aloud",
    html=HTML,
    css=HERE.with_suffix(".css").read_text("utf-8"),
    js=HERE.with_suffix(".js").read_text("utf-8"),
)


def say_aloud(question_id: str) -> None:
    """Draw the clock for 30 seconds or two minutes, with an optional recording."""
    _mount(
        key=f"aloud_{question_id}",
        data={
            "lengths": [[30, t("aloud.short")], [120, t("aloud.answer")]],
            "stop": t("aloud.stop"),
            "record": t("aloud.record"),
            "recording": t("aloud.recording"),
            "left": t("aloud.left", left="{left}"),
            "over": t("aloud.over"),
            "denied": t("aloud.denied"),
            "question": question_id,
        },
    )
