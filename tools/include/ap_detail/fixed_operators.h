// The operators of ap_fixed, with the result widths of AMD's user guide.
//
// SPDX-License-Identifier: Apache-2.0
//
// An ap_int or a C integer takes part as a number without a fraction; with a float or a double the
// other side becomes a double, and so does the result.
#ifndef AP_DETAIL_FIXED_OPERATORS_H
#define AP_DETAIL_FIXED_OPERATORS_H

#include "fixed.h"

namespace ap_detail {

template <bool Known, class T> struct WholeNumber {};
template <class T> struct WholeNumber<true, T> {
  typedef Fixed<Operand<T>::width, Operand<T>::width, Operand<T>::is_signed> type;
};

/// The fixed-point type of an operand; none if T is not one.
template <class T> struct FixedOf : WholeNumber<Operand<T>::known, T> {
  static constexpr bool fixed = false;
};
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O> struct FixedOf<Fixed<W, I, S, Q, O>> {
  static constexpr bool fixed = true;
  typedef Fixed<W, I, S> type;
};

/// The result types of an operation on the fixed-point types A and B.
template <class A, class B> struct FixedResults {
  static constexpr bool s1 = A::sign_flag, s2 = B::sign_flag, s = s1 || s2;
  static constexpr int f2 = B::fraction, fraction = larger(A::fraction, f2);
  static constexpr int whole = larger(A::iwidth + (s2 && !s1), B::iwidth + (s1 && !s2));
  typedef Fixed<whole + 1 + fraction, whole + 1, s> Sum;
  typedef Fixed<whole + 1 + fraction, whole + 1, true> Difference;
  typedef Fixed<A::width + B::width, A::iwidth + B::iwidth, s> Product;
  typedef Fixed<A::width + larger(f2, 0) + s2, A::iwidth + f2 + s2, s> Quotient;
  typedef Fixed<whole + fraction, whole, s> Logic;
};

template <class A, class B> using IfFixed = If<(FixedOf<A>::fixed || FixedOf<B>::fixed)>;
template <class A, class B> using ResultsOf =
    FixedResults<typename FixedOf<A>::type, typename FixedOf<B>::type>;

#define AP_FIXED_ALIGNED(op, Result)                                                           \
  template <class A, class B, class = IfFixed<A, B>>                                           \
  constexpr typename ResultsOf<A, B>::Result operator op(const A &a, const B &b) {             \
    typedef typename ResultsOf<A, B>::Result R;                                                \
    return R::of_bits(R(a).bits() op R(b).bits());                                             \
  }
AP_FIXED_ALIGNED(+, Sum)
AP_FIXED_ALIGNED(-, Difference)
AP_FIXED_ALIGNED(&, Logic)
AP_FIXED_ALIGNED(|, Logic)
AP_FIXED_ALIGNED(^, Logic)
#undef AP_FIXED_ALIGNED

template <class A, class B, class = IfFixed<A, B>>
constexpr typename ResultsOf<A, B>::Product operator*(const A &a, const B &b) {
  typedef typename FixedOf<A>::type First;
  typedef typename FixedOf<B>::type Second;
  return ResultsOf<A, B>::Product::of_bits(First(a).bits() * Second(b).bits());
}

/// The quotient, cut off towards zero after as many fraction bits as the dividend has.
template <class A, class B, class = IfFixed<A, B>>
constexpr typename ResultsOf<A, B>::Quotient operator/(const A &a, const B &b) {
  typedef typename FixedOf<A>::type First;
  typedef typename FixedOf<B>::type Second;
  constexpr int moved = larger(Second::fraction, 0);
  const Integer<First::width + moved, First::sign_flag> dividend(First(a).bits());
  return ResultsOf<A, B>::Quotient::of_bits((dividend << moved) / Second(b).bits());
}

#define AP_FIXED_COMPARISON(op)                                                                \
  template <class A, class B, class = IfFixed<A, B>, class R = ResultsOf<A, B>>                \
  constexpr bool operator op(const A &a, const B &b) {                                         \
    typedef typename R::Logic Common;                                                          \
    return Common(a).bits() op Common(b).bits();                                               \
  }
AP_FIXED_COMPARISON(==)
AP_FIXED_COMPARISON(!=)
AP_FIXED_COMPARISON(<)
AP_FIXED_COMPARISON(<=)
AP_FIXED_COMPARISON(>)
AP_FIXED_COMPARISON(>=)
#undef AP_FIXED_COMPARISON

#define AP_FIXED_WITH_FLOATING(op)                                                             \
  template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class T,                           \
            class = If<IsFloating<T>::value>>                                                  \
  constexpr auto operator op(const Fixed<W, I, S, Q, O> &a, T b) {                             \
    return a.to_double() op double(b);                                                         \
  }                                                                                            \
  template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class T,                           \
            class = If<IsFloating<T>::value>>                                                  \
  constexpr auto operator op(T a, const Fixed<W, I, S, Q, O> &b) {                             \
    return double(a) op b.to_double();                                                         \
  }
AP_FIXED_WITH_FLOATING(+)
AP_FIXED_WITH_FLOATING(-)
AP_FIXED_WITH_FLOATING(*)
AP_FIXED_WITH_FLOATING(/)
AP_FIXED_WITH_FLOATING(==)
AP_FIXED_WITH_FLOATING(!=)
AP_FIXED_WITH_FLOATING(<)
AP_FIXED_WITH_FLOATING(<=)
AP_FIXED_WITH_FLOATING(>)
AP_FIXED_WITH_FLOATING(>=)
#undef AP_FIXED_WITH_FLOATING

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S, Q, O> operator+(const Fixed<W, I, S, Q, O> &a) {
  return a;
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W + 1, I + 1, true> operator-(const Fixed<W, I, S, Q, O> &a) {
  return Fixed<W + 1, I + 1, true>::of_bits(-a.bits());
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S> operator~(const Fixed<W, I, S, Q, O> &a) {
  return Fixed<W, I, S>::of_bits(~a.bits());
}

/// A shift moves the bits and keeps the type: what moves out is lost, without rounding.
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class B, class = If<Operand<B>::known>>
constexpr Fixed<W, I, S, Q, O> operator<<(const Fixed<W, I, S, Q, O> &a, const B &n) {
  return Fixed<W, I, S, Q, O>::of_bits(a.bits() << n);
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class B, class = If<Operand<B>::known>>
constexpr Fixed<W, I, S, Q, O> operator>>(const Fixed<W, I, S, Q, O> &a, const B &n) {
  return Fixed<W, I, S, Q, O>::of_bits(a.bits() >> n);
}

#define AP_FIXED_COMPOUND(op)                                                                  \
  template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class B>                           \
  constexpr Fixed<W, I, S, Q, O> &operator op##=(Fixed<W, I, S, Q, O> &a, const B &b) {        \
    return a = Fixed<W, I, S, Q, O>(a op b);                                                   \
  }
AP_FIXED_COMPOUND(+)
AP_FIXED_COMPOUND(-)
AP_FIXED_COMPOUND(*)
AP_FIXED_COMPOUND(/)
AP_FIXED_COMPOUND(&)
AP_FIXED_COMPOUND(|)
AP_FIXED_COMPOUND(^)
AP_FIXED_COMPOUND(<<)
AP_FIXED_COMPOUND(>>)
#undef AP_FIXED_COMPOUND

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S, Q, O> &operator++(Fixed<W, I, S, Q, O> &a) {
  return a += 1;
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S, Q, O> &operator--(Fixed<W, I, S, Q, O> &a) {
  return a -= 1;
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S, Q, O> operator++(Fixed<W, I, S, Q, O> &a, int) {
  const Fixed<W, I, S, Q, O> before = a;
  a += 1;
  return before;
}
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O>
constexpr Fixed<W, I, S, Q, O> operator--(Fixed<W, I, S, Q, O> &a, int) {
  const Fixed<W, I, S, Q, O> before = a;
  a -= 1;
  return before;
}

template <class Out, int W, int I, bool S, ap_q_mode Q, ap_o_mode O, class = IfOutput<Out>>
Out &operator<<(Out &out, const Fixed<W, I, S, Q, O> &v) {
  out << v.to_double();
  return out;
}

}  // namespace ap_detail

#endif
