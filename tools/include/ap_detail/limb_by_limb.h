// The arithmetic of Limbs, limb by limb: for any compiler.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_LIMB_BY_LIMB_H
#define AP_DETAIL_LIMB_BY_LIMB_H

#include "limbs.h"

namespace ap_detail {

template <int N> constexpr Limbs<N> operator~(const Limbs<N> &a) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) r.limb[i] = ~a.limb[i];
  return r;
}

template <int N> constexpr Limbs<N> operator&(const Limbs<N> &a, const Limbs<N> &b) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) r.limb[i] = a.limb[i] & b.limb[i];
  return r;
}

template <int N> constexpr Limbs<N> operator|(const Limbs<N> &a, const Limbs<N> &b) {
  return ~(~a & ~b);
}

template <int N> constexpr Limbs<N> operator^(const Limbs<N> &a, const Limbs<N> &b) {
  return (a | b) & ~(a & b);
}

template <int N> constexpr Limbs<N> add(const Limbs<N> &a, const Limbs<N> &b, uint64_t carry) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) {
    const uint128 sum = uint128(a.limb[i]) + b.limb[i] + carry;
    r.limb[i] = uint64_t(sum);
    carry = uint64_t(sum >> 64);
  }
  return r;
}

template <int N> constexpr Limbs<N> operator+(const Limbs<N> &a, const Limbs<N> &b) {
  return add(a, b, 0);
}

template <int N> constexpr Limbs<N> operator-(const Limbs<N> &a, const Limbs<N> &b) {
  return add(a, ~b, 1);
}

template <int N> constexpr Limbs<N> operator-(const Limbs<N> &a) { return Limbs<N>(0) - a; }

template <int N> constexpr Limbs<N> operator*(const Limbs<N> &a, const Limbs<N> &b) {
  Limbs<N> r = Limbs<N>();
  for (int i = 0; i < N; ++i) {
    uint64_t carry = 0;
    for (int j = 0; i + j < N; ++j) {
      const uint128 sum = uint128(a.limb[i]) * b.limb[j] + r.limb[i + j] + carry;
      r.limb[i + j] = uint64_t(sum);
      carry = uint64_t(sum >> 64);
    }
  }
  return r;
}

template <int N> constexpr bool operator==(const Limbs<N> &a, const Limbs<N> &b) {
  for (int i = 0; i < N; ++i)
    if (a.limb[i] != b.limb[i]) return false;
  return true;
}

/// Whether a < b, both read without a sign.
template <int N> constexpr bool below(const Limbs<N> &a, const Limbs<N> &b) {
  for (int i = N - 1; i >= 0; --i)
    if (a.limb[i] != b.limb[i]) return a.limb[i] < b.limb[i];
  return false;
}

template <int N> constexpr bool operator<(const Limbs<N> &a, const Limbs<N> &b) {
  return a.negative() != b.negative() ? a.negative() : below(a, b);
}

/// v moved left by n bits, 0 <= n < 64 * N.
template <int N> constexpr Limbs<N> shift_left(const Limbs<N> &v, int n) {
  Limbs<N> r = Limbs<N>();
  const int whole = n / 64, part = n % 64;
  for (int i = N - 1; i >= whole; --i) {
    r.limb[i] = v.limb[i - whole] << part;
    if (part && i > whole) r.limb[i] |= v.limb[i - whole - 1] >> (64 - part);
  }
  return r;
}

/// v moved right by n bits with its sign, 0 <= n < 64 * N.
template <int N> constexpr Limbs<N> shift_right(const Limbs<N> &v, int n) {
  Limbs<N> r = Limbs<N>();
  const int whole = n / 64, part = n % 64;
  for (int i = 0; i < N; ++i) {
    const uint64_t low = i + whole < N ? v.limb[i + whole] : v.sign();
    const uint64_t high = i + whole + 1 < N ? v.limb[i + whole + 1] : v.sign();
    r.limb[i] = part ? (low >> part) | (high << (64 - part)) : low;
  }
  return r;
}

/// The quotient of two magnitudes, bit by bit; the remainder stays in `rest`.
template <int N> constexpr Limbs<N> divide_magnitudes(const Limbs<N> &a, const Limbs<N> &b,
                                                      Limbs<N> &rest) {
  Limbs<N> quotient = Limbs<N>();
  rest = Limbs<N>();
  for (int i = 64 * N - 1; i >= 0; --i) {
    rest = shift_left(rest, 1);
    rest.limb[0] |= a.bit(i);
    if (!below(rest, b)) {
      rest = rest - b;
      quotient.limb[i / 64] |= uint64_t(1) << (i % 64);
    }
  }
  return quotient;
}

template <int N> constexpr Limbs<N> operator/(const Limbs<N> &a, const Limbs<N> &b) {
  Limbs<N> rest = Limbs<N>();
  const Limbs<N> q = divide_magnitudes(a.negative() ? -a : a, b.negative() ? -b : b, rest);
  return a.negative() != b.negative() ? -q : q;
}

template <int N> constexpr Limbs<N> operator%(const Limbs<N> &a, const Limbs<N> &b) {
  Limbs<N> rest = Limbs<N>();
  divide_magnitudes(a.negative() ? -a : a, b.negative() ? -b : b, rest);
  return a.negative() ? -rest : rest;
}

}  // namespace ap_detail

#endif
