// The functions of this folder by the names of the C library.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_NAMES_H
#define SOFTMATH_NAMES_H

/* Calls a macro with the name of each function of one number, or of two. */
#define SOFTMATH_OF_ONE(DO) DO(exp) DO(exp2) DO(log) DO(log2) DO(log10) DO(sin) DO(cos) DO(tan) DO(tanh) \
    DO(atan)
#define SOFTMATH_OF_TWO(DO) DO(pow) DO(atan2) DO(fmin) DO(fmax) DO(fdim)

#endif
