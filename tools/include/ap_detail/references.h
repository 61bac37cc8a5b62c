// References into an ap_int: one bit, a range of bits, and two values side by side.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_REFERENCES_H
#define AP_DETAIL_REFERENCES_H

#include "integer.h"

namespace ap_detail {

/// Bit i of `word`.
template <class Word> class Bit {
 public:
  static constexpr int width = 1;

  constexpr Bit(Word &word, int i) : word_(word), i_(i) {
    if (unsigned(i) >= unsigned(Word::width)) stop_index("bit", i, Word::width);
  }
  Bit(const Bit &) = default;

  constexpr const Bit &operator=(bool v) const {
    word_.set(i_, v);
    return *this;
  }
  constexpr const Bit &operator=(const Bit &v) const { return *this = bool(v); }
  template <class T, class = If<Operand<T>::known>>
  constexpr const Bit &operator=(const T &v) const {
    return *this = bool(int32_t(Operand<T>::value(v)) & 1);
  }

  constexpr operator bool() const { return word_.test(i_); }
  constexpr bool operator~() const { return !bool(*this); }
  constexpr bool to_bool() const { return *this; }
  constexpr int length() const { return 1; }
  constexpr Integer<1, false> get() const { return Integer<1, false>(bool(*this)); }

 private:
  Word &word_;
  int i_;
};

/// The bits hi to lo of `word`, both included; reversed if hi < lo.
template <class Word> class Range {
  typedef Plain<Word> Owner;

 public:
  static constexpr int width = Word::width;
  typedef Integer<width, false> Bits;

  constexpr Range(Word &word, int hi, int lo) : word_(word), hi_(hi), lo_(lo) {
    if (unsigned(hi) >= unsigned(width)) stop_index("range: bit", hi, width);
    if (unsigned(lo) >= unsigned(width)) stop_index("range: bit", lo, width);
  }
  Range(const Range &) = default;

  constexpr const Range &operator=(const Range &v) const { return set(v.get()); }
  template <class T, class = If<Operand<T>::known>>
  constexpr const Range &operator=(const T &v) const {
    return set(Bits(v));
  }

  constexpr int length() const { return (hi_ < lo_ ? lo_ - hi_ : hi_ - lo_) + 1; }
  constexpr Bits get() const {
    const Bits bits((Bits(word_) >> smaller(hi_, lo_)) & mask());
    return hi_ < lo_ ? turned(bits) : bits;
  }
  constexpr operator Native<width, false>() const { return get(); }

  constexpr int to_int() const { return get().to_int(); }
  constexpr unsigned to_uint() const { return get().to_uint(); }
  constexpr long to_long() const { return get().to_long(); }
  constexpr unsigned long to_ulong() const { return get().to_ulong(); }
  constexpr long long to_int64() const { return get().to_int64(); }
  constexpr unsigned long long to_uint64() const { return get().to_uint64(); }
  constexpr double to_double() const { return get().to_double(); }
  constexpr bool or_reduce() const { return get().or_reduce(); }
  constexpr bool and_reduce() const { return get() == mask(); }
  constexpr bool xor_reduce() const { return get().xor_reduce(); }

 private:
  constexpr Bits mask() const { return Bits(~Bits(0)) >> (width - length()); }
  constexpr Bits turned(Bits bits) const { return bits.reverse() >> (width - length()); }
  constexpr const Range &set(Bits v) const {
    const int low = smaller(hi_, lo_);
    const Bits field((hi_ < lo_ ? turned(v) : Bits(v & mask())) << low);
    word_ = Owner((Bits(word_) & ~Bits(mask() << low)) | field);
    return *this;
  }

  Word &word_;
  int hi_, lo_;
};

/// How many bits an operand really has: a range can be shorter than its type says.
template <class T> constexpr int length_of(const T &) { return Operand<T>::width; }
template <class Word> constexpr int length_of(const Range<Word> &r) { return r.length(); }
template <class H, class L> constexpr int length_of(const Concat<H, L> &c) { return c.length(); }

/// `high` and `low` side by side; a write fills `low` with the low bits and `high` with the rest.
template <class High, class Low> class Concat {
 public:
  static constexpr int width = Operand<Plain<High>>::width + Operand<Plain<Low>>::width;
  typedef Integer<width, false> Bits;

  constexpr Concat(High &high, Low &low) : high_(high), low_(low) {}
  Concat(const Concat &) = default;

  constexpr const Concat &operator=(const Concat &v) const { return set(v.get()); }
  template <class T, class = If<Operand<T>::known>>
  constexpr const Concat &operator=(const T &v) const {
    return set(Bits(v));
  }

  constexpr int length() const { return length_of(high_) + length_of(low_); }
  constexpr Bits get() const {
    return Bits(part(high_) << length_of(low_)) | part(low_);
  }
  constexpr operator Native<width, false>() const { return get(); }

  constexpr int to_int() const { return get().to_int(); }
  constexpr unsigned to_uint() const { return get().to_uint(); }
  constexpr long long to_int64() const { return get().to_int64(); }
  constexpr unsigned long long to_uint64() const { return get().to_uint64(); }

 private:
  template <class T> static constexpr Bits part(const T &v) {
    return Bits(Integer<Operand<T>::width, false>(v));
  }
  constexpr const Concat &set(Bits v) const {
    const Bits rest(v >> length_of(low_));
    low_ = v;
    high_ = rest;
    return *this;
  }

  High &high_;
  Low &low_;
};

}  // namespace ap_detail

#endif
