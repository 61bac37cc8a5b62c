// hypot and cbrt.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_ROOTS_H
#define SOFTMATH_ROOTS_H

#include "exponential.h"
#include "logarithm.h"

namespace softmath {

template <class T> constexpr T hypot(T x, T y) {
    const Parts<T> p(x), q(y);
    const Real<T> a = real(p), b = real(q);
    const bool first = greater(a, b);
    const Real<T> longest = length(pick(first, a, b), pick(first, b, a));
    const T found = packed<T>(false, longest.exponent, longest.mantissa);
    const T number = pick(p.nan | q.nan, quiet(pick(p.nan, x, y)), pick(p.zero & q.zero, T(0), found));
    return pick(p.infinite | q.infinite, infinity<T>(false), number);
}

/// By a third of the logarithm, of a number from 1 to 8.
template <class T> constexpr T cbrt(T x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Sum Sum;
    constexpr int unit = F::bits - 2, large = 3 * F::bias;
    const Parts<T> p(x);
    const int thirds = int(unsigned(p.exponent + large) / 3) - F::bias, rest = p.exponent - 3 * thirds;
    const Real<T> number = {real(p).mantissa, rest};
    const W logarithm = W(log_fixed(number) >> (Sums<T>::point - unit));
    const W third = high(logarithm, W(W(-1) / 3));
    const T found = exp_of_fixed<T>(Sum(third) << (Cut<T>::point - unit), thirds);
    return pick(p.nan, quiet(x), pick(p.zero | p.infinite, x, pick(p.negative, T(-found), found)));
}

}  // namespace softmath

#endif
