"""ISDC in kernels: fewer registers at the same cycles, and schedules that hold."""

from dataclasses import replace

import pytest
from kernel_runs import Kernel, verified

from tools.hls import frontend
from tools.hls.compile import optimise, planned
from tools.hls.schedule.delays import shipped
from tools.hls.signature import read
from tools.hls.timing import Clock
from tools.hls.verify import problems

_SCHEDULED = ("bfs", "fft16", "gemm", "iir", "merge_sort", "sha1_block", "viterbi")


def _refined(name: str) -> tuple[int, int]:
    """The bits of registers that the search began with, and what it left of them."""
    report, measured = verified(Kernel.load(name), schedule="isdc")
    assert report.details["latency"]["max"] == measured["cycles"]
    rows = report.details["isdc"]
    assert rows and all(row["cycles_after"] <= row["cycles_before"] for row in rows)
    assert all(row["synthesis_calls"] >= row["failed_calls"] for row in rows)
    return rows[0]["registers_before"], rows[-1]["registers_after"]


def test_feedback_saves_registers_and_the_kernel_stays_bit_exact() -> None:
    before, after = _refined("iir")
    assert after < before


@pytest.mark.full
@pytest.mark.parametrize("name", ["backprop", "gemm", "md_forces", "stencil3d", "spmv_ell"])
def test_kernels_with_feedback_are_bit_exact(name: str) -> None:
    before, after = _refined(name)
    assert after <= before


@pytest.mark.parametrize("name", _SCHEDULED)
def test_schedules_hold_by_the_ir_alone(name: str) -> None:
    kernel = Kernel.load(name)
    function = frontend.read(kernel.sources, read(kernel.sources, name)).function
    optimise(function)
    schedules = planned(function, Clock(10.0, shipped("ecp5")))
    for block in function.blocks:
        assert problems(function, block, schedules[block.name]) == []


def test_a_schedule_that_does_not_hold_is_found() -> None:
    kernel = Kernel.load("gemm")
    function = frontend.read(kernel.sources, read(kernel.sources, "gemm")).function
    optimise(function)
    schedules = planned(function, Clock(10.0, shipped("ecp5")))
    block = next(b for b in function.blocks if schedules[b.name].interval)
    found = schedules[block.name]
    for op in block.body:
        if op.kind in ("mul", "store"):
            early = replace(found, cycles={**found.cycles, op.id: 0})
            assert any(str(op.id) in said for said in problems(function, block, early))
    crowded = replace(found, length=1)
    assert any("after the block" in said for said in problems(function, block, crowded))
