// The functions of hls_math.h for ap_fixed and ap_ufixed, whose header need not be included.
//
// The answer has the argument's W and I, whatever its modes: it is cut off towards minus infinity, and
// wraps around where it does not fit. Between, numbers are floats up to 24 bits, doubles above.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_FIXED_POINT_H
#define SOFTMATH_FIXED_POINT_H

#include "functions.h"

namespace softmath {

template <bool narrow> struct RealOf { typedef float Type; };
template <> struct RealOf<false> { typedef double Type; };

/// The floating-point type between, and the type of the answer; nothing for any other type than these.
template <class X> using Between = typename RealOf<(X::width <= 24 && X::iwidth <= 120)>::Type;
template <class X> using Answer = typename X::Plain;

}  // namespace softmath

namespace hls {

#define HLS_MATH_ONE(name)                                                                         \
    template <class X> constexpr softmath::Answer<X> name(const X &x) {                            \
        return softmath::name(softmath::Between<X>(x));                                            \
    }
#define HLS_MATH_TWO(name)                                                                         \
    template <class X> constexpr softmath::Answer<X> name(const X &x, const X &y) {                \
        return softmath::name(softmath::Between<X>(x), softmath::Between<X>(y));                   \
    }
SOFTMATH_OF_ONE(HLS_MATH_ONE)
SOFTMATH_OF_TWO(HLS_MATH_TWO)
#undef HLS_MATH_ONE
#undef HLS_MATH_TWO

/// By the function of that name for floats and doubles.
#define HLS_MATH_EXACT(name)                                                                       \
    template <class X> softmath::Answer<X> name(const X &x) {                                      \
        return name(softmath::Between<X>(x));                                                      \
    }
HLS_MATH_EXACT(sqrt)
HLS_MATH_EXACT(rsqrt)
HLS_MATH_EXACT(recip)
HLS_MATH_EXACT(fabs)
HLS_MATH_EXACT(floor)
HLS_MATH_EXACT(ceil)
HLS_MATH_EXACT(trunc)
HLS_MATH_EXACT(round)
HLS_MATH_EXACT(rint)
#undef HLS_MATH_EXACT

}  // namespace hls

#endif
