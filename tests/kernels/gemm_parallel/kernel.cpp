// Matrix product of 12-bit numbers, eight products in every cycle.
#include "ap_int.h"

void gemm_parallel(const ap_int<12> a[8][8], const ap_int<12> b[8][8], ap_int<28> c[8][8]) {
#pragma HLS ARRAY_PARTITION variable=a complete dim=2
#pragma HLS ARRAY_PARTITION variable=b complete dim=1
rows:
    for (int i = 0; i < 8; i++) {
    columns:
        for (int j = 0; j < 8; j++) {
#pragma HLS PIPELINE II=1
            ap_int<28> sum = 0;
            for (int k = 0; k < 8; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    }
}
