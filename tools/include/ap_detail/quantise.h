// Rounding and overflow of fixed-point numbers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_QUANTISE_H
#define AP_DETAIL_QUANTISE_H

#include "print.h"

/// What becomes of bits below the lowest one. The RND modes take the nearest number, and differ in
/// what they do with a tie: upwards, to zero, downwards, away from zero, to the even one.
enum ap_q_mode {
  AP_RND,
  AP_RND_ZERO,
  AP_RND_MIN_INF,
  AP_RND_INF,
  AP_RND_CONV,
  AP_TRN,      ///< downwards
  AP_TRN_ZERO  ///< towards zero
};

/// What becomes of a number out of range: the nearest one in range, 0, the nearest one in a range
/// that is the same on both sides of 0, or the low bits.
enum ap_o_mode { AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP };

namespace ap_detail {

/// v / 2^n as a whole number, rounded as Q says; 0 < n, and n + 1 bits fit in V.
template <ap_q_mode Q, class V> constexpr V round_off(const V &v, int n) {
  const V floor = shift_right(v, n), rest = v - shift_left(floor, n);
  const V half = shift_left(V(1), n - 1);
  const bool negative = v < V(0), exact = rest == V(0), tie = rest == half, above = half < rest;
  const bool odd = bool(int32_t(floor) & 1);
  const bool up = Q == AP_TRN           ? false
                  : Q == AP_TRN_ZERO    ? negative && !exact
                  : Q == AP_RND         ? tie || above
                  : Q == AP_RND_ZERO    ? above || (tie && negative)
                  : Q == AP_RND_MIN_INF ? above
                  : Q == AP_RND_INF     ? above || (tie && !negative)
                                        : above || (tie && odd);
  return up ? floor + V(1) : floor;
}

/// v as a number of W bits, treated as O says when it does not fit; V has more than W + 1 bits.
template <int W, bool S, ap_o_mode O, class V> constexpr Integer<W, S> bring_in_range(const V &v) {
  typedef Integer<W, S> R;
  if (O == AP_WRAP) return R::of(Wide<W + !S>(v));
  const V most = shift_left(V(1), W - S) - V(1);
  const V least = !S ? V(0) : O == AP_SAT_SYM ? -most : -most - V(1);
  if (v < least) return O == AP_SAT_ZERO ? R(0) : R::of(Wide<W + !S>(least));
  if (most < v) return O == AP_SAT_ZERO ? R(0) : R::of(Wide<W + !S>(most));
  return R::of(Wide<W + !S>(v));
}

/// v * 2^shift, rounded and brought in range; |v| < 2^Bits, and |shift| at most `Reach`.
template <int W, bool S, ap_q_mode Q, ap_o_mode O, int Bits, int Reach, class Value>
constexpr Integer<W, S> requantise(const Value &value, int shift) {
  typedef Wide<larger(W, Bits + Reach) + 3> V;
  const V v(value);
  if (shift >= 0) return bring_in_range<W, S, O>(shift_left(v, shift));
  return bring_in_range<W, S, O>(round_off<Q>(v, -shift));
}

/// A floating-point number as mantissa * 2^exponent, |mantissa| < 2^54; infinity and NaN are 0.
struct Binary {
  int64_t mantissa;
  int exponent;

  // Of the number's own bits, without loops, so that compilers fold it for a constant.
  constexpr explicit Binary(double v) : mantissa(0), exponent(0) {
    const uint64_t bits = __builtin_bit_cast(uint64_t, v), one = 1;
    const int scale = int(bits >> 52 & 2047);
    if (scale == 2047) return;
    const int64_t size = int64_t((bits & ((one << 52) - 1)) | (scale ? one << 52 : 0));
    mantissa = bits >> 63 ? -size : size;
    exponent = (scale ? scale : 1) - 1075;
  }
};

}  // namespace ap_detail

#endif
