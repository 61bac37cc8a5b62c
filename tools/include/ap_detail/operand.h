// What can stand in an expression with ap_int: its width, its sign, its value.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_OPERAND_H
#define AP_DETAIL_OPERAND_H

#include "wide.h"

namespace ap_detail {

template <int W, bool S> class Integer;
template <class Word> class Bit;
template <class Word> class Range;
template <class High, class Low> class Concat;

template <class T> struct WithoutReference { typedef T type; };
template <class T> struct WithoutReference<T &> { typedef T type; };
template <class T> using RemoveReference = typename WithoutReference<T>::type;

template <class T> struct WithoutConst { typedef T type; };
template <class T> struct WithoutConst<const T> { typedef T type; };
template <class T> using Plain = typename WithoutConst<RemoveReference<T>>::type;

template <class T> constexpr bool has_sign() { return T(-1) < T(0); }

/// A C integer of W bits as an operand.
template <class T, bool S, int W = int(sizeof(T)) * 8> struct CInteger {
  static constexpr bool known = true, own = false, is_signed = S;
  static constexpr int width = W;
  static constexpr Wide<W + !S> value(T v) { return Wide<W + !S>(v); }
};

template <class T, bool IsEnum = __is_enum(T)> struct OperandOrEnum {
  static constexpr bool known = false, own = false;
};
template <class T>
struct OperandOrEnum<T, true> : CInteger<T, has_sign<__underlying_type(T)>()> {};

/// `known`: T can be an operand; `own`: T is one of the types of ap_int.h, not a C integer.
template <class T> struct Operand : OperandOrEnum<T> {};
template <> struct Operand<bool> : CInteger<bool, false, 1> {};
template <> struct Operand<char> : CInteger<char, has_sign<char>()> {};
template <> struct Operand<signed char> : CInteger<signed char, true> {};
template <> struct Operand<unsigned char> : CInteger<unsigned char, false> {};
template <> struct Operand<short> : CInteger<short, true> {};
template <> struct Operand<unsigned short> : CInteger<unsigned short, false> {};
template <> struct Operand<int> : CInteger<int, true> {};
template <> struct Operand<unsigned> : CInteger<unsigned, false> {};
template <> struct Operand<long> : CInteger<long, true> {};
template <> struct Operand<unsigned long> : CInteger<unsigned long, false> {};
template <> struct Operand<long long> : CInteger<long long, true> {};
template <> struct Operand<unsigned long long> : CInteger<unsigned long long, false> {};
template <> struct Operand<int128> : CInteger<int128, true> {};
template <> struct Operand<uint128> : CInteger<uint128, false> {
  static constexpr Limbs<3> value(uint128 v) { return wrap<128, false>(Limbs<3>(int128(v))); }
};

template <int W, bool S> struct Operand<Integer<W, S>> {
  static constexpr bool known = true, own = true, is_signed = S;
  static constexpr int width = W;
  static constexpr Wide<W + !S> value(const Integer<W, S> &v) { return v.value(); }
};

/// A reference into a value: unsigned, and `Ref` says how wide at most.
template <class Ref> struct ReferenceOperand {
  static constexpr bool known = true, own = true, is_signed = false;
  static constexpr int width = Ref::width;
  static constexpr Wide<width + 1> value(const Ref &r) { return r.get().value(); }
};
template <class Word> struct Operand<Bit<Word>> : ReferenceOperand<Bit<Word>> {};
template <class Word> struct Operand<Range<Word>> : ReferenceOperand<Range<Word>> {};
template <class H, class L> struct Operand<Concat<H, L>> : ReferenceOperand<Concat<H, L>> {};

template <class T> struct IsFloating { static constexpr bool value = false; };
template <> struct IsFloating<float> { static constexpr bool value = true; };
template <> struct IsFloating<double> { static constexpr bool value = true; };
template <> struct IsFloating<long double> { static constexpr bool value = true; };

/// At least one of the two is of ap_int.h; two C integers are C's own business.
template <class A, class B> using IfExpression = If<(
    Operand<A>::known && Operand<B>::known && (Operand<A>::own || Operand<B>::own))>;

/// The C type that holds W bits, which an ap_int turns into where C++ wants a C integer; above 64
/// bits a long long, with the low bits alone.
template <int W, bool S> using Native =
    Choose<(W <= 8), Choose<S, int8_t, uint8_t>,
           Choose<(W <= 16), Choose<S, int16_t, uint16_t>,
                  Choose<(W <= 32), Choose<S, int32_t, uint32_t>,
                         Choose<S, long long, unsigned long long>>>>;

}  // namespace ap_detail

#endif
