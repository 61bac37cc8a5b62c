"""Static timing: how OpenSTA's report is read, and a real run where OpenSTA is installed."""

import pytest

from prompts.demos import demos
from tools.find import has
from tools.netlist import read_netlist
from tools.sta import clocks, read_report, script
from tools.synthesize import synthesize

REPORT = """\
Startpoint: total[0]$_DFF_P_ (rising edge-triggered flip-flop clocked by ap_clk)
Endpoint: y[7]$_DFF_P_ (rising edge-triggered flip-flop clocked by ap_clk)
Path Group: ap_clk
Path Type: max

   Delay     Time   Description
-----------------------------------------------------------
   0.000    0.000   clock ap_clk (rise edge)
   0.000    0.000   clock network delay (ideal)
   0.000    0.000 ^ total[0]$_DFF_P_/CK (DFF)
   0.231    0.231 v total[0]$_DFF_P_/Q (DFF)
   0.079    0.310 ^ _42_/Y (NAND2)
   0.102    0.412 v _43_/Y (XOR2)
   0.000    0.412 v y[7]$_DFF_P_/D (DFF)
            0.412   data arrival time

   0.400    0.400   clock ap_clk (rise edge)
   0.000    0.400   clock network delay (ideal)
   0.000    0.400   clock reconvergence pessimism
            0.400 ^ y[7]$_DFF_P_/CK (DFF)
  -0.041    0.359   library setup time
            0.359   data required time
-----------------------------------------------------------
            0.359   data required time
           -0.412   data arrival time
-----------------------------------------------------------
           -0.053   slack (VIOLATED)


worst slack max -0.053
tns max -0.211
ap_clk period_min = 0.45 fmax = 2207.51
"""


def test_the_figures_and_the_slowest_path_are_read() -> None:
    found = read_report(REPORT)
    assert (found.slack_ns, found.total_negative_slack_ns) == (-0.053, -0.211)
    assert found.metrics() == {"slack_ns": -0.053, "period_min_ns": 0.45}
    assert (found.start, found.end) == ("total[0]$_DFF_P_", "y[7]$_DFF_P_")
    steps = [(step["cell"], step["delay_ns"], step["at_ns"]) for step in found.path]
    assert steps == [
        *(("DFF", 0.0, 0.0), ("DFF", 0.231, 0.231), ("NAND2", 0.079, 0.31)),
        *(("XOR2", 0.102, 0.412), ("DFF", 0.0, 0.412)),
    ]


def test_older_reports_name_no_corner() -> None:
    found = read_report("worst slack 9.43\ntns 0.00\n")
    assert (found.slack_ns, found.total_negative_slack_ns, found.period_min_ns) == (9.43, 0, None)
    assert read_report("No paths found.\n").slack_ns is None


def test_each_clocked_port_gets_the_clock() -> None:
    text = script("m", ["a_clk", "b_clk"], 400.0)
    assert "create_clock -name {a_clk} -period 2.5000 [get_ports {a_clk}]" in text
    assert text.count("create_clock") == 2


def test_the_clock_of_a_netlist_is_found() -> None:
    demo = demos()["dot_product"]
    report = synthesize(demo.design(demo.settle({"length": 16, "lanes": 2})), "cells")
    assert clocks(read_netlist(report.artifacts["netlist.json"])) == ["ap_clk"]


@pytest.mark.skipif(not has("sta"), reason="needs OpenSTA (`sta` on the PATH)")
def test_cells_have_timing_by_opensta_where_it_is_installed() -> None:
    demo = demos()["dot_product"]
    design = demo.design(demo.settle({"length": 16, "lanes": 2}))
    slow = synthesize(design, "cells", clock_mhz=1.0)
    assert slow.passed and slow.metrics["slack_ns"] > 0
    assert slow.metrics["period_min_ns"] >= slow.metrics["delay_ps"] / 1000
    fast = synthesize(design, "cells", clock_mhz=100_000.0)
    assert fast.metrics["slack_ns"] < 0
    assert fast.details["sta"]["path"]
