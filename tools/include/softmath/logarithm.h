// log, log2 and log10: by a table of reciprocals and the series of the rest.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_LOGARITHM_H
#define SOFTMATH_LOGARITHM_H

#include "real.h"

namespace softmath {

/// Reciprocals of the 32 steps from 1 to 2, times 256; the last one ends at 2, where the logarithm of
/// half the number is near to 0.
constexpr uint16_t reciprocals[] = {
    256, 245, 237, 231, 224, 218, 213, 207, 202, 197, 193, 188, 184, 180, 176, 172,
    169, 165, 162, 159, 156, 153, 150, 148, 145, 142, 140, 138, 135, 133, 131, 128,
};
/// From this step on a number is taken as half of it and a power of two more.
constexpr int halved = 13;
/// -ln(reciprocal), without that power, in units of 2^-112: the upper and the lower word.
constexpr uint64_t steps_high[] = {
    0x0000000000000000, 0x00000B3E4A796A5D, 0x000013BDF5A7D1EE, 0x00001A4E7640B1BC,
    0x0000222F1D044FC8, 0x000029227B06676A, 0x00002F131B0A8898, 0x00003663B0AEB79C,
    0x00003CA61DFFCE20, 0x00004310B59D858B, 0x0000485115B43AE3, 0x00004F0949DCCCC6,
    0x0000548AB81CE28F, 0xFFFFA8B909029FD8, 0xFFFFAE79D0F78E84, 0xFFFFB45C75147B8B,
    0xFFFFB8DD9CFA5998, 0xFFFFBEFF69AD2CBE, 0xFFFFC3B1F123AA1A, 0xFFFFC87AF317A4E6,
    0xFFFFCD5B4AC61752, 0xFFFFD253E031CC5B, 0xFFFFD765A9266905, 0xFFFFDAD55A0FC015,
    0xFFFFE0136ECE2415, 0xFFFFE56D92C5B52A, 0xFFFFE90F2D751A94, 0xFFFFECBE2869E42E,
    0xFFFFF25E91477347, 0xFFFFF630BC2300A1, 0xFFFFFA11B93E0A93, 0x0000000000000000,
};
constexpr uint64_t steps_low[] = {
    0x0000000000000000, 0xAC20827CCA0BCC07, 0x642F52EDA76B68BF, 0x37A928D77F06F69A,
    0xF7BC671683F8E5BD, 0xC1BCAA7EDB3C3B2D, 0xE67BE3DBAF3EC806, 0x794E562A63CAB597,
    0x24244EC083E86083, 0x8C458B1E757447B9, 0x50FBD748D75D304E, 0x0ED52D81AF57139D,
    0x5F3840B263ACB435, 0xD6BDC9C7C23801EF, 0xF60BD21321330E33, 0x3D8F4CDB95EBDF93,
    0x1410E5C62AFF1C44, 0xFC947610BD28116A, 0x342C2AF0003C02C4, 0x53AC0C62EDE3C2AC,
    0x97137D9F158E8ED3, 0xC6E5571347668BC8, 0xC330584D5E0F03C4, 0xB967F4471DFC120B,
    0x4555D1AE6606CDB2, 0x9C9AF42DD563C55B, 0xB4641B664612E64A, 0x2F6D667C89EFB2ED,
    0x209EB9759C130499, 0x502B7F526FEAA376, 0xB955B602ACE3A510, 0x0000000000000000,
};
/// 1/(k+1), in units of 2^-63.
constexpr uint64_t inverses[] = {
    0x8000000000000000, 0x4000000000000000, 0x2AAAAAAAAAAAAAAB, 0x2000000000000000,
    0x199999999999999A, 0x1555555555555555, 0x1249249249249249, 0x1000000000000000,
    0x0E38E38E38E38E39, 0x0CCCCCCCCCCCCCCD, 0x0BA2E8BA2E8BA2E9, 0x0AAAAAAAAAAAAAAB,
    0x09D89D89D89D89D9,
};

/// A logarithm's fixed point, and the terms of its series.
template <class T> struct Sums;
template <> struct Sums<float> {
    static constexpr int point = 52, terms = 6;
    static constexpr int64_t ln2 = 0xB17217F7D1CF8;
    static constexpr int64_t step(int i) { return int64_t(steps_high[i] << 4 | steps_low[i] >> 60); }
};
template <> struct Sums<double> {
    static constexpr int point = 112, terms = 13;
    static constexpr int128 ln2 = int128(0xB17217F7D1CF79) << 56 | 0xABC9E3B39803F3;
    static constexpr int128 step(int i) { return int128(uint128(steps_high[i]) << 64 | steps_low[i]); }
};

/// ln x, of a positive number, in units of 2^-point. Of a double's mantissa 60 bits count.
template <class T> constexpr typename Format<T>::Sum log_fixed(const Real<T> &x) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Wide Wide;
    typedef typename F::Sum Sum;
    constexpr int unit = F::bits == 32 ? 39 : 67, spare = F::bits == 32 ? 3 : 0;
    const int step = int(x.mantissa >> (F::bits - 6)) & 31;
    // The mantissa times the reciprocal is 1 + u, in units of 2^-unit; -1/32 <= u <= 1/32. What is
    // more than 64 bits is 1, which goes anyway.
    const uint64_t scale = reciprocals[step], mantissa = x.mantissa >> (F::bits + 7 - unit);
    const int64_t u = int64_t(mantissa * scale - pick(unit < 64, uint64_t(1) << (unit & 63), uint64_t(0)));
    const bool negative = u < 0;
    const W size = W(uint64_t(pick(negative, -u, u)) >> spare);
    const W scaled = size >> (unit - spare - F::bits);
    W series = constant<W>(inverses[Sums<T>::terms - 1]);
    SOFTMATH_UNROLL
    for (int k = Sums<T>::terms - 2; k >= 0; k--) {
        const W term = high(series, scaled);
        series = constant<W>(inverses[k]) + pick(negative, term, W(-term));
    }
    constexpr int behind = unit - spare + F::bits - 1 - Sums<T>::point;
    const Sum rest = Sum(Wide(size) * series >> behind);
    const int power = x.exponent + int(step >= halved);
    return Sum(power) * Sums<T>::ln2 + Sums<T>::step(step) + pick(negative, Sum(-rest), rest);
}

