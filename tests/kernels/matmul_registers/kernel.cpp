// A product of 4x4 matrices whose elements are ports of their own, all at once.
#include "ap_int.h"

void matmul_registers(const ap_int<8> a[4][4], const ap_int<8> b[4][4], ap_int<18> c[4][4]) {
#pragma HLS ARRAY_PARTITION variable=a complete dim=0
#pragma HLS ARRAY_PARTITION variable=b complete dim=0
#pragma HLS ARRAY_PARTITION variable=c complete dim=0
    for (int i = 0; i < 4; i++) {
#pragma HLS UNROLL
        for (int j = 0; j < 4; j++) {
#pragma HLS UNROLL
            ap_int<18> sum = 0;
            for (int k = 0; k < 4; k++) {
#pragma HLS UNROLL
                sum += a[i][k] * b[k][j];
            }
            c[i][j] = sum;
        }
    }
}
