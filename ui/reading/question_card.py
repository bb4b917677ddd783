"""Draw one question, whose answer is shown when the learner asks for it."""

import streamlit as st

from study.bank.question import Bank, FollowUp, Prose, Question
from ui.reading import read_marks
from ui.reading.say_aloud import say_aloud
from ui.shared import prose
from ui.shell import address, navigation
from ui.shell.appearance.heading import heading
from ui.shell.i18n import LANGUAGES, NAMES, language, named, of, t, tag_name

LENGTHS = ("short", "answer", "board")
SECONDS = {"short": 30, "answer": 120, "board": 300}  # time to say each length


def revealed() -> str:
    """Return the length of the answer that the address opens, or "" while it is closed."""
    given = address.value("answer", ("1", *LENGTHS))
    return LENGTHS[0] if given == "1" else given  # "1" is in links of version 0.1


def ask(question: Question, bank: Bank) -> None:
    """Draw the question as an interviewer asks it."""
    text = question.prose[language()]
    heading(of(question.title))
    topic = of(bank.topics.get(question.topic, {}))
    level = t("question.level", level=question.level)
    tags = (name for name in map(tag_name, question.tags) if name.lower() != topic.lower())
    st.caption(" · ".join((topic, level, *tags)))
    st.markdown("\n".join(f"> {line}" for line in text.ask.splitlines()))


def offer(question: Question) -> None:
    """Draw what comes before the answer: say it aloud, then look."""
    st.markdown(t("question.think"))
    say_aloud(question.id)
    st.button(
        t("question.reveal"),
        key="question_reveal",
        type="primary",
        shortcut="a",
        on_click=address.change,
        kwargs={"answer": LENGTHS[0]},
    )
    st.caption(t("questions.code_waits"))


def answer(question: Question, bank: Bank) -> None:
    """Draw the answer in the length of the address, then its key points."""
    read_marks.mark(question.id)
    text = question.prose[language()]
    st.header(t("question.the_answer"), anchor="answer")
    with st.container(horizontal=True, vertical_alignment="center", key="no_print_length"):
        st.segmented_control(
            t("question.length"),
            LENGTHS,
            format_func=named("question."),
            key="answer_length",
            required=True,
            label_visibility="collapsed",
            on_change=address.follow("answer", "answer_length", LENGTHS, LENGTHS[0], always=True),
        )
        beside = st.toggle(
            t("question.both"),
            key="question_both",
            on_change=address.follow("both", "question_both", (True, False), False),
        )
    length = revealed()
    if beside:
        for column, code in zip(st.columns(2), LANGUAGES, strict=True):
            with column:
                st.caption(NAMES[code])
                prose.show(getattr(question.prose[code], length), bank)
    else:
        prose.show(getattr(text, length), bank)
    _points(question, text)


def traps(question: Question, bank: Bank) -> None:
    """Draw common wrong statements, and why they are false."""
    text = question.prose[language()]
    if text.trap:
        st.header(t("question.trap"), anchor="traps")
        prose.show("\n".join(f"- {told}" for told in text.trap.values()), bank)


def follow_ups(question: Question, bank: Bank) -> None:
    """Draw the follow-up questions, each with its answer folded up."""
    follow = question.prose[language()].follow
    if follow:
        st.header(t("question.follow"), anchor="follow-ups")
        for one in follow:
            _follow_up(one, bank)


def sources(question: Question, bank: Bank) -> None:
    """Draw the sources that the answer cites."""
    st.header(t("question.sources"), anchor="sources")
    found = [bank.sources[key] for key in question.sources if key in bank.sources]
    st.markdown(
        "\n".join(
            f"- {prose.short_name(source.authors)} ({source.year}). [{source.title}]({source.url})"
            for source in found
        )
    )


def neighbours(question: Question, questions: list[Question], place: dict[str, str]) -> None:
    """Draw links to the previous and the next question of the filtered list."""
    at = next((n for n, one in enumerate(questions) if one.id == question.id), None)
    if at is None:
        return
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="no_print_near"):
        if at > 0:
            before = questions[at - 1]
            navigation.link("questions", f"← {of(before.title)}", q=before.id, **place)
        if at + 1 < len(questions):
            after = questions[at + 1]
            navigation.link("questions", f"{of(after.title)} →", q=after.id, **place)


def _points(question: Question, text: Prose) -> None:
    st.header(t("question.points"), anchor="points")
    said = {
        key: st.checkbox(
            f"{text.points.get(key, key)}{' **★**' if weight == 2 else ''}",
            key=f"point_{question.id}_{key}",
            persist_state="session",
        )
        for key, weight in question.points.items()
    }
    musts = [key for key in question.musts if said[key]]
    st.caption(
        t(
            "question.ticked",
            said=sum(said.values()),
            points=len(said),
            musts=len(musts),
            of=len(question.musts),
        )
    )


def _follow_up(one: FollowUp, bank: Bank) -> None:
    with st.expander(one.ask):
        prose.show(one.answer, bank)
        for deeper in one.then:
            _follow_up(deeper, bank)
