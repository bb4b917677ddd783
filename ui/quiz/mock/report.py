"""Write the report of a mock interview for the page, for paper, and as a file."""

import streamlit as st

from study.bank.question import Bank, Question
from study.practice import mock_interview as interview
from study.practice.mock_interview import Answered, Report, Session
from ui.quiz.mock.words import asked
from ui.shared import prose
from ui.shared.percent import percent
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, of, t

SIGNS = {"strong": ("✔", "green"), "partly": ("◐", "orange"), "weak": ("✘", "red")}

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
    """Draw the report of an interview, to practise from, print and download."""
    found = interview.report(session, bank)
    text = worded(session, found, bank)
    st.markdown(text)
    with st.container(horizontal=True, key="mock_foot"):
        if found.next_items and st.button(
            t("mock.practise", count=len(found.next_items)),
            type="primary",
            key="mock_practise",
            shortcut="n",
        ):
            navigation.go("quiz", items=",".join(found.next_items))
        if st.button(t("mock.another"), key="mock_another"):
            navigation.go("quiz", mode="mock")
    with st.container(horizontal=True, key="mock_paper"):
        _print_button()
        name = f"mock-{session.script.seed}.md"
        st.download_button(t("mock.download"), text, name, mime="text/markdown", on_click="ignore")


def _print_button() -> None:
    st.components.v2.component(
        "residual_print",
        html='<button type="button"></button>',
        css=PRINT_STYLE,
        js=PRINT_JS,
    )(data=t("mock.print"), key="mock_print", width="content")


def worded(session: Session, found: Report, bank: Bank) -> str:
    """Return the whole report as Markdown."""
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
    lines += ["", f"### {t('mock.transcript')}"]
    for number, answer in enumerate(found.answers, start=1):
        lines += _told(number, answer, session.script.language, bank)
    lines += _listed(t("mock.strong"), [_named(q, m, bank) for q, m in found.strong])
    lines += _listed(t("mock.weak"), [_named(q, m, bank) for q, m in found.weak])
    lines += _listed(t("mock.red"), [_flag(q, slug, bank) for q, slug in found.flags])
    lines += _listed(t("mock.next"), [_item(item, bank) for item in found.next_items])
    return "\n".join(lines)


def _told(number: int, answer: Answered, code: str, bank: Bank) -> list[str]:
    """Return one answer: the question, the mark, the time, and what to say instead."""
    mark = answer.mark
    question = bank.get(mark.ask.question)
    if question is None:
        return []
    sign, colour = SIGNS[mark.mark]
    how = f":{colour}[**{sign} {t(f'mock.mark_{mark.mark}')}**]"
    seconds = t("mock.seconds", seconds=f"{mark.seconds:.0f}")
    lines = ["", f"{number}. {asked(question, mark.ask, code)}  ", f"   {how} · {seconds}"]
    if answer.missed:
        lines.append(f"   - {t('mock.say_instead', what=_link(question, t('mock.whole')))}")
    for point in answer.missed:
        star = " **★**" if question.points[point] == 2 else ""
        lines.append(f"     - {prose.linked(question.prose[code].points[point], bank)}{star}")
    if mark.notes.strip():
        lines.append(f"   - {t('mock.about', what=t('mock.notes_kept'), told=as_text(mark.notes))}")
    return lines


def _link(question: Question, label: str) -> str:
    """Return a link to the answer. It opens in its own tab, because a report is read beside it."""
    return f"[{label}](questions?q={question.id}&lang={language()})"


def _listed(title: str, entries: list[str]) -> list[str]:
    return ["", f"### {title}", *(f"- {entry}" for entry in entries or [t("mock.none")])]


def _named(question_id: str, mean: float, bank: Bank) -> str:
    return f"{_title(question_id, bank)} · {percent(mean)}"


def _title(question_id: str, bank: Bank) -> str:
    """Return the title as a link, or the id of a question that no longer exists."""
    question = bank.get(question_id)
    return _link(question, of(question.title)) if question else as_text(question_id)


def _flag(question_id: str, slug: str, bank: Bank) -> str:
    """Return what was said wrongly, and where it is corrected."""
    words = of(bank.misconceptions.get(slug, {})) or as_text(slug)
    return t("mock.about", what=_title(question_id, bank), told=words)


def _item(item_id: str, bank: Bank) -> str:
    item = bank.item(item_id)
    if item is None:
        return as_text(item_id)
    prompt = of({language: text.prompt for language, text in item.text.items()})
    return t("mock.about", what=t(f"form.{item.form}"), told=prompt)
