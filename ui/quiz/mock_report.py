"""The report of a mock interview: on the page, on paper, and as a file."""

import streamlit as st

from study.bank.question import Bank
from study.practice import mock_interview as interview
from study.practice.mock_interview import Report, Session
from ui.shell import navigation
from ui.shell.i18n import of, t
from ui.shell.outside import as_text

PRINT_CSS = """
<style>
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], .stButton, .stDownloadButton,
  .stPageLink, .stButtonGroup, .st-key-mock_paper { display: none !important; }
  [data-testid="stMain"], [data-testid="stAppViewContainer"], .stApp {
    position: static !important; overflow: visible !important; height: auto !important; }
}
</style>
"""
PRINT_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data;
  button.onclick = () => window.print();
}
"""
PRINT_STYLE = """
button { font: inherit; font-family: var(--st-font); font-size: 0.875rem; min-height: 2.5rem;
  padding: 0.25rem 0.75rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); }
"""


def mock_report(session: Session, bank: Bank) -> None:
    st.html(PRINT_CSS)
    found = interview.report(session, bank)
    text = worded(session, found, bank)
    st.markdown(text)
    for item_id in found.next_items[:1]:
        navigation.link("quiz", t("mock.practise"), mode="today", question=item_id.split("/")[0])
    with st.container(horizontal=True, key="mock_paper"):
        _print_button()
        name = f"mock-{session.script.seed}.md"
        st.download_button(t("mock.download"), text, name, mime="text/markdown")


def _print_button() -> None:
    st.components.v2.component(
        "residual_print",
        html='<button type="button"></button>',
        css=PRINT_STYLE,
        js=PRINT_JS,
    )(data=t("mock.print"), key="mock_print", width="content")


def worded(session: Session, found: Report, bank: Bank) -> str:
    """The whole report as Markdown."""
    script = session.script
    lines = [
        f"## {t('mock.report')}",
        t(
            "mock.summary",
            minutes=script.minutes,
            role=t(f"mock.role_{script.role}"),
            asked=found.asked,
            used=f"{found.minutes:.1f}",
            score=f"{100 * found.score:.0f}",
            seed=script.seed,
        ),
    ]
    if found.stated is not None:
        told = {"stated": f"{100 * found.stated:.0f}", "score": f"{100 * found.score:.0f}"}
        lines += ["", t("mock.sure", **told)]
    lines += _listed(t("mock.strong"), [_named(q, m, bank) for q, m in found.strong])
    lines += _listed(t("mock.weak"), [_named(q, m, bank) for q, m in found.weak])
    lines += _listed(t("mock.red"), [_flag(slug, bank) for _, slug in found.flags])
    lines += _listed(t("mock.next"), [_item(item, bank) for item in found.next_items])
    notes = [
        t("mock.about", what=_title(m.ask.question, bank), told=as_text(m.notes))
        for m in session.marks
        if m.notes.strip()
    ]
    lines += _listed(t("mock.notes_kept"), notes)
    return "\n".join(lines)


def _listed(title: str, entries: list[str]) -> list[str]:
    return ["", f"### {title}", *(f"- {entry}" for entry in entries or [t("mock.none")])]


def _named(question_id: str, mean: float, bank: Bank) -> str:
    return f"{_title(question_id, bank)} ({100 * mean:.0f} %)"


def _title(question_id: str, bank: Bank) -> str:
    question = bank.get(question_id)
    return of(question.title) if question else as_text(question_id)


def _flag(slug: str, bank: Bank) -> str:
    return of(bank.misconceptions.get(slug, {})) or as_text(slug)


def _item(item_id: str, bank: Bank) -> str:
    item = bank.item(item_id)
    if item is None:
        return as_text(item_id)
    prompt = of({language: text.prompt for language, text in item.text.items()})
    return t("mock.about", what=t(f"form.{item.form}"), told=prompt)
