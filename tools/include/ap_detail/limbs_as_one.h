// The arithmetic of Limbs for the compiler of HLS, which has an instruction for each operation on
// numbers of any width: loops over limbs would only be unrolled, and put together again.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_LIMBS_AS_ONE_H
#define AP_DETAIL_LIMBS_AS_ONE_H

#include "limbs.h"

namespace ap_detail {

template <int N> using One = _BitInt(64 * N);
template <int N> using Magnitude = unsigned _BitInt(64 * N);

template <int N> constexpr Magnitude<N> magnitude(const Limbs<N> &v) {
  Magnitude<N> r = 0;
  for (int i = 0; i < N; ++i) r |= Magnitude<N>(v.limb[i]) << (64 * i);
  return r;
}
template <int N> constexpr One<N> one(const Limbs<N> &v) { return One<N>(magnitude(v)); }
template <int N> constexpr Limbs<N> limbs(Magnitude<N> v) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) r.limb[i] = uint64_t(v >> (64 * i));
  return r;
}

template <int N> constexpr Limbs<N> operator~(const Limbs<N> &a) { return limbs<N>(~magnitude(a)); }
template <int N> constexpr Limbs<N> operator-(const Limbs<N> &a) { return limbs<N>(-magnitude(a)); }

#define LIMBS_OF_TWO(op)                                                                           \
  template <int N> constexpr Limbs<N> operator op(const Limbs<N> &a, const Limbs<N> &b) {          \
    return limbs<N>(magnitude(a) op magnitude(b));                                                 \
  }
LIMBS_OF_TWO(&)
LIMBS_OF_TWO(|)
LIMBS_OF_TWO(^)
LIMBS_OF_TWO(+)
LIMBS_OF_TWO(-)
LIMBS_OF_TWO(*)
#undef LIMBS_OF_TWO

template <int N> constexpr bool operator==(const Limbs<N> &a, const Limbs<N> &b) {
  return magnitude(a) == magnitude(b);
}
template <int N> constexpr bool operator<(const Limbs<N> &a, const Limbs<N> &b) {
  return one(a) < one(b);
}
/// Whether a < b, both read without a sign.
template <int N> constexpr bool below(const Limbs<N> &a, const Limbs<N> &b) {
  return magnitude(a) < magnitude(b);
}

/// v moved left by n bits, 0 <= n < 64 * N.
template <int N> constexpr Limbs<N> shift_left(const Limbs<N> &v, int n) {
  return limbs<N>(magnitude(v) << n);
}
/// v moved right by n bits with its sign, 0 <= n < 64 * N.
template <int N> constexpr Limbs<N> shift_right(const Limbs<N> &v, int n) {
  return limbs<N>(Magnitude<N>(one(v) >> n));
}

template <int N> constexpr Limbs<N> operator/(const Limbs<N> &a, const Limbs<N> &b) {
  return limbs<N>(Magnitude<N>(one(a) / one(b)));
}
template <int N> constexpr Limbs<N> operator%(const Limbs<N> &a, const Limbs<N> &b) {
  return limbs<N>(Magnitude<N>(one(a) % one(b)));
}

}  // namespace ap_detail

#endif
