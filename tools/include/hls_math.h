// The functions of hls_math.h, for C numbers and ap_fixed; those that only compare for ap_int too.
// Written from AMD's public documentation (UG1399, "HLS Math Library").
//
// SPDX-License-Identifier: Apache-2.0
#ifndef HLS_MATH_H
#define HLS_MATH_H

#if __has_include(<cmath>)
#include <cmath>
#endif

#include "softmath/functions.h"

namespace hls {

/// Of the type of v, into which the absolute value of the lowest number does not fit.
template <class T> constexpr T abs(const T &v) { return v < T(0) ? T(-v) : v; }
template <class T> constexpr T min(const T &a, const T &b) { return b < a ? b : a; }
template <class T> constexpr T max(const T &a, const T &b) { return a < b ? b : a; }
constexpr float abs(float v) { return __builtin_fabsf(v); }
constexpr double abs(double v) { return __builtin_fabs(v); }

#define HLS_MATH_ONE(name)                                                                         \
    constexpr float name(float x) { return softmath::name(x); }                                    \
    constexpr double name(double x) { return softmath::name(x); }                                  \
    constexpr float name##f(float x) { return softmath::name(x); }
#define HLS_MATH_TWO(name)                                                                         \
    constexpr float name(float x, float y) { return softmath::name(x, y); }                        \
    constexpr double name(double x, double y) { return softmath::name(x, y); }                     \
    constexpr float name##f(float x, float y) { return softmath::name(x, y); }
/// These are exact, and the same in every C library.
#define HLS_MATH_EXACT(name)                                                                       \
    inline float name(float x) { return __builtin_##name##f(x); }                                  \
    inline double name(double x) { return __builtin_##name(x); }                                   \
    inline float name##f(float x) { return __builtin_##name##f(x); }
SOFTMATH_OF_ONE(HLS_MATH_ONE)
SOFTMATH_OF_TWO(HLS_MATH_TWO)
HLS_MATH_EXACT(sqrt)
HLS_MATH_EXACT(fabs)
HLS_MATH_EXACT(floor)
HLS_MATH_EXACT(ceil)
HLS_MATH_EXACT(trunc)
HLS_MATH_EXACT(round)
HLS_MATH_EXACT(rint)
#undef HLS_MATH_ONE
#undef HLS_MATH_TWO
#undef HLS_MATH_EXACT

inline float rsqrt(float x) { return 1.0f / __builtin_sqrtf(x); }
inline double rsqrt(double x) { return 1.0 / __builtin_sqrt(x); }
inline float recip(float x) { return 1.0f / x; }
inline double recip(double x) { return 1.0 / x; }
inline float fma(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline double fma(double x, double y, double z) { return __builtin_fma(x, y, z); }
inline float fmod(float x, float y) { return __builtin_fmodf(x, y); }
inline double fmod(double x, double y) { return __builtin_fmod(x, y); }

}  // namespace hls

#include "softmath/fixed_point.h"

#endif
