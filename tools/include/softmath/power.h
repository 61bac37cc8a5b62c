// pow: the exponential of a logarithm that is worked out with more digits than the answer has.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_POWER_H
#define SOFTMATH_POWER_H

#include "exponential.h"
#include "logarithm.h"

namespace softmath {

template <class T> constexpr T pow(T x, T y) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Sum Sum;
    const Parts<T> a(x), b(y);
    const T size_of_x = number<T>(a.magnitude);
    const Parts<double> base(double(pick(a.zero | a.infinite | a.nan, T(1), size_of_x)));
    const int128 sum = log_fixed(real(base));
    const bool below_one = sum < 0;
    const uint128 size = uint128(pick(below_one, int128(-sum), sum));
    const int zeros = leading_zeros(size), exponent = 127 - Sums<double>::point - zeros + b.exponent;
    const uint64_t logarithm = uint64_t(size << (zeros & 127) >> 64);
    const bool large = (exponent >= Cut<T>::largest) & (size != 0);
    const int by = 63 + F::fraction - Cut<T>::point - exponent, most = pick(by < 127, by, 127);
    const uint128 product = uint128(logarithm) * b.mantissa >> pick(large | (most < 0), 127, most);
    const bool down = below_one != b.negative;
    const T found = exp_of_fixed<T>(pick(down, Sum(-Sum(product)), Sum(product)));
    // Whole numbers have no bits behind the point, odd ones have the bit in front of it.
    const int behind = F::fraction - b.exponent, place = pick(behind < 0, 0, pick(behind > F::fraction, 0, behind));
    const bool whole = (b.exponent >= 0) & ((b.mantissa & ((W(1) << place) - 1)) == 0);
    const bool odd = whole & (behind >= 0) & ((b.mantissa >> place & 1) != 0);
    const bool negative = a.negative & odd;
    const T tiny = number<T>(W(negative) << (F::bits - 1)), huge = infinity<T>(negative);
    const T signed_found = number<T>(__builtin_bit_cast(W, found) | W(negative) << (F::bits - 1));
    const bool beyond = large | b.infinite | a.zero | a.infinite;
    const bool rises = pick(a.zero | a.infinite, a.infinite != b.negative, !down);
    const T number = pick(beyond, pick(rises, huge, tiny), signed_found);
    const bool no_number = a.negative & !a.zero & !a.infinite & !whole & !b.infinite;
    const bool is_one = b.zero | (x == T(1)) | ((x == T(-1)) & b.infinite);
    const T nan = quiet(pick(a.nan, x, y));
    return pick(is_one, T(1), pick(a.nan | b.nan, nan, pick(no_number, invalid<T>(), number)));
}

}  // namespace softmath

#endif
