// What the other files need to choose types, and how a simulation ends that went wrong.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_DETAIL_BASE_H
#define AP_DETAIL_BASE_H

// <stdlib.h> for all: kernels call abs() without a header of their own, as they may with Vitis's.
#include <stdint.h>
#include <stdlib.h>
#ifndef SILIWRIGHT_HLS
#include <stdio.h>
#endif

namespace ap_detail {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

template <bool C, class T = void> struct EnableIf {};
template <class T> struct EnableIf<true, T> { typedef T type; };
template <bool C, class T = void> using If = typename EnableIf<C, T>::type;

template <bool C, class A, class B> struct Choice { typedef A type; };
template <class A, class B> struct Choice<false, A, B> { typedef B type; };
template <bool C, class A, class B> using Choose = typename Choice<C, A, B>::type;

constexpr int larger(int a, int b) { return a > b ? a : b; }
constexpr int smaller(int a, int b) { return a < b ? a : b; }

#ifdef SILIWRIGHT_HLS
// Hardware has nobody to tell: what would stop a simulation may do anything.
[[noreturn]] inline void stop(const char *) { __builtin_unreachable(); }
[[noreturn]] inline void stop_index(const char *, int, int) { __builtin_unreachable(); }
#else
/// Ends a simulation that went wrong, with status 3: what happened goes to the error output.
[[noreturn]] inline void stop(const char *what) {
  fflush(stdout);
  fprintf(stderr, "ERROR: %s\n", what);
  exit(3);
}

[[noreturn]] inline void stop_index(const char *what, int index, int width) {
  fflush(stdout);
  fprintf(stderr, "ERROR: %s %d is outside a value of %d bits; use 0 to %d.\n", what, index, width,
          width - 1);
  exit(3);
}
#endif

}  // namespace ap_detail

#endif
