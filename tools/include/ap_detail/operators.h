// The operators of ap_int, with the result widths of AMD's user guide.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_OPERATORS_H
#define AP_DETAIL_OPERATORS_H

#include "references.h"

namespace ap_detail {

/// The result types of an operation on A and B, and the type wide enough to compute with both.
template <class A, class B> struct Results {
  static constexpr bool s1 = Operand<A>::is_signed, s2 = Operand<B>::is_signed;
  static constexpr int w1 = Operand<A>::width, w2 = Operand<B>::width;
  static constexpr int common = larger(w1 + (s2 && !s1), w2 + (s1 && !s2));
  typedef Integer<common + 1, s1 || s2> Sum;
  typedef Integer<common + 1, true> Difference;
  typedef Integer<w1 + w2, s1 || s2> Product;
  typedef Integer<w1 + s2, s1 || s2> Quotient;
  typedef Integer<smaller(w1, w2 + (!s2 && s1)), s1> Remainder;
  typedef Integer<common, s1 || s2> Logic;
  typedef Wide<larger(w1 + !s1, w2 + !s2) + (s1 && s2)> Both;
};

#define AP_ARITHMETIC(op, Result)                                                              \
  template <class A, class B, class = IfExpression<A, B>>                                      \
  constexpr typename Results<A, B>::Result operator op(const A &a, const B &b) {               \
    typedef typename Results<A, B>::Result R;                                                  \
    typedef Wide<R::width + !R::sign_flag> V;                                                  \
    return R::of(V(Operand<A>::value(a)) op V(Operand<B>::value(b)));                          \
  }
AP_ARITHMETIC(+, Sum)
AP_ARITHMETIC(-, Difference)
AP_ARITHMETIC(*, Product)
AP_ARITHMETIC(&, Logic)
AP_ARITHMETIC(|, Logic)
AP_ARITHMETIC(^, Logic)
#undef AP_ARITHMETIC

#define AP_DIVISION(op, Result)                                                                \
  template <class A, class B, class = IfExpression<A, B>>                                      \
  constexpr typename Results<A, B>::Result operator op(const A &a, const B &b) {               \
    typedef typename Results<A, B>::Result R;                                                  \
    typedef typename Results<A, B>::Both V;                                                    \
    const V divisor(Operand<B>::value(b));                                                     \
    if (divisor == V(0)) stop("an ap_int is divided by zero");                                 \
    return R::of(Wide<R::width + !R::sign_flag>(V(Operand<A>::value(a)) op divisor));          \
  }
AP_DIVISION(/, Quotient)
AP_DIVISION(%, Remainder)
#undef AP_DIVISION

template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator==(const A &a, const B &b) {
  typedef typename Results<A, B>::Both V;
  return V(Operand<A>::value(a)) == V(Operand<B>::value(b));
}
template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator<(const A &a, const B &b) {
  typedef typename Results<A, B>::Both V;
  return V(Operand<A>::value(a)) < V(Operand<B>::value(b));
}
template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator!=(const A &a, const B &b) { return !(a == b); }
template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator>(const A &a, const B &b) { return b < a; }
template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator<=(const A &a, const B &b) { return !(b < a); }
template <class A, class B, class = IfExpression<A, B>>
constexpr bool operator>=(const A &a, const B &b) { return !(a < b); }

/// The left operand of a shift, which gives the result its type.
template <class A> using Shifted = Integer<Operand<A>::width, Operand<A>::is_signed>;

/// v moved left by n bits, or right if n is negative; what moves out is lost.
template <int W, bool S> constexpr Integer<W, S> shifted(const Integer<W, S> &v, long long n) {
  typedef Integer<W, S> R;
  if (n >= W) return R(0);
  if (n >= 0) return R::of(shift_left(v.value(), int(n)));
  return R::of(shift_right(v.value(), n <= -W ? W - S : int(-n)));
}

/// A shift amount, cut to what fits in a long long without changing what the shift does.
template <class B> constexpr long long amount(const B &b) {
  constexpr long long limit = 1 << 20;
  if (b > limit) return limit;
  return b < -limit ? -limit : static_cast<long long>(Operand<B>::value(b));
}

template <class A, class B, class = IfExpression<A, B>>
constexpr Shifted<A> operator<<(const A &a, const B &b) {
  return shifted(Shifted<A>(a), amount(b));
}
template <class A, class B, class = IfExpression<A, B>>
constexpr Shifted<A> operator>>(const A &a, const B &b) {
  return shifted(Shifted<A>(a), -amount(b));
}

template <class A> using IfOwn = If<Operand<A>::own>;

template <class A, class = IfOwn<A>> constexpr Shifted<A> operator+(const A &a) {
  return Shifted<A>(a);
}
template <class A, class = IfOwn<A>>
constexpr typename Results<Integer<1, false>, A>::Difference operator-(const A &a) {
  return Integer<1, false>(0) - a;
}
template <class A, class = IfOwn<A>> constexpr Shifted<A> operator~(const A &a) {
  return Shifted<A>::of(~Operand<A>::value(a));
}

#define AP_COMPOUND(op)                                                                        \
  template <int W, bool S, class B>                                                            \
  constexpr Integer<W, S> &operator op##=(Integer<W, S> &a, const B &b) {                      \
    return a = Integer<W, S>(a op b);                                                          \
  }
AP_COMPOUND(+)
AP_COMPOUND(-)
AP_COMPOUND(*)
AP_COMPOUND(/)
AP_COMPOUND(%)
AP_COMPOUND(&)
AP_COMPOUND(|)
AP_COMPOUND(^)
AP_COMPOUND(<<)
AP_COMPOUND(>>)
#undef AP_COMPOUND

template <int W, bool S> constexpr Integer<W, S> &operator++(Integer<W, S> &a) { return a += 1; }
template <int W, bool S> constexpr Integer<W, S> &operator--(Integer<W, S> &a) { return a -= 1; }
template <int W, bool S> constexpr Integer<W, S> operator++(Integer<W, S> &a, int) {
  const Integer<W, S> before = a;
  a += 1;
  return before;
}
template <int W, bool S> constexpr Integer<W, S> operator--(Integer<W, S> &a, int) {
  const Integer<W, S> before = a;
  a -= 1;
  return before;
}

/// (high, low): the two side by side, which can be read and, if both can, written.
template <class H, class L, class = If<(Operand<Plain<H>>::own && Operand<Plain<L>>::own)>>
constexpr Concat<RemoveReference<H>, RemoveReference<L>> operator,(H &&high, L &&low) {
  return Concat<RemoveReference<H>, RemoveReference<L>>(high, low);
}

}  // namespace ap_detail

#endif
