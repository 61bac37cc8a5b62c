"""Floating point as words: operators in C++, and LLVM's code rewritten to call them."""
