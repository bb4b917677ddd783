"""Draw the questions to browse, search, read and run."""

import streamlit as st

from ui.reading.listing.question_list import question_list
from ui.reading.question_page import question_page
from ui.shared.question_bank import the_bank
from ui.shell import address
from ui.shell.i18n import t

bank = the_bank()
asked = address.value("q")
question = bank.get(asked)

if question is not None:
    question_page(question, bank)
else:
    if asked:
        st.warning(t("questions.unknown"))
    question_list(bank)
