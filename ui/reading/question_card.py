"""One question: asked first, answered when the learner asks for it."""

import streamlit as st

from study.bank.question import Bank, FollowUp, Prose, Question
from ui.shared import prose
from ui.shell import navigation
from ui.shell.i18n import LANGUAGES, NAMES, language, named, of, t, tag_name
from ui.shell.style import WIDE

LENGTHS = ("short", "answer", "board")
ANSWER = "answer"  # in the link once it was shown, so that a reload shows it again


def question_card(question: Question, bank: Bank) -> None:
    text = question.prose[language()]
    st.title(of(question.title), anchor=False)
    topic = of(bank.topics.get(question.topic, {}))
    level = t("question.level", level=question.level)
    tags = (name for name in map(tag_name, question.tags) if name.lower() != topic.lower())
    st.caption(" · ".join((topic, level, *tags)))
    st.markdown("\n".join(f"> {line}" for line in text.ask.splitlines()))
    if not revealed(question):
        _offer(question)
        return
    _answer(question, bank, text)
    _points(question, text)
    if text.trap:
        st.subheader(t("question.trap"), anchor=False)
        prose.show("\n".join(f"- {told}" for told in text.trap.values()), bank)


def after_card(question: Question, bank: Bank) -> None:
    """Follow-ups and sources."""
    follow = question.prose[language()].follow
    if follow:
        st.subheader(t("question.follow"), anchor=False)
        for one in follow:
            _follow_up(one, bank)
    st.subheader(t("question.sources"), anchor=False)
    found = [bank.sources[key] for key in question.sources if key in bank.sources]
    st.markdown(
        "\n".join(
            f"- {prose.short_name(source.authors)} ({source.year}). [{source.title}]({source.url})"
            for source in found
        )
    )


def _reveal_key(question: Question) -> str:
    return f"revealed_{question.id}"


def revealed(question: Question) -> bool:
    """Whether the answer was asked for, in this session or before a reload of the page."""
    if st.query_params.get(ANSWER) == "1":
        st.session_state[_reveal_key(question)] = True
    shown = bool(st.session_state.get(_reveal_key(question)))
    if shown and st.query_params.get(ANSWER) != "1":
        st.query_params[ANSWER] = "1"
    return shown


def _offer(question: Question) -> None:
    st.info(t("question.think"), icon=":material/record_voice_over:")
    if st.button(t("question.reveal"), key="question_reveal", type="primary", shortcut="a"):
        st.session_state[_reveal_key(question)] = True
        st.rerun()
    st.caption(t("questions.code_waits"))


def _answer(question: Question, bank: Bank, text: Prose) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        length = st.segmented_control(
            t("question.length"),
            LENGTHS,
            format_func=named("question."),
            default="short",
            key=f"length_{question.id}",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        beside = st.toggle(t("question.both"), key="question_both", persist_state="session")
    if beside:
        st.html(WIDE)
        for column, code in zip(st.columns(2), LANGUAGES, strict=True):
            with column:
                st.caption(NAMES[code])
                prose.show(getattr(question.prose[code], length), bank)
    else:
        prose.show(getattr(text, length), bank)


def _points(question: Question, text: Prose) -> None:
    st.subheader(t("question.points"), anchor=False)
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


def neighbours(question: Question, bank: Bank) -> None:
    """Previous and next in the order of the list."""
    place = bank.questions.index(question)
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="plain_link_near"):
        if place > 0:
            before = bank.questions[place - 1]
            navigation.link("questions", f"← {of(before.title)}", q=before.id)
        if place + 1 < len(bank.questions):
            behind = bank.questions[place + 1]
            navigation.link("questions", f"{of(behind.title)} →", q=behind.id)
