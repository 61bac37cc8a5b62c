// The functions of this folder for the linker.
//
// SPDX-License-Identifier: Apache-2.0
#include "functions.h"

#define SOFTMATH_ONE(name)                                                                         \
    double softmath_##name##_64(double x) { return softmath::name(x); }                            \
    float softmath_##name##_32(float x) { return softmath::name(x); }
#define SOFTMATH_TWO(name)                                                                         \
    double softmath_##name##_64(double x, double y) { return softmath::name(x, y); }               \
    float softmath_##name##_32(float x, float y) { return softmath::name(x, y); }

extern "C" {
SOFTMATH_OF_ONE(SOFTMATH_ONE)
SOFTMATH_OF_TWO(SOFTMATH_TWO)
double softmath_ldexp_64(double x, int power) { return softmath::ldexp(x, power); }
float softmath_ldexp_32(float x, int power) { return softmath::ldexp(x, power); }
}
