// exp, exp2 and tanh: by a table of sixteenths and the series of the rest.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_EXPONENTIAL_H
#define SOFTMATH_EXPONENTIAL_H

#include "real.h"

namespace softmath {

/// The powers e^(i/16) and e^(-i/16), and 1/(k+1)!, in units of 2^-63.
constexpr uint64_t powers_up[] = {
    0x8000000000000000, 0x88415ABBE9A76BEB, 0x910B022DB7AE67CE, 0x9A65C0B85AC1A96A,
    0xA45AF1E1F40C333B, 0xAEF48BB022FFA9DB, 0xBA3D289EDF7B5312, 0xC640123BD8007EE1,
    0xD3094C70F034DE4C, 0xE0A5A1892B223222, 0xEF22AEFC071E02E5, 0xFE8EF30C17C644E9,
};
constexpr uint64_t powers_down[] = {
    0x8000000000000000, 0x783EAFEF1C0A8F39, 0x70F5A893B608861E, 0x6A1DA04B021DEF01,
    0x63AFBE7AB2082BA2, 0x5DA594B7C8BDF84D, 0x57F91857A63A3AAA, 0x52A49C64DBF42359,
    0x4DA2CBF1BE5827FA, 0x48EEA4C3055A2BFF, 0x4483724D264F9EAD, 0x405CC8FF640081B1,
};
constexpr uint64_t factorials[] = {
    0x8000000000000000, 0x4000000000000000, 0x1555555555555555, 0x0555555555555555,
    0x0111111111111111, 0x002D82D82D82D82E, 0x0006806806806807, 0x0000D00D00D00D01,
    0x0000171DE3A556C7, 0x0000024FC9F6EF14, 0x00000035CC8ACFEB,
};

/// How numbers are cut for an exponential: fixed-point with `point` bits behind the point.
template <class T> struct Cut;
template <> struct Cut<float> {
    static constexpr int point = 40, largest = 7, terms = 5;
    static constexpr int64_t ln2 = 0xB17217F7D2;
};
template <> struct Cut<double> {
    static constexpr int point = 74, largest = 10, terms = 10;
    static constexpr int128 ln2 = int128(0x2C5C85FDF) << 40 | 0x473DE6AF28;
};

/// |x| in fixed point, for exponents up to `largest`; what is too small becomes 0.
template <class T> constexpr typename Format<T>::Sum fixed(const Parts<T> &p) {
    typedef typename Format<T>::Sum Sum;
    constexpr int raised = Cut<T>::point - Format<T>::fraction + Cut<T>::largest;
    const int by = Cut<T>::largest - p.exponent, most = 8 * int(sizeof(Sum)) - 1;
    return Sum(p.mantissa) << raised >> pick(by < 0, 0, pick(by < most, by, most));
}

/// x = twos * ln 2 + sixteenths / 16 + rest, with 0 <= rest < 1/16 in units of 2^-bits.
template <class T> struct Reduced {
    int twos, sixteenths;
    typename Format<T>::Word rest;

    constexpr explicit Reduced(typename Format<T>::Sum x) : twos(), sixteenths(), rest() {
        typedef typename Format<T>::Sum Sum;
        constexpr int point = Cut<T>::point;
        // One power less rather than one more, so that nothing negative is left.
        const int64_t estimate = int64_t(int32_t(x >> (point - 12))) * 0x171547 - (1 << 24);
        twos = pick((x >= 0) & (estimate < 0), 0, int(estimate >> 32));
        const Sum left = x - Sum(twos) * Cut<T>::ln2;
        sixteenths = int(left >> (point - 4));
        const Sum behind = left & ((Sum(1) << (point - 4)) - 1);
        rest = typename Format<T>::Word(behind >> (point - Format<T>::bits));
    }
};

/// e^x of x in fixed point, times a power of two.
template <class T> constexpr T exp_of_fixed(typename Format<T>::Sum x, int twos = 0) {
    typedef typename Format<T>::Word W;
    const Reduced<T> r(x);
    W power = constant<W>(factorials[Cut<T>::terms - 1]);
    SOFTMATH_UNROLL
    for (int k = Cut<T>::terms - 2; k >= 0; k--) power = constant<W>(factorials[k]) + high(power, r.rest);
    power = constant<W>(factorials[0]) + high(power, r.rest);
    return packed<T>(false, twos + r.twos + 1, high(power, constant<W>(powers_up[r.sixteenths])));
}

template <class T> constexpr T exp(T x) {
    typedef typename Format<T>::Sum Sum;
    const Parts<T> p(x);
    const bool large = p.exponent >= Cut<T>::largest;
    const Sum size = fixed(p), argument = pick(p.negative, Sum(-size), size);
    const T found = exp_of_fixed<T>(pick(large | p.zero, Sum(0), argument));
    const T beyond = pick(p.negative, T(0), infinity<T>(false));
    return pick(p.nan, quiet(x), pick(large, beyond, found));
}

/// By d / (2 - d) of d = 1 - e^(-2|x|), which a series gives exactly enough where it is small.
template <class T> constexpr T tanh(T x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Sum Sum;
    constexpr int tiny = -(F::fraction + 2) / 2, half = F::bits - 1;
    const Parts<T> p(x);
    const bool small = p.exponent < tiny, large = p.exponent > 4;
    const Sum twice = fixed(p) << 1;
    const Reduced<T> r(pick(large | small, Sum(0), twice));
    // (1 - e^-t) / t = 1 - t/2 + t^2/6 - ..., and what is taken from one in all.
    W series = constant<W>(factorials[Cut<T>::terms]);
    SOFTMATH_UNROLL
    for (int k = Cut<T>::terms - 1; k >= 0; k--) series = constant<W>(factorials[k]) - high(series, r.rest);
    const W first = high(W(p.mantissa << (half - F::fraction)), series);
    const W still = (W(1) << half) - high(r.rest, series);
    const W power = high(still, constant<W>(powers_down[r.sixteenths])) << 1;
    const W lower = power >> pick(r.twos < F::bits - 1, r.twos, F::bits - 1);
    const bool alone = (r.twos == 0) & (r.sixteenths == 0);
    const W less = (W(1) << half) - lower;  // d, but where it is small
    const W above = pick(alone, first, W(less << leading_zeros(W(less | 1))));
    const int exponent = pick(alone, p.exponent + 2, -leading_zeros(W(less | 1)));
    const W direct = pick(alone, W(high(r.rest, series)), less);
    const W below = (W(1) << half) - (direct >> 1);  // (2 - d) / 2
    const T found = packed<T>(p.negative, exponent, ratio(W(above >> 2), below));
    const T one = number<T>(W(p.negative) << half | W(F::bias) << F::fraction);
    return pick(p.nan, quiet(x), pick(small, x, pick(large, one, found)));
}

}  // namespace softmath

#endif
