"""The workbench in the browser: the frame around every page, and the way between them.

Started from the root by `./siliwright serve`, or `python -m streamlit run app/main.py`.
"""

from pathlib import Path

import streamlit as st

from app.views.places import PLACES, place
from app.views.words import errors_as_sentences

DRAWINGS = Path(__file__).parent / "views"

# The icon is a file: a browser would fetch a material icon for its tab from the network.
st.set_page_config(page_title="Siliwright", page_icon=DRAWINGS / "icon.svg", layout="wide")
st.logo(DRAWINGS / "logo.svg", size="large", icon_image=DRAWINGS / "icon.svg")
st.html(DRAWINGS / "style.css")
with errors_as_sentences():
    st.navigation([place(name) for name in PLACES], position="top").run()
