// hls::abs, hls::min and hls::max, for C numbers and for the types of ap_int.h and ap_fixed.h.
// Written from AMD's public documentation (UG1399, "HLS Math Library").
//
// SPDX-License-Identifier: Apache-2.0
#ifndef HLS_MATH_H
#define HLS_MATH_H

namespace hls {

/// Of the type of v, into which the absolute value of the lowest number does not fit.
template <class T> constexpr T abs(const T &v) { return v < T(0) ? T(-v) : v; }
template <class T> constexpr T min(const T &a, const T &b) { return b < a ? b : a; }
template <class T> constexpr T max(const T &a, const T &b) { return a < b ? b : a; }

}  // namespace hls

#endif
