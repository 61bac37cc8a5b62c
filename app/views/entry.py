"""A kernel of the library on its own page: parameters to choose, block diagram, figures, code."""

import streamlit as st

import db
from app.block_diagram import block_diagram
from app.engine import engine
from app.library.configurations import scaled, small
from app.library.figures import measured_of
from app.views.drawing import show_drawing
from app.views.format import METRICS, NOT_RUN, number
from app.views.places import place
from app.views.sessions import begin_session
from app.views.sources import show_sources
from app.views.understood import fields
from app.views.words import plain
from prompts.demo import Demo, ParameterError
from prompts.sheet import Setting


def show_entry(demo: Demo) -> None:
    """Draw it; "Design this" queues a run and leads to its conversation."""
    st.page_link(place("library"), label="All kernels", icon=":material/arrow_back:")
    st.title(plain(demo.title), anchor=False)
    st.write(plain(demo.sheet.summary))
    settings = _settings(demo)
    show_drawing(block_diagram(demo, settings), f"{demo.name}.svg", "Block diagram")
    _measured(demo)
    blocks, lines, ports, words, code = st.tabs(
        ["Blocks", "Line by line", "Arguments", "In words", "Code"]
    )
    with blocks:
        _table(
            {
                "Block": list(demo.description.blocks),
                "What it does": list(demo.description.blocks.values()),
            }
        )
    with lines:
        _lines(demo)
    with ports:
        _arguments(demo, settings)
    with words:
        st.caption("Requests that are read as this kernel")
        for request in demo.requests:
            st.code(request.say, language=None, wrap_lines=True)
    with code:
        show_sources(demo.design(settings), f"entry-{demo.name}")


def _settings(demo: Demo) -> dict[str, Setting]:
    """Draw the parameters and what follows of them; those of the small configuration at first."""
    with st.container(border=True):
        chosen = fields(demo, demo.settle(), f"entry-{demo.name}")
        try:
            settings = demo.settle(chosen)
        except ParameterError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return demo.settle()
        text = demo.instruction(settings)
        st.write(plain(text))
        st.caption(
            f"At least {number(demo.lower_bound(settings))} cycles a call; a good design needs "
            f"{number(demo.reference(settings))}, with "
            f"{number(demo.multipliers(settings))} multipliers."
        )
        if st.button("Design this", icon=":material/play_arrow:", type="primary"):
            records = engine()
            session = begin_session(records, text)
            request = db.RunRequest(text, kernel=demo.name, parameters=settings, session=session)
            db.enqueue(records, request)
            st.switch_page(place("design"), query_params={"session": session})
    return settings


def _measured(demo: Demo) -> None:
    st.subheader("Measured", anchor=False)
    rows = list(measured_of(demo))
    if not rows:
        st.caption(f"Not measured as it is now; `./siliwright demo check {demo.name} --save` does.")
        return
    shown = [m for m in METRICS if any(m.name in row.figures for row in rows)]
    columns = {
        "Configuration": [f"{row.size}, {row.way}" for row in rows],
        "Bound": [number(row.bound) for row in rows],
        "Reference": [number(row.reference) for row in rows],
        **{
            f"{metric.label} ({metric.unit})" if metric.unit else metric.label: [
                number(row.figures[metric.name]) if metric.name in row.figures else NOT_RUN
                for row in rows
            ]
            for metric in shown
        },
    }
    _table(columns)
    differing = {n: v for n, v in scaled(demo).items() if small(demo)[n] != v}
    larger = ", ".join(f"{name} {value}" for name, value in differing.items())
    st.caption(
        plain(
            f"Cycles and II in co-simulation, the most of all calls; area and clock after place "
            f"and route on Lattice ECP5, of the small configuration. Scaled: {larger}."
        )
    )


def _lines(demo: Demo) -> None:
    """The Verilog's lines of which something is said, for the small configuration."""
    (source,) = demo.design(small(demo)).verilog.values()
    texts = source.splitlines()
    said = demo.description.located(source)
    _table(
        {
            "Line": [str(line) for line in said],
            "Verilog": [texts[line - 1].strip() for line in said],
            "What it does": list(said.values()),
        },
        code=("Verilog",),
    )


def _arguments(demo: Demo, settings: dict[str, Setting]) -> None:
    arguments = demo.interface(settings).arguments
    _table(
        {
            "Argument": [a.name for a in arguments],
            "Kind": [f"{a.kind}, {a.direction}" for a in arguments],
            "Element": [f"{'' if a.signed else 'un'}signed, {a.bits} bit" for a in arguments],
            "Shape": [" x ".join(map(str, a.shape)) or "one" for a in arguments],
            "Word": [f"{a.word_bits} bit" for a in arguments],
            "Ports": [", ".join(port.name for port in a.ports()[:8]) for a in arguments],
        },
        code=("Ports",),
    )


def _table(columns: dict[str, list[str]], code: tuple[str, ...] = ()) -> None:
    """A table of texts; those of `code` in the face of code."""

    def cell(name: str, text: str) -> str:
        if name in code and text and "`" not in text:
            return f"`{text}`"
        return plain(text)

    st.table({n: [cell(n, text) for text in texts] for n, texts in columns.items()},
             hide_index=True)  # fmt: skip
