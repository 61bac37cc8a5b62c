// std::cout << of an ap_int, without including any of the standard library.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_PRINT_H
#define AP_DETAIL_PRINT_H

#include "operators.h"

namespace ap_detail {

/// Anything that takes characters and numbers as a std::ostream does.
template <class Out> using IfOutput =
    decltype(static_cast<Out *>(nullptr)->put('0'), static_cast<Out *>(nullptr)->flush());

/// In the stream's own base up to 64 bits, in decimal above.
template <class Out, int W, bool S, class = IfOutput<Out>>
Out &operator<<(Out &out, const Integer<W, S> &v) {
  if (W <= 64) {
    out << static_cast<Choose<S, long long, unsigned long long>>(v);
    return out;
  }
  char digits[W / 3 + 3];
  char *first = digits + sizeof digits;
  *--first = 0;
  Wide<W + 1> rest(v.value());
  const bool negative = rest < Wide<W + 1>(0);
  if (negative) rest = -rest;
  for (; first == digits + sizeof digits - 1 || !(rest == Wide<W + 1>(0));
       rest = rest / Wide<W + 1>(10))
    *--first = char('0' + int(rest % Wide<W + 1>(10)));
  if (negative) *--first = '-';
  out << first;
  return out;
}

template <class Out, class Word, class = IfOutput<Out>>
Out &operator<<(Out &out, const Bit<Word> &v) {
  return out << v.get();
}
template <class Out, class Word, class = IfOutput<Out>>
Out &operator<<(Out &out, const Range<Word> &v) {
  return out << v.get();
}
template <class Out, class H, class L, class = IfOutput<Out>>
Out &operator<<(Out &out, const Concat<H, L> &v) {
  return out << v.get();
}

}  // namespace ap_detail

#endif
