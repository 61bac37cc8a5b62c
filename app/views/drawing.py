"""A drawing in its frame, to be moved about and downloaded."""

import base64
from html import escape

import streamlit as st

FIT = 0
"""The zoom at which a drawing has the width of the page."""


def show_drawing(
    svg: str, file: str, says: str, zoom: int = FIT, height: int | None = None
) -> None:
    """Draw an SVG at `zoom` percent, in a frame of `height` pixels or its own height.

    As an image nothing within the drawing can act.
    """
    encoded = base64.b64encode(svg.encode()).decode()
    size = "max-width:100%" if zoom == FIT else f"max-width:none;zoom:{zoom / 100}"
    with st.container(height=height if height else "content"):
        st.html(
            f'<div style="overflow:auto;background:#fff"><img alt="{escape(says)}" '
            f'style="{size}" src="data:image/svg+xml;base64,{encoded}"></div>'
        )
    st.download_button(
        "Download SVG",
        svg,
        file,
        "image/svg+xml",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
