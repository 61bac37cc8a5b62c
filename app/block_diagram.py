"""Block diagrams: a kernel's flow from its ports through its blocks, and the stages of a chain."""

from collections.abc import Iterable, Mapping

from prompts.composition.composition import Composition
from prompts.demo import Demo
from prompts.interface import Argument
from prompts.kernels import Kernel
from prompts.sheet import Setting
from tools.schematic_svg import Box, Wire, svg


def block_diagram(kernel: Kernel, settings: Mapping[str, Setting]) -> str:
    """The drawing as SVG: of a kernel its blocks, of a composition its kernels."""
    boxes, wires = _chain(kernel, settings) if isinstance(kernel, Composition) else \
        _blocks(kernel, settings)  # fmt: skip
    return svg(boxes, wires, f"Block diagram of {kernel.title}")


def _blocks(demo: Demo, settings: Mapping[str, Setting]) -> tuple[list[Box], list[Wire]]:
    edges = demo.description.edges()
    arguments = {a.name: a for a in demo.interface(settings).arguments}
    boxes = [_port(argument, argument.name) for argument in arguments.values()]
    for name, says in demo.description.blocks.items():
        if any(name in edge for edge in edges):
            boxes.append(Box(name, _words(demo, name), _kind(name), says, ("",), ("",)))
    widths = {name: argument.word_bits for name, argument in arguments.items()}
    return boxes, [
        Wire(source, "", target, "", widths.get(source) or widths.get(target) or 0)
        for source, target in edges
    ]


def _words(demo: Demo, block: str) -> str:
    """A block's name as words: a submodule's without the kernel's."""
    return block.removeprefix(f"{demo.name}_").replace("_", " ")


def _kind(block: str) -> str:
    """Blocks that are there to keep data have the colour of registers."""
    keeps = ("memory", "buffer", "fifo", "rows", "weights", "table")
    return "state" if block.lower().endswith(keeps) else "module"


def _chain(chain: Composition, settings: Mapping[str, Setting]) -> tuple[list[Box], list[Wire]]:
    plan = chain.plan(settings)
    boxes: list[Box] = []
    wires: list[Wire] = []
    for stage in plan.stages:
        arguments = stage.interface.arguments
        boxes.append(
            Box(
                stage.name,
                stage.name.replace("_", " "),
                "cell" if stage.adapter else "module",
                stage.demo.title,
                _names(arguments, ("in", "inout")),
                _names(arguments, ("out",)),
            )
        )
    for end, argument in plan.outer():
        name = f"port {argument.name}"
        boxes.append(_port(argument, name))
        out = argument.direction == "out"
        pins = (end.stage, end.argument, name, "") if out else (name, "", end.stage, end.argument)
        wires.append(Wire(*pins, argument.word_bits))
    wires += [
        Wire(
            link.source.stage, link.source.argument, link.sink.stage, link.sink.argument,
            plan.argument(link.source).word_bits,
        )
        for link in plan.links
    ]  # fmt: skip
    return boxes, wires


def _names(arguments: Iterable[Argument], directions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a.name for a in arguments if a.direction in directions)


def _port(argument: Argument, name: str) -> Box:
    """An argument at the edge of the drawing, with its kind and the bits of a word."""
    out = argument.direction == "out"
    return Box(
        name,
        f"{argument.name}: {argument.kind}, {argument.word_bits} bit",
        "output" if out else "input",
        f"{argument.kind} of {argument.count} elements of {argument.bits} bit",
        ("",) if out else (),
        () if out else ("",),
    )
