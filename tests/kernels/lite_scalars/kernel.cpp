// Registers of an AXI4-Lite slave: inputs of several widths, a result, and one that is both.
#include "ap_int.h"
#include <cstdint>

uint64_t lite_scalars(int32_t a, uint64_t b, ap_int<5> c, bool swap, int64_t &total, ap_uint<9> *odd) {
#pragma HLS INTERFACE s_axilite port=a bundle=control
#pragma HLS INTERFACE mode=s_axilite port=b
#pragma HLS INTERFACE s_axilite port=c
#pragma HLS INTERFACE s_axilite port=swap
#pragma HLS INTERFACE s_axilite port=total
#pragma HLS INTERFACE s_axilite port=odd
#pragma HLS INTERFACE s_axilite port=return
    total += a;
    if (a & 1) *odd = a;
    return swap ? b - c : b + c;
}
