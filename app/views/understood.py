"""What was understood of a request, and the form that changes it and runs it again."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.words import plain
from prompts.composition.composition import Composition
from prompts.demo import ParameterError
from prompts.demos import demos
from prompts.design import LANGUAGES
from prompts.kernels import Kernel, known_kernel
from prompts.sheet import Parameter, Setting
from prompts.task import Task
from tools.targets import TARGETS

COLUMNS = 4


def show_task(task: Task) -> None:
    """Draw what is to be built: kernel, parameters, language, device, clock, limits and notes."""
    device = TARGETS[task.target].title if task.target in TARGETS else task.target
    known = known_kernel(task.kernel)
    chain = isinstance(known, Composition)
    if isinstance(known, Composition):
        _show_stages(known, task)
    names = [
        name
        for name in (known.parameters if known and not chain else ())
        if name in task.parameters
    ]
    figures = {
        **{name: str(task.parameters[name]) for name in names},
        "language": LANGUAGES[task.language],
        "device": plain(device),
        "clock": f"{task.clock_mhz:g} MHz",
    }
    st.table({plain(name): [value] for name, value in figures.items()}, hide_index=True)
    if task.constraints:
        wanted = ", ".join(constraint.text() for constraint in task.constraints)
        st.caption(plain(f"Constraints: {wanted}"))
    if task.notes:
        st.caption(plain("; ".join(task.notes)))


def _show_stages(chain: Composition, task: Task) -> None:
    """Draw a row for each stage of a chain: its name and the parameters that are its own."""
    said = {
        kernel.name: ", ".join(
            f"{name.partition('.')[2]} {value}"
            for name, value in task.parameters.items()
            if name.partition(".")[0] == kernel.name
        )
        for kernel in chain.kernels
    }
    rows = {
        "stage": [plain(name) for name in said],
        "parameters": [plain(v) for v in said.values()],
    }
    st.table(rows, hide_index=True)


def edit_form(engine: Engine, run: db.Run, task: Task) -> db.RunRequest | None:
    """Draw the form; returns the changed request when it is sent, and shows what is wrong in it."""
    kernels: dict[str, Kernel] = {**demos()}
    if chain := known_kernel(task.kernel):
        kernels[chain.name] = chain
    names = list(kernels)
    key = f"edit-{run.id}"
    kernel = st.selectbox(
        "Kernel",
        names,
        index=names.index(task.kernel) if task.kernel in names else None,
        format_func=lambda name: kernels[name].title,
        placeholder="Choose a kernel of the library",
        key=f"{key}-kernel",
    )
    if kernel is None:
        return None
    demo = kernels[kernel]
    values = {**_usual(demo), **(task.parameters if kernel == task.kernel else {})}
    if demo.parameters.keys() - values.keys():
        st.caption("These stages do not fit each other yet; say in words what to change.")
        return None
    with st.form(f"{key}-form", border=False):
        chosen = fields(demo, values, f"{key}-{kernel}")
        device, tongue, clock = st.columns(3)
        target = device.selectbox(
            "Target device",
            list(TARGETS),
            index=list(TARGETS).index(task.target) if task.target in TARGETS else 0,
            format_func=lambda name: TARGETS[name].title,
            key=f"{key}-target",
        )
        language = tongue.selectbox(
            "Language",
            list(LANGUAGES),
            index=list(LANGUAGES).index(task.language),
            format_func=lambda name: LANGUAGES[name],
            key=f"{key}-language",
        )
        clock_mhz = clock.number_input(
            "Clock (MHz)", 1.0, 1000.0, task.clock_mhz, format="%g", key=f"{key}-clock"
        )
        sent = st.form_submit_button("Run again with these", icon=":material/replay:")
    if not sent:
        return None
    return replace(
        db.requested(engine, run.id),
        kernel=kernel,
        parameters=demo.settle(chosen),
        target=target,
        clock_mhz=clock_mhz,
        language=language,
        parent_run=run.id,
    )


def _usual(kernel: Kernel) -> Mapping[str, Setting]:
    """The defaults; those of a chain may not fit each other."""
    try:
        return kernel.settle()
    except ParameterError:
        return {}


def fields(demo: Kernel, values: Mapping[str, Setting], key: str) -> dict[str, Setting]:
    """Draw a field for each parameter of a kernel; returns what is in them."""
    with st.grid(COLUMNS, min_column_width=150):
        return {
            name: _field(name, parameter, values[name], f"{key}-{name}")
            for name, parameter in demo.parameters.items()
        }


def _field(name: str, parameter: Parameter, value: Setting, key: str) -> Setting:
    if parameter.choices:
        index = parameter.choices.index(str(value)) if str(value) in parameter.choices else 0
        choice: str = st.selectbox(
            plain(name), parameter.choices, index=index, help=plain(parameter.help), key=key
        )
        return choice
    low, high = parameter.low, parameter.high
    number = int(value)
    if low is not None:
        number = max(low, number)
    if high is not None:
        number = min(high, number)
    unit = f", {low} to {high} {parameter.unit}".rstrip() if high is not None else ""
    return int(
        st.number_input(
            plain(name), low, high, number, step=1, help=plain(parameter.help + unit), key=key
        )
    )
