// A product and a sum that are rounded once.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SILIWRIGHT_SOFTFLOAT_FUSED_H
#define SILIWRIGHT_SOFTFLOAT_FUSED_H

#include "arithmetic.h"
#include "division.h"

namespace softfloat {

/// x * y + z
template <class F> typename F::Word fused(typename F::Word x, typename F::Word y, typename F::Word z) {
    using Word = typename F::Word;
    using Scale = typename F::Scale;
    constexpr int m = F::fraction + 1, wide = 2 * m, aligned = wide + 3, sum_bits = aligned + 1;
    using Aligned = Bits<aligned>;
    const Parts<F> a(x), b(y), c(z);
    const Normal<F> na(a), nb(b), nc(c);
    const bool product_negative = a.negative != b.negative, opposite = product_negative != c.negative;
    const Bits<wide> whole = product<m>(na.mantissa, nb.mantissa);
    const bool carry = (whole >> (wide - 1)) != 0;
    // Both with their leading one in front, and three bits behind for what is shifted out.
    const Aligned p = Aligned(pick(carry, whole, Bits<wide>(whole << 1))) << 3;
    const Aligned q = Aligned(nc.mantissa) << (m + 3);
    const Scale of_p = Scale(na.exponent + nb.exponent - Scale(F::bias) + Scale(carry)), of_q = nc.exponent;
    const bool swap = (q != 0) & ((p == 0) | (of_q > of_p) | ((of_q == of_p) & (q > p)));
    const Aligned larger = pick(swap, q, p), least = pick(swap, p, q);
    const Scale exponent = pick(swap, of_q, of_p), other = pick(swap, of_p, of_q);
    const bool negative = pick(swap, c.negative, product_negative);
    const Bits<F::exponent + 3> apart = Bits<F::exponent + 3>(Scale(exponent - other));
    const Aligned smaller = sticky_right<aligned>(least, apart, trailing_zeros<aligned>(least));
    const Bits<sum_bits> turned = Bits<sum_bits>(smaller) ^ pick(opposite, ~Bits<sum_bits>(0), Bits<sum_bits>(0));
    const Bits<sum_bits> total = plus_carry<sum_bits>(larger, turned, opposite);
    const Bits<8> zeros = leading_zeros<sum_bits>(total);
    constexpr int width = power_above(sum_bits), steps = __builtin_ctz(width);
    const Bits<sum_bits> normal = Bits<sum_bits>(Bits<width>(total) << Bits<steps>(zeros));
    const Word finite = packed<F, sum_bits>(negative, Scale(exponent - Scale(zeros) + 1), normal);
    const Word zero = Word(Word(product_negative & c.negative) << (F::bits - 1));
    const bool product_special = a.special | b.special;
    const bool no_number = product_special & ((a.magnitude == 0) | (b.magnitude == 0));
    const bool clash = no_number | (product_special & c.special & opposite);
    const Word sign = Word(Word(product_negative) << (F::bits - 1));
    const Word infinite = pick(clash, F::invalid, pick(product_special, Word(sign | F::infinity), z));
    const Word nan = pick(a.nan | b.nan, handed_on(a, b), Word(z | F::quiet));
    const Word special = pick(a.nan | b.nan | c.nan, nan, infinite);
    return pick(product_special | c.special, special, pick(total == 0, zero, finite));
}

}  // namespace softfloat

#endif
