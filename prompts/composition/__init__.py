"""Chains of kernels as one accelerator: planned, checked, joined by streams, with one golden model.

`plan.py` has what a plan is, `chain.py` makes one of a list of kernels, `joints.py` the adapters
between two of them; `verilog.py` and `hls.py` write the tops, `golden.py` the vectors, and
`composition.py` gives it all the face of a single kernel.
"""
