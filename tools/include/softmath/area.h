// log1p, asinh, acosh and atanh: a logarithm, or near 0 the series of atanh.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_AREA_H
#define SOFTMATH_AREA_H

#include "arc.h"
#include "logarithm.h"

namespace softmath {

/// atanh(size) * 2^twos where the size is below 1/16, otherwise what was found by a logarithm.
template <class T> constexpr T area(bool negative, const Real<T> &size, int twos, T found) {
    typedef Format<T> F;
    typedef typename F::Word W;
    constexpr int terms = sizeof(W) == 4 ? 4 : 8;
    const bool small = size.exponent < -4, seen = small & (size.exponent >= -F::bits);
    const W t = size.mantissa >> pick(seen, -1 - size.exponent, F::bits - 1), square = high(t, t);
    W s = constant<W>(odd_parts[terms - 1]);
    SOFTMATH_UNROLL
    for (int k = terms - 2; k >= 0; k--) s = constant<W>(odd_parts[k]) + high(square, s);
    const W series = (W(1) << (F::bits - 1)) + (high(square, s) >> 1);
    return pick(small, packed<T>(negative, size.exponent + 1 + twos, high(size.mantissa, series)), found);
}

/// A logarithm with the sign of the argument that it is for.
template <class T> constexpr T signed_log(bool negative, const Real<T> &x, int halvings = 0) {
    typedef typename Format<T>::Sum Sum;
    const Sum sum = log_fixed(x) >> halvings;
    return from_fixed<T>(pick(negative, Sum(-sum), sum), 0);
}

/// ln(1 + x), or 2 atanh(x / (2 + x))
template <class T> constexpr T log1p(T x) {
    const Parts<T> p(x);
    const Real<T> size = real(p), one = power_of_two<T>(0), two = power_of_two<T>(1);
    const bool above = p.exponent > 0;
    const Real<T> more = sum(pick(above, size, one), pick(above, one, size));
    const Real<T> all = pick(p.negative, difference(one, size), more);
    const Real<T> twice = pick(p.negative, difference(two, size), sum(two, size));
    const T found = area(p.negative, quotient(size, twice), 1, signed_log(false, all));
    const T beyond = pick(x == T(-1), infinity<T>(true), pick(x < T(-1), invalid<T>(), found));
    return pick(p.nan, quiet(x), pick(p.zero | (p.infinite & !p.negative), x, beyond));
}

/// ln((1 + x) / (1 - x)) / 2
template <class T> constexpr T atanh(T x) {
    const Parts<T> p(x);
    const Real<T> size = real(p), one = power_of_two<T>(0);
    const Real<T> by = quotient(sum(one, size), difference(one, size));
    const T found = area(p.negative, size, 0, signed_log(p.negative, by, 1));
    const bool is_one = p.magnitude == Parts<T>(T(1)).magnitude;
    const T beyond = pick(greater(size, one), invalid<T>(), pick(is_one, infinity<T>(p.negative), found));
    return pick(p.nan, quiet(x), pick(p.zero, x, beyond));
}

/// ln(x + r), or atanh(x / r), with r^2 = x^2 + 1
template <class T> constexpr T asinh(T x) {
    const Parts<T> p(x);
    const Real<T> size = real(p), one = power_of_two<T>(0);
    const bool above = greater(size, one);
    const Real<T> r = length(pick(above, size, one), pick(above, one, size));
    const T found = area(p.negative, quotient(size, r), 0, signed_log(p.negative, sum(r, size)));
    return pick(p.nan, quiet(x), pick(p.zero | p.infinite, x, found));
}

/// ln(x + r), or atanh(r / x), with r^2 = x^2 - 1
template <class T> constexpr T acosh(T x) {
    const Parts<T> p(x);
    const Real<T> size = real(p), one = power_of_two<T>(0);
    const Real<T> r = geometric_mean(difference(size, one), sum(size, one));
    const T found = area(false, quotient(r, size), 0, signed_log(false, sum(size, r)));
    const T beyond = pick(x < T(1), invalid<T>(), pick(x == T(1), T(0), found));
    return pick(p.nan, quiet(x), pick(p.infinite & !p.negative, x, beyond));
}

}  // namespace softmath

#endif
