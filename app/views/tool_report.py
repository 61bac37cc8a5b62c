"""What a tool answered: its verdict, figures, findings, details and files, and how to repeat it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from app.views.format import measured
from app.views.schedule import show_schedule
from app.views.sources import language_of
from app.views.words import plain
from tools.report import Report

FINDINGS_SHOWN = 40
LOG_SHOWN = 20_000
"""Characters of a log on the page, its end; the whole of it can be downloaded."""
DETAILS_SHOWN = 100_000
"""Characters of details on the page; longer ones are downloaded."""
_VERDICTS: Mapping[str, tuple[str, str]] = {
    "passed": ("green", "check_circle"),
    "failed": ("red", "cancel"),
    "error": ("orange", "error"),
    "not run": ("gray", "block"),
}
_SVG = re.compile(r"\s*(<\?xml.*?)?<svg\b", re.DOTALL)


def show_report(report: Report, command: str, cxx: Mapping[str, str]) -> None:
    """Draw it; `command` is the command line that does the same, `cxx` the design's C++ files."""
    colour, icon = _VERDICTS[report.status]
    seconds = "cached" if report.cached else f"{report.wall_s:.1f} s"
    badge = f":{colour}-badge[:material/{icon}: {report.status}]"
    st.markdown(f"{badge} {plain(report.summary)} :gray[{seconds}]")
    _show_figures(report)
    _show_findings(report)
    show_schedule(report.details, cxx, f"{report.tool}-schedule")
    _show_details(report)
    for name, path in report.artifacts.items():
        _show_artifact(report.tool, name, path)
    st.caption("The same on the command line, in the folder of the files:")
    st.code(command, language="bash", wrap_lines=True)
    with st.expander("Commands, versions and log"):
        _show_evidence(report)


def _show_figures(report: Report) -> None:
    with st.container(horizontal=True, gap="medium"):
        for name, value in report.metrics.items():
            label, text = measured(name, value)
            st.metric(plain(label), text, width="content")


def _show_findings(report: Report) -> None:
    shown = report.diagnostics[:FINDINGS_SHOWN]
    if shown:
        st.subheader("Findings", anchor=False)
        text = "\n".join(finding.text() for finding in shown)
        st.code(text, language=None, wrap_lines=True)
    if left := len(report.diagnostics) - len(shown):
        st.caption(f"{left} more are not shown; the command line with `--json` has them all.")


def _show_details(report: Report) -> None:
    """Draw drawings and texts as such, and the rest as a tree."""
    rest: dict[str, Any] = {}
    for name, value in report.details.items():
        if isinstance(value, str) and _SVG.match(value):
            st.image(value)
            _download(f"{report.tool}.svg", value, f"{report.tool}-{name}")
        elif isinstance(value, str) and "\n" in value:
            with st.expander(plain(name)):
                st.code(value, language=language_of(name))
        else:
            rest[name] = value
    if not rest:
        return
    text = json.dumps(rest, indent=2)
    with st.expander("Details"):
        if len(text) <= DETAILS_SHOWN:
            st.json(rest, expanded=2)
        _download("details.json", text, f"{report.tool}-details")


def _show_artifact(tool: str, name: str, path: Path) -> None:
    if path.is_file():
        _download(name, path.read_bytes(), f"{tool}-file-{name}")
    else:
        st.caption(plain(f"{name} is no longer in the cache; run the tool again"))


def _show_evidence(report: Report) -> None:
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    if versions:
        st.caption(plain(versions))
    if report.command:
        st.code(report.command, language="bash", wrap_lines=True)
    if not report.log:
        st.caption("The tool printed nothing.")
        return
    st.code(report.log[-LOG_SHOWN:], language=None, height=280)
    _download(f"{report.tool}.log", report.log, f"{report.tool}-log")


def _download(name: str, content: str | bytes, key: str) -> None:
    st.download_button(
        f"Download {plain(name)}",
        content,
        Path(name).name,
        key=f"download-{key}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
