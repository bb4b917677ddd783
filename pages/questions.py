"""Browse, search, read, run."""

import streamlit as st

from ui.reading.claim_box import claim_box
from ui.reading.question_card import after_card, neighbours, question_card, revealed
from ui.reading.question_list import question_list
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import language, t
from ui.snippets.snippet_box import snippet_box, warm_for

bank = the_bank()
question = bank.get(str(st.query_params.get("q", "")))

if question is None:
    if st.query_params.get("q"):
        st.warning(t("questions.unknown"))
    question_list(bank)
else:
    with st.container(key="plain_link_all"):
        navigation.link("questions", t("questions.all"))
    warm_for(question)
    question_card(question, bank)
    if revealed(question):
        snippet_box(question, bank.snippet_texts)
        claims = question.prose[language()].claims
        for name in question.claims:
            claim_box(name, claims.get(name, ""))
        after_card(question, bank)
    if question.items:
        navigation.link(
            "quiz", t("questions.quiz", items=len(question.items)), question=question.id
        )
    neighbours(question, bank)
