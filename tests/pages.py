"""Pages of the workbench as they are drawn for an address, without a browser."""

from streamlit.testing.v1 import AppTest


def shown(page: str, **query: str) -> AppTest:
    """A page as it is drawn for an address, without an error."""
    script = f"""
import streamlit as st
from app.views.places import PLACES, place
st.navigation([place(name) for name in PLACES])
from app.views.{page} import page
page()
"""
    test = AppTest.from_string(script, default_timeout=120)
    test.query_params.update(query)
    test.run()
    assert not test.exception, test.exception[0].message
    return test


def words(test: AppTest) -> str:
    """All texts of a page that is not in a table, without the escapes of Markdown."""
    kinds = (test.title, test.header, test.markdown, test.caption, test.info, test.error)
    more = (test.warning, test.success, test.code, test.text, test.subheader)
    texts = [element.value for kind in (*kinds, *more) for element in kind]
    return "\n".join(texts).replace("\\", "")
