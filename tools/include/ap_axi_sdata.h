// The beats of an AXI4-Stream with side channels: hls::axis, ap_axis and ap_axiu.
// Written from AMD's public documentation (UG1399, "AXI4-Stream Interfaces").
//
// SPDX-License-Identifier: Apache-2.0
//
// A side channel of 0 bits is left out of the hardware; here it has 1 bit that nobody reads.
#ifndef AP_AXI_SDATA_H
#define AP_AXI_SDATA_H

#include "ap_int.h"

namespace hls {

template <class T> struct axis_width { static constexpr int value = 8 * int(sizeof(T)); };
template <int W, bool S> struct axis_width<ap_detail::Integer<W, S>> {
  static constexpr int value = W;
};

/// One beat: `keep` and `strb` have a bit for each byte of `data`; `last` ends a packet.
template <class T, int WUser = 0, int WId = 0, int WDest = 0> struct axis {
  static constexpr int bytes = (axis_width<T>::value + 7) / 8;

  T data;
  ap_uint<bytes> keep;
  ap_uint<bytes> strb;
  ap_uint<(WUser > 0 ? WUser : 1)> user;
  ap_uint<1> last;
  ap_uint<(WId > 0 ? WId : 1)> id;
  ap_uint<(WDest > 0 ? WDest : 1)> dest;
};

}  // namespace hls

template <int W, int WUser = 0, int WId = 0, int WDest = 0>
using ap_axis = hls::axis<ap_int<W>, WUser, WId, WDest>;
template <int W, int WUser = 0, int WId = 0, int WDest = 0>
using ap_axiu = hls::axis<ap_uint<W>, WUser, WId, WDest>;

#endif
