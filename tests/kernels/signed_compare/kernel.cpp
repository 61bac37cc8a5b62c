// Comparisons of signed numbers, with each other and with constants at the ends of their words.
#include "ap_int.h"

template <int W>
ap_uint<13> compared(ap_int<W> a, ap_int<W> b) {
    const ap_int<W> least = ap_int<W>(1) << (W - 1), most = ~least;
    ap_uint<13> y;
    y[0] = a < b;
    y[1] = a <= b;
    y[2] = a > b;
    y[3] = a >= b;
    y[4] = a < 0;
    y[5] = a <= 0;
    y[6] = a > 0;
    y[7] = a >= 0;
    y[8] = a <= -1;
    y[9] = a > least;
    y[10] = a < most;
    y[11] = a <= least;
    y[12] = a >= most;
    return y;
}

void signed_compare(const ap_int<33> a[16], const ap_int<33> b[16], ap_uint<13> y[16][5]) {
    for (int i = 0; i < 16; i++) {
        y[i][0] = compared<33>(a[i], b[i]);
        y[i][1] = compared<8>(a[i], b[i]);
        y[i][2] = compared<3>(a[i], b[i]);
        y[i][3] = compared<2>(a[i], b[i]);
        y[i][4] = compared<1>(a[i], b[i]);
    }
}
