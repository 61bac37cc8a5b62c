// sinh, cosh and expm1: by a series where they are small, by e^x and e^-x elsewhere.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_HYPERBOLIC_H
#define SOFTMATH_HYPERBOLIC_H

#include "exponential.h"
#include "series.h"

namespace softmath {

/// What sinh, cosh and expm1 of t = |x| are made of: up to 1/2, sinh t = t * odd and
/// cosh t = 1 + t * even, in units of 2^-(bits - 1); above, e^t = up * 2^twos and e^-t = down / 2^twos, in
/// units of 2^-(bits - 2).
template <class T> struct Exponentials {
    typedef Format<T> F;
    typedef typename F::Word W;
    bool small, large;
    W t, odd, even, up, down;
    int twos;

    constexpr explicit Exponentials(const Parts<T> &p)
        : small(p.exponent < -1), large(p.exponent >= Cut<T>::largest), t(), odd(), even(), up(), down(), twos() {
        typedef typename F::Sum Sum;
        constexpr W one = W(1) << (F::bits - 1);
        const Sum size = fixed(p);
        const Reduced<T> r(pick(small | large, Sum(0), size));
        t = pick(small, W(size >> (Cut<T>::point - F::bits)), r.rest);
        twos = r.twos;
        const W z = high(t, t);
        W s = constant<W>(odd_factorials[odd_terms<W> - 1]), c = constant<W>(even_factorials[even_terms<W> - 1]);
        SOFTMATH_UNROLL
        for (int k = odd_terms<W> - 2; k >= 0; k--) s = constant<W>(odd_factorials[k]) + high(z, s);
        SOFTMATH_UNROLL
        for (int k = even_terms<W> - 2; k >= 0; k--) c = constant<W>(even_factorials[k]) + high(z, c);
        odd = one + (high(z, s) >> 1);
        even = high(t, c) >> 1;
        up = high(W(one + high(t, W(odd + even))), constant<W>(powers_up[r.sixteenths]));
        down = high(W(one - high(t, W(odd - even))), constant<W>(powers_down[r.sixteenths]));
    }

    /// e^-t in units of those of e^t.
    constexpr W less() const { return pick(2 * twos < F::bits, W(down >> (2 * twos & (F::bits - 1))), W(0)); }
    /// 1 in the same units.
    constexpr W one() const { return pick(twos < F::bits - 1, W(W(1) << (F::bits - 2) >> (twos & (F::bits - 1))), W(0)); }
};

template <class T> constexpr T cosh(T x) {
    typedef typename Format<T>::Word W;
    const Parts<T> p(x);
    const Exponentials<T> e(p);
    const T near = packed<T>(false, 0, W((W(1) << (Format<T>::bits - 1)) + high(e.t, e.even)));
    const T far = pick(e.large, infinity<T>(false), packed<T>(false, e.twos, W(e.up + e.less())));
    return pick(p.nan, quiet(x), pick(e.small, near, far));
}

template <class T> constexpr T sinh(T x) {
    typedef typename Format<T>::Word W;
    const Parts<T> p(x);
    const Exponentials<T> e(p);
    const Real<T> size = real(p);
    const T near = packed<T>(p.negative, p.exponent + 1, high(size.mantissa, e.odd));
    const T above = packed<T>(p.negative, e.twos, W(e.up - e.less()));
    const T far = pick(e.large, infinity<T>(p.negative), above);
    return pick(p.nan, quiet(x), pick(p.zero, x, pick(e.small, near, far)));
}

/// e^x - 1
template <class T> constexpr T expm1(T x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    const Parts<T> p(x);
    const Exponentials<T> e(p);
    const Real<T> size = real(p);
    const W series = pick(p.negative, W(e.odd - e.even), W(e.odd + e.even));
    const T near = packed<T>(p.negative, p.exponent + 1, high(size.mantissa, series));
    const W kept = pick(e.twos < F::bits, W(e.down >> (e.twos & (F::bits - 1))), W(0));
    const T below = packed<T>(true, 1, W((W(1) << (F::bits - 2)) - pick(e.large, W(0), kept)));
    const T above = pick(e.large, infinity<T>(false), packed<T>(false, e.twos + 1, W(e.up - e.one())));
    const T found = pick(e.small, near, pick(p.negative, below, above));
    return pick(p.nan, quiet(x), pick(p.zero, x, found));
}

}  // namespace softmath

#endif
