import streamlit as st

from ui.shell.headers import MIDDLEWARE

app = st.App("ui/main.py", middleware=MIDDLEWARE)
