"""A differential fuzzer of the HLS engine: random kernels, the compiled C++ against the Verilog.

`python tests/fuzz KIND --first SEED --count N` tries N programs of a kind, each in a process of its
own, and prints the seed, the text and the fault of each that fails.
"""
