"""Draw what follows an answer: right or wrong, every choice with its reason, and why."""

import streamlit as st

from study.bank import units
from study.bank.question import Bank, Item, Question
from study.practice import grading
from study.practice.grading import Grade
from ui.quiz.forms import chart_reading, choosing
from ui.quiz.forms.lines import show_lines
from ui.quiz.forms.run_code import run_both, run_one
from ui.shared import prose
from ui.shell.i18n import language, t

HALF = {"order": "quiz.half_order", "bug": "quiz.half_bug"}
MARKS = {
    "right": ("✔", "green"),
    "wrong": ("✘", "red"),
    "found": ("✔", "green"),
    "missed": ("✘", "red"),
    "true": ("✘", "red"),
    "said": ("✔", "green"),
    "left_out": ("✘", "red"),
}


def reveal(
    item: Item,
    question: Question | None,
    bank: Bank,
    answer,
    grade: Grade,
    confidence: float,
    key: str,
) -> None:
    """Draw the verdict, what the form of the item shows, and the explanation."""
    with st.container(key="quiz_verdict"):
        _verdict(item, grade, t("quiz.stated", percent=f"{100 * confidence:.0f}"))
    SHOWN[item.form](item, question, bank, answer, key)
    prose.show(item.text[language()].why, bank)


def _verdict(item: Item, grade: Grade, stated: str) -> None:
    """Draw the verdict beside the stated confidence, so that the learner compares them."""
    percent = f"{100 * grade.score:.0f}"
    if grade.correct:
        st.success(f"**{t('quiz.right')}** {stated}", icon=":material/check:")
    elif item.form == "recall":
        st.warning(f"**{t('quiz.points_missing', percent=percent)}** {stated}")
    elif grade.rating == grading.HARD:
        st.warning(f"**{t('quiz.half_code')}** {stated}", icon=":material/check:")
    else:
        key = "quiz.wrong" if grade.score == 0 else HALF.get(item.form, "quiz.half")
        st.error(f"**{t(key, percent=percent)}** {stated}", icon=":material/close:")


def _mark(kind: str) -> str:
    """Return a sign with its word, so that colour is never the only mark."""
    sign, colour = MARKS[kind]
    return f":{colour}[**{sign} {t(f'quiz.mark_{kind}')}**]"


