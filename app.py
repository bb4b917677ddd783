import streamlit as st

app = st.App("ui/main.py")
