// sin, cos and tan of any argument: what is left of it beyond quarter turns, then a series.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_CIRCULAR_H
#define SOFTMATH_CIRCULAR_H

#include "real.h"
#include "series.h"

namespace softmath {

/// 128 zeros and the binary digits of 2 / pi.
constexpr uint64_t quarters[] = {
    0x0000000000000000, 0x0000000000000000, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0,
    0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C,
    0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4,
    0x9C845F8BBDF9283B, 0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7,
    0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08,
    0x56033046FC7B6BAB, 0xF0CFBC209AF4361E,
};
constexpr uint64_t half_pi = 0xC90FDAA22168C235;  ///< In units of 2^-63.

/// A word of those digits; a float's words are halves.
template <class W> constexpr W digits(int index) {
    if (sizeof(W) == 8) return W(quarters[index]);
    const uint64_t both = quarters[index >> 1];
    return W(pick((index & 1) != 0, both, both >> 32));
}

/// x = (quadrant + r) quarter turns, |r| <= 1/2: `size` is |r| in units of 2^-(2 * bits).
template <class T> struct Turned {
    int quadrant;
    bool negative;
    typename Format<T>::Wide size;

    constexpr explicit Turned(const Parts<T> &p) : quadrant(), negative(), size() {
        typedef Format<T> F;
        typedef typename F::Word W;
        typedef typename F::Wide Wide;
        constexpr int n = F::bits;
        // Digits before this place give whole turns alone.
        const int place = p.exponent - F::fraction - 2 + 128, at = place / n, by = place % n;
        const W w0 = digits<W>(at), w1 = digits<W>(at + 1), w2 = digits<W>(at + 2), w3 = digits<W>(at + 3);
        const W b0 = W((Wide(w0) << n | w1) << by >> n), b1 = W((Wide(w1) << n | w2) << by >> n);
        const W b2 = W((Wide(w2) << n | w3) << by >> n);
        const Wide p2 = Wide(p.mantissa) * b2, p1 = Wide(p.mantissa) * b1 + (p2 >> n);
        const W v0 = W(p.mantissa * b0) + W(p1 >> n), v1 = W(p1), v2 = W(p2);
        const Wide fraction = (Wide(v0) << n | v1) << 2 | Wide(v2 >> (n - 2));
        negative = (fraction >> (2 * n - 1)) != 0;
        size = pick(negative, Wide(-fraction), fraction);
        quadrant = int(v0 >> (n - 2)) + int(negative);
    }
};

enum class Circular { sine, cosine, tangent };

/// The sine of x, its cosine (the sine of a quarter turn more), or one by the other.
template <class T, Circular Kind> constexpr T circular(T x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Wide Wide;
    constexpr int n = F::bits, odd = odd_terms<W>, even = even_terms<W>;
    const Parts<T> p(x);
    const bool tiny = p.exponent < -(F::fraction + 2) / 2, special = p.nan | p.infinite;
    const T inside = pick(tiny | special, T(1), x);
    const Parts<T> q(inside);
    const Turned<T> turned(q);
    const int zeros = leading_zeros(turned.size);
    const W pi = constant<W>(half_pi), one = W(1) << (n - 1);
    const W exact = high(W(Wide(turned.size << (zeros & (2 * n - 1))) >> n), pi);
    const W r = high(W(turned.size >> n), pi) << 1, z = high(r, r);
    W s = constant<W>(odd_factorials[odd - 1]), c = constant<W>(even_factorials[even - 1]);
    SOFTMATH_UNROLL
    for (int k = odd - 2; k >= 0; k--) s = constant<W>(odd_factorials[k]) - high(z, s);
    SOFTMATH_UNROLL
    for (int k = even - 2; k >= 0; k--) c = constant<W>(even_factorials[k]) - high(z, c);
    const W sine_mantissa = high(exact, W(one - (high(z, s) >> 1)));
    const W cosine_mantissa = one - (high(z, c) >> 1);
    constexpr bool is_cosine = Kind == Circular::cosine;
    const int quadrant = turned.quadrant + int(is_cosine);
    const bool by_cosine = (quadrant & 1) != 0;
    const bool down = (quadrant & 2) != 0;
    const bool mirrored = !is_cosine & q.negative;
    const bool negative = down ^ (!by_cosine & turned.negative) ^ mirrored;
    T found = packed<T>(negative, pick(by_cosine, 0, 1 - zeros),
                        pick(by_cosine, cosine_mantissa, sine_mantissa));
    if (Kind == Circular::tangent) {
        const Real<T> sine = normal<T>(sine_mantissa, 1 - zeros), cosine = normal<T>(cosine_mantissa, 0);
        const Real<T> slope = quotient(pick(by_cosine, cosine, sine), pick(by_cosine, sine, cosine));
        found = packed<T>(by_cosine ^ turned.negative ^ q.negative, slope.exponent, slope.mantissa);
    }
    const T near_zero = is_cosine ? T(1) : x;
    return pick(p.nan, quiet(x), pick(p.infinite, invalid<T>(), pick(tiny, near_zero, found)));
}

template <class T> constexpr T sin(T x) { return circular<T, Circular::sine>(x); }
template <class T> constexpr T cos(T x) { return circular<T, Circular::cosine>(x); }
template <class T> constexpr T tan(T x) { return circular<T, Circular::tangent>(x); }

}  // namespace softmath

#endif
