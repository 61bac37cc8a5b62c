// Concatenations, reductions and reversed bits.
#include "ap_int.h"

void concat(ap_uint<8> a, ap_uint<8> b, ap_uint<16> &joined, ap_uint<8> &reversed, ap_uint<3> &flags) {
    joined = (a, b);
    ap_uint<8> turned = a;
    turned.reverse();
    reversed = turned;
    flags = (ap_uint<1>(a.and_reduce()), ap_uint<1>(b.or_reduce()), ap_uint<1>(a.xor_reduce()));
}
