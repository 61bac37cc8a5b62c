// Registers at varying indices: one array is read, one is written, and one is both.
#include "ap_int.h"

void rotate_registers(const ap_uint<6> in[6], unsigned by, ap_uint<6> out[6], ap_uint<9> sums[4]) {
#pragma HLS ARRAY_PARTITION variable=in complete dim=0
#pragma HLS ARRAY_PARTITION variable=out complete dim=0
#pragma HLS ARRAY_PARTITION variable=sums complete dim=0
    for (unsigned i = 0; i < 6; i++) {
        const ap_uint<6> v = in[i];
        out[(i + by) % 6] = v;
        sums[v % 4] += v;
    }
}
