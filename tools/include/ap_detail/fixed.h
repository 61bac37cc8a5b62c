// The class behind ap_fixed and ap_ufixed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_FIXED_H
#define AP_DETAIL_FIXED_H

#include "quantise.h"

namespace ap_detail {

constexpr double power_of_two(int n) {
  double p = 1;
  for (; n > 0; --n) p *= 2;
  for (; n < 0; ++n) p /= 2;
  return p;
}

/// The number bits * 2^(I - W): W bits, I of them before the binary point, signed if S.
template <int W, int I, bool S, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
class Fixed {
  static_assert(N == 0, "an ap_fixed with saturated bits (N > 0) is not supported");
  typedef Integer<W, S> Word;

 public:
  static constexpr int width = W, iwidth = I, fraction = W - I;
  static constexpr bool sign_flag = S;
  typedef Fixed<W, I, S> Plain;

  Fixed() = default;

  /// From another fixed-point number, an ap_int or a C integer: rounded and brought in range.
  template <int W2, int I2, bool S2, ap_q_mode Q2, ap_o_mode O2>
  constexpr Fixed(const Fixed<W2, I2, S2, Q2, O2> &v)
      : bits_(requantise<W, S, Q, O, W2, magnitude(fraction - (W2 - I2))>(
            v.bits().value(), fraction - (W2 - I2))) {}
  template <class T, class = If<Operand<T>::known>> constexpr Fixed(const T &v)
      : Fixed(Fixed<Operand<T>::width, Operand<T>::width, Operand<T>::is_signed>::of_bits(v)) {}

  /// From a floating-point number, exactly and then rounded; infinity and NaN become 0.
  template <class T, If<IsFloating<T>::value, int> = 0> constexpr Fixed(T v) : bits_(0) {
    const Binary exact{double(v)};
    const int shift = exact.exponent + fraction;
    const int within = larger(smaller(shift, W + 1), -60);
    bits_ = requantise<W, S, Q, O, 54, larger(W + 1, 60)>(exact.mantissa, within);
  }

  static constexpr Fixed of_bits(const Word &bits) {
    Fixed r = Fixed();
    r.bits_ = bits;
    return r;
  }
  constexpr const Word &bits() const { return bits_; }

  /// The whole part, rounded towards zero as C does.
  template <int W2, bool S2> constexpr operator Integer<W2, S2>() const {
    typedef Fixed<larger(I, 0) + 1, larger(I, 0) + 1, S, AP_TRN_ZERO> Whole;
    return Integer<W2, S2>(Whole(*this).bits());
  }
  template <class T, If<Operand<T>::known && !Operand<T>::own, int> = 0>
  constexpr operator T() const {
    return T(Integer<int(sizeof(T)) * 8, Operand<T>::is_signed>(*this));
  }
  constexpr operator bool() const { return !is_zero(); }
  template <class T, If<IsFloating<T>::value, int> = 0> constexpr operator T() const {
    return T(to_double());
  }

  constexpr int to_int() const { return Integer<32, true>(*this); }
  constexpr unsigned to_uint() const { return Integer<32, false>(*this); }
  constexpr long long to_int64() const { return Integer<64, true>(*this); }
  constexpr unsigned long long to_uint64() const { return Integer<64, false>(*this); }
  constexpr float to_float() const { return float(to_double()); }
  constexpr double to_double() const {
    constexpr double unit = power_of_two(-fraction);
    return bits_.to_double() * unit;
  }

  constexpr int length() const { return W; }
  constexpr bool is_zero() const { return bits_.iszero(); }
  constexpr bool is_neg() const { return bits_.sign(); }

  /// The bits themselves, without a binary point: 0 is the lowest.
  constexpr Range<Word> range(int hi, int lo) { return bits_.range(hi, lo); }
  constexpr Range<const Word> range(int hi, int lo) const { return bits_.range(hi, lo); }
  constexpr Range<Word> range() { return bits_.range(); }
  constexpr Range<const Word> range() const { return bits_.range(); }
  constexpr Range<Word> operator()(int hi, int lo) { return bits_.range(hi, lo); }
  constexpr Range<const Word> operator()(int hi, int lo) const { return bits_.range(hi, lo); }
  constexpr Bit<Word> operator[](int i) { return bits_[i]; }
  constexpr bool operator[](int i) const { return bits_[i]; }

 private:
  static constexpr int magnitude(int n) { return n < 0 ? -n : n; }

  Word bits_;
};

}  // namespace ap_detail

#endif
