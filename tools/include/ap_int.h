// ap_int<W> and ap_uint<W>: whole numbers of 1 to 1024 bits with the C simulation semantics of
// Vitis HLS. Written from AMD's public documentation (UG1399, "Arbitrary Precision Data Types").
//
// SPDX-License-Identifier: Apache-2.0
//
// A result is wide enough for every value (a + b has one bit more than the wider operand, a * b the
// bits of both); an assignment keeps the low bits. C integers take part with their own width, bool
// with 1 bit. A comparison compares the values, whatever the signs. Above 64 bits the conversion to
// a C integer, in `if` too, sees the low 64 bits alone: use to_bool(). Different from Vitis HLS: an
// index outside a value and a division by zero end the program with a message and status 3, and a
// range in a concatenation has the length it was given.
#ifndef AP_INT_H
#define AP_INT_H

#include "ap_detail/print.h"

template <int W> using ap_int = ap_detail::Integer<W, true>;
template <int W> using ap_uint = ap_detail::Integer<W, false>;

#endif
