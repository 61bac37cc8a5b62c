// exp, log, log2, log10, sin, cos, tan, tanh, atan, atan2, pow, fmin, fmax, fdim and ldexp of float and double, the same
// bits wherever they are compiled; none is off by more than one unit in the last place.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_FUNCTIONS_H
#define SOFTMATH_FUNCTIONS_H

#include "arc.h"
#include "circular.h"
#include "exponential.h"
#include "extrema.h"
#include "logarithm.h"
#include "names.h"
#include "power.h"

namespace softmath {

template <class T> constexpr T exp2(T x) { return pow(T(2), x); }

}  // namespace softmath

#endif
