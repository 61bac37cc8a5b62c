// The bits of a number as such: their order and their parity, in few steps for numbers of any width.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_BITS_H
#define AP_DETAIL_BITS_H

#include "wide.h"

namespace ap_detail {

/// The 64 bits of v in reverse order.
constexpr uint64_t mirrored(uint64_t v) {
#if __has_builtin(__builtin_bitreverse64)
  return __builtin_bitreverse64(v);
#else
  v = (v & 0x5555555555555555) << 1 | (v >> 1 & 0x5555555555555555);
  v = (v & 0x3333333333333333) << 2 | (v >> 2 & 0x3333333333333333);
  v = (v & 0x0f0f0f0f0f0f0f0f) << 4 | (v >> 4 & 0x0f0f0f0f0f0f0f0f);
  return __builtin_bswap64(v);
#endif
}

/// The low W bits of v in reverse order; the bits above them are those of nothing in particular.
template <int W> constexpr int64_t reversed(int64_t v) {
  return int64_t(mirrored(uint64_t(v)) >> (64 - W));
}
template <int W> constexpr int128 reversed(int128 v) {
  const uint128 high = mirrored(uint64_t(v)), low = mirrored(uint64_t(v >> 64));
  return int128((high << 64 | low) >> (128 - W));
}
template <int W, int N> constexpr Limbs<N> reversed(const Limbs<N> &v) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) r.limb[i] = mirrored(v.limb[N - 1 - i]);
  return shift_right(r, 64 * N - W);
}

/// Whether the number of ones in v is odd.
constexpr bool is_odd(int64_t v) {
  uint64_t folded = uint64_t(v);
  for (int by = 32; by > 0; by /= 2) folded ^= folded >> by;
  return folded & 1;
}
constexpr bool is_odd(int128 v) { return is_odd(int64_t(v) ^ int64_t(v >> 64)); }
template <int N> constexpr bool is_odd(const Limbs<N> &v) {
  uint64_t all = 0;
  for (int i = 0; i < N; ++i) all ^= v.limb[i];
  return is_odd(int64_t(all));
}

}  // namespace ap_detail

#endif
