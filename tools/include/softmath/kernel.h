// Included in front of a kernel's sources when they are compiled for this machine: the functions of
// <math.h> and <cmath> that no two C libraries agree on become those of this folder, as they do in
// high-level synthesis.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_KERNEL_H
#define SOFTMATH_KERNEL_H

#include "names.h"

// The C library declares them again, without another name for the linker.
#ifdef __cplusplus
#include "functions.h"
#define SOFTMATH_THROWS noexcept
extern "C" {
#else
#define SOFTMATH_THROWS
#endif
#define SOFTMATH_ONE(name)                                                                         \
    double name(double) SOFTMATH_THROWS __asm__("softmath_" #name "_64");                          \
    float name##f(float) SOFTMATH_THROWS __asm__("softmath_" #name "_32");
#define SOFTMATH_TWO(name)                                                                         \
    double name(double, double) SOFTMATH_THROWS __asm__("softmath_" #name "_64");                  \
    float name##f(float, float) SOFTMATH_THROWS __asm__("softmath_" #name "_32");
SOFTMATH_OF_ONE(SOFTMATH_ONE)
SOFTMATH_OF_TWO(SOFTMATH_TWO)
double ldexp(double, int) SOFTMATH_THROWS __asm__("softmath_ldexp_64");
float ldexpf(float, int) SOFTMATH_THROWS __asm__("softmath_ldexp_32");
#ifdef __cplusplus
}
#endif

// <cmath> calls these by the compiler's own names.
#ifdef __cplusplus
#define __builtin_exp softmath::exp<double>
#define __builtin_expf softmath::exp<float>
#define __builtin_exp2 softmath::exp2<double>
#define __builtin_exp2f softmath::exp2<float>
#define __builtin_expm1 softmath::expm1<double>
#define __builtin_expm1f softmath::expm1<float>
#define __builtin_log softmath::log<double>
#define __builtin_logf softmath::log<float>
#define __builtin_log2 softmath::log2<double>
#define __builtin_log2f softmath::log2<float>
#define __builtin_log10 softmath::log10<double>
#define __builtin_log10f softmath::log10<float>
#define __builtin_log1p softmath::log1p<double>
#define __builtin_log1pf softmath::log1p<float>
#define __builtin_cbrt softmath::cbrt<double>
#define __builtin_cbrtf softmath::cbrt<float>
#define __builtin_sin softmath::sin<double>
#define __builtin_sinf softmath::sin<float>
#define __builtin_cos softmath::cos<double>
#define __builtin_cosf softmath::cos<float>
#define __builtin_tan softmath::tan<double>
#define __builtin_tanf softmath::tan<float>
#define __builtin_asin softmath::asin<double>
#define __builtin_asinf softmath::asin<float>
#define __builtin_acos softmath::acos<double>
#define __builtin_acosf softmath::acos<float>
#define __builtin_atan softmath::atan<double>
#define __builtin_atanf softmath::atan<float>
#define __builtin_sinh softmath::sinh<double>
#define __builtin_sinhf softmath::sinh<float>
#define __builtin_cosh softmath::cosh<double>
#define __builtin_coshf softmath::cosh<float>
#define __builtin_tanh softmath::tanh<double>
#define __builtin_tanhf softmath::tanh<float>
#define __builtin_asinh softmath::asinh<double>
#define __builtin_asinhf softmath::asinh<float>
#define __builtin_acosh softmath::acosh<double>
#define __builtin_acoshf softmath::acosh<float>
#define __builtin_atanh softmath::atanh<double>
#define __builtin_atanhf softmath::atanh<float>
#define __builtin_pow softmath::pow<double>
#define __builtin_powf softmath::pow<float>
#define __builtin_atan2 softmath::atan2<double>
#define __builtin_atan2f softmath::atan2<float>
#define __builtin_hypot softmath::hypot<double>
#define __builtin_hypotf softmath::hypot<float>
#define __builtin_fmin softmath::fmin<double>
#define __builtin_fminf softmath::fmin<float>
#define __builtin_fmax softmath::fmax<double>
#define __builtin_fmaxf softmath::fmax<float>
#define __builtin_fdim softmath::fdim<double>
#define __builtin_fdimf softmath::fdim<float>
#define __builtin_ldexp softmath::ldexp<double>
#define __builtin_ldexpf softmath::ldexp<float>
#endif

#endif
