// Numbers not below 0 with all bits of a word, and exact enough sums, quotients and roots of them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_REAL_H
#define SOFTMATH_REAL_H

#include "words.h"

namespace softmath {

/// mantissa * 2^(exponent - bits + 1); the highest bit of the mantissa is one, but in 0.
template <class T> struct Real {
    typedef typename Format<T>::Word W;
    W mantissa;
    int exponent;
};

/// The size of a number that is neither infinite nor a NaN.
template <class T> constexpr Real<T> real(const Parts<T> &p) {
    typedef Format<T> F;
    return {typename F::Word(p.mantissa << (F::bits - 1 - F::fraction)), p.exponent};
}

template <class T> constexpr Real<T> power_of_two(int exponent) {
    typedef Format<T> F;
    return {typename F::Word(typename F::Word(1) << (F::bits - 1)), exponent};
}

template <class T> constexpr Real<T> normal(typename Format<T>::Word mantissa, int exponent) {
    typedef typename Format<T>::Word W;
    const int zeros = leading_zeros(W(mantissa | 1));
    return {W(mantissa << zeros), exponent - zeros};
}

template <class T> constexpr bool greater(const Real<T> &a, const Real<T> &b) {
    return (a.exponent > b.exponent) | ((a.exponent == b.exponent) & (a.mantissa > b.mantissa));
}

/// The mantissa that a smaller number has with a larger one's exponent.
template <class T> constexpr typename Format<T>::Word beside(const Real<T> &larger, const Real<T> &smaller) {
    typedef typename Format<T>::Word W;
    const int apart = larger.exponent - smaller.exponent;
    const bool near = (apart >= 0) & (apart < Format<T>::bits);
    return pick(near, W(smaller.mantissa >> pick(near, apart, 0)), W(0));
}

/// larger + smaller, where no exponent is above the first one's.
template <class T> constexpr Real<T> sum(const Real<T> &larger, const Real<T> &smaller) {
    typedef typename Format<T>::Word W;
    return normal<T>(W((larger.mantissa >> 1) + (beside(larger, smaller) >> 1)), larger.exponent + 1);
}

/// larger - smaller
template <class T> constexpr Real<T> difference(const Real<T> &larger, const Real<T> &smaller) {
    typedef typename Format<T>::Word W;
    return normal<T>(W(larger.mantissa - beside(larger, smaller)), larger.exponent);
}

template <class T> constexpr Real<T> quotient(const Real<T> &above, const Real<T> &below) {
    typedef typename Format<T>::Word W;
    const W found = ratio(W(above.mantissa >> 1), below.mantissa);
    const bool whole = (found >> (Format<T>::bits - 1)) != 0;
    const int exponent = above.exponent - below.exponent;
    return {pick(whole, found, W(found << 1)), pick(whole, exponent, exponent - 1)};
}

/// The root of square * 2^(exponent - 2 * bits + 2), but for the last two bits.
template <class T> constexpr Real<T> root(typename Format<T>::Wide square, int exponent) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Wide Wide;
    const int zeros = leading_zeros(Wide(square | 1)), power = exponent - zeros;
    const Wide raised = square << zeros;
    const bool odd = (power & 1) != 0;
    const Wide radicand = pick(odd, Wide(raised >> 1), raised);
    W found = 0, rest = 0;
    SOFTMATH_UNROLL
    for (int place = 2 * F::bits - 2; place > 2; place -= 2) {
        const W next = W(rest << 2) | (W(radicand >> place) & 3), trial = W(found << 2) | 1;
        const bool fits = next >= trial;
        rest = pick(fits, W(next - trial), next);
        found = W(found << 1) | W(fits);
    }
    return {W(found << 2), (power + int(odd)) >> 1};
}

/// The root of a * b.
template <class T> constexpr Real<T> geometric_mean(const Real<T> &a, const Real<T> &b) {
    typedef typename Format<T>::Wide Wide;
    return root<T>(Wide(a.mantissa) * b.mantissa, a.exponent + b.exponent);
}

/// The root of larger^2 + smaller^2.
template <class T> constexpr Real<T> length(const Real<T> &larger, const Real<T> &smaller) {
    typedef typename Format<T>::Wide Wide;
    const Wide a = larger.mantissa >> 1, b = beside(larger, smaller) >> 1;
    return root<T>(Wide(a * a) + Wide(b * b), 2 * larger.exponent + 2);
}

}  // namespace softmath

#endif
