// Binary floating point as IEEE 754 has it, on words: the parts of a number, and how one is packed.
// Everything is straight-line code, so that a loop around it can be pipelined.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_FORMAT_H
#define SILIWRIGHT_SOFTFLOAT_FORMAT_H

namespace softfloat {

template <int N> using Bits = unsigned _BitInt(N);
template <int N> using Signed = signed _BitInt(N);

/// The smallest power of two that is at least n.
constexpr int power_above(int n) { return n <= 1 ? 1 : 2 * power_above((n + 1) / 2); }

/// A choice that is made without a branch: both values are worked out.
template <class T> constexpr T pick(bool condition, T yes, T no) { return condition ? yes : no; }

/// a + b + carry of one carry chain, without its last carry.
template <int N> constexpr Bits<N> plus_carry(Bits<N> a, Bits<N> b, bool carry) {
    using Sum = Bits<N + 1>;
    const Sum sum = Sum(Sum(Sum(a) << 1) | Sum(1)) + Sum(Sum(Sum(b) << 1) | Sum(carry));
    return Bits<N>(sum >> 1);
}

/// Zeros in front of the highest one; N for 0.
template <int N> constexpr Bits<8> leading_zeros(Bits<N> x) { return Bits<8>(__builtin_clzg(x, N)); }

/// Zeros behind the lowest one; N for 0.
template <int N> constexpr Bits<8> trailing_zeros(Bits<N> x) { return Bits<8>(__builtin_ctzg(x, N)); }

/// E bits of exponent, M of fraction.
template <int E, int M> struct Format {
    static constexpr int bits = 1 + E + M, exponent = E, fraction = M;
    static constexpr int bias = (1 << (E - 1)) - 1, top = (1 << E) - 1;
    using Word = Bits<bits>;
    using Exponent = Bits<E>;
    using Mantissa = Bits<M + 1>;
    using Scale = Signed<E + 3>;
    static constexpr Word sign_bit = Word(1) << (E + M);
    static constexpr Word magnitude_mask = ~sign_bit;
    static constexpr Word infinity = Word(top) << M;
    static constexpr Word quiet = Word(1) << (M - 1);
    /// What an invalid operation gives on x86.
    static constexpr Word invalid = sign_bit | infinity | quiet;
};
using Single = Format<8, 23>;
using Double = Format<11, 52>;

/// A number taken apart. A subnormal number has exponent 1 and no leading one.
template <class F> struct Parts {
    typename F::Word word, magnitude;
    bool negative, special, nan;
    typename F::Exponent exponent;
    typename F::Mantissa mantissa;
    Bits<8> trailing;  ///< The mantissa's trailing zeros, if it is not 0.

    explicit Parts(typename F::Word w) : word(w), magnitude(w & F::magnitude_mask) {
        negative = (w >> (F::bits - 1)) != 0;
        const typename F::Exponent field = typename F::Exponent(magnitude >> F::fraction);
        special = field == typename F::Exponent(F::top);
        nan = magnitude > F::infinity;
        const bool normal = field != 0;
        const typename F::Mantissa fraction = Bits<F::fraction>(magnitude);
        const typename F::Mantissa one = typename F::Mantissa(1) << F::fraction;
        trailing = trailing_zeros<F::fraction + 1>(fraction | one);
        exponent = pick(normal, field, typename F::Exponent(1));
        mantissa = fraction | typename F::Mantissa(typename F::Mantissa(normal) << F::fraction);
    }
};

/// x, whose trailing zeros are known, shifted right, its lowest bit one if any one fell off; `by`
/// may be anything.
template <int N, int A> constexpr Bits<N> sticky_right(Bits<N> x, Bits<A> by, Bits<8> zeros) {
    constexpr int width = power_above(N), steps = __builtin_ctz(width);
    using Wide = Bits<width>;
    static_assert(A > steps);
    const Bits<steps> inner = Bits<steps>(by);
    const bool beyond = Bits<A - steps>(by >> steps) != 0;
    const bool any = (x != 0) & (Bits<16>(zeros) < Bits<16>(by));
    return pick(beyond, Bits<N>(0), Bits<N>(Wide(x) >> inner)) | Bits<N>(any);
}

/// The word of a sign, and of a mantissa of N bits that is to be rounded to nearest, ties to even.
/// The mantissa's highest bit is the leading one of a number of exponent `below + 1`, or 0 in a
/// subnormal number, for which `below` is 0. `below` is not negative.
template <class F, int N>
constexpr typename F::Word rounded(bool negative, typename F::Scale below, Bits<N> mantissa) {
    constexpr int cut = N - F::fraction - 1;
    using Word = typename F::Word;
    const bool half = (mantissa >> (cut - 1) & 1) != 0, odd = (mantissa >> cut & 1) != 0;
    const bool rest = Bits<cut - 1>(mantissa) != 0;
    const Word base = Word(Word(typename F::Exponent(below)) << F::fraction);
    const Word sum = Word(plus_carry<F::bits>(base, Word(mantissa >> cut), half & (rest | odd)));
    const bool full = typename F::Exponent(sum >> F::fraction) == typename F::Exponent(F::top);
    const Word magnitude = pick(full | (below >= F::top - 1), F::infinity, Word(sum & F::magnitude_mask));
    return (Word(negative) << (F::bits - 1)) | magnitude;
}

/// The same of a mantissa with its leading one and any exponent: small numbers become subnormal.
template <class F, int N>
constexpr typename F::Word packed(bool negative, typename F::Scale exponent, Bits<N> mantissa) {
    using Scale = typename F::Scale;
    const bool small = exponent < 1;
    const Bits<F::exponent + 3> by = Bits<F::exponent + 3>(Scale(1 - exponent));
    const Bits<N> lower = sticky_right<N>(mantissa, by, trailing_zeros<N>(mantissa));
    const Scale below = pick(small, Scale(0), Scale(exponent - 1));
    return rounded<F, N>(negative, below, pick(small, lower, mantissa));
}

/// The NaN that an operation on two numbers hands on, of which one at least is a NaN: the first's.
template <class F> constexpr typename F::Word handed_on(const Parts<F> &a, const Parts<F> &b) {
    return pick(a.nan, a.word, b.word) | F::quiet;
}

}  // namespace softfloat

#endif
