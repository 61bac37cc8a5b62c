// What the functions of this folder are made of: numbers taken apart and packed, and fixed-point
// products. All is integer arithmetic in plain C++17, so that a C++ compiler and the HLS engine give
// the same bits; all is straight-line code, so that a loop around it can be pipelined.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_WORDS_H
#define SOFTMATH_WORDS_H

#include <stdint.h>

#ifdef __clang__
#define SOFTMATH_UNROLL _Pragma("clang loop unroll(full)")
#else
#define SOFTMATH_UNROLL
#endif

namespace softmath {

typedef unsigned __int128 uint128;
typedef __int128 int128;

template <class T> struct Format;
template <> struct Format<float> {
    typedef uint32_t Word;
    typedef uint64_t Wide;
    typedef int64_t Sum;
    static constexpr int bits = 32, fraction = 23, bias = 127, top = 255;
};
template <> struct Format<double> {
    typedef uint64_t Word;
    typedef uint128 Wide;
    typedef int128 Sum;
    static constexpr int bits = 64, fraction = 52, bias = 1023, top = 2047;
};

/// A choice that is made without a branch: both values are worked out.
template <class T> constexpr T pick(bool condition, T yes, T no) { return condition ? yes : no; }

constexpr int leading_zeros(uint32_t x) { return x ? __builtin_clz(x) : 32; }
constexpr int leading_zeros(uint64_t x) { return x ? __builtin_clzll(x) : 64; }
constexpr int leading_zeros(uint128 x) {
    const uint64_t high = uint64_t(x >> 64);
    return pick(high != 0, leading_zeros(high), 64 + leading_zeros(uint64_t(x)));
}

/// The upper half of a product.
constexpr uint32_t high(uint32_t a, uint32_t b) { return uint32_t(uint64_t(a) * b >> 32); }
constexpr uint64_t high(uint64_t a, uint64_t b) {
    const uint64_t a0 = uint32_t(a), a1 = a >> 32, b0 = uint32_t(b), b1 = b >> 32;
    const uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + uint32_t(middle);
    return a1 * b1 + (middle >> 32) + (other >> 32);
}

/// a / b as fraction in units of 2^-bits, for a < b.
template <class W> constexpr W ratio(W a, W b) {
    W found = 0, rest = a;
    SOFTMATH_UNROLL
    for (int i = 0; i < int(8 * sizeof(W)); i++) {
        const bool carry = (rest >> (8 * sizeof(W) - 1)) != 0;
        const W doubled = rest << 1;
        const bool fits = carry | (doubled >= b);
        rest = pick(fits, W(doubled - b), doubled);
        found = W(found << 1) | W(fits);
    }
    return found;
}

/// The word of a fixed-point constant that is written with 64 bits.
template <class W> constexpr W constant(uint64_t bits64) { return W(bits64 >> (64 - 8 * sizeof(W))); }

/// A number taken apart: `mantissa` has its leading one at bit `fraction`, also for subnormal ones.
template <class T> struct Parts {
    typedef Format<T> F;
    typename F::Word word, magnitude, mantissa;
    bool negative, nan, infinite, zero;
    int exponent;

    constexpr explicit Parts(T x) : word(__builtin_bit_cast(typename F::Word, x)), magnitude(), mantissa(),
          negative(word >> (F::bits - 1)), nan(), infinite(), zero(), exponent() {
        typedef typename F::Word W;
        const W infinity = W(F::top) << F::fraction, one = W(1) << F::fraction;
        magnitude = word & (W(-1) >> 1);
        nan = magnitude > infinity;
        infinite = magnitude == infinity;
        zero = magnitude == 0;
        const int field = int(magnitude >> F::fraction);
        const W fraction = magnitude & (one - 1);
        const int moved = leading_zeros(W(fraction | 1)) - (F::bits - 1 - F::fraction);
        mantissa = pick(field != 0, W(fraction | one), W(fraction << moved));
        exponent = pick(field != 0, field, 1 - moved) - F::bias;
    }
};

template <class T> constexpr T number(typename Format<T>::Word word) { return __builtin_bit_cast(T, word); }
template <class T> constexpr T infinity(bool negative) {
    typedef Format<T> F;
    typedef typename F::Word W;
    return number<T>(W(negative) << (F::bits - 1) | W(F::top) << F::fraction);
}
template <class T> constexpr T quiet(T nan) {
    typedef Format<T> F;
    return number<T>(__builtin_bit_cast(typename F::Word, nan) | typename F::Word(1) << (F::fraction - 1));
}
/// What an operation gives that has no answer.
template <class T> constexpr T invalid() { return quiet(infinity<T>(true)); }

/// mantissa * 2^(exponent - bits + 1), rounded to nearest; the mantissa is not 0.
template <class T> constexpr T packed(bool negative, int exponent, typename Format<T>::Word mantissa) {
    typedef Format<T> F;
    typedef typename F::Word W;
    constexpr int cut = F::bits - 1 - F::fraction;
    const int zeros = leading_zeros(mantissa), field = exponent - zeros + F::bias;
    const W normal = mantissa << zeros;
    const int more = pick(field < 1, 1 - field, 0), most = F::fraction + 1;
    const bool vanishes = more > most;
    const int drop = pick(vanishes, most, more);
    const W kept = normal >> cut >> drop, lost = normal & ((W(1) << cut << drop) - 1);
    const W half = W(1) << (cut - 1) << drop;
    const bool odd = (kept & 1) != 0, up = lost > half || (lost == half && odd);
    const W base = pick(field < 1, W(0), W(W(field - 1) << F::fraction));
    const bool too_large = field >= F::top;
    const W all = W(F::top) << F::fraction, sign = W(negative) << (F::bits - 1);
    return number<T>(sign | pick(too_large, all, W(base + kept + W(up && !vanishes))));
}

}  // namespace softmath

#endif
