"""What high-level synthesis made of a kernel: its loops, memories, operators and schedule."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from app.charts_schedule import gantt, registers
from app.schedule_rows import Block, By, Details, blocks, part_of
from app.views.words import plain

ALL = "All blocks"
_HIGH = 64
"""Pixels of a row whose text may need three lines."""
_BY: tuple[By, ...] = get_args(By)


def show_schedule(details: Details, sources: Mapping[str, str], key: str) -> None:
    """Draw it, or nothing for details without a schedule; `key` tells several reports apart.

    `sources` are the C++ files of the kernel.
    """
    found = blocks(details)
    part = _part_title(details)
    _show_functions(details.get("functions") or ())
    _show_loops([*calls_row(details), *(loop_row(x, part) for x in details.get("loops") or ())])
    if not found:
        return
    _show_resources(details, part)
    st.subheader("Schedule", anchor=False)
    _show_gantt(_of_part(part, found, key), sources, key)
    chart = registers(details.get("isdc") or (), found)
    if chart is not None:
        st.subheader("Registers saved by feedback", anchor=False)
        st.plotly_chart(chart, key=f"{key}-registers")
        st.caption("Bits of registers in each iteration of ISDC; an open mark misses the clock.")


def _part_title(details: Details) -> str:
    """What the parts of a kernel are called; empty when it is one module."""
    return "Task" if details.get("tasks") else "Function" if details.get("functions") else ""


def _show_functions(functions: Sequence[Details]) -> None:
    """Draw the functions that have a module of their own."""
    if not functions:
        return
    st.subheader("Functions", anchor=False)
    column = st.column_config
    st.dataframe(
        [
            {
                "Function": one["name"],
                "Line": one["line"],
                "Calls": one["calls"],
                "Instances": one["instances"],
                "Latency": _span(one["latency"]),
            }
            for one in functions
        ],
        hide_index=True,
        height="content",
        column_config={
            "Calls": column.NumberColumn(help="Places that call it", width=70),
            "Instances": column.NumberColumn(help="Modules that these calls share", width=90),
            "Latency": column.TextColumn(help="Cycles of a call", width=100),
        },
    )


def _show_loops(rows: Sequence[Details]) -> None:
    if not rows:
        return
    st.subheader("Loops", anchor=False)
    column = st.column_config
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        placeholder="–",
        row_height=_HIGH if any(row["Why"] for row in rows) else None,
        column_config={
            "Line": column.NumberColumn(width=50),
            "Pipelined": column.CheckboxColumn(width=75),
            "II": column.NumberColumn(help="Cycles between two iterations", width=50),
            "II asked": column.NumberColumn(help="By a pragma", width=70),
            "Depth": column.NumberColumn(help="Cycles of one iteration", width=60),
            "Trips": column.TextColumn(width=90),
            "Latency": column.TextColumn(help="Cycles of all iterations", width=100),
            "At once": column.NumberColumn(help="Iterations of the source in one", width=60),
            "Why": column.TextColumn("Why this II", width=250),
        },
    )


def calls_row(details: Details) -> list[Details]:
    """A row of the same table for the calls of a top that PIPELINE is about."""
    calls = details.get("calls")
    if not calls:
        return []
    return [
        {
            "Loop": "calls of the top",
            "Pipelined": calls["ii"] is not None,
            "II asked": calls["asked"],
            "II": calls["ii"],
            "Latency": _span(details["latency"]),
            "Why": calls["why"] or None,
        }
    ]


def loop_row(loop: Details, part: str = "") -> dict[str, Any]:
    """A row of the table of loops; `part` is what the parts of the kernel are called."""
    return {
        **_part(loop, part),
        "Loop": loop["name"],
        "Line": loop["line"] or None,
        "Trips": _span(loop["trips"]),
        "Pipelined": loop["pipelined"],
        "II asked": loop["asked"],
        "II": loop["ii"],
        "Depth": loop["depth"],
        "Latency": _span(loop["latency"]),
        "At once": loop.get("unrolled", 1),
        "Why": loop["why"] or None,
    }


def _span(span: Mapping[str, int | None]) -> str:
    """A count that may depend on the data."""
    least, most = span["min"], span["max"]
    if least is None:
        return "unknown"
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _part(item: Details, title: str) -> dict[str, str | None]:
    return {title: part_of(item) or None} if title else {}


def _show_resources(details: Details, part: str) -> None:
    """Draw the memories beside the operators."""
    memories = [
        {**_part(one, part), **{name.capitalize(): one[name] for name in ("name", "words", "bits")}}
        | {"Place": one["place"]}
        for one in details.get("memories") or ()
    ]
    operators = [
        {**_part(one, part), "Operator": one["kind"], "Bits": one["bits"], "Count": one["count"]}
        for one in details.get("operators") or ()
    ]
    with st.container(horizontal=True, gap="large"):
        for title, table in (("Memories", memories), ("Operators", operators)):
            if table:
                with st.container(width=360):
                    st.subheader(title, anchor=False)
                    tall = len(table) > 8
                    st.dataframe(table, hide_index=True, height=320 if tall else "content")


def _of_part(title: str, found: Sequence[Block], key: str) -> Sequence[Block]:
    """The blocks of the task or function that is chosen; all when the kernel is one module."""
    if not title:
        return found
    names = list(dict.fromkeys(block.part for block in found))
    part = st.selectbox(title, names, format_func=_part_name, key=f"{key}-part")
    return [block for block in found if block.part == part]


def _part_name(part: str) -> str:
    return plain(part) if part else "The kernel itself"


def _show_gantt(found: Sequence[Block], sources: Mapping[str, str], key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="top"):
        by = st.segmented_control(
            "A row for each of the", _BY, default=_BY[0], required=True, key=f"{key}-by"
        )
        names = [block.name for block in found]
        name = st.selectbox("Block", [ALL, *names], key=f"{key}-block")
    chart, left = gantt([b for b in found if name in (ALL, b.name)], sources, by or _BY[0])
    if chart is None:
        st.caption("No operation of it takes part in the schedule.")
        return
    st.plotly_chart(chart, key=f"{key}-gantt")
    more = f" {left:,} more rows have no room; choose one block, or source lines." if left else ""
    st.caption(
        "Cycles are counted from the start of a block. Operations in one cycle are joined by "
        f"wires. The band is the II: at its end the next iteration begins.{more}"
    )
