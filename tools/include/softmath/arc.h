// atan, atan2, asin and acos: the angle of a quotient by a table of eighths, and a series for what is left.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_ARC_H
#define SOFTMATH_ARC_H

#include "circular.h"
#include "real.h"

namespace softmath {

/// atan(i / 8), in units of 2^-64.
constexpr uint64_t arcs[] = {
    0x0000000000000000, 0x1FD5BA9AAC2F6DC6, 0x3EB6EBF25901BAC5, 0x5BD86507937BC23A,
    0x76B19C1586ED3DA3, 0x8F005D5EF7F59F9B, 0xA4BC7D1934F70924, 0xB8053E2BC2319E74,
    0xC90FDAA22168C235,
};
/// 1 / (2k+1) from k = 1 on, in units of 2^-64.
constexpr uint64_t odd_parts[] = {
    0x5555555555555555, 0x3333333333333333, 0x2492492492492492, 0x1C71C71C71C71C72,
    0x1745D1745D1745D1, 0x13B13B13B13B13B1, 0x1111111111111111, 0x0F0F0F0F0F0F0F0F,
};

/// (1 - atan(u) / u) in units of 2^-bits, for u <= 1/16 in units of 2^-(bits + 3).
template <class W> constexpr W arc_less(W u) {
    constexpr int terms = sizeof(W) == 4 ? 4 : 8;
    const W square = high(u, u);  // in units of 2^-(bits + 6)
    W s = constant<W>(odd_parts[terms - 1]);
    SOFTMATH_UNROLL
    for (int k = terms - 2; k >= 0; k--) s = constant<W>(odd_parts[k]) - (high(square, s) >> 6);
    return high(square, s) >> 6;
}

/// The angle of the point (x, y), by their signs and sizes.
template <class T> constexpr T angle(bool under, const Real<T> &y, bool left, const Real<T> &x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    constexpr int n = F::bits;
    constexpr W one = W(1) << (n - 1);
    const bool steep = greater(y, x);
    const Real<T> less = pick(steep, x, y), more = pick(steep, y, x);
    const bool nothing = less.mantissa == 0;
    const Real<T> slope = quotient(less, more);
    const W mantissa = pick(nothing, W(0), slope.mantissa);
    const bool seen = slope.exponent > -n;
    const W t = mantissa >> pick(seen, -slope.exponent & (n - 1), n - 1);
    const int eighths = int((t + (W(1) << (n - 5))) >> (n - 4));
    const W nearest = W(eighths) << (n - 4);
    // atan(t) = atan(c) + atan((t - c) / (1 + t c))
    const bool below = t < nearest;
    const W off = pick(below, W(nearest - t), W(t - nearest));
    const W rest = ratio(W(off << 2), W((one >> 1) + high(t, nearest)));
    const bool small = eighths == 0;
    const W u = pick(small, W(t << 4), rest);
    const W series = one - (arc_less(u) >> 1);
    const W step = high(u, series) >> 2, arc = constant<W>(arcs[eighths]);
    const W turned = pick(below, W(arc - step), W(arc + step));  // in units of 2^-n
    // Of a flat angle the mantissa counts, of any other the angle itself, in units of 2^-(n - 2).
    const W pi = constant<W>(half_pi);
    const W within = pick(steep, W((pi >> 1) - (turned >> 2)), W(turned >> 2));
    const W whole = pick(left, W(pi - within), within);
    const T flat = pick(small, packed<T>(under, slope.exponent + 1, W(high(mantissa, series) | 1)),
                        packed<T>(under, -1, W(turned | 1)));
    const T right = pick(nothing, number<T>(W(under) << (n - 1)), flat);
    return pick(steep | left, packed<T>(under, 1, W(whole | 1)), right);
}

template <class T> constexpr T atan2(T y, T x) {
    const Parts<T> p(y), q(x);
    const Real<T> none = {0, -8 * Format<T>::bias};
    const T found = angle(p.negative, pick(q.infinite & !p.infinite, none, real(p)), q.negative,
                          pick(p.infinite & !q.infinite, none, real(q)));
    return pick(p.nan, quiet(y), pick(q.nan, quiet(x), found));
}

template <class T> constexpr T atan(T x) { return atan2(x, T(1)); }

/// The other side of a right-angled triangle with the longest side 1.
template <class T> constexpr Real<T> other_side(const Real<T> &side) {
    const Real<T> one = power_of_two<T>(0);
    return geometric_mean(difference(one, side), sum(one, side));
}

template <class T> constexpr T asin(T x) {
    const Parts<T> p(x);
    const Real<T> side = real(p);
    const T found = angle(p.negative, side, false, other_side(side));
    return pick(p.nan, quiet(x), pick(greater(side, power_of_two<T>(0)), invalid<T>(), found));
}

template <class T> constexpr T acos(T x) {
    const Parts<T> p(x);
    const Real<T> side = real(p);
    const T found = angle(false, other_side(side), p.negative, side);
    return pick(p.nan, quiet(x), pick(greater(side, power_of_two<T>(0)), invalid<T>(), found));
}

}  // namespace softmath

#endif
