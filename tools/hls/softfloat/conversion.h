// Between integers and floating point, and between its formats.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_CONVERSION_H
#define SILIWRIGHT_SOFTFLOAT_CONVERSION_H

#include "format.h"

namespace softfloat {

/// A magnitude of N bits and its sign as floating point.
template <class F, int N> typename F::Word from_magnitude(bool negative, Bits<N> magnitude) {
    using Scale = typename F::Scale;
    constexpr int width = power_above(N), steps = __builtin_ctz(width);
    constexpr int kept = F::fraction + 4;
    const Bits<12> zeros = Bits<12>(__builtin_clzg(magnitude, N));
    const Bits<N> normal = Bits<N>(Bits<width>(magnitude) << Bits<steps>(zeros));
    Bits<kept> mantissa;
    if constexpr (N > kept)
        mantissa = Bits<kept>(normal >> (N - kept)) | Bits<kept>(Bits<N - kept>(normal) != 0);
    else
        mantissa = Bits<kept>(Bits<kept>(normal) << (kept - N));
    const Scale below = Scale(F::bias + N - 2 - int(zeros));
    using Word = typename F::Word;
    return pick(magnitude == 0, Word(0), rounded<F, kept>(negative, below, mantissa));
}

template <class F, int N> typename F::Word from_signed(Signed<N> value) {
    const bool negative = value < 0;
    const Bits<N> bits = Bits<N>(value);
    return from_magnitude<F, N>(negative, pick(negative, Bits<N>(-bits), bits));
}

template <class F, int N> typename F::Word from_unsigned(Bits<N> value) {
    return from_magnitude<F, N>(false, value);
}

/// Towards zero, to N bits; the lowest number, as on x86, where that is none of them.
template <class F, int N> Signed<N> to_signed(typename F::Word x) {
    const Parts<F> a(x);
    constexpr int width = power_above(N + F::fraction + 1), steps = __builtin_ctz(width);
    const int power = int(a.exponent) - F::bias;
    const bool small = power < 0, large = power >= N - 1;
    const Bits<width> moved = Bits<width>(a.mantissa) << Bits<steps>(power);
    const Bits<N> magnitude = Bits<N>(moved >> F::fraction);
    const Bits<N> value = pick(a.negative, Bits<N>(-magnitude), magnitude);
    const Bits<N> lowest = Bits<N>(1) << (N - 1);
    return Signed<N>(pick(large, lowest, pick(small, Bits<N>(0), value)));
}

/// Towards zero, to N bits; what is no such number is as `to_signed` has it.
template <class F, int N> Bits<N> to_unsigned(typename F::Word x) {
    return Bits<N>(to_signed<F, N + 1>(x));
}

template <class From, class To> typename To::Word widen(typename From::Word x) {
    using Word = typename To::Word;
    constexpr int m = From::fraction + 1, shift = To::fraction - From::fraction;
    constexpr int steps = __builtin_ctz(power_above(m));
    const Parts<From> a(x);
    const Bits<8> zeros = leading_zeros<m>(a.mantissa);
    const Bits<m> normal = Bits<m>(Bits<power_above(m)>(a.mantissa) << Bits<steps>(zeros));
    const Word exponent = Word(Word(a.exponent) + Word(To::bias - From::bias) - Word(zeros));
    const Word sign = Word(Word(a.negative) << (To::bits - 1));
    const Word fraction = Word(Word(Bits<From::fraction>(normal)) << shift);
    const Word finite = Word(sign | Word(exponent << To::fraction) | fraction);
    const Word raw = Word(Word(Bits<From::fraction>(x)) << shift);
    const Word quiet = pick(a.nan, To::quiet, Word(0));
    const Word special = Word(sign | To::infinity | raw | quiet);
    return pick(a.special, special, pick(a.magnitude == 0, sign, finite));
}

template <class From, class To> typename To::Word shorten(typename From::Word x) {
    using Word = typename To::Word;
    using Wide = typename From::Word;
    constexpr int m = From::fraction + 1, shift = From::fraction - To::fraction;
    const Parts<From> a(x);
    const Word sign = Word(Word(a.negative) << (To::bits - 1));
    // What is far too small or too large for the format stays so in fewer bits of exponent.
    const int power = int(a.exponent) - From::bias + To::bias;
    const int least = -To::fraction - 3, most = To::top;
    const int inside = pick(power < least, least, pick(power > most, most, power));
    const auto exponent = typename To::Scale(inside);
    const Word finite = packed<To, m>(a.negative, exponent, a.mantissa);
    const Word payload = Word(Word(Wide(a.magnitude & ~From::infinity) >> shift) | To::quiet);
    const Word special = Word(sign | To::infinity | pick(a.nan, payload, Word(0)));
    return pick(a.special, special, finite);
}

}  // namespace softfloat

#endif
