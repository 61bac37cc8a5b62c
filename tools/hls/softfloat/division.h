// Quotients, square roots and remainders, one digit after the other. All but the remainder are
// straight-line code.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_DIVISION_H
#define SILIWRIGHT_SOFTFLOAT_DIVISION_H

#include "format.h"

namespace softfloat {

/// A mantissa with its leading one in front, and the exponent that goes with it.
template <class F> struct Normal {
    typename F::Mantissa mantissa;
    typename F::Scale exponent;

    explicit Normal(const Parts<F> &p) {
        constexpr int m = F::fraction + 1, steps = __builtin_ctz(power_above(m));
        const Bits<8> zeros = leading_zeros<m>(p.mantissa);
        mantissa = typename F::Mantissa(Bits<power_above(m)>(p.mantissa) << Bits<steps>(zeros));
        exponent = typename F::Scale(typename F::Scale(p.exponent) - typename F::Scale(zeros));
    }
};

template <class F> typename F::Word divide(typename F::Word x, typename F::Word y) {
    using Word = typename F::Word;
    using Scale = typename F::Scale;
    constexpr int m = F::fraction + 1, digits = m + 2;
    const Parts<F> a(x), b(y);
    const bool negative = a.negative != b.negative;
    const Normal<F> above(a), under(b);
    Bits<m + 1> rest = above.mantissa;
    const Bits<m + 1> divisor = under.mantissa;
    Bits<digits> quotient = 0;
#pragma clang loop unroll(full)
    for (int i = 0; i < digits; i++) {
        const bool fits = rest >= divisor;
        quotient = Bits<digits>(quotient << 1) | Bits<digits>(fits);
        rest = Bits<m + 1>(pick(fits, Bits<m + 1>(rest - divisor), rest) << 1);
    }
    const bool whole = (quotient >> (digits - 1)) != 0;
    Bits<digits + 1> mantissa = Bits<digits + 1>(Bits<digits + 1>(quotient) << 1) |
                                Bits<digits + 1>(rest != 0);
    mantissa = pick(whole, mantissa, Bits<digits + 1>(mantissa << 1));
    const Scale exponent = Scale(above.exponent - under.exponent + Scale(F::bias) - Scale(!whole));
    const Word finite = packed<F, digits + 1>(negative, exponent, mantissa);
    const Word sign = Word(Word(negative) << (F::bits - 1));
    const bool no_number = (a.special & b.special) | ((a.magnitude == 0) & (b.magnitude == 0));
    const Word edge = pick(a.special | (b.magnitude == 0), Word(sign | F::infinity), sign);
    const bool is_edge = a.special | b.special | (a.magnitude == 0) | (b.magnitude == 0);
    const Word special = pick(no_number, F::invalid, pick(is_edge, edge, finite));
    return pick(a.nan | b.nan, handed_on(a, b), special);
}

template <class F> typename F::Word square_root(typename F::Word x) {
    using Word = typename F::Word;
    using Scale = typename F::Scale;
    constexpr int m = F::fraction + 1, digits = m + 1, width = digits + 2;
    const Parts<F> a(x);
    const Normal<F> n(a);
    const Scale power = Scale(n.exponent - Scale(F::bias));
    const bool odd = (power & 1) != 0;
    // The radicand from its highest bits on, two for each digit; an odd power doubles it.
    using Radicand = Bits<2 * digits>;
    const Radicand even = Radicand(n.mantissa) << digits, radicand = pick(odd, Radicand(even << 1), even);
    Bits<width> rest = 0;
    Bits<digits> root = 0;
#pragma clang loop unroll(full)
    for (int i = digits - 1; i >= 0; i--) {
        const Bits<width> next = Bits<width>(rest << 2) | Bits<width>(Bits<2>(radicand >> (2 * i)));
        const Bits<width> trial = Bits<width>(Bits<width>(root) << 2) | Bits<width>(1);
        const bool fits = next >= trial;
        rest = pick(fits, Bits<width>(next - trial), next);
        root = Bits<digits>(root << 1) | Bits<digits>(fits);
    }
    const Bits<digits + 1> mantissa = Bits<digits + 1>(Bits<digits + 1>(root) << 1) |
                                      Bits<digits + 1>(rest != 0);
    const Scale below = Scale((power >> 1) + Scale(F::bias - 1));
    const Word finite = rounded<F, digits + 1>(false, below, mantissa);
    const bool as_it_is = (a.magnitude == 0) | (a.special & !a.negative);
    const Word number = pick(as_it_is, x, pick(a.negative, F::invalid, finite));
    return pick(a.nan, Word(x | F::quiet), number);
}

/// fmod: exact, in as many rounds as the exponents differ.
template <class F> typename F::Word remainder(typename F::Word x, typename F::Word y) {
    using Word = typename F::Word;
    constexpr int m = F::fraction + 1, steps = __builtin_ctz(power_above(m));
    const Parts<F> a(x), b(y);
    const Normal<F> above(a), under(b);
    Bits<m + 1> rest = above.mantissa;
    const Bits<m + 1> divisor = under.mantissa;
    const bool ordinary = !a.special & !b.special & (b.magnitude != 0) & (a.magnitude != 0);
    const int rounds = pick(ordinary, int(above.exponent - under.exponent), -1);
    for (int i = 0; i <= rounds; i++) {
        const Bits<m + 1> kept = pick(rest >= divisor, Bits<m + 1>(rest - divisor), rest);
        rest = pick(i == rounds, kept, Bits<m + 1>(kept << 1));
    }
    const Bits<8> zeros = leading_zeros<m>(Bits<m>(rest));
    const Bits<power_above(m)> moved = Bits<power_above(m)>(rest) << Bits<steps>(zeros);
    const auto exponent = typename F::Scale(under.exponent - typename F::Scale(zeros));
    const Word sign = Word(x & F::sign_bit);
    const Bits<m + 2> mantissa = Bits<m + 2>(Bits<m>(moved)) << 2;
    const Word found = packed<F, m + 2>(a.negative, exponent, mantissa);
    const bool smaller = (a.magnitude < b.magnitude) | (a.magnitude == 0);
    const Word number = pick(smaller, x, pick(rest == 0, sign, found));
    const Word result = pick(a.special | (b.magnitude == 0), F::invalid, number);
    return pick(a.nan | b.nan, handed_on(a, b), result);
}

}  // namespace softfloat

#endif