def _choices(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw each option with its reason; words mark the choice, not colour alone."""
    _reasons(item, bank, grading.right_answer(item, question), answer, key)


def _reasons(item: Item, bank: Bank, right: str, chosen: object, key: str) -> None:
    """Draw the reasons in the order in which the options were asked."""
    text, lines = item.text[language()], []
    for option in choosing.options(item, key):
        told = text.choices.get(option, option)
        if option == right:
            told = f"{_mark('right')} {told}"
        elif option == chosen:
            told = f"{_mark('wrong')} {told}"
        if option == chosen:
            told += f" **{t('quiz.yours')}**"
        lines.append(_with_reason(f"- {told}", text.reasons.get(option)))
    _list(lines, bank, key)


def _with_reason(told: str, reason: str | None) -> str:
    return f"{told}  \n  :small[{reason}]" if reason else told


def _list(lines: list[str], bank: Bank, key: str) -> None:
    """Draw a list with marks in the place of bullets."""
    with st.container(key=f"reasons_{key}"):
        prose.show("\n".join(lines), bank)


def _sentences(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw the sentences with the wrong one struck out and refuted."""
    text, wrong, lines = item.text[language()], item.facts["wrong"], []
    for sentence in choosing.options(item, key):
        told = text.choices.get(sentence, sentence)
        if sentence == wrong:
            told = f"{_mark('found' if answer == wrong else 'missed')} ~~{told}~~"
        elif sentence == answer:
            told = f"{_mark('true')} {told}"
        if sentence == answer:
            told += f" **{t('quiz.yours')}**"
        lines.append(_with_reason(f"- {told}", text.reasons.get(sentence)))
    _list(lines, bank, key)
    slug = item.facts.get("misconception", "")
    if slug in bank.misconceptions:
        st.caption(t("quiz.misconception", words=bank.misconceptions[slug].get(language(), slug)))


def _bug(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw the reasons, the line, and both versions to run."""
    _reasons(item, bank, item.facts["answer"], answer["fix"], key)
    taken = answer["line"] in grading.accepted_lines(item)
    marks = {line: "right" for line in grading.bug_lines(item)}
    marks |= {answer["line"]: "right" if taken else "wrong"}
    show_lines(item.files[""], t("quiz.bug_shown"), key, marks)
    with st.expander(t("quiz.fixed")):
        st.code(item.files[".fixed"], language="python", line_numbers=True)
    kind, _, shown = str(item.facts.get("symptom", "")).partition(":")
    if shown:
        st.caption(t(f"quiz.symptom_{kind}"))
        st.code(shown.strip(), language=None)
    versions = {
        t("quiz.version_bug"): item.files[""],
        t("quiz.version_fixed"): item.files[".fixed"],
    }
    run_both(key, versions)


def _output(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw the recorded output, and the snippet to run here."""
    left, right = st.columns(2)
    with left:
        st.caption(t("quiz.output_yours"))
        st.code(str(answer), language=None, wrap_lines=True)
    with right:
        st.caption(t("quiz.output_recorded"))
        st.code(str(grading.right_answer(item, question)), language=None, wrap_lines=True)
    st.code(item.files[""], language="python", line_numbers=True)
    run_one(key, item.files[""], t("quiz.run"), shipped=True)


def _number(item: Item, question, bank: Bank, answer, key: str) -> None:
    if "run" in item.facts:
        chart_reading.draw(item, f"shown_{key}")
    right = item.facts["answer"]
    shown = "×".join(map(str, right)) if item.form == "shape" else _plain(float(right))
    unit = units.word(str(item.facts.get("unit", "")), language())
    st.markdown(t("quiz.answer_is", answer=shown, unit=unit))
    st.markdown(t("quiz.you_said", answer=f"`{str(answer).replace('`', '')}`"))


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.5g}"


def _order(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw the right order, and mark each step that the answer put before one it needs."""
    texts = item.text[language()].choices
    right = grading.right_answer(item, question)
    held = grading.held_pairs(item, answer)
    fine = {step: all(kept for pair, kept in held.items() if step in pair) for step in right}
    if item.facts.get("lines"):
        marks = {n: "right" if fine[step] else "wrong" for n, step in enumerate(right, start=1)}
        show_lines("\n".join(right), t("quiz.order"), key, marks)
        return
    lines = []
    for number, step in enumerate(right, start=1):
        sign = ":green[**✔**]" if fine[step] else ":red[**✘**]"
        told = f"- {sign} {number}. {texts.get(step, step)}"
        place = answer.index(step) + 1
        lines.append(told if fine[step] else f"{told} :small[{t('quiz.put_at', place=place)}]")
    _list(lines, bank, key)


def _points(item: Item, question: Question, bank: Bank, answer, key: str) -> None:
    text = question.prose[language()]
    marks = {p: "said" if p in answer else "left_out" for p in grading.right_answer(item, question)}
    told = [f"- {_mark(mark)} {text.points.get(p, p)}" for p, mark in marks.items()]
    _list(told, bank, key)
    notes = st.session_state.get(f"kept_notes_{key}")
    if notes:
        st.caption(t("quiz.notes_yours"))
        st.text(notes)
    with st.expander(t("quiz.short_answer")):
        prose.show(text.short, bank)


def _chart(item: Item, question, bank: Bank, answer, key: str) -> None:
    chart_reading.draw(item, f"shown_{key}")
    _choices(item, question, bank, answer, key)


def _code(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Draw the solution, and what the learner wrote."""
    st.code(item.files.get(".solution", ""), language="python", line_numbers=True)
    with st.expander(t("quiz.code_yours")):
        st.code(answer["code"], language="python", line_numbers=True)


SHOWN = {
    "recall": _points,
    "choice": _choices,
    "answer": _sentences,
    "bug": _bug,
    "number": _number,
    "shape": _number,
    "output": _output,
    "order": _order,
    "chart": _chart,
    "code": _code,
}
