// Sums and products.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_ARITHMETIC_H
#define SILIWRIGHT_SOFTFLOAT_ARITHMETIC_H

#include "format.h"

namespace softfloat {

template <class F> typename F::Word add(typename F::Word x, typename F::Word y) {
    using Word = typename F::Word;
    using Scale = typename F::Scale;
    constexpr int aligned = F::fraction + 4, wide = aligned + 1;
    const Parts<F> a(x), b(y);
    const bool swap = a.magnitude < b.magnitude;
    const Word big_word = pick(swap, y, x);
    const bool negative = pick(swap, b.negative, a.negative);
    using Exponent = typename F::Exponent;
    const Exponent big = pick(swap, b.exponent, a.exponent);
    const Exponent ahead = Exponent(a.exponent - b.exponent), behind = Exponent(b.exponent - a.exponent);
    const Exponent apart = pick(swap, behind, ahead);
    const Bits<aligned> larger = Bits<aligned>(pick(swap, b.mantissa, a.mantissa)) << 3;
    const Bits<aligned> least = Bits<aligned>(pick(swap, a.mantissa, b.mantissa)) << 3;
    const Bits<8> zeros_a = a.trailing + 3, zeros_b = b.trailing + 3;
    const auto smaller = sticky_right<aligned>(least, apart, pick(swap, zeros_a, zeros_b));
    const bool opposite = a.negative != b.negative;
    const Bits<wide> turned = Bits<wide>(smaller) ^ pick(opposite, ~Bits<wide>(0), Bits<wide>(0));
    const Bits<wide> sum = plus_carry<wide>(larger, turned, opposite);
    // A one where a subnormal number begins ends the search for the leading one.
    constexpr int width = power_above(wide), steps = __builtin_ctz(width);
    const Bits<width> first = Bits<width>(1) << (wide - 1);
    const Bits<width> end = pick(big < width, Bits<width>(first >> Bits<steps>(big)), Bits<width>(0));
    const Bits<8> by = leading_zeros<wide>(sum | Bits<wide>(end));
    const Bits<wide> normal = Bits<wide>(Bits<width>(sum) << Bits<steps>(by));
    const Word finite = rounded<F, wide>(negative, Scale(Scale(big) - Scale(by)), normal);
    const Word zero = Word(Word(a.negative & b.negative) << (F::bits - 1));
    const bool clash = a.special & b.special & opposite;
    const Word infinite = pick(clash, F::invalid, big_word);
    const Word special = pick(a.nan | b.nan, handed_on(a, b), infinite);
    const bool is_special = a.special | b.special;
    return pick(is_special | (sum == 0), pick(is_special, special, zero), finite);
}

/// On x86 a NaN keeps its sign when it is subtracted.
template <class F> typename F::Word subtract(typename F::Word x, typename F::Word y) {
    const bool nan = typename F::Word(y & F::magnitude_mask) > F::infinity;
    return add<F>(x, pick(nan, y, typename F::Word(y ^ F::sign_bit)));
}

/// A product; of wide factors in four parts, which a device's multipliers can take.
template <int N> constexpr Bits<2 * N> product(Bits<N> a, Bits<N> b) {
    using Whole = Bits<2 * N>;
    if constexpr (N <= 32) {
        return Whole(a) * Whole(b);
    } else {
        constexpr int low = (N + 1) / 2;
        using Part = Bits<2 * low>;
        const Part a0 = Bits<low>(a), a1 = Part(a >> low), b0 = Bits<low>(b), b1 = Part(b >> low);
        const Bits<2 * low + 1> middle = Bits<2 * low + 1>(a0 * b1) + Bits<2 * low + 1>(a1 * b0);
        const Whole outer = (Whole(Part(a1 * b1)) << (2 * low)) | Whole(Part(a0 * b0));
        return outer + (Whole(middle) << low);
    }
}

template <class F> typename F::Word multiply(typename F::Word x, typename F::Word y) {
    using Word = typename F::Word;
    using Scale = typename F::Scale;
    constexpr int m = F::fraction + 1, wide = 2 * m;
    const Parts<F> a(x), b(y);
    const bool negative = a.negative != b.negative;
    const Scale zeros = Scale(leading_zeros<m>(a.mantissa)) + Scale(leading_zeros<m>(b.mantissa));
    const Scale sum = Scale(a.exponent) + Scale(b.exponent) - Scale(F::bias);
    // The product's exponent if its factors begin with a one; a smaller one than 1 is 1, and then
    // the product needs fewer zeros in front taken away, or more put there.
    const Scale exponent = Scale(sum - zeros);
    const bool tiny = exponent < 1;
    const Scale left = pick(tiny, Scale(sum - 1), zeros);
    constexpr int steps = __builtin_ctz(power_above(m));
    const Bits<wide> whole = product<m>(a.mantissa, b.mantissa);
    const Bits<wide> raised = Bits<wide>(whole << Bits<steps>(left));
    const Bits<wide> lowered = sticky_right<wide>(
        whole, Bits<F::exponent + 3>(Scale(-left)),
        a.trailing + b.trailing);
    const Bits<wide> moved = pick(left < 0, lowered, raised);
    const bool carry = (moved >> (wide - 1)) != 0;
    const Scale below = Scale(pick(tiny, Scale(0), Scale(exponent - 1)) + Scale(carry));
    const Bits<wide> mantissa = pick(carry, moved, Bits<wide>(moved << 1));
    const Word finite = rounded<F, wide>(negative, below, mantissa);
    const bool zero = (a.magnitude == 0) | (b.magnitude == 0);
    const Word sign = Word(Word(negative) << (F::bits - 1));
    const Word infinite = pick(zero, F::invalid, Word(sign | F::infinity));
    const Word special = pick(a.nan | b.nan, handed_on(a, b), infinite);
    const bool is_special = a.special | b.special;
    return pick(is_special | zero, pick(is_special, special, sign), finite);
}

}  // namespace softfloat

#endif
