// Signed two's complement integers of any width: the arithmetic below ap_int.
//
// SPDX-License-Identifier: Apache-2.0
//
// Wide<bits> is the type that computes: int32_t, int64_t, a 128-bit integer, or Limbs<N>. Values of
// any of them convert to any other with static_cast, which extends the sign or keeps the low bits.
#ifndef AP_DETAIL_WIDE_H
#define AP_DETAIL_WIDE_H

#include "limbs.h"

namespace ap_detail {

template <int Bits> using Wide = Choose<
    (Bits <= 32), int32_t,
    Choose<(Bits <= 64), int64_t, Choose<(Bits <= 128), int128, Limbs<(Bits + 63) / 64>>>>;

template <class T> struct UnsignedOf;
template <> struct UnsignedOf<int32_t> { typedef uint32_t type; };
template <> struct UnsignedOf<int64_t> { typedef uint64_t type; };
template <> struct UnsignedOf<int128> { typedef uint128 type; };

template <class T, class U = typename UnsignedOf<T>::type> constexpr T shift_left(T v, int n) {
  return T(U(v) << n);
}
template <class T, class U = typename UnsignedOf<T>::type> constexpr T shift_right(T v, int n) {
  return v >> n;
}

/// The low W bits of v, read as a signed or an unsigned number; v has more than W bits if unsigned.
template <int W, bool S, class T, class U = typename UnsignedOf<T>::type> constexpr T wrap(T v) {
  constexpr int spare = int(sizeof(T)) * 8 - W;
  return S ? T(T(U(v) << spare) >> spare) : T(U(v) & (~U(0) >> spare));
}

}  // namespace ap_detail

#endif
