// The functions of names.h and ldexp, of float and double: the same bits wherever they are compiled;
// none is off by more than one unit in the last place.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_FUNCTIONS_H
#define SOFTMATH_FUNCTIONS_H

#include "arc.h"
#include "area.h"
#include "circular.h"
#include "exponential.h"
#include "extrema.h"
#include "hyperbolic.h"
#include "logarithm.h"
#include "names.h"
#include "power.h"
#include "roots.h"

namespace softmath {

template <class T> constexpr T exp2(T x) { return pow(T(2), x); }

}  // namespace softmath

#endif
