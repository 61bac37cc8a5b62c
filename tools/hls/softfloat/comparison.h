// Comparisons, the kinds of numbers, and rounding to whole numbers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_COMPARISON_H
#define SILIWRIGHT_SOFTFLOAT_COMPARISON_H

#include "format.h"

namespace softfloat {

template <class F> bool unordered(typename F::Word x, typename F::Word y) {
    return Parts<F>(x).nan | Parts<F>(y).nan;
}

template <class F> bool equal(typename F::Word x, typename F::Word y) {
    const bool zeros = ((x | y) & F::magnitude_mask) == 0;
    return ((x == y) | zeros) & !unordered<F>(x, y);
}

template <class F> bool less(typename F::Word x, typename F::Word y) {
    const Parts<F> a(x), b(y);
    const bool zeros = ((x | y) & F::magnitude_mask) == 0;
    const bool closer = a.magnitude < b.magnitude, farther = b.magnitude < a.magnitude;
    const bool same_sign = pick(a.negative, farther, closer);
    const bool below = pick(a.negative == b.negative, same_sign, bool(a.negative & !zeros));
    return below & !(a.nan | b.nan);
}

template <class F> bool less_or_equal(typename F::Word x, typename F::Word y) {
    return !less<F>(y, x) & !unordered<F>(x, y);
}

template <class F> bool less_or_greater(typename F::Word x, typename F::Word y) {
    const bool zeros = ((x | y) & F::magnitude_mask) == 0;
    return (x != y) & !zeros & !unordered<F>(x, y);
}

/// Whether x is of one of the kinds in a mask as `llvm.is.fpclass` has them.
template <class F> bool is_of_class(typename F::Word x, unsigned mask) {
    const Parts<F> a(x);
    const bool quiet = (x & F::quiet) != 0, field = (a.magnitude >> F::fraction) != 0;
    const int positive = pick(a.magnitude == 0, 6, pick(!field, 7, pick(!a.special, 8, 9)));
    const int kind = pick(a.nan, int(quiet), pick(bool(a.negative), 11 - positive, positive));
    return (mask >> kind & 1) != 0;
}

enum class To { zero, below, above, nearest_even, nearest_away };

template <class F> typename F::Word whole(typename F::Word x, To direction) {
    using Word = typename F::Word;
    constexpr int steps = __builtin_ctz(power_above(F::bits));
    const Parts<F> a(x);
    const int power = int(a.exponent) - F::bias;
    const bool small = power < 0, integral = power >= F::fraction;
    // The bit of one in the magnitude, and those below it; adding there carries into the exponent.
    const Word one = Word(1) << Bits<steps>(F::fraction - power);
    const Word below = Word(a.magnitude & (one - 1)), half = Word(one >> 1);
    const bool any = pick(small, a.magnitude != 0, below != 0);
    const Word half_value = Word(F::bias - 1) << F::fraction;
    const bool over = pick(small, a.magnitude > half_value, below > half);
    const bool tie = pick(small, a.magnitude == half_value, below == half);
    const bool odd = !small & ((a.magnitude & one) != 0);
    bool up = false;
    if (direction == To::below) up = a.negative & any;
    if (direction == To::above) up = !a.negative & any;
    if (direction == To::nearest_even) up = over | (tie & odd);
    if (direction == To::nearest_away) up = over | tie;
    const Word cut = Word(a.magnitude & ~(one - 1));
    const Word unit = Word(F::bias) << F::fraction;
    const Word found = pick(small, pick(up, unit, Word(0)), Word(cut + pick(up, one, Word(0))));
    const Word kept = pick(a.nan, Word(x | F::quiet), x);
    return pick(integral | a.special, kept, Word(found | (x & F::sign_bit)));
}

}  // namespace softfloat

#endif
