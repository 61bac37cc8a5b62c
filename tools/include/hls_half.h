// `half`, the 16-bit floating-point number of IEEE 754: every result is computed as a float, which has
// more than twice its digits, and rounded to the nearest, halfway to the even one.
// Written from AMD's public documentation (UG1399, "Half-Precision Floating-Point Data Types").
//
// SPDX-License-Identifier: Apache-2.0
#ifndef HLS_HALF_H
#define HLS_HALF_H

#include <stdint.h>

#include "hls_math.h"

namespace half_detail {

/// The bits of a number with a mantissa of `Mantissa` bits, rounded to a half's.
template <int Mantissa, class Word> constexpr uint16_t narrowed(Word bits) {
    constexpr int width = 8 * sizeof(Word), bias = (1 << (width - 2 - Mantissa)) - 1;
    constexpr Word one = 1, fraction = (one << Mantissa) - 1;
    const uint16_t sign = uint16_t(bits >> (width - 16)) & 0x8000;
    const int exponent = int((bits >> Mantissa) & (2 * bias + 1)) - bias + 15;
    const Word mantissa = bits & fraction;
    if (exponent > 30) {
        const bool is_nan = exponent == bias + 16 && mantissa != 0;
        return sign | (is_nan ? 0x7e00 : 0x7c00);
    }
    if (exponent < -10)
        return sign;
    const int dropped = Mantissa - 10 + (exponent > 0 ? 0 : 1 - exponent);
    const Word whole = mantissa | (one << Mantissa), halfway = one << (dropped - 1);
    const Word rest = whole & ((halfway << 1) - 1);
    uint16_t kept = uint16_t(whole >> dropped);
    if (rest > halfway || (rest == halfway && (kept & 1)))
        kept++;
    return sign | uint16_t(kept + (exponent > 0 ? (exponent - 1) << 10 : 0));
}

/// The bits of the float of the same value.
constexpr uint32_t widened(uint16_t bits) {
    const uint32_t sign = uint32_t(bits & 0x8000) << 16, exponent = (bits >> 10) & 31, mantissa = bits & 0x3ff;
    if (exponent == 31)
        return sign | 0x7f800000 | mantissa << 13;
    if (exponent)
        return sign | (exponent + 112) << 23 | mantissa << 13;
    if (!mantissa)
        return sign;
    const int up = __builtin_clz(mantissa) - 21;
    return sign | uint32_t(113 - up) << 23 | ((mantissa << up) & 0x3ff) << 13;
}

template <class T> struct Other {};  // the type of an operation on a half and a T: with integers a half
#define HALF_OTHER(type, result)                                                                   \
    template <> struct Other<type> { typedef result with; };

}  // namespace half_detail

class half {
    uint16_t bits;

  public:
    half() = default;
    constexpr half(float v) : bits(half_detail::narrowed<23>(__builtin_bit_cast(uint32_t, v))) {}
    constexpr half(double v) : bits(half_detail::narrowed<52>(__builtin_bit_cast(uint64_t, v))) {}
    constexpr half(int v) : half(float(v)) {}
    constexpr half(unsigned v) : half(float(v)) {}
    constexpr half(long v) : half(float(v)) {}
    constexpr half(unsigned long v) : half(float(v)) {}
    constexpr half(long long v) : half(float(v)) {}
    constexpr half(unsigned long long v) : half(float(v)) {}

    constexpr operator float() const {
        return __builtin_bit_cast(float, half_detail::widened(bits));
    }
    /// The half of these 16 bits, and the bits of a half.
    static constexpr half of_bits(uint16_t v) {
        half made = 0.0f;
        made.bits = v;
        return made;
    }
    constexpr uint16_t to_bits() const { return bits; }

    constexpr half operator-() const { return of_bits(bits ^ 0x8000); }
    constexpr half operator+() const { return *this; }
#define HALF_ASSIGN(sign)                                                                          \
    template <class T> constexpr half &operator sign##=(T v) {                                     \
        *this = half(float(*this) sign float(v));                                                  \
        return *this;                                                                              \
    }
    HALF_ASSIGN(+)
    HALF_ASSIGN(-)
    HALF_ASSIGN(*)
    HALF_ASSIGN(/)
#undef HALF_ASSIGN
    constexpr half &operator++() { return *this += 1; }
    constexpr half &operator--() { return *this -= 1; }
};

namespace half_detail {
HALF_OTHER(float, float)
HALF_OTHER(double, double)
HALF_OTHER(bool, half)
HALF_OTHER(char, half)
HALF_OTHER(signed char, half)
HALF_OTHER(unsigned char, half)
HALF_OTHER(short, half)
HALF_OTHER(unsigned short, half)
HALF_OTHER(int, half)
HALF_OTHER(unsigned, half)
HALF_OTHER(long, half)
HALF_OTHER(unsigned long, half)
HALF_OTHER(long long, half)
HALF_OTHER(unsigned long long, half)
#undef HALF_OTHER
}  // namespace half_detail

#define HALF_COMPUTES(sign)                                                                        \
    constexpr half operator sign(half a, half b) { return half(float(a) sign float(b)); }          \
    template <class T> constexpr typename half_detail::Other<T>::with operator sign(half a, T b) { \
        typedef typename half_detail::Other<T>::with with;                                         \
        return with(with(a) sign with(b));                                                         \
    }                                                                                              \
    template <class T> constexpr typename half_detail::Other<T>::with operator sign(T a, half b) { \
        typedef typename half_detail::Other<T>::with with;                                         \
        return with(with(a) sign with(b));                                                         \
    }
HALF_COMPUTES(+)
HALF_COMPUTES(-)
HALF_COMPUTES(*)
HALF_COMPUTES(/)
#undef HALF_COMPUTES

#define HALF_COMPARES(sign)                                                                        \
    constexpr bool operator sign(half a, half b) { return float(a) sign float(b); }                \
    template <class T, class W = typename half_detail::Other<T>::with>                             \
    constexpr bool operator sign(half a, T b) {                                                    \
        return W(a) sign W(b);                                                                     \
    }                                                                                              \
    template <class T, class W = typename half_detail::Other<T>::with>                             \
    constexpr bool operator sign(T a, half b) {                                                    \
        return W(a) sign W(b);                                                                     \
    }
HALF_COMPARES(<)
HALF_COMPARES(>)
HALF_COMPARES(<=)
HALF_COMPARES(>=)
HALF_COMPARES(==)
HALF_COMPARES(!=)
#undef HALF_COMPARES

namespace hls {

#define HALF_OF_ONE(name)                                                                          \
    inline half name(half x) { return half(name(float(x))); }                                      \
    inline half half_##name(half x) { return name(x); }
HALF_OF_ONE(sqrt)
HALF_OF_ONE(exp)
HALF_OF_ONE(log)
HALF_OF_ONE(sin)
HALF_OF_ONE(cos)
HALF_OF_ONE(tanh)
HALF_OF_ONE(rsqrt)
HALF_OF_ONE(recip)
HALF_OF_ONE(floor)
HALF_OF_ONE(ceil)
HALF_OF_ONE(trunc)
HALF_OF_ONE(round)
HALF_OF_ONE(rint)
#undef HALF_OF_ONE
/// The sign's bit alone is cleared.
inline half fabs(half x) { return half::of_bits(x.to_bits() & 0x7fff); }
inline half abs(half x) { return fabs(x); }

}  // namespace hls

#endif
