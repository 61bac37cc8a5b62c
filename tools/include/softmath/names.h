// The functions of this folder by the names of the C library.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_NAMES_H
#define SOFTMATH_NAMES_H

/* Calls a macro with the name of each function of one number, or of two. */
#define SOFTMATH_OF_ONE(DO) DO(exp) DO(exp2) DO(expm1) DO(log) DO(log2) DO(log10) DO(log1p) DO(cbrt) \
    DO(sin) DO(cos) DO(tan) DO(asin) DO(acos) DO(atan) \
    DO(sinh) DO(cosh) DO(tanh) DO(asinh) DO(acosh) DO(atanh)
#define SOFTMATH_OF_TWO(DO) DO(pow) DO(atan2) DO(hypot) DO(fmin) DO(fmax) DO(fdim)

#endif
