// ap_fixed<W, I, Q, O> and ap_ufixed<W, I, Q, O>: fixed-point numbers with the C simulation
// semantics of Vitis HLS. Written from AMD's public documentation (UG1399, "Arbitrary Precision
// Fixed-Point Data Types").
//
// SPDX-License-Identifier: Apache-2.0
//
// W bits in all, I of them before the binary point (the sign is one of them). A result is wide
// enough for every value, except that of a division, which is cut off; an assignment rounds as Q
// says and treats what is out of range as O says. AP_WRAP_SM and AP_WRAP with saturated bits are
// not there.
#ifndef AP_FIXED_H
#define AP_FIXED_H

#include "ap_detail/fixed_operators.h"
#include "ap_int.h"

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_fixed = ap_detail::Fixed<W, I, true, Q, O, N>;
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_ufixed = ap_detail::Fixed<W, I, false, Q, O, N>;

#endif
