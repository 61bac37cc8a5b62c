"""The database's engine for the views: opened once for each process of the server."""

import streamlit as st
from sqlalchemy import Engine

import db


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The records. Raises `RecordError`, which is not cached."""
    return db.connect()
