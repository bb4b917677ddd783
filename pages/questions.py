"""Browse, search, read, run."""

import streamlit as st

from ui import house
from ui.claim_box import claim_box
from ui.knowledge import the_bank
from ui.question_card import after_card, neighbours, question_card
from ui.question_list import question_list
from ui.snippet_box import snippet_box
from ui.texts import language, t

bank = the_bank()
question = bank.get(str(st.query_params.get("q", "")))

if question is None:
    if st.query_params.get("q"):
        st.warning(t("questions.unknown"))
    question_list(bank)
else:
    house.link("questions", t("questions.all"))
    question_card(question, bank)
    snippet_box(question, bank.snippet_texts)
    claims = question.prose[language()].claims
    for name in question.claims:
        claim_box(name, claims.get(name, ""))
    after_card(question, bank)
    if question.items:
        house.link("quiz", t("questions.quiz", items=len(question.items)), question=question.id)
    neighbours(question, bank)
