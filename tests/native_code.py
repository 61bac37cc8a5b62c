"""The operators of floating point, and other code of LLVM, run on this machine."""

import ctypes
import re
from collections.abc import Callable
from functools import lru_cache

import llvmlite.binding as llvm

from tools.hls.frontend import operators
from tools.hls.run_llvm import operators as optimised
from tools.plan import Plan, carry_out

KINDS = {
    1: ctypes.c_bool, 16: ctypes.c_uint16, 32: ctypes.c_uint32, 64: ctypes.c_uint64,
}  # fmt: skip
Call = Callable[..., int]
Functions = Callable[..., Call]


@lru_cache
def defined() -> str:
    """The operators as clang leaves them."""
    files, command = operators()
    outcome = carry_out(Plan(files, (command,), keep=("operators.ll",)))
    assert outcome.returncode == 0, outcome.log
    return outcome.files["operators.ll"].read_text()


@lru_cache
def all_operators() -> Functions:
    """The operators after optimisation, as `compiled` gives them."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    names = set(re.findall(r"^define .*@(soft(?:float|math)_\w+)\(", defined(), re.M))
    return compiled(optimised(defined(), names))


def compiled(text: str) -> Functions:
    """The functions of a module by name, width of the result, and widths of the arguments."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=1)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(text), machine)
    engine.finalize_object()

    def get(name: str, result: int, *arguments: int) -> Call:
        kind = ctypes.CFUNCTYPE(KINDS[result], *(KINDS[a] for a in arguments))
        made = kind(engine.get_function_address(name))
        made.engine = engine  # the code lives as long as its engine
        return made

    return get
