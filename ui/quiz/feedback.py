"""What is shown after an answer: right or wrong, every choice with its reason, and why."""

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


def reveal(
    item: Item,
    question: Question | None,
    bank: Bank,
    answer,
    grade: Grade,
    confidence: float,
    key: str,
) -> None:
    with st.container(key="quiz_verdict"):
        _verdict(item, grade, t("quiz.stated", percent=f"{100 * confidence:.0f}"))
    SHOWN[item.form](item, question, bank, answer, key)
    prose.show(item.text[language()].why, bank)


def _verdict(item: Item, grade: Grade, stated: str) -> None:
    """Beside it how sure the learner was: the two are to be seen together."""
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


def _choices(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Each option with its reason; what was chosen is marked in words, not by colour alone."""
    _reasons(item, bank, grading.right_answer(item, question), answer, key)


def _reasons(item: Item, bank: Bank, right: str, chosen: object, key: str) -> None:
    """In the order in which they were asked, so that nothing jumps."""
    text, lines = item.text[language()], []
    for option in choosing.options(item, key):
        mark = "✔" if option == right else "✘" if option == chosen else "○"
        told = f"- **{mark}** {text.choices.get(option, option)}"
        if option == chosen:
            told += f" **{t('quiz.yours')}**"
        lines.append(_with_reason(told, text.reasons.get(option)))
    _list(lines, bank, key)


def _with_reason(told: str, reason: str | None) -> str:
    return f"{told}  \n  :small[{reason}]" if reason else told


def _list(lines: list[str], bank: Bank, key: str) -> None:
    """Marks stand where bullets would."""
    with st.container(key=f"reasons_{key}"):
        prose.show("\n".join(lines), bank)


def _sentences(item: Item, question, bank: Bank, answer, key: str) -> None:
    """The wrong sentence struck out, with its refutation; the others stand."""
    text, wrong, lines = item.text[language()], item.facts["wrong"], []
    for sentence in grading.choices(item):
        told = text.choices.get(sentence, sentence)
        line = f"- **✘** ~~{told}~~" if sentence == wrong else f"- **✔** {told}"
        if sentence == answer:
            line += f" **{t('quiz.yours' if sentence == wrong else 'quiz.yours_true')}**"
        lines.append(_with_reason(line, text.reasons.get(sentence)))
    _list(lines, bank, key)
    slug = item.facts.get("misconception", "")
    if slug in bank.misconceptions:
        st.caption(t("quiz.misconception", words=bank.misconceptions[slug].get(language(), slug)))


def _bug(item: Item, question, bank: Bank, answer, key: str) -> None:
    """The reasons, the line, and both versions to run: see the damage."""
    _reasons(item, bank, item.facts["answer"], answer["fix"], key)
    lines = grading.bug_lines(item)
    marks = {answer["line"]: "wrong"} | {line: "right" for line in lines}
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
    """What it printed when it was recorded, and the snippet to run here."""
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
    """The right order; where a line was put elsewhere, its place in the answer."""
    texts = item.text[language()].choices
    right = grading.right_answer(item, question)
    placed = [answer.index(step) + 1 for step in right]
    if item.facts.get("lines"):
        marks = {n: "right" if n == was else "wrong" for n, was in enumerate(placed, start=1)}
        show_lines("\n".join(right), t("quiz.order"), key, marks)
        return
    lines = []
    for number, (step, was) in enumerate(zip(right, placed, strict=True), start=1):
        told = f"- **{'✔' if was == number else '✘'}** {number}. {texts.get(step, step)}"
        lines.append(told if was == number else f"{told} :small[{t('quiz.put_at', place=was)}]")
    _list(lines, bank, key)


def _points(item: Item, question: Question, bank: Bank, answer, key: str) -> None:
    text = question.prose[language()]
    said = {
        point: "✔" if point in answer else "✘" for point in grading.right_answer(item, question)
    }
    told = [f"- **{mark}** {text.points.get(p, p)}" for p, mark in said.items()]
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
    """The solution, and what the learner wrote."""
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
