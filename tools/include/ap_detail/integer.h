// The class behind ap_int and ap_uint.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_INTEGER_H
#define AP_DETAIL_INTEGER_H

#include "bits.h"
#include "operand.h"

namespace ap_detail {

/// A whole number of W bits, signed if S; whatever is assigned to it wraps around.
/// Like a C integer, a local variable without an initial value holds anything.
template <int W, bool S> class Integer {
  static_assert(W >= 1 && W <= 4096, "the width of an ap_int is 1 to 1024 bits");
  typedef Wide<W + !S> Value;
  typedef Choose<(W <= 64), Native<W, S>, Value> Stored;
  typedef Choose<(sizeof(Value) <= 8), int64_t, Value> Word;
  typedef Integer<W, false> Bits;
  template <int, bool> friend class Integer;

 public:
  static constexpr int width = W;
  static constexpr bool sign_flag = S;

  Integer() = default;

  template <class T, class = If<Operand<T>::known>> constexpr Integer(const T &v)
      : stored_(Stored(wrap<W, S>(Value(Operand<T>::value(v))))) {}

  /// From a floating-point number: the fraction is cut off; infinity and NaN become 0.
  template <class T, If<IsFloating<T>::value, int> = 0> constexpr Integer(T v) : stored_(0) {
    if (v - v != 0) return;
    int doublings = 0;
    for (; v >= T(9223372036854775808.0) || v <= -T(9223372036854775808.0); v /= 2) ++doublings;
    const Wide<larger(W + 1, 64)> whole(static_cast<long long>(v));
    if (doublings < W) stored_ = Stored(wrap<W, S>(Value(shift_left(whole, doublings))));
  }

  /// From digits: radix 2, 8, 10 or 16, by the prefix 0b, 0o or 0x if it is not given.
  constexpr explicit Integer(const char *digits, int radix = 0) : stored_(0) {
    const bool negative = *digits == '-';
    digits += negative || *digits == '+';
    if (digits[0] == '0') {
      const char kind = char(digits[1] | 32);
      const int named = kind == 'x' ? 16 : kind == 'b' ? 2 : kind == 'o' ? 8 : 0;
      if (named && (radix == 0 || radix == named)) radix = named, digits += 2;
    }
    if (radix == 0) radix = 10;
    for (; *digits; ++digits) {
      const int letter = (*digits | 32) - 'a' + 10;
      const int digit = *digits >= '0' && *digits <= '9' ? *digits - '0' : letter;
      if (digit < 0 || digit >= radix) stop("a number in quotes has a character that is no digit");
      *this = Integer(*this * radix + digit);
    }
    if (negative) *this = Integer(-*this);
  }

  constexpr Value value() const { return Value(stored_); }
  constexpr operator Native<W, S>() const { return Native<W, S>(stored_); }

  constexpr int to_int() const { return int(stored_); }
  constexpr unsigned to_uint() const { return unsigned(stored_); }
  constexpr long to_long() const { return long(stored_); }
  constexpr unsigned long to_ulong() const { return static_cast<unsigned long>(stored_); }
  constexpr long long to_int64() const { return static_cast<long long>(stored_); }
  constexpr unsigned long long to_uint64() const {
    return static_cast<unsigned long long>(stored_);
  }
  constexpr bool to_bool() const { return or_reduce(); }
  constexpr float to_float() const { return float(to_double()); }
  constexpr double to_double() const {
    const auto top = shift_right(value(), larger(W - 64, 0));
    double scaled = double(static_cast<Choose<(W < 64), int64_t, int128>>(top));
    for (int i = W; i > 64; --i) scaled *= 2;
    return scaled;
  }

  constexpr int length() const { return W; }
  constexpr bool sign() const { return S && test(W - 1); }
  constexpr bool iszero() const { return value() == Value(0); }
  constexpr bool is_zero() const { return iszero(); }

  /// One bit, 0 the lowest; a write to it changes this value.
  constexpr Bit<Integer> operator[](int i) { return Bit<Integer>(*this, i); }
  constexpr bool operator[](int i) const { return test(i); }
  constexpr Bit<Integer> bit(int i) { return Bit<Integer>(*this, i); }
  constexpr bool bit(int i) const { return test(i); }
  constexpr bool get_bit(int i) const { return test(i); }
  constexpr bool test(int i) const {
    if (unsigned(i) >= unsigned(W)) stop_index("bit", i, W);
    return bool(int32_t(shift_right(value(), i)) & 1);
  }

  constexpr void set(int i, bool to) {
    if (unsigned(i) >= unsigned(W)) stop_index("bit", i, W);
    const Value one = shift_left(Value(1), i);
    store(to ? value() | one : value() & ~one);
  }
  constexpr void set_bit(int i, bool to) { set(i, to); }
  constexpr void set(int i) { set(i, true); }
  constexpr void set() { store(~Value(0)); }
  constexpr void clear(int i) { set(i, false); }
  constexpr void clear() { store(Value(0)); }
  constexpr void invert(int i) { set(i, !test(i)); }
  constexpr void b_not() { store(~value()); }

  /// The bits hi to lo, both included; in reverse order if hi < lo. Writes change this value.
  constexpr Range<Integer> range(int hi, int lo) { return Range<Integer>(*this, hi, lo); }
  constexpr Range<const Integer> range(int hi, int lo) const {
    return Range<const Integer>(*this, hi, lo);
  }
  constexpr Range<Integer> range() { return range(W - 1, 0); }
  constexpr Range<const Integer> range() const { return range(W - 1, 0); }
  constexpr Range<Integer> operator()(int hi, int lo) { return range(hi, lo); }
  constexpr Range<const Integer> operator()(int hi, int lo) const { return range(hi, lo); }

  /// This value in the high bits and `low` in the low bits.
  template <int W2, bool S2> constexpr Integer<W + W2, false> concat(Integer<W2, S2> low) const {
    typedef Wide<W + W2 + 1> Joined;
    const Joined high(Bits(*this).value()), rest(Integer<W2, false>(low).value());
    return Integer<W + W2, false>::of(shift_left(high, W2) | rest);
  }

  constexpr bool or_reduce() const { return !iszero(); }
  constexpr bool nor_reduce() const { return iszero(); }
  constexpr bool and_reduce() const { return Bits(~*this).iszero(); }
  constexpr bool nand_reduce() const { return !and_reduce(); }
  constexpr bool xnor_reduce() const { return !xor_reduce(); }
  constexpr bool xor_reduce() const {
    return is_odd(typename Bits::Word(Bits(*this).value()));
  }

  /// Turns the order of the bits around, in place.
  constexpr Integer &reverse() {
    store(Value(reversed<W>(Word(value()))));
    return *this;
  }
  constexpr Integer &lrotate(int n) {
    n = (n % W + W) % W;
    const Bits bits(*this);
    return *this = Integer(n ? Bits((bits << n) | (bits >> (W - n))) : bits);
  }
  constexpr Integer &rrotate(int n) { return lrotate(W - n % W); }
  constexpr int countLeadingZeros() const {
    int zeros = 0;
    while (zeros < W && !test(W - 1 - zeros)) ++zeros;
    return zeros;
  }

  /// The number with that value, of which the low W bits are taken.
  static constexpr Integer of(const Value &v) {
    Integer r(0);
    r.store(v);
    return r;
  }

 private:
  constexpr void store(const Value &v) { stored_ = Stored(wrap<W, S>(v)); }

  Stored stored_;
};

}  // namespace ap_detail

#endif
