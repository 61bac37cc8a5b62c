// The operators of floating point under the names that the rewritten code calls them by.
//
// SPDX-License-Identifier: Apache-2.0
#include "../include/softmath/library.cpp"
#include "arithmetic.h"
#include "comparison.h"
#include "conversion.h"
#include "division.h"
#include "fused.h"

using namespace softfloat;
typedef unsigned _BitInt(32) word32;
typedef unsigned _BitInt(64) word64;

#define ROUNDING(W, F, name, direction)                                                            \
    word##W softfloat_##name##_##W(word##W a) { return whole<F>(a, To::direction); }
#define TO_INTEGER(W, F, N)                                                                        \
    Signed<N> softfloat_fptosi_##W##_##N(word##W a) { return to_signed<F, N>(a); }                 \
    Bits<N> softfloat_fptoui_##W##_##N(word##W a) { return to_unsigned<F, N>(a); }
#define FROM_INTEGER(W, F, N)                                                                      \
    word##W softfloat_sitofp_##W##_##N(Signed<N> a) { return from_signed<F, N>(a); }               \
    word##W softfloat_uitofp_##W##_##N(Bits<N> a) { return from_unsigned<F, N>(a); }
#define OPERATORS(W, F)                                                                            \
    word##W softfloat_fadd_##W(word##W a, word##W b) { return add<F>(a, b); }                     \
    word##W softfloat_fsub_##W(word##W a, word##W b) { return subtract<F>(a, b); }                \
    word##W softfloat_fmul_##W(word##W a, word##W b) { return multiply<F>(a, b); }                \
    word##W softfloat_fdiv_##W(word##W a, word##W b) { return divide<F>(a, b); }                  \
    word##W softfloat_frem_##W(word##W a, word##W b) { return remainder<F>(a, b); }               \
    word##W softfloat_fma_##W(word##W a, word##W b, word##W c) { return fused<F>(a, b, c); }       \
    word##W softfloat_sqrt_##W(word##W a) { return square_root<F>(a); }                           \
    bool softfloat_oeq_##W(word##W a, word##W b) { return equal<F>(a, b); }                       \
    bool softfloat_olt_##W(word##W a, word##W b) { return less<F>(a, b); }                        \
    bool softfloat_ole_##W(word##W a, word##W b) { return less_or_equal<F>(a, b); }               \
    bool softfloat_one_##W(word##W a, word##W b) { return less_or_greater<F>(a, b); }              \
    bool softfloat_uno_##W(word##W a, word##W b) { return unordered<F>(a, b); }                   \
    bool softfloat_class_##W(word##W a, unsigned mask) { return is_of_class<F>(a, mask); }        \
    ROUNDING(W, F, trunc, zero)                                                                    \
    ROUNDING(W, F, floor, below)                                                                   \
    ROUNDING(W, F, ceil, above)                                                                    \
    ROUNDING(W, F, rint, nearest_even)                                                             \
    ROUNDING(W, F, round, nearest_away)                                                            \
    TO_INTEGER(W, F, 32)                                                                           \
    TO_INTEGER(W, F, 64)                                                                           \
    TO_INTEGER(W, F, 128)                                                                          \
    FROM_INTEGER(W, F, 16)                                                                         \
    FROM_INTEGER(W, F, 32)                                                                         \
    FROM_INTEGER(W, F, 64)                                                                         \
    FROM_INTEGER(W, F, 128)

extern "C" {
OPERATORS(32, Single)
OPERATORS(64, Double)
word64 softfloat_fpext(word32 a) { return widen<Single, Double>(a); }
word32 softfloat_fptrunc(word64 a) { return shorten<Double, Single>(a); }
}
