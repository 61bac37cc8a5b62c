"""The sentences for requests that cannot be built as they stand; each says what to do."""

from collections.abc import Iterable

MAX_REQUEST = 20_000
"""The longest request, in characters."""

_EXAMPLE = 'say what to build, for example "a 16-tap FIR filter for 12-bit samples at 50 MHz"'
_MODEL = (
    "connect a model to design other accelerators "
    "(see `./siliwright design --help`, option --model)"
)

EMPTY = f"the request is empty; {_EXAMPLE}"
NO_ACCELERATOR = f"there is no accelerator in this request; {_EXAMPLE}"
NO_CHANGE = (
    "nothing in this changes the design; name a parameter, a target, a clock or a limit, "
    'for example "use 32 taps" or "target 100 MHz"'
)


def too_long(characters: int) -> str:
    return f"the request has {characters} characters; shorten it to at most {MAX_REQUEST}"


def unfitting(nearest: Iterable[str]) -> str:
    return f"no kernel of the library fits; the nearest are {', '.join(nearest)}; {_MODEL}"


def no_stage(name: str) -> str:
    return f"the library has no {name!r} that a stage could be; leave it out, or {_MODEL}"


def not_integers(form: str) -> str:
    return f"the library computes in integers, not in {form}; ask for 8-bit or 16-bit, or {_MODEL}"


def misshapen(kernel: str, shape: str, parameters: Iterable[str]) -> str:
    names = ", ".join(parameters)
    return (
        f"{kernel}: the shape {shape} does not fit together; name its numbers one by one: {names}"
    )


def too_many(name: str, needed: int, most: float, taken: str) -> str:
    return (
        f"{name}: at most {most:g} DSPs contradict {needed} multipliers ({taken}); "
        f"allow {needed} DSPs or ask for fewer lanes"
    )


def clash(kernel: str, name: str, first: object, second: object) -> str:
    return f"{kernel}: {name} is given as {first} and as {second}; keep one of them"
