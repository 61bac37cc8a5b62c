// fmin, fmax, fdim and ldexp, which the C library leaves some freedom: of two zeros the second counts.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_EXTREMA_H
#define SOFTMATH_EXTREMA_H

#include "words.h"

namespace softmath {

template <class T> constexpr T fmin(T x, T y) {
    const bool first = (x < y) | (y != y);
    return pick(first, x, y);
}

template <class T> constexpr T fmax(T x, T y) {
    const bool first = (x > y) | (y != y);
    return pick(first, x, y);
}

template <class T> constexpr T fdim(T x, T y) {
    const T difference = x - y;
    return pick(x <= y, T(0), difference);
}

/// x * 2^power, rounded once.
template <class T> constexpr T ldexp(T x, int power) {
    typedef Format<T> F;
    const Parts<T> p(x);
    constexpr int most = 4 * F::bias;
    const int by = pick(power > most, most, pick(power < -most, -most, power));
    const auto raised = typename F::Word(p.mantissa << (F::bits - 1 - F::fraction));
    const T found = packed<T>(p.negative, p.exponent + by, raised);
    return pick(p.nan, quiet(x), pick(p.infinite | p.zero, x, found));
}

}  // namespace softmath

#endif
