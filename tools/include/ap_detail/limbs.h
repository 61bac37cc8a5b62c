// Signed numbers above 128 bits, as arrays of 64-bit limbs.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_LIMBS_H
#define AP_DETAIL_LIMBS_H

#include "base.h"

namespace ap_detail {

/// N 64-bit limbs, the lowest first, as one signed number of 64 * N bits that wraps around.
template <int N> struct Limbs {
  uint64_t limb[N];

  Limbs() = default;
  constexpr Limbs(int128 v) : limb() {
    for (int i = 0; i < N; ++i) limb[i] = i > 1 ? uint64_t(v >> 127) : uint64_t(v >> (64 * i));
  }
  template <int M> constexpr explicit Limbs(const Limbs<M> &v) : limb() {
    for (int i = 0; i < N; ++i) limb[i] = i < M ? v.limb[i] : v.sign();
  }
  template <class T, class = If<(T(1) > T(0))>> constexpr explicit operator T() const {
    return T((uint128(limb[1]) << 64) | limb[0]);
  }

  constexpr uint64_t sign() const { return limb[N - 1] >> 63 ? ~uint64_t(0) : 0; }
  constexpr bool negative() const { return limb[N - 1] >> 63; }
  constexpr bool bit(int i) const { return limb[i / 64] >> (i % 64) & 1; }
};

/// The low W bits of v, read as a signed or an unsigned number.
template <int W, bool S, int N> constexpr Limbs<N> wrap(Limbs<N> v) {
  constexpr int spare = 64 * N - W;
  uint64_t &top = v.limb[N - 1];
  if (S)
    top = uint64_t(int64_t(top << spare % 64) >> spare % 64);
  else
    top = spare == 64 ? 0 : top & (~uint64_t(0) >> spare % 64);
  return v;
}

}  // namespace ap_detail

#ifdef SILIWRIGHT_HLS
#include "limbs_as_one.h"
#else
#include "limb_by_limb.h"
#endif

#endif
