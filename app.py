import streamlit as st

from ui.shell.failure import handle
from ui.shell.headers import MIDDLEWARE

app = st.App("ui/main.py", middleware=MIDDLEWARE, on_script_error=handle)