/// A logarithm's fixed point as a number, times scale / 2^(bits - 1), or where that is 0 as it is.
template <class T> constexpr T from_fixed(typename Format<T>::Sum sum, uint64_t scale) {
    typedef Format<T> F;
    typedef typename F::Word W;
    typedef typename F::Wide Wide;
    typedef typename F::Sum Sum;
    const bool negative = sum < 0;
    const Wide size = Wide(pick(negative, Sum(-sum), sum));
    const int zeros = leading_zeros(size);
    const W mantissa = W(Wide(size << zeros) >> F::bits);
    const int exponent = 2 * F::bits - 1 - Sums<T>::point - zeros;
    const W product = scale ? high(mantissa, constant<W>(scale)) : W(mantissa >> 1);
    return pick(size == 0, T(0), packed<T>(negative, exponent + 1, product));
}

template <class T> constexpr T log_scaled(T x, uint64_t scale) {
    const Parts<T> p(x);
    const T positive = pick(p.infinite, x, from_fixed<T>(log_fixed(real(p)), scale));
    const T any = pick(p.zero, infinity<T>(true), pick(p.negative, invalid<T>(), positive));
    return pick(p.nan, quiet(x), any);
}

template <class T> constexpr T log(T x) { return log_scaled(x, 0); }
template <class T> constexpr T log2(T x) { return log_scaled(x, 0xB8AA3B295C17F0BC); }
template <class T> constexpr T log10(T x) { return log_scaled(x, 0x3796F62A4DCA1C65); }

}  // namespace softmath

#endif
