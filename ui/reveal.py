"""What is shown after an answer: right or wrong, every choice with its reason, and why."""

import streamlit as st

from study import quiz as grading
from study.question import Bank, Item, Question
from study.quiz import Grade
from ui import prose
from ui.forms import reading
from ui.forms.lines import show_lines
from ui.forms.running import run_both, run_one
from ui.texts import language, t


def reveal(
    item: Item, question: Question | None, bank: Bank, answer, grade: Grade, key: str
) -> None:
    _verdict(item, grade)
    SHOWN[item.form](item, question, bank, answer, key)
    prose.show(item.text[language()].why, bank)


def _verdict(item: Item, grade: Grade) -> None:
    if grade.correct:
        st.success(t("quiz.right"), icon=":material/check:")
    elif item.form == "recall":
        st.warning(t("quiz.points_missing", percent=f"{100 * grade.score:.0f}"))
    elif grade.score > 0:
        st.error(t("quiz.half", percent=f"{100 * grade.score:.0f}"), icon=":material/close:")
    else:
        st.error(t("quiz.wrong"), icon=":material/close:")


def _choices(item: Item, question, bank: Bank, answer, key: str) -> None:
    """Each option with its reason; what was chosen is marked in words, not by colour alone."""
    _reasons(item, bank, grading.right_answer(item, question), answer)


def _reasons(item: Item, bank: Bank, right: str, chosen: object) -> None:
    text = item.text[language()]
    for option in grading.choices(item):
        mark = "✔" if option == right else "✘" if option == chosen else "·"
        told = f"- **{mark}** {text.choices.get(option, option)}"
        if option == chosen:
            told += f" **{t('quiz.yours')}**"
        if text.reasons.get(option):
            told += f"  \n  :small[{text.reasons[option]}]"
        prose.show(told, bank)


def _sentences(item: Item, question, bank: Bank, answer, key: str) -> None:
    """The wrong sentence struck out, with its refutation; the others stand."""
    text, wrong = item.text[language()], item.facts["wrong"]
    for sentence in grading.choices(item):
        told = text.choices.get(sentence, sentence)
        line = f"- **✘** ~~{told}~~" if sentence == wrong else f"- ✔ {told}"
        if sentence == answer:
            line += f" **{t('quiz.yours')}**"
        if text.reasons.get(sentence):
            line += f"  \n  :small[{text.reasons[sentence]}]"
        prose.show(line, bank)
    slug = item.facts.get("misconception", "")
    if slug in bank.misconceptions:
        st.caption(t("quiz.misconception", words=bank.misconceptions[slug].get(language(), slug)))


def _bug(item: Item, question, bank: Bank, answer, key: str) -> None:
    """The line, the reasons, and both versions to run: see the damage."""
    lines = grading.bug_lines(item)
    marks = {answer["line"]: "wrong"} | {line: "right" for line in lines}
    show_lines(item.files[""], t("quiz.bug_shown"), key, marks)
    _reasons(item, bank, item.facts["answer"], answer["fix"])
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
    st.code(item.files[""], language="python", line_numbers=True)
    left, right = st.columns(2)
    with left:
        st.caption(t("quiz.output_yours"))
        st.code(str(answer), language=None, wrap_lines=True)
    with right:
        st.caption(t("quiz.output_recorded"))
        st.code(str(grading.right_answer(item, question)), language=None, wrap_lines=True)
    run_one(key, item.files[""], t("quiz.run"), shipped=True)


def _number(item: Item, question, bank: Bank, answer, key: str) -> None:
    if "run" in item.facts:
        reading.draw(item, f"shown_{key}")
    right = item.facts["answer"]
    shown = "×".join(map(str, right)) if item.form == "shape" else _plain(float(right))
    st.markdown(t("quiz.answer_is", answer=shown, unit=item.facts.get("unit", "")))
    st.markdown(t("quiz.you_said", answer=f"`{str(answer).replace('`', '')}`"))


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.5g}"


def _order(item: Item, question, bank: Bank, answer, key: str) -> None:
    texts = item.text[language()].choices
    right = grading.right_answer(item, question)
    if item.facts.get("lines"):
        st.code("\n".join(right), language="python", line_numbers=True)
        return
    lines = []
    for number, step in enumerate(right, start=1):
        mark = "✔" if answer[number - 1] == step else "✘"
        lines.append(f"{number}. **{mark}** {texts.get(step, step)}")
    prose.show("\n".join(lines), bank)


def _points(item: Item, question: Question, bank: Bank, answer, key: str) -> None:
    text = question.prose[language()]
    for point in grading.right_answer(item, question):
        mark = "✔" if point in answer else "✘"
        prose.show(f"- **{mark}** {text.points.get(point, point)}", bank)
    notes = st.session_state.get(f"kept_notes_{key}")
    if notes:
        st.caption(t("quiz.notes_yours"))
        st.text(notes)
    with st.expander(t("quiz.short_answer")):
        prose.show(text.short, bank)


def _chart(item: Item, question, bank: Bank, answer, key: str) -> None:
    reading.draw(item, f"shown_{key}")
    _choices(item, question, bank, answer, key)


def _code(item: Item, question, bank: Bank, answer, key: str) -> None:
    st.code(item.files.get(".solution", ""), language="python", line_numbers=True)


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
